package vigie.feed;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something that must happen, and no longer than it takes. */
public final class Deadline {
    private static final long STEP = 2_000_000;

    private Deadline() {}

    public static void within(Duration patience, String what, BooleanSupplier happened) {
        within(patience, () -> what, happened);
    }

    /**
     * @param what describes it, when it has not happened
     */
    public static void within(Duration patience, Supplier<String> what, BooleanSupplier happened) {
        long end = System.nanoTime() + patience.toNanos();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + patience + ": " + what.get());
            }
            LockSupport.parkNanos(STEP);
        }
    }
}
