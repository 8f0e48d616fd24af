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
import java.util.Arrays;
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
    private static final Duration LONGEST_FIRST_SILENCE = Duration.ofMinutes(1);
    private static final Duration QUESTION_PATIENCE = Duration.ofSeconds(3);
    private static final Duration SNAPSHOT_PATIENCE = Duration.ofMinutes(2);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
    private static final Duration PERSON_PAUSE = Duration.ofSeconds(10);
    private static final Duration MEMORY = Duration.ofMinutes(1);
    private static final int RESYNCS_IN_A_ROW = 5;

    /** Server ids below are what people choose for their servers. */
    private static final long FIRST_SERVER_ID = 1_000_000_000L;

    private static final long LAST_SERVER_ID = 4_294_967_294L;

    private final DatabaseAddress address;
    private final FeedOptions options;
    private final Connections connections;
    private final Hosts hosts;
    private final FeedListener listener;
    private final Standing standing;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Backoff backoff = new Backoff(ThreadLocalRandom.current());

    private volatile @Nullable StreamClient stream;
    private volatile @Nullable Connection question;

    // What follows belongs to the feed's thread.
    private @Nullable Track track;
    private @Nullable Seen seen;
    private @Nullable Trouble lostBy;
    private GtidPosition lostAt = GtidPosition.NONE;
    private Optional<Instant> lostTime = Optional.empty();
    private Duration firstSilence = StreamClient.SILENCE;
    private long serverId = newServerId();
    private long serverIdTakenAt;
    private boolean serverIdTaken;
    private long troubleSince;
    private boolean inTrouble;
    private int resyncs;
    private long lastResync;
    private String poisonedAt = "";

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
        thread = Thread.ofPlatform().daemon().name("vigie-feed").unstarted(this::run);
    }

    /**
     * Asks once whether a feed from this address can work: the login, the log's format, the tables,
     * the right to read the log. A server that writes no log passes: its tables are asked instead.
     *
     * @throws Fault that says what is in the way and what to do
     */
    public static void check(DatabaseAddress address) throws Fault {
        try (Connections connections = new Connections(address, "vigie-check")) {
            Hosts.Candidate candidate = new Hosts(connections).choose(GtidPosition.NONE);
            boolean streams = candidate.writesLog();
            try (Connection connection = candidate.connection()) {
                if (streams) {
                    ServerCheck.check(connection, candidate.host().toString());
                }
                RecorderSchema.read(connection);
            } catch (SQLException failed) {
                throw connections.fault(failed);
            }
            if (streams && !candidate.end().isEmpty()) {
                checkRight(address, candidate.host(), candidate.end());
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
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
            candidate = hosts.choose(fresh ? lostAt : position());
            standing.host(candidate.host().toString());
            try (Connection connection = candidate.connection()) {
                question = connection;
                if (!candidate.writesLog()) {
                    return Optional.of(poll(connection, candidate.host()));
                }
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
            if (track == null && lostBy == null) {
                seen = null;
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
        lostBy = null;
        poisonedAt = "";
        return made;
    }

    private RecorderCatalog catalog() {
        return new RecorderCatalog(new JdbcMissLoader(connections::borrow, MISS_PATIENCE));
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
                        lostAt,
                        (asked, schema, position, now) ->
                                join(asked, schema, catalog, position, now));
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

    /** Joins what was handed out before to a snapshot, in its transaction. */
    private void join(
            Connection connection,
            RecorderSchema schema,
            RecorderCatalog catalog,
            GtidPosition position,
            Instant now)
            throws SQLException {
        Seen known = seen;
        Trouble reason = lostBy;
        if (known == null) {
            seen = begin(connection);
            return;
        }
        if (reason == null) {
            return;
        }
        long[] undone = Recovery.undone(connection, known, reason.kind() == Trouble.Kind.REWRITTEN);
        listener.resync(
                new Resync(
                        reason.sentence(),
                        lostAt.toString(),
                        position.toString(),
                        lostTime,
                        now,
                        Arrays.stream(undone).boxed().toList()));
        long recovered = Recovery.recover(connection, schema, catalog, known, listener::recovered);
        known.newest(Recovery.newest(connection));
        standing.mended(recovered, undone.length, reason);
        LOG.info("resync: {} rows recovered, {} undone", recovered, undone.length);
    }

    /** What counts as handed out when the feed begins. */
    private Seen begin(Connection connection) throws SQLException {
        Optional<StoredPlace> from = options.from();
        if (from.isEmpty()) {
            return Recovery.begin(connection);
        }
        Seen resumed = new Seen(from.get().newestId());
        resumed.newest(Recovery.newest(connection));
        return resumed;
    }

    private Track begin(Handover taken, RecorderCatalog catalog) {
        Seen known = seen;
        if (known == null) {
            throw new IllegalStateException("no snapshot was joined");
        }
        Track.Assembling assembling =
                (from, sink) ->
                        new GroupAssembler(
                                taken.schema().name(),
                                Optional.of(options.ownSchema()),
                                new RecorderShapes(taken.schema().shapes(), connections),
                                catalog,
                                from,
                                sink);
        Optional<StoredPlace> from = options.from().filter(_ -> lostBy == null);
        if (from.isPresent()) {
            Optional<GtidPosition> position = GtidPosition.parse(from.get().position());
            Optional<GtidPosition> previous = GtidPosition.parse(from.get().previous());
            if (position.isPresent() && previous.isPresent() && !position.get().isEmpty()) {
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
        StreamClient client =
                new StreamClient(address, host, following.begin(), serverId, firstSilence, false);
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
            StreamClient.End ended = client.run(session::take);
            Trouble trouble = troubleOf(ended, host, session);
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
            firstSilence = StreamClient.SILENCE;
            standing.say(FeedStatus.Phase.CATCHUP, Optional.empty());
        }

        @Override
        public void live(Optional<Sentence> notice) {
            inTrouble = false;
            standing.say(FeedStatus.Phase.LIVE, notice);
            LOG.debug("live at {}", position());
        }

        @Override
        public boolean isClosing() {
            return Feed.this.isClosing();
        }
    }

    private Trouble troubleOf(StreamClient.End ended, HostPort host, Session session) {
        if (ended.fault().isPresent()) {
            return poisoned(ended.fault().get());
        }
        if (ended.error().isEmpty()) {
            return Trouble.ended(host);
        }
        Trouble trouble = Trouble.of(ended.error().get(), address, host);
        if (trouble.sentence().key().equals("feed.same-server-id")) {
            return sameServerId(trouble);
        }
        if (trouble.kind() == Trouble.Kind.PASSING && !session.isAccepted()) {
            // Finding an old place in a large log may take the server long, without a heartbeat.
            Duration doubled = firstSilence.multipliedBy(2);
            firstSilence =
                    doubled.compareTo(LONGEST_FIRST_SILENCE) < 0 ? doubled : LONGEST_FIRST_SILENCE;
        }
        return trouble;
    }

    /** Another reader with our number throws us out: once by chance, twice by somebody's choice. */
    private Trouble sameServerId(Trouble trouble) {
        long now = System.nanoTime();
        boolean again = serverIdTaken && now - serverIdTakenAt < MEMORY.toNanos();
        serverIdTaken = true;
        serverIdTakenAt = now;
        serverId = newServerId();
        return again
                ? new Trouble(Trouble.Kind.PERSON, trouble.sentence(), trouble.logText())
                : trouble;
    }

    /** An event that cannot be taken is tried once more; then a snapshot goes around it. */
    private Trouble poisoned(StreamFault fault) {
        LOG.warn("stream ended: {}", fault.getMessage(), fault.getCause());
        Trouble trouble = Trouble.of(fault);
        if (fault.remedy() != StreamFault.Remedy.RETRY) {
            return trouble;
        }
        String at = position() + " ";
        if (at.equals(poisonedAt)) {
            return new Trouble(Trouble.Kind.RESYNC, trouble.sentence(), trouble.logText());
        }
        poisonedAt = at;
        return trouble;
    }

    // ---- without a log

    /** Follows the tables, for the server writes no log. */
    private Trouble poll(Connection connection, HostPort host)
            throws SQLException, Fault, InterruptedException {
        RecorderCatalog catalog = catalog();
        Sentence why = Sentence.of("feed.polling", host.toString());
        Trouble between = new Trouble(Trouble.Kind.RESYNC, why, "no log on " + host);
        if (track != null) {
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
                                    join(asked, schema, catalog, position, now));
            Seen known = seen;
            if (known == null) {
                throw new IllegalStateException("no snapshot was joined");
            }
            if (options.wantsState()) {
                listener.snapshot(new Group("", Optional.empty(), tables.facts()));
            } else {
                listener.passed(new StoredPlace("", "", 0, known.highest()));
            }
            lostBy = null;
            connection.setNetworkTimeout(
                    Runnable::run, (int) QUESTION_PATIENCE.multipliedBy(2).toMillis());
            new PollSession(connection, tables.schema(), catalog, tables.facts(), known, listener)
                    .run(new PollPace());
            return Trouble.ended(host);
        } finally {
            // What follows, a log or another round of questions, joins what was handed out here.
            lostBy = between;
            lostTime = Optional.empty();
            standing.streams();
        }
    }

    private final class PollPace implements PollSession.Pace {
        @Override
        public boolean next(Duration pause) throws InterruptedException {
            return !closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
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
            lostAt = left.position();
            lostTime = left.committed();
            track = null;
        }
        // The first reason counts until a snapshot has mended it.
        if (lostBy == null) {
            lostBy = trouble;
        }
    }

    private void await(Duration pause) throws InterruptedException {
        var _ = closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static long newServerId() {
        return ThreadLocalRandom.current().nextLong(FIRST_SERVER_ID, LAST_SERVER_ID);
    }
}
