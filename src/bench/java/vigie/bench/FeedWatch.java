package vigie.bench;

import vigie.feed.FeedStatus;
import vigie.store.DatabaseAddress;
import vigie.timeline.LiveTimeline;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A timeline on a feed, and when it came into which phase. Any thread. */
final class FeedWatch implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private record Change(FeedStatus.Phase phase, long nanos) {}

    private final LiveTimeline timeline;
    private final List<Change> changes = new ArrayList<>();
    private final Sightings sightings = new Sightings();

    private FeedWatch(LiveTimeline timeline) {
        this.timeline = timeline;
    }

    /** Follows an address; returns when it is live. */
    static FeedWatch live(DatabaseAddress address) throws InterruptedException {
        FeedWatch watch = new FeedWatch(LiveTimeline.start(address, Clock.systemUTC()));
        watch.timeline.onChange(watch::see);
        watch.see();
        watch.first(FeedStatus.Phase.LIVE, Long.MIN_VALUE);
        return watch;
    }

    private void see() {
        long now = System.nanoTime();
        var moment = timeline.moment();
        FeedStatus.Phase phase = moment.feed().phase();
        synchronized (this) {
            if (changes.isEmpty() || changes.getLast().phase() != phase) {
                changes.add(new Change(phase, now));
            }
        }
        sightings.add(now, Sightings.newest(moment.state()));
    }

    /** When which rows were there. */
    Sightings sightings() {
        return sightings;
    }

    /** The first moment after another at which this phase began; waits for it. */
    long first(FeedStatus.Phase phase, long after) throws InterruptedException {
        long[] found = new long[1];
        await(
                () -> {
                    synchronized (this) {
                        for (Change change : changes) {
                            if (change.phase() == phase
                                    && (after == Long.MIN_VALUE || change.nanos() - after > 0)) {
                                found[0] = change.nanos();
                                return true;
                            }
                        }
                        return false;
                    }
                },
                phase.name());
        return found[0];
    }

    /** Waits until something is so, and complains where it never is. */
    static void await(BooleanSupplier reached, String what) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("never came: " + what);
            }
            Thread.sleep(2);
        }
    }

    @Override
    public void close() {
        timeline.close();
    }
}
