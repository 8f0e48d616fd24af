package vigie.timeline;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts over the last ten seconds. One thread counts, any thread reads. */
final class RateMeter {
    private static final int WINDOW = 10;
    private static final int SLOTS = WINDOW + 2;
    private static final long SECOND = 1_000_000_000L;
    private static final int COUNT_BITS = 32;

    /** In each slot the second it belongs to (upper half) and the count in it (lower half). */
    private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

    private final long origin;

    RateMeter(long nanos) {
        origin = nanos;
    }

    /**
     * Counts.
     *
     * @param nanos by the monotonic clock
     */
    void add(int count, long nanos) {
        long second = second(nanos);
        int slot = (int) (second % SLOTS);
        long held = slots.get(slot);
        long before = held >>> COUNT_BITS == second ? held & 0xFFFF_FFFFL : 0;
        slots.set(slot, (second << COUNT_BITS) | (before + count));
    }

    /** The mean over the ten full seconds before this one. */
    double perSecond(long nanos) {
        long second = second(nanos);
        long sum = 0;
        for (int i = 0; i < SLOTS; i++) {
            long held = slots.get(i);
            long age = second - (held >>> COUNT_BITS);
            if (age >= 1 && age <= WINDOW) {
                sum += held & 0xFFFF_FFFFL;
            }
        }
        long full = Math.min(WINDOW, second - 1);
        return full <= 0 ? 0 : (double) sum / full;
    }

    /** Starts at 1, so that an empty slot belongs to no second. */
    private long second(long nanos) {
        return (nanos - origin) / SECOND + 1;
    }
}
