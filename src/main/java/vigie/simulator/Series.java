package vigie.simulator;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * What a sensor measured, as a file tells it.
 *
 * @param rows in order of time, no two at the same; at least one
 * @param unknown rows whose value is no number
 * @param repeated rows that were replaced by a later one at the same time
 * @param isStandardTime whether the file's clock was found not to follow the zone's summer time
 */
public record Series(List<Row> rows, int unknown, int repeated, boolean isStandardTime) {
    /** Steps up to this many usual ones are a sensor's own unrest, in a file with unrest. */
    private static final double MOST_STEPS = 3;

    /** With a row missing a step is two usual ones. */
    private static final double FEWEST_STEPS = 1.5;

    private static final double MOST = 0.95;

    public Series {
        rows = List.copyOf(rows);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("a series has rows");
        }
    }

    /**
     * One value.
     *
     * @param at when it was measured
     * @param text the number as Home Assistant would record it; null where there is none
     */
    public record Row(Instant at, @Nullable String text) {}

    /** When the first value was measured. */
    public Instant from() {
        return rows.getFirst().at();
    }

    /** When the last value was measured. */
    public Instant to() {
        return rows.getLast().at();
    }

    /** The same, begun at another moment. */
    public Series begunAt(Instant start) {
        Duration shift = Duration.between(from(), start);
        return new Series(
                rows.stream().map(row -> new Row(row.at().plus(shift), row.text())).toList(),
                unknown,
                repeated,
                isStandardTime);
    }

    /**
     * How long a value may stand without a next one before rows are missing: one and a half usual
     * (median) steps in a file of even steps, up to three in one of uneven ones. Zero where there
     * are no steps.
     */
    public Duration longest() {
        if (rows.size() < 2) {
            return Duration.ZERO;
        }
        long[] steps = new long[rows.size() - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = Duration.between(rows.get(i).at(), rows.get(i + 1).at()).toNanos();
        }
        Arrays.sort(steps);
        double usual = steps[steps.length / 2];
        double most = steps[(int) Math.min(steps.length - 1L, (long) (MOST * steps.length))];
        double longest = Math.clamp(FEWEST_STEPS * most, FEWEST_STEPS * usual, MOST_STEPS * usual);
        return Duration.ofNanos(Math.round(longest / 1_000) * 1_000);
    }
}
