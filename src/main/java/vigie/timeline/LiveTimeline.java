package vigie.timeline;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.feed.Feed;
import vigie.feed.FeedListener;
import vigie.feed.FeedOptions;
import vigie.feed.FeedStatus;
import vigie.point.Reading;
import vigie.room.Cadences;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.RoomState;
import vigie.store.DatabaseAddress;
import vigie.store.OwnSchema;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * The present. Groups are folded on the feed's thread as they come; each makes one new {@link
 * Moment}, and whoever looks sees the newest: between the fold and the screen there is no queue.
 */
public final class LiveTimeline implements Timeline {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTimeline.class);

    /** The database tells its commits to the second, rounded down. */
    private static final Duration COMMIT_RESOLUTION = Duration.ofSeconds(1);

    /** Without another heartbeat for so long, the delay is told by commits again. */
    private static final Duration HEARTBEAT_COUNTS = Duration.ofSeconds(30);

    private final Clock clock;
    private final LongSupplier monotonic;
    private final RateMeter rate;
    private final SourceClock sourceClock;
    private final LateRows late;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Listener listener = new Listener();
    private volatile AutoCloseable[] parts = {};
    private final AtomicReference<Moment> moment;

    /** When the server was heard last, by {@link #monotonic}. */
    private volatile long heardNanos;

    private volatile boolean wasHeard;

    // The feed's thread only, from here on.
    private final CommitPace commitPace = new CommitPace();
    private Optional<Long> heartbeatNanos = Optional.empty();

    /**
     * A timeline that is fed by hand.
     *
     * @param clock this console's
     * @param monotonic nanoseconds that are never set back
     */
    LiveTimeline(Clock clock, LongSupplier monotonic) {
        this(clock, monotonic, new LateRows());
    }

    LiveTimeline(Clock clock, LongSupplier monotonic, LateRows late) {
        this.clock = clock;
        this.late = late;
        this.monotonic = monotonic;
        rate = new RateMeter(monotonic.getAsLong());
        sourceClock = new SourceClock(monotonic.getAsLong());
        moment = new AtomicReference<>(Moment.unknown(clock.instant()));
    }

    /**
     * Follows the recorder at an address from now on. What is in the way shows in {@link
     * Moment#feed}.
     *
     * @param clock this console's
     */
    public static LiveTimeline start(DatabaseAddress address, Clock clock) {
        return start(address, OwnSchema.DEFAULT_NAME, clock);
    }

    /**
     * The same where Vigie's own schema has a name of its own.
     *
     * @param ownSchema the schema whose heartbeat measures the delay
     */
    public static LiveTimeline start(DatabaseAddress address, String ownSchema, Clock clock) {
        return start(address, ownSchema, clock, new LateRows());
    }

    /**
     * The same beside somebody who shows the past.
     *
     * @param late notices rows that come long after their time
     */
    public static LiveTimeline start(
            DatabaseAddress address, String ownSchema, Clock clock, LateRows late) {
        LiveTimeline timeline = new LiveTimeline(clock, System::nanoTime, late);
        Feed feed =
                new Feed(
                        address,
                        FeedOptions.LIVE.withOwnSchema(ownSchema),
                        timeline.listener,
                        clock);
        DatabaseClock databaseClock = new DatabaseClock(address, clock, timeline::databaseAhead);
        CadenceLearner cadences =
                new CadenceLearner(
                        address,
                        timeline::now,
                        () -> timeline.moment.get().state(),
                        timeline::learned);
        timeline.parts = new AutoCloseable[] {feed, databaseClock, cadences};
        feed.start();
        databaseClock.start();
        cadences.start();
        return timeline;
    }

    @Override
    public Moment moment() {
        Moment newest = moment.get();
        double perSecond = rate.perSecond(monotonic.getAsLong());
        return perSecond == newest.readingsPerSecond()
                ? newest
                : newest.with(perSecond, newest.delay());
    }

    @Override
    public Instant now() {
        return clock.instant().plus(clocks().total());
    }

    /** How far the clocks are from each other, as far as is known. Any thread; never blocks. */
    public Clocks clocks() {
        return moment.get().clocks();
    }

    @Override
    public Optional<Duration> silence() {
        return wasHeard
                ? Optional.of(Duration.ofNanos(Math.max(0, monotonic.getAsLong() - heardNanos)))
                : Optional.empty();
    }

    @Override
    public AutoCloseable onChange(Runnable changed) {
        listeners.add(changed);
        return () -> listeners.remove(changed);
    }

    @Override
    public void close() {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception closing) { // the boundary of AutoCloseable, which declares it
                LOG.warn("while closing", closing);
            }
        }
    }

    /** Takes what a feed says, for tests that have none. */
    FeedListener listener() {
        return listener;
    }

    void databaseAhead(Duration ahead) {
        publish(now -> now.with(new Clocks(ahead, now.clocks().homeAssistant())));
    }

    void learned(Cadences cadences) {
        publish(now -> now.with(cadences));
    }

    private void publish(UnaryOperator<Moment> change) {
        moment.updateAndGet(change);
        for (Runnable changed : listeners) {
            try {
                changed.run();
            } catch (RuntimeException broken) {
                // A listener's fault must not make the feed repeat a group to the others.
                LOG.error("a listener of the timeline failed", broken);
            }
        }
    }

    /** The feed's side; all calls come on its thread. */
    private final class Listener implements FeedListener {
        @Override
        public void snapshot(Group snapshot) {
            RoomState state = RoomState.EMPTY.after(snapshot);
            publish(now -> now.with(state));
        }

        @Override
        public void group(Group group) {
            // Nobody else changes the state, so it may be folded before the exchange.
            RoomState state = moment.get().state().after(group);
            long nanos = monotonic.getAsLong();
            int readings = 0;
            for (Fact fact : group.facts()) {
                if (fact instanceof Fact.Observed(Reading reading)) {
                    readings++;
                    sourceClock.observe(reading, nanos);
                }
            }
            rate.add(readings, nanos);
            Duration ahead = sourceClock.ahead();
            commitPace.observe(group, ahead);
            late.group(group, group.committed().map(at -> at.plus(ahead)).orElseGet(() -> now()));
            Duration commitEvery = commitPace.every();
            double perSecond = rate.perSecond(nanos);
            Optional<Delay> delay = delay(group, nanos);
            publish(now ->
                    now.with(state)
                            .with(new Clocks(now.clocks().database(), ahead))
                            .with(commitEvery)
                            .with(perSecond, delay));
        }

        /** A heartbeat's is exact, a commit's is known to the second. */
        private Optional<Delay> delay(Group group, long nanos) {
            boolean hasExact =
                    heartbeatNanos
                            .filter(at -> nanos - at < HEARTBEAT_COUNTS.toNanos())
                            .isPresent();
            return hasExact
                    ? moment.get().delay()
                    : group.committed()
                            .map(committed ->
                                    new Delay(
                                            Duration.between(
                                                    committed.plus(COMMIT_RESOLUTION),
                                                    databaseNow()),
                                            false));
        }

        private Instant databaseNow() {
            return clock.instant().plus(clocks().database());
        }

        @Override
        public void heartbeat(Instant written) {
            heartbeatNanos = Optional.of(monotonic.getAsLong());
            Delay delay = new Delay(Duration.between(written, databaseNow()), true);
            publish(now -> now.with(now.readingsPerSecond(), Optional.of(delay)));
        }

        @Override
        public void heard() {
            heardNanos = monotonic.getAsLong();
            wasHeard = true;
        }

        @Override
        public void status(FeedStatus status) {
            Instant cutOff = now();
            publish(now ->
                    now.with(
                            status,
                            status.isLive()
                                    ? Optional.empty()
                                    : now.followedUntil().or(() -> Optional.of(cutOff))));
        }
    }
}
