package vigie.timeline;

import vigie.point.Reading;

import java.time.Duration;
import java.time.Instant;

/**
 * Estimates how far the clock of Home Assistant's host is ahead of the database's, from the least
 * (commit − {@code last_updated}) of the last minutes: in some commit some row was written at once.
 *
 * <p>The commit is known to the second, rounded down, so the least difference lies between −1 s and
 * the recorder's shortest delay when the clocks agree; what lies within counts as agreement.
 */
final class SourceClock {
    /** The least of a window counts until the next window is over, so a set clock is followed. */
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private static final Duration RESOLUTION = Duration.ofSeconds(1);

    private Duration leastNow = Duration.ZERO;
    private Duration leastBefore = Duration.ZERO;
    private boolean knownNow;
    private boolean knownBefore;
    private long windowBegan;

    SourceClock(long nanos) {
        windowBegan = nanos;
    }

    /** Takes note of a streamed reading. */
    void observe(Reading reading, long nanos) {
        if (reading.committed().isEmpty()) {
            return;
        }
        if (nanos - windowBegan > WINDOW.toNanos()) {
            leastBefore = leastNow;
            knownBefore = knownNow;
            knownNow = false;
            windowBegan = nanos;
        }
        Instant committed = reading.committed().get();
        Duration late = Duration.between(reading.time(), committed);
        if (!knownNow || late.compareTo(leastNow) < 0) {
            leastNow = late;
            knownNow = true;
        }
    }

    /**
     * How far it is ahead; zero while nothing is known or the difference is within what is known.
     */
    Duration ahead() {
        if (!knownNow && !knownBefore) {
            return Duration.ZERO;
        }
        Duration least =
                !knownBefore || (knownNow && leastNow.compareTo(leastBefore) < 0)
                        ? leastNow
                        : leastBefore;
        // Half a second is what rounding the commit down takes away on average.
        Duration ahead = least.plus(RESOLUTION.dividedBy(2)).negated();
        return ahead.abs().compareTo(RESOLUTION) <= 0 ? Duration.ZERO : ahead;
    }
}
