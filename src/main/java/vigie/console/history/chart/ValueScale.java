package vigie.console.history.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * The axis of a lane.
 *
 * @param low value at its foot
 * @param high value at its head; above {@code low}
 * @param step between two lines
 * @param decimals that the lines' numbers need
 */
public record ValueScale(double low, double high, double step, int decimals) {
    /** The axis of a lane in which there is no number. */
    static final ValueScale BLANK = new ValueScale(0, 1, 2, 0);

    private static final int MOST_DECIMALS = 6;

    public ValueScale {
        if (!(high > low) || !(step > 0)) {
            throw new IllegalArgumentException("an axis goes upwards");
        }
    }

    /**
     * The scale that shows two values and all between, with some air.
     *
     * @param lines about how many find room; at least 1
     * @param least no less than this is shown, so that noise does not look like a storm
     */
    public static ValueScale around(double low, double high, int lines, double least) {
        double span = Math.max(high - low, least);
        double middle = (low + high) / 2;
        double air = span * 0.06;
        double from = middle - span / 2 - air;
        double to = middle + span / 2 + air;
        // What cannot be negative is not shown to be.
        if (low >= 0 && from < 0) {
            from = -air / 2;
            to = Math.max(to, from + span + air);
        }
        double step = step((to - from) / Math.max(1, lines));
        int decimals = Math.clamp((int) Math.ceil(-Math.log10(step) - 1e-9), 0, MOST_DECIMALS);
        return new ValueScale(from, to, step, decimals);
    }

    /** 1, 2 or 5 times a power of ten, at least as much as asked for. */
    static double step(double atLeast) {
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (double factor : new double[] {1, 2, 5}) {
            if (power * factor >= atLeast * (1 - 1e-9)) {
                return power * factor;
            }
        }
        return power * 10;
    }

    /** The lines' values, upwards. */
    public List<Double> lines() {
        List<Double> lines = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
            lines.add(i * step);
        }
        return lines;
    }

    /** The pixel of a value in a lane from {@code top} to {@code bottom}; may lie outside. */
    public double y(double value, double top, double bottom) {
        return bottom - (value - low) / (high - low) * (bottom - top);
    }

    /** Whether this shows all that another would, and not three times as much. */
    public boolean suits(double from, double to) {
        return low <= from && high >= to;
    }
}
