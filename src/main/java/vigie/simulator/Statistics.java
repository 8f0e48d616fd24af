package vigie.simulator;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Home Assistant's arithmetic of statistics. Pure. */
final class Statistics {
    /** Length of a short-term period, seconds. */
    static final double SHORT = 300;

    /** Length of a long-term period, seconds. */
    static final double HOUR = 3600;

    private Statistics() {}

    /** A number an entity had from {@code time} on. */
    record Sample(double time, double value) {}

    /** What a period says of a measured entity. */
    record Mean(double mean, double min, double max) {}

    /**
     * What a period says of a meter: its reading at the end, and the total since recording began.
     */
    record Total(double state, double sum) {}

    /**
     * Mean weighted by time, least and greatest of the samples, each holding until the next; gaps
     * are not known here, a value holds through them. Where the first sample lies inside the
     * period, the period begins with it.
     *
     * @param samples in order of time; the first may lie before {@code start}
     * @return null without samples
     */
    static @Nullable Mean mean(List<Sample> samples, double start, double end) {
        if (samples.isEmpty()) {
            return null;
        }
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double area = 0;
        double first = Math.max(samples.getFirst().time(), start);
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            double from = Math.max(sample.time(), start);
            double to = i + 1 < samples.size() ? Math.max(samples.get(i + 1).time(), start) : end;
            area += sample.value() * (to - from);
            min = Math.min(min, sample.value());
            max = Math.max(max, sample.value());
        }
        double length = end - first;
        return new Mean(length > 0 ? area / length : samples.getLast().value(), min, max);
    }

    /**
     * Goes on with a meter that only increases. A fall by more than a tenth is a reset: the meter
     * began again at 0.
     *
     * @param before the entity's last total; null where it has none, then the first sample is the
     *     zero of the sum
     * @return null where there is nothing to say
     */
    static @Nullable Total total(@Nullable Total before, List<Sample> samples) {
        if (samples.isEmpty()) {
            return null;
        }
        double last = before == null ? samples.getFirst().value() : before.state();
        double sum = before == null ? 0 : before.sum();
        for (Sample sample : samples) {
            sum += sample.value() < 0.9 * last ? sample.value() : sample.value() - last;
            last = sample.value();
        }
        return new Total(last, sum);
    }

    /** The number a state's text is, or null: Home Assistant takes finite numbers only. */
    static @Nullable Double number(@Nullable String state) {
        if (state == null
                || state.isEmpty()
                || !(Character.isDigit(state.charAt(0)) || state.charAt(0) == '-')) {
            return null;
        }
        try {
            double value = Double.parseDouble(state);
            return Double.isFinite(value) ? value : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
