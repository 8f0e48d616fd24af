package vigie.timeline;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A replay whose watch is moved by hand, so that an hour of playing takes as long as its work does.
 * What blocks is done at once, by the caller. One thread.
 */
public final class DrivenReplay implements AutoCloseable {
    private static final long TICK = 16_000_000;

    /** What is to be done when the watch shows {@code nanos}. */
    private record Later(long nanos, Runnable work) {}

    private final ArrayDeque<Runnable> due = new ArrayDeque<>();
    private final PriorityQueue<Later> later =
            new PriorityQueue<>(Comparator.comparingLong(Later::nanos));
    private final ReplayTimeline replay;
    private long nanos;

    /**
     * @param budget bytes of reels that are kept
     */
    public DrivenReplay(Recorded recorded, ReplayTimeline.Settings settings, long budget) {
        replay =
                new ReplayTimeline(
                        recorded,
                        settings,
                        due::add,
                        due::add,
                        (work, after) -> later.add(new Later(nanos + after.toNanos(), work)),
                        () -> nanos,
                        budget,
                        () -> {});
        replay.begin();
        settle();
    }

    /** The replay; what it is told happens with the next {@link #tick}. */
    public ReplayTimeline replay() {
        return replay;
    }

    /** A frame of a screen goes by. */
    public void tick() {
        nanos += TICK;
        List<Runnable> now = new ArrayList<>();
        for (Later next = later.peek();
                next != null && next.nanos() <= nanos;
                next = later.peek()) {
            later.remove();
            now.add(next.work());
        }
        now.forEach(Runnable::run);
        settle();
    }

    /** How long a tick is on the watch. */
    public static Duration length() {
        return Duration.ofNanos(TICK);
    }

    private void settle() {
        for (Runnable next = due.poll(); next != null; next = due.poll()) {
            next.run();
        }
    }

    @Override
    public void close() {
        replay.close();
        settle();
    }
}
