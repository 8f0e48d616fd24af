package vigie.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** Milliseconds that something took, many times. */
final class Samples {
    private static final double NANOS_PER_MILLI = 1e6;

    private final double[] sorted;

    /** Of durations in nanoseconds. */
    Samples(Collection<Long> nanos) {
        sorted = nanos.stream().mapToDouble(one -> one / NANOS_PER_MILLI).sorted().toArray();
    }

    private Samples(double[] sorted) {
        this.sorted = sorted;
    }

    /** Of several, taken as one. */
    static Samples all(Collection<Samples> parts) {
        return new Samples(
                parts.stream()
                        .flatMapToDouble(part -> Arrays.stream(part.sorted))
                        .sorted()
                        .toArray());
    }

    /** The smallest value that this share of all does not exceed; not a number without values. */
    double percentile(double percent) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }

    /** The middle of a few figures; not a number where one of them is not, or there are none. */
    static double median(Collection<Double> figures) {
        double[] all = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (all.length == 0 || Arrays.stream(all).anyMatch(Double::isNaN)) {
            return Double.NaN;
        }
        int middle = all.length / 2;
        return all.length % 2 == 1 ? all[middle] : (all[middle - 1] + all[middle]) / 2;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "n %d  p50 %.2f  p90 %.2f  p99 %.2f  max %.2f ms",
                sorted.length,
                percentile(50),
                percentile(90),
                percentile(99),
                percentile(100));
    }
}
