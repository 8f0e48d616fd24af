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
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Follows one recorder: a snapshot of its tables, then every committed group from exactly there on,
 * each once, through whatever happens to the connection.
 *
 * <p>One thread does all of it, one thing after another: it connects, reads, decodes and hands
 * over, so that between a commit and its listener there is no queue and no second thread. Any
 * silence of the server ends a connection; the next one takes up after the last whole group.
 */
public final class Feed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    private static final Duration MISS_PATIENCE = Duration.ofMillis(500);
    private static final Duration LONGEST_FIRST_SILENCE = Duration.ofMinutes(1);
    private static final Duration QUESTION_PATIENCE = Duration.ofSeconds(3);
    private static final Duration SNAPSHOT_PATIENCE = Duration.ofMinutes(2);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
    private static final Duration PERSON_PAUSE = Duration.ofSeconds(10);
    private static final Duration RESYNC_MEMORY = Duration.ofMinutes(1);
    private static final int RESYNCS_IN_A_ROW = 5;

    /** Server ids below are what people choose for their servers. */
    private static final long FIRST_SERVER_ID = 1_000_000_000L;

    private static final long LAST_SERVER_ID = 4_294_967_294L;

    private final DatabaseAddress address;
    private final Connections connections;
    private final FeedListener listener;
    private final Clock clock;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Backoff backoff = new Backoff(ThreadLocalRandom.current());

    private volatile @Nullable StreamClient stream;
    private volatile @Nullable Connection question;
    private volatile FeedStatus status;

    // What follows belongs to the feed's thread.
    private @Nullable GroupAssembler assembler;
    private @Nullable Handover handover;
    private int hostIndex;
    private Duration firstSilence = StreamClient.SILENCE;
    private long serverId = newServerId();
    private long troubleSince;
    private boolean inTrouble;
    private int resyncs;
    private long lastResync;
    private String poisonedAt = "";

    /**
     * A feed that does nothing yet.
     *
     * @param address where the recorder's tables are
     * @param listener called on the feed's thread
     * @param clock this console's, for {@link FeedStatus#since}
     */
    public Feed(DatabaseAddress address, FeedListener listener, Clock clock) {
        this.address = address;
        this.listener = listener;
        this.clock = clock;
        connections = new Connections(address, "vigie-feed");
        status = new FeedStatus(FeedStatus.Phase.IDLE, clock.instant(), Optional.empty());
        thread = Thread.ofPlatform().daemon().name("vigie-feed").unstarted(this::run);
    }

    /**
     * Asks once whether a feed from this address can work: the login, the log and its format, the
     * tables, the right to read the log.
     *
     * @throws Fault that says what is in the way and what to do
     */
    public static void check(DatabaseAddress address) throws Fault {
        try (Connections connections = new Connections(address, "vigie-check")) {
            HostPort host = reachable(connections);
            GtidPosition end;
            try (Connection connection = connections.single(host)) {
                ServerCheck.check(connection, host.toString());
                RecorderSchema.read(connection);
                end = ServerCheck.end(connection);
            } catch (SQLException failed) {
                throw connections.fault(failed);
            }
            if (!end.isEmpty()) {
                checkRight(address, host, end);
            }
        }
    }

    /** The first host that lets us in. */
    private static HostPort reachable(Connections connections) throws Fault {
        @Nullable Fault first = null;
        for (HostPort host : connections.address().hosts()) {
            try {
                connections.single(host).close();
                return host;
            } catch (SQLException closing) {
                return host;
            } catch (Fault unreachable) {
                first = first == null ? unreachable : first;
                if (unreachable.kind() != Fault.Kind.PASSING) {
                    break;
                }
            }
        }
        throw first == null
                ? new Fault(Fault.Kind.PASSING, Sentence.of("feed.lost", "?"), "no host")
                : first;
    }

    /** Only the server knows whether it would serve us: the stream is begun and ended. */
    private static void checkRight(DatabaseAddress address, HostPort host, GtidPosition end)
            throws Fault {
        StreamClient probe =
                new StreamClient(
                        address,
                        host,
                        new StreamStart.AtGtid(end),
                        newServerId(),
                        StreamClient.SILENCE,
                        true);
        Optional<Exception> error = probe.run(event -> {}).error();
        if (error.isPresent()) {
            Trouble trouble = Trouble.of(error.get(), address, host);
            if (trouble.kind() == Trouble.Kind.PERSON) {
                throw new Fault(Fault.Kind.BLOCKED, trouble.sentence(), trouble.logText());
            }
        }
    }

    /** Begins to follow. Called once. */
    public void start() {
        thread.start();
    }

    /** How it stands. Any thread. */
    public FeedStatus status() {
        return status;
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
        connections.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void interruptWork() {
        StreamClient streaming = stream;
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
                Trouble trouble = session();
                if (!isClosing()) {
                    recover(trouble);
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error unexpected) {
            // The last boundary: the thread ends, and nobody may take the picture for a live one.
            LOG.error("the feed ended by an internal error", unexpected);
            publish(FeedStatus.Phase.BLOCKED, Optional.of(Sentence.of("feed.internal")));
            return;
        }
        publish(FeedStatus.Phase.IDLE, Optional.empty());
    }

    /** One connection from its beginning to its end. */
    private Trouble session() {
        HostPort host = address.hosts().get(hostIndex % address.hosts().size());
        GtidPosition end;
        try (Connection connection = connections.single(host)) {
            question = connection;
            end = prepare(connection, host);
        } catch (Fault fault) {
            hostIndex++;
            return Trouble.of(fault);
        } catch (SQLException failed) {
            hostIndex++;
            return Trouble.of(connections.fault(failed));
        } finally {
            question = null;
        }
        GroupAssembler groups = assembler;
        Handover begun = handover;
        if (groups == null || begun == null) {
            throw new IllegalStateException("no snapshot");
        }
        StreamStart start =
                groups.position().isEmpty()
                        ? begun.start()
                        : new StreamStart.AtGtid(groups.position());
        StreamClient client = new StreamClient(address, host, start, serverId, firstSilence, false);
        stream = client;
        if (isClosing()) {
            client.abort();
        }
        try (EndWatch watch = new EndWatch(connections, host, groups::position)) {
            Progress progress = new Progress(client, groups, end, watch);
            watch.start();
            StreamClient.End ended = client.run(progress::take);
            groups.connectionLost();
            return troubleOf(ended, host, progress);
        } finally {
            stream = null;
        }
    }

    /** Looks at the server, and takes a snapshot if there is none. */
    private GtidPosition prepare(Connection connection, HostPort host) throws SQLException, Fault {
        connection.setNetworkTimeout(Runnable::run, (int) QUESTION_PATIENCE.toMillis());
        if (assembler == null) {
            phase(FeedStatus.Phase.CHECK);
            ServerCheck.check(connection, host.toString());
            phase(FeedStatus.Phase.SNAPSHOT);
            connection.setNetworkTimeout(Runnable::run, (int) SNAPSHOT_PATIENCE.toMillis());
            RecorderCatalog catalog =
                    new RecorderCatalog(new JdbcMissLoader(connections::borrow, MISS_PATIENCE));
            Handover taken = Handover.take(connection, host.toString(), catalog, true);
            if (taken.schema().isNewerThanKnown()) {
                LOG.warn(
                        "Home Assistant's schema {} is newer than any known, {}",
                        taken.schema().version(),
                        RecorderSchema.NEWEST_KNOWN);
            }
            LOG.info("snapshot of {} at {}", host, taken.position());
            handover = taken;
            assembler =
                    new GroupAssembler(
                            taken.schema().name(),
                            Optional.empty(),
                            new RecorderShapes(taken.schema().shapes(), connections),
                            catalog,
                            taken.position(),
                            this::hand);
            poisonedAt = "";
            listener.snapshot(taken.group());
            connection.setNetworkTimeout(Runnable::run, (int) QUESTION_PATIENCE.toMillis());
        }
        return ServerCheck.end(connection);
    }

    private void hand(WholeGroup whole) {
        Handover begun = handover;
        if (isClosing() || begun == null || whole.facts().isEmpty()) {
            return;
        }
        Group group =
                new Group(whole.after().toString(), Optional.of(whole.committed()), whole.facts());
        Group fresh =
                begun.overlap().isEmpty() ? group : begun.withoutOverlap(group, whole.after());
        if (!fresh.facts().isEmpty()) {
            listener.group(fresh);
        }
    }

    /** What has been seen of one connection. */
    private final class Progress {
        private final StreamClient client;
        private final GroupAssembler groups;
        private final GtidPosition end;
        private final EndWatch watch;
        private boolean accepted;
        private boolean live;

        Progress(StreamClient client, GroupAssembler groups, GtidPosition end, EndWatch watch) {
            this.watch = watch;
            this.client = client;
            this.groups = groups;
            this.end = end;
        }

        void take(BinlogEvent event) throws StreamFault {
            groups.accept(event);
            int type = event.type();
            if (type == BinlogEvent.HEARTBEAT) {
                watch.heartbeat(groups.position());
            }
            if (live || isClosing()) {
                return;
            }
            // Made-up events come at once; these come when the server has found the place.
            if (!accepted
                    && (type == BinlogEvent.HEARTBEAT
                            || type == BinlogEvent.GTID
                            || type == BinlogEvent.GTID_LIST)) {
                accepted = true;
                client.begun();
                firstSilence = StreamClient.SILENCE;
                phase(FeedStatus.Phase.CATCHUP);
            }
            // An idle server has nothing left to send.
            if (accepted
                    && !groups.isInsideGroup()
                    && (type == BinlogEvent.HEARTBEAT || groups.position().covers(end))) {
                live = true;
                inTrouble = false;
                phase(FeedStatus.Phase.LIVE);
                LOG.info("live at {}", groups.position());
            }
        }
    }

    private Trouble troubleOf(StreamClient.End ended, HostPort host, Progress progress) {
        if (ended.fault().isPresent()) {
            return poisoned(ended.fault().get());
        }
        if (ended.error().isEmpty()) {
            hostIndex++;
            return Trouble.ended(host);
        }
        Trouble trouble = Trouble.of(ended.error().get(), address, host);
        if (trouble.kind() == Trouble.Kind.PASSING) {
            hostIndex++;
            // Another reader with our number throws us out; and finding an old place in a large log
            // may take the server long, without a heartbeat.
            serverId = newServerId();
            if (!progress.accepted) {
                Duration doubled = firstSilence.multipliedBy(2);
                firstSilence =
                        doubled.compareTo(LONGEST_FIRST_SILENCE) < 0
                                ? doubled
                                : LONGEST_FIRST_SILENCE;
            }
        }
        return trouble;
    }

    /** An event that cannot be taken is tried once more; then a snapshot goes around it. */
    private Trouble poisoned(StreamFault fault) {
        LOG.warn("stream ended: {}", fault.getMessage(), fault.getCause());
        Trouble trouble = Trouble.of(fault);
        GroupAssembler groups = assembler;
        if (fault.remedy() != StreamFault.Remedy.RETRY || groups == null) {
            return trouble;
        }
        String at = groups.position() + " ";
        if (at.equals(poisonedAt)) {
            return new Trouble(Trouble.Kind.RESYNC, trouble.sentence(), trouble.logText());
        }
        poisonedAt = at;
        return trouble;
    }

    private void recover(Trouble trouble) throws InterruptedException {
        long now = System.nanoTime();
        if (!inTrouble) {
            inTrouble = true;
            troubleSince = now;
        }
        LOG.info("feed: {} {}", trouble.kind(), trouble.logText());
        switch (trouble.kind()) {
            case PASSING -> {
                publish(FeedStatus.Phase.BACKOFF, Optional.of(trouble.sentence()));
                await(backoff.next(Duration.ofNanos(now - troubleSince)));
            }
            case PERSON -> {
                publish(FeedStatus.Phase.BLOCKED, Optional.of(trouble.sentence()));
                await(PERSON_PAUSE);
            }
            case RESYNC -> resync(trouble, now);
        }
    }

    private void resync(Trouble trouble, long now) throws InterruptedException {
        resyncs = now - lastResync > RESYNC_MEMORY.toNanos() ? 0 : resyncs + 1;
        lastResync = now;
        assembler = null;
        handover = null;
        if (resyncs > RESYNCS_IN_A_ROW) {
            // A snapshot does not help against this, whatever it is.
            publish(FeedStatus.Phase.BLOCKED, Optional.of(trouble.sentence()));
            await(PERSON_PAUSE);
            return;
        }
        publish(FeedStatus.Phase.RESYNC, Optional.of(trouble.sentence()));
        if (resyncs > 0) {
            await(backoff.next(Duration.ZERO));
        }
    }

    private void await(Duration pause) throws InterruptedException {
        var _ = closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void phase(FeedStatus.Phase phase) {
        publish(phase, Optional.empty());
    }

    /** Says a change once: the moment it began stays, and so does a reason that did not change. */
    private void publish(FeedStatus.Phase phase, Optional<Sentence> reason) {
        FeedStatus before = status;
        if (before.phase() == phase && before.reason().equals(reason)) {
            return;
        }
        Instant since = before.phase() == phase ? before.since() : clock.instant();
        FeedStatus next = new FeedStatus(phase, since, reason);
        status = next;
        listener.status(next);
    }

    private static long newServerId() {
        return ThreadLocalRandom.current().nextLong(FIRST_SERVER_ID, LAST_SERVER_ID);
    }
}
