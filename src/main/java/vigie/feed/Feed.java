package vigie.feed;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.recorder.JdbcMissLoader;
import vigie.recorder.RecorderCatalog;
import vigie.recorder.RecorderSchema;
import vigie.room.Group;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.HostPort;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Follows one recorder: a snapshot of its tables, then every committed group from exactly there on,
 * each once, through whatever happens to the connection, the log and the servers.
 *
 * <p>One thread does all of it, one thing after another: it connects, reads, decodes and hands
 * over, so that between a commit and its listener there is no queue and no second thread. What
 * waits while a listener works waits in the socket's buffer and then at the server, so memory is
 * bounded by that buffer and by one group. Any silence of the server ends a connection; the next
 * one takes up one group before the last whole one, to see that it is still the same log.
 */
public final class Feed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    private static final Duration MISS_PATIENCE = Duration.ofMillis(500);
    private static final Duration QUESTION_PATIENCE = Duration.ofSeconds(3);
    private static final Duration SNAPSHOT_PATIENCE = Duration.ofMinutes(2);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
    private static final Duration PERSON_PAUSE = Duration.ofSeconds(10);
    private static final Duration MEMORY = Duration.ofMinutes(1);
    private static final int RESYNCS_IN_A_ROW = 5;

    private final DatabaseAddress address;
    private final FeedOptions options;
    private final Connections connections;
    private final Hosts hosts;
    private final FeedListener listener;
    private final Standing standing;
    private final Account account;
    private final StreamEnds ends;
    private final LogDoubt doubt = new LogDoubt();
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Backoff backoff = new Backoff(ThreadLocalRandom.current());

    private volatile @Nullable LogStream stream;
    private volatile @Nullable Connection question;

    // What follows belongs to the feed's thread.
    private @Nullable Track track;
    private long troubleSince;
    private boolean inTrouble;
    private int resyncs;
    private long lastResync;

    /**
     * A feed for a live picture, that does nothing yet.
     *
     * @param address where the recorder's tables are
     * @param listener called on the feed's thread
     * @param clock this console's, for {@link FeedStatus#since}
     */
    public Feed(DatabaseAddress address, FeedListener listener, Clock clock) {
        this(address, FeedOptions.LIVE, listener, clock);
    }

    /** A feed as its consumer wants it, that does nothing yet. */
    public Feed(DatabaseAddress address, FeedOptions options, FeedListener listener, Clock clock) {
        this.address = address;
        this.options = options;
        this.listener = listener;
        connections = new Connections(address, "vigie-feed");
        hosts = new Hosts(connections);
        standing = new Standing(clock, listener);
        account = new Account(options.from(), listener, standing);
        ends = new StreamEnds(address);
        thread = Thread.ofPlatform().daemon().name("vigie-feed").unstarted(this::run);
    }

    /** Begins to follow. Called once. */
    public void start() {
        thread.start();
    }

    /** How it stands. Any thread. */
    public FeedStatus status() {
        return standing.status();
    }

    /**
     * Ends the feed and returns when its thread has ended, at the latest after 5 s. Nothing is
     * handed out afterwards. Not to be called by the listener.
     */
    @Override
    public void close() {
        closing.countDown();
        interruptWork();
        boolean interrupted = false;
        long deadline = System.nanoTime() + CLOSE_PATIENCE.toNanos();
        while (thread.isAlive()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                LOG.warn("the feed's thread did not end in time");
                break;
            }
            try {
                if (!thread.join(Duration.ofNanos(Math.min(left, 100_000_000L)))) {
                    // It may have opened another connection since.
                    interruptWork();
                }
            } catch (InterruptedException ending) {
                interrupted = true;
            }
        }
        hosts.close();
        connections.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void interruptWork() {
        LogStream streaming = stream;
        if (streaming != null) {
            streaming.abort();
        }
        Connection asking = question;
        if (asking != null) {
            try {
                asking.abort(Runnable::run);
            } catch (SQLException aborting) {
                LOG.debug("while aborting a question", aborting);
            }
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    // ---- the feed's thread

    private void run() {
        try {
            while (!isClosing()) {
                Optional<Trouble> trouble = session();
                if (!isClosing() && trouble.isPresent()) {
                    recover(trouble.get());
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error unexpected) {
            // The last boundary: the thread ends, and nobody may take the picture for a live one.
            LOG.error("the feed ended by an internal error", unexpected);
            standing.say(FeedStatus.Phase.BLOCKED, Optional.of(Sentence.of("feed.internal")));
            return;
        }
        standing.say(FeedStatus.Phase.IDLE, Optional.empty());
    }

    /**
     * One connection from its beginning to its end.
     *
     * @return why it ended; empty to go on at once
     */
    private Optional<Trouble> session() throws InterruptedException {
        Hosts.Candidate candidate;
        Track following;
        boolean fresh = track == null;
        standing.host(hosts.favourite().toString());
        try {
            candidate = hosts.choose(fresh ? account.lostAt() : position());
            standing.host(candidate.host().toString());
            try (Connection connection = candidate.connection()) {
                question = connection;
                Optional<Sentence> noStream = noStream(candidate);
                if (noStream.isPresent()) {
                    return Optional.of(poll(connection, candidate.host(), noStream.get()));
                }
                account.compare(candidate.end(), candidate.host());
                following = follow(connection, candidate.host());
            } finally {
                question = null;
            }
        } catch (Fault fault) {
            return Optional.of(Trouble.of(fault));
        } catch (SQLException failed) {
            return Optional.of(Trouble.of(connections.fault(failed)));
        } catch (RuntimeException broken) {
            // Whoever takes the snapshot failed, and gets it once more.
            LOG.error("a snapshot was not taken", broken);
            if (track == null) {
                account.notTaken();
            }
            return Optional.of(
                    new Trouble(
                            Trouble.Kind.PASSING,
                            Sentence.of("feed.not-taken"),
                            "snapshot not taken: " + broken));
        }
        boolean compare = !fresh || options.from().isPresent();
        return stream(following, candidate.host(), candidate.end(), compare);
    }

    /** Why the server's log does not tell of the tables; empty where it does. */
    private Optional<Sentence> noStream(Hosts.Candidate candidate) {
        String host = candidate.host().toString();
        if (!candidate.writesLog()) {
            return Optional.of(Sentence.of("feed.polling", host));
        }
        if (ServerCheck.isKeptOut(candidate.connection(), address.schema())) {
            return Optional.of(Sentence.of("feed.kept-out", host, address.schema()));
        }
        return doubt.isDoubtful(System.nanoTime())
                ? Optional.of(Sentence.of("feed.log-doubtful", host))
                : Optional.empty();
    }

    private GtidPosition position() {
        return track == null ? GtidPosition.NONE : track.position();
    }

    /** The track that is followed, after a new snapshot if there is none. */
    private Track follow(Connection connection, HostPort host) throws SQLException, Fault {
        Track known = track;
        if (known != null) {
            return known;
        }
        standing.say(FeedStatus.Phase.CHECK, Optional.empty());
        ServerCheck.check(connection, host.toString());
        standing.say(FeedStatus.Phase.SNAPSHOT, Optional.empty());
        RecorderCatalog catalog = catalog();
        Handover taken = snapshot(connection, host, catalog);
        Track made = begin(taken, catalog);
        if (options.wantsState()) {
            listener.snapshot(taken.group());
        }
        // Only now: what the listener did not take is handed out once more.
        track = made;
        account.taken();
        ends.beginAnew();
        return made;
    }

    private RecorderCatalog catalog() {
        return new RecorderCatalog(new JdbcMissLoader(hosts::borrow, MISS_PATIENCE));
    }

    private Handover snapshot(Connection connection, HostPort host, RecorderCatalog catalog)
            throws SQLException, Fault {
        connection.setNetworkTimeout(Runnable::run, (int) SNAPSHOT_PATIENCE.toMillis());
        Handover taken =
                Handover.take(
                        connection,
                        host.toString(),
                        catalog,
                        true,
                        account.lostAt(),
                        (asked, schema, position, now) ->
                                account.join(asked, schema, catalog, position, now));
        connection.setNetworkTimeout(Runnable::run, (int) QUESTION_PATIENCE.toMillis());
        if (taken.schema().isNewerThanKnown()) {
            LOG.warn(
                    "Home Assistant's schema {} is newer than any known, {}",
                    taken.schema().version(),
                    RecorderSchema.NEWEST_KNOWN);
        }
        LOG.info("snapshot of {} at {}", host, taken.position());
        return taken;
    }

    private Track begin(Handover taken, RecorderCatalog catalog) {
        Seen known = account.seen();
        Track.Assembling assembling =
                (from, sink) ->
                        new GroupAssembler(
                                taken.schema().name(),
                                Optional.of(options.ownSchema()),
                                new RecorderShapes(taken.schema().shapes(), hosts::borrow),
                                catalog,
                                from,
                                sink);
        Optional<StoredPlace> from = account.resumable();
        if (from.isPresent()) {
            Optional<GtidPosition> position = GtidPosition.parse(from.get().position());
            Optional<GtidPosition> previous = GtidPosition.parse(from.get().previous());
            if (position.isPresent() && previous.isPresent() && !position.get().isEmpty()) {
                catalog.goBack(options.known());
                return Track.from(
                        position.get(),
                        previous.get(),
                        from.get().fingerprint(),
                        taken,
                        known,
                        listener,
                        assembling);
            }
        }
        Track made = Track.after(taken, known, listener, !options.wantsState(), assembling);
        made.passSnapshot();
        return made;
    }

    // ---- the stream

    private Optional<Trouble> stream(
            Track following, HostPort host, GtidPosition end, boolean compare) {
        boolean back = following.goesBack();
        LogStream client =
                LogStream.of(
                        address,
                        host,
                        following.begin(),
                        ends.serverId(),
                        ends.firstSilence(),
                        false);
        stream = client;
        if (isClosing()) {
            client.abort();
        }
        try (ServerWatch watch = new ServerWatch(connections, host, following::position);
                Reconciler reconciler = new Reconciler(connections, host, compare)) {
            Session session =
                    new Session(
                            client,
                            following,
                            end,
                            watch,
                            reconciler,
                            options.maySkip(),
                            new StreamProgress());
            watch.start();
            LogStream.End ended = client.run(session::take);
            ended.fault()
                    .ifPresent(fault ->
                            LOG.warn("stream ended: {}", fault.getMessage(), fault.getCause()));
            Trouble trouble = ends.trouble(ended, host, session.isAccepted(), following.position());
            if (back
                    && trouble.kind() == Trouble.Kind.RESYNC
                    && ended.fault().isEmpty()
                    && !isClosing()) {
                // The group before may be gone from the log while the next one is not.
                LOG.info("{}; trying without the group before", trouble.logText());
                following.goNoMoreBack();
                return Optional.empty();
            }
            return Optional.of(trouble);
        } finally {
            stream = null;
        }
    }

    private final class StreamProgress implements Session.Progress {
        @Override
        public void accepted() {
            ends.accepted();
            standing.say(FeedStatus.Phase.CATCHUP, Optional.empty());
        }

        @Override
        public void live(Optional<Sentence> notice) {
            inTrouble = false;
            standing.say(FeedStatus.Phase.LIVE, notice);
            LOG.debug("live at {}", position());
        }

        @Override
        public void heard() {
            listener.heard();
        }

        @Override
        public boolean isClosing() {
            return Feed.this.isClosing();
        }
    }

    // ---- without a log

    /** Follows the tables, for the server writes no log. */
    private Trouble poll(Connection connection, HostPort host, Sentence why)
            throws SQLException, Fault, InterruptedException {
        RecorderCatalog catalog = catalog();
        Trouble between =
                new Trouble(
                        Trouble.Kind.RESYNC,
                        Sentence.of("feed.polled", host.toString()),
                        "tables of " + host + " polled");
        if (track != null || options.from().isPresent()) {
            leaveTrack(between);
        }
        standing.polls(why);
        try {
            standing.say(FeedStatus.Phase.SNAPSHOT, Optional.empty());
            connection.setNetworkTimeout(Runnable::run, (int) SNAPSHOT_PATIENCE.toMillis());
            Polled tables =
                    Polled.read(
                            connection,
                            catalog,
                            (asked, schema, position, now) ->
                                    account.join(asked, schema, catalog, position, now));
            Seen known = account.seen();
            if (options.wantsState()) {
                listener.snapshot(new Group("", Optional.empty(), tables.facts()));
            } else {
                listener.passed(new StoredPlace("", "", 0, known.highest()));
            }
            account.taken();
            connection.setNetworkTimeout(
                    Runnable::run, (int) QUESTION_PATIENCE.multipliedBy(2).toMillis());
            new PollSession(connection, tables.schema(), catalog, tables.facts(), known, listener)
                    .run(new PollPace());
            return Trouble.ended(host);
        } finally {
            // What follows, a log or another round of questions, joins what was handed out here.
            account.polled(between);
            standing.streams();
        }
    }

    private final class PollPace implements PollSession.Pace {
        private final boolean inDoubt = doubt.isDoubtful(System.nanoTime());

        @Override
        public boolean next(Duration pause) throws InterruptedException {
            // Where the log was in doubt only, it gets another chance in the end.
            return !closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)
                    && !(inDoubt && !doubt.isDoubtful(System.nanoTime()));
        }

        @Override
        public void live() {
            inTrouble = false;
            standing.say(FeedStatus.Phase.LIVE, Optional.empty());
        }
    }

    // ---- what to do about it

    private void recover(Trouble trouble) throws InterruptedException {
        long now = System.nanoTime();
        if (!inTrouble) {
            inTrouble = true;
            troubleSince = now;
        }
        LOG.info("feed: {} {}", trouble.kind(), trouble.logText());
        switch (trouble.kind()) {
            case PASSING -> {
                standing.say(FeedStatus.Phase.BACKOFF, Optional.of(trouble.sentence()));
                await(backoff.next(Duration.ofNanos(now - troubleSince)));
            }
            case PERSON -> {
                standing.say(FeedStatus.Phase.BLOCKED, Optional.of(trouble.sentence()));
                await(PERSON_PAUSE);
            }
            case RESYNC, REWRITTEN, EMPTIED, SKIP -> resync(trouble, now);
        }
    }

    private void resync(Trouble trouble, long now) throws InterruptedException {
        resyncs = now - lastResync > MEMORY.toNanos() ? 0 : resyncs + 1;
        lastResync = now;
        leaveTrack(trouble);
        if (trouble.sentence().key().equals(Session.DIFFERENT)) {
            doubt.differed(now);
        }
        if (resyncs > RESYNCS_IN_A_ROW) {
            // A snapshot does not help against this, whatever it is.
            standing.say(FeedStatus.Phase.BLOCKED, Optional.of(trouble.sentence()));
            await(PERSON_PAUSE);
            return;
        }
        standing.say(FeedStatus.Phase.RESYNC, Optional.of(trouble.sentence()));
        if (resyncs > 0) {
            await(backoff.next(Duration.ZERO));
        }
    }

    /** The position is void; what it was is kept for the resync that follows. */
    private void leaveTrack(Trouble trouble) {
        Track left = track;
        if (left != null) {
            account.leave(left, trouble);
            track = null;
        } else {
            account.lose(trouble);
        }
    }

    private void await(Duration pause) throws InterruptedException {
        var _ = closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }
}
