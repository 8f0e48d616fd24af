package vigie.history.series;

/**
 * What a number did between two moments. A reading holds until the next one, so a bucket without a
 * reading of its own still has the value that was held; where none was trustworthy all numbers are
 * NaN.
 *
 * @param from first microsecond
 * @param to first microsecond after it
 * @param min least trustworthy value, the one held at the beginning included; NaN for angles, and
 *     where unknown
 * @param max greatest; as {@code min}
 * @param mean weighted by the time that each value held; of angles the circular mean, 0 to 360
 * @param first the first trustworthy value: the one held at the beginning, else the first reading's
 * @param last the last trustworthy value; NaN where unknown
 * @param count trustworthy readings in it; -1 where unknown (statistics)
 * @param trusted for how many microseconds a trustworthy value held; at most {@code to - from}
 * @param growth of a meter: by how much it grew, its resets taken out; NaN for all others
 * @param weight of an angle: the length of the mean vector, 0 to 1; 1 for all others
 */
public record Bucket(
        long from,
        long to,
        double min,
        double max,
        double mean,
        double first,
        double last,
        int count,
        long trusted,
        double growth,
        double weight) {
    /** Where the tier does not tell how many readings there were. */
    public static final int UNKNOWN_COUNT = -1;

    /** A bucket in which nothing was known. */
    public static Bucket empty(long from, long to) {
        return new Bucket(
                from,
                to,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                0,
                0,
                Double.NaN,
                1);
    }

    /** The share of it without a trustworthy value, 0 to 1. */
    public double gap() {
        return to == from ? 0 : 1 - (double) trusted / (to - from);
    }

    /** Whether it holds no trustworthy value at all. */
    public boolean isEmpty() {
        return Double.isNaN(mean);
    }
}
