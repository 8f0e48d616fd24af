package vigie.feed;

import vigie.text.Sentence;

import java.util.Optional;

/**
 * One connection that streams: takes its events, and says when the stream has come to the present
 * and when it must not go on. Feed's thread only.
 */
final class Session {
    /** What is said where the tables differ from what the stream brought. */
    static final String DIFFERENT = "feed.reconciled";

    /** A heartbeat may have been under way before the server had found the place. */
    private static final int HEARTBEATS_WITHOUT_GROUP = 2;

    /** What a session tells while it runs. */
    interface Progress {
        /** The server has found the place and sends. */
        void accepted();

        /**
         * The stream is at the present; told again when the notice changes.
         *
         * @param notice what is to be said of the server
         */
        void live(Optional<Sentence> notice);

        /** The stream is at the present and brought something, be it that nothing is new. */
        void heard();

        /** Whether the feed is being closed. */
        boolean isClosing();
    }

    private final LogStream client;
    private final Track track;
    private final GtidPosition end;
    private final ServerWatch watch;
    private final Reconciler reconciler;
    private final boolean maySkip;
    private final Progress progress;
    private boolean accepted;
    private boolean live;
    private Optional<Sentence> notice = Optional.empty();
    private int heartbeats;
    private long settledAt = System.nanoTime();

    /**
     * @param end where the server's log ended when we connected
     * @param maySkip whether a stream that falls behind is given up for a new snapshot
     */
    Session(
            LogStream client,
            Track track,
            GtidPosition end,
            ServerWatch watch,
            Reconciler reconciler,
            boolean maySkip,
            Progress progress) {
        this.client = client;
        this.track = track;
        this.end = end;
        this.watch = watch;
        this.reconciler = reconciler;
        this.maySkip = maySkip;
        this.progress = progress;
    }

    /** Whether the server has sent anything that only a served stream has. */
    boolean isAccepted() {
        return accepted;
    }

    /**
     * Takes the next event.
     *
     * @throws StreamFault where this connection must end
     */
    void take(BinlogEvent event) throws StreamFault {
        int type = event.type();
        track.take(event);
        if (progress.isClosing()) {
            return;
        }
        accept(type);
        boolean heartbeat = type == BinlogEvent.HEARTBEAT;
        if (heartbeat) {
            verifyIdle();
            watch.heartbeat(track.position());
        }
        // A server that has nothing new says so at once by its list of positions.
        boolean found = !live && type == BinlogEvent.GTID_LIST;
        if (track.isInsideGroup() || !(heartbeat || found || endsGroup(type))) {
            return;
        }
        long nanos = System.nanoTime();
        if (maySkip && watch.isTooFarBehind(track.position(), nanos)) {
            throw new StreamFault(
                    StreamFault.Remedy.SKIP,
                    Sentence.of(
                            "feed.skipped", Long.toString(ServerWatch.LONGEST_DELAY.toSeconds())),
                    "too far behind at " + track.position());
        }
        if (!live) {
            becomeLive(heartbeat);
        } else {
            Optional<Sentence> now = watch.notice();
            if (!now.equals(notice)) {
                notice = now;
                progress.live(now);
            }
            progress.heard();
            reconcile(nanos);
            settle(nanos);
        }
    }

    /** Once a second: a busy stream has no heartbeats, and an idle one nothing else. */
    private void settle(long nanos) {
        if (nanos - settledAt > LogStream.HEARTBEAT.toNanos()) {
            settledAt = nanos;
            track.settle();
        }
    }

    /** Made-up events come at once; these come when the server has found the place. */
    private void accept(int type) {
        if (!accepted
                && (type == BinlogEvent.HEARTBEAT
                        || type == BinlogEvent.GTID
                        || type == BinlogEvent.GTID_LIST)) {
            accepted = true;
            client.begun();
            progress.accepted();
        }
    }

    private static boolean endsGroup(int type) {
        return switch (type) {
            case BinlogEvent.XID, BinlogEvent.QUERY, BinlogEvent.XA_PREPARE -> true;
            default -> false;
        };
    }

    /** A server that has nothing more to send, and has not sent what must come first. */
    private void verifyIdle() throws StreamFault {
        if (track.isVerifying() && ++heartbeats >= HEARTBEATS_WITHOUT_GROUP) {
            throw new StreamFault(
                    StreamFault.Remedy.REWRITTEN,
                    Sentence.of("feed.rewritten-history", track.position().toString()),
                    "the last group before the connection broke is not in the log any more");
        }
    }

    private void becomeLive(boolean heartbeat) {
        // An idle server has nothing left to send.
        if (accepted && !track.isVerifying() && (heartbeat || track.position().covers(end))) {
            live = true;
            notice = watch.notice();
            progress.live(notice);
        }
    }

    private void reconcile(long nanos) throws StreamFault {
        Optional<Reconciler.Difference> found =
                reconciler.look(track.position(), track.seen(), nanos);
        if (found.isPresent() && (found.get().missing() > 0 || found.get().surplus() > 0)) {
            Reconciler.Difference difference = found.get();
            throw new StreamFault(
                    StreamFault.Remedy.RESYNC,
                    Sentence.of(
                            DIFFERENT,
                            Long.toString(difference.missing()),
                            Long.toString(difference.surplus())),
                    "the tables differ: " + difference);
        }
    }
}
