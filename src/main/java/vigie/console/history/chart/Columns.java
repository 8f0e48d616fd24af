package vigie.console.history.chart;

import java.util.Arrays;

/** A curve as columns of pixels: what each shows of it. Used again for the next curve. */
final class Columns {
    double[] min = new double[0];
    double[] max = new double[0];
    double[] mean = new double[0];

    /** The time-weighted share without a trustworthy value; NaN where nothing is told of it. */
    double[] gap = new double[0];

    /** Where a column must not be joined to the one before: another unit, another segment. */
    boolean[] begins = new boolean[0];

    private double[] held = new double[0];
    private double[] told = new double[0];
    private int width;

    int width() {
        return width;
    }

    void reset(int columns) {
        if (min.length < columns) {
            min = new double[columns];
            max = new double[columns];
            mean = new double[columns];
            gap = new double[columns];
            held = new double[columns];
            told = new double[columns];
            begins = new boolean[columns];
        }
        width = columns;
        Arrays.fill(min, 0, columns, Double.NaN);
        Arrays.fill(max, 0, columns, Double.NaN);
        Arrays.fill(mean, 0, columns, 0);
        Arrays.fill(gap, 0, columns, 0);
        Arrays.fill(held, 0, columns, 0);
        Arrays.fill(told, 0, columns, 0);
        Arrays.fill(begins, 0, columns, false);
    }

    /**
     * A stretch of held values, or a part of it.
     *
     * @param share the part of the column's time it takes; above 0
     * @param trusted the part of that which has a trustworthy value
     */
    void add(int column, double low, double high, double average, double share, double trusted) {
        told[column] += share;
        gap[column] += share * (1 - trusted);
        if (Double.isNaN(average)) {
            return;
        }
        // A value that held for no time at all was there too.
        double weight = Math.max(share * trusted, 1e-12);
        mean[column] += average * weight;
        held[column] += weight;
        double least = Double.isNaN(low) ? average : low;
        double most = Double.isNaN(high) ? average : high;
        min[column] = Double.isNaN(min[column]) ? least : Math.min(min[column], least);
        max[column] = Double.isNaN(max[column]) ? most : Math.max(max[column], most);
    }

    void done() {
        for (int i = 0; i < width; i++) {
            mean[i] = held[i] > 0 ? mean[i] / held[i] : Double.NaN;
            gap[i] = told[i] > 0 ? Math.min(1, gap[i] / told[i]) : Double.NaN;
        }
    }
}
