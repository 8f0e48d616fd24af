package vigie.timeline;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.feed.Feed;
import vigie.feed.FeedListener;
import vigie.feed.FeedStatus;
import vigie.point.Reading;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.RoomState;
import vigie.store.DatabaseAddress;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The present. Groups are folded on the feed's thread as they come; each makes one new {@link
 * Moment}, and whoever looks sees the newest: between the fold and the screen there is no queue.
 */
public final class LiveTimeline implements Timeline {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTimeline.class);

    /** The database tells its commits to the second, rounded down. */
    private static final Duration COMMIT_RESOLUTION = Duration.ofSeconds(1);

    private final Clock clock;
    private final LongSupplier monotonic;
    private final RateMeter rate;
    private final SourceClock sourceClock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Listener listener = new Listener();
    private volatile AutoCloseable[] parts = {};
    private volatile Moment moment;
    private final AtomicReference<Clocks> clocks = new AtomicReference<>(Clocks.EQUAL);

    /**
     * A timeline that is fed by hand.
     *
     * @param clock this console's
     * @param monotonic nanoseconds that are never set back
     */
    LiveTimeline(Clock clock, LongSupplier monotonic) {
        this.clock = clock;
        this.monotonic = monotonic;
        rate = new RateMeter(monotonic.getAsLong());
        sourceClock = new SourceClock(monotonic.getAsLong());
        moment =
                new Moment(
                        RoomState.EMPTY,
                        new FeedStatus(FeedStatus.Phase.IDLE, clock.instant(), Optional.empty()),
                        0,
                        Optional.empty());
    }

    /**
     * Follows the recorder at an address from now on. What is in the way shows in {@link
     * Moment#feed}.
     *
     * @param clock this console's
     */
    public static LiveTimeline start(DatabaseAddress address, Clock clock) {
        LiveTimeline timeline = new LiveTimeline(clock, System::nanoTime);
        Feed feed = new Feed(address, timeline.listener, clock);
        DatabaseClock databaseClock = new DatabaseClock(address, clock, timeline::databaseAhead);
        timeline.parts = new AutoCloseable[] {feed, databaseClock};
        feed.start();
        databaseClock.start();
        return timeline;
    }

    @Override
    public Moment moment() {
        Moment newest = moment;
        double perSecond = rate.perSecond(monotonic.getAsLong());
        return perSecond == newest.readingsPerSecond()
                ? newest
                : new Moment(newest.state(), newest.feed(), perSecond, newest.delay());
    }

    @Override
    public Instant now() {
        return clock.instant().plus(clocks.get().total());
    }

    /** How far the clocks are from each other, as far as is known. Any thread; never blocks. */
    public Clocks clocks() {
        return clocks.get();
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
        clocks.updateAndGet(known -> new Clocks(ahead, known.homeAssistant()));
    }

    private void publish(Moment next) {
        moment = next;
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
            publish(
                    new Moment(
                            RoomState.EMPTY.after(snapshot),
                            moment.feed(),
                            moment.readingsPerSecond(),
                            moment.delay()));
        }

        @Override
        public void group(Group group) {
            RoomState state = moment.state().after(group);
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
            if (!ahead.equals(clocks.get().homeAssistant())) {
                clocks.updateAndGet(known -> new Clocks(known.database(), ahead));
            }
            publish(new Moment(state, moment.feed(), rate.perSecond(nanos), delay(group)));
        }

        private Optional<Duration> delay(Group group) {
            Instant database = clock.instant().plus(clocks.get().database());
            return group.committed()
                    .map(committed -> {
                        Duration least =
                                Duration.between(committed.plus(COMMIT_RESOLUTION), database);
                        return least.isNegative() ? Duration.ZERO : least;
                    });
        }

        @Override
        public void status(FeedStatus status) {
            publish(new Moment(moment.state(), status, moment.readingsPerSecond(), moment.delay()));
        }
    }
}
