package vigie.timeline;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A replay whose watch is moved by hand, so that an hour of playing takes as long as its work does.
 * What blocks is done at once, by the caller. One thread.
 */
public final class DrivenReplay implements AutoCloseable {
    private static final long TICK = 16_000_000;

    private final ArrayDeque<Runnable> due = new ArrayDeque<>();
    private final List<Runnable> later = new ArrayList<>();
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
                        (work, after) -> later.add(work),
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
        List<Runnable> now = List.copyOf(later);
        later.clear();
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
