package vigie.feed;

import java.time.Duration;

/**
 * Whether the log can be relied on at all. A difference from the tables is mended by a new
 * snapshot; one after another means that rows go into the tables past the log (a filter that we may
 * not see, sessions with {@code sql_log_bin=0}), and then asking the tables is the truer way for a
 * while. Feed's thread only.
 */
final class LogDoubt {
    private static final int DIFFERENCES = 3;
    private static final Duration WINDOW = Duration.ofMinutes(5);

    /** After this the log gets another chance. */
    private static final Duration REST = Duration.ofMinutes(10);

    private int inARow;
    private long lastAt;
    private long doubtfulUntil;
    private boolean doubtful;

    /**
     * A comparison found a difference.
     *
     * @param nanos the monotonic clock
     */
    void differed(long nanos) {
        inARow = inARow > 0 && nanos - lastAt < WINDOW.toNanos() ? inARow + 1 : 1;
        lastAt = nanos;
        if (inARow >= DIFFERENCES) {
            inARow = 0;
            doubtful = true;
            doubtfulUntil = nanos + REST.toNanos();
        }
    }

    /** Whether the tables are asked instead. */
    boolean isDoubtful(long nanos) {
        if (doubtful && nanos - doubtfulUntil >= 0) {
            doubtful = false;
        }
        return doubtful;
    }
}
