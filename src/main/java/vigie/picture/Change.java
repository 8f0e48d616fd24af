package vigie.picture;

import vigie.plan.Element;
import vigie.plan.Quantity;
import vigie.point.Units;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How one place reads at a moment, against how it read at another.
 *
 * @param sensor where
 * @param quantity what is compared
 * @param now at the moment that is shown; empty: nothing was placed there
 * @param then at the other moment; empty: nothing was placed there
 * @param outcome what came of it
 */
public record Change(
        Element.Sensor sensor,
        Quantity quantity,
        Optional<PlacedReading> now,
        Optional<PlacedReading> then,
        Outcome outcome) {

    /** What came of a comparison. */
    public sealed interface Outcome {
        /** One side or both have no trustworthy value: nothing can be said, and nothing is. */
        record Unknown() implements Outcome {}

        /**
         * Two numbers.
         *
         * @param amount now less then, in the quantity's own unit: of temperatures a difference, to
         *     be converted without offset
         * @param step 0: the same as far as it matters; ±1 to ±{@link #MOST_STEPS}: how much, in
         *     the direction of {@code amount}
         */
        record Amount(double amount, int step) implements Outcome {}

        /**
         * Two states of an on/off point, or two texts.
         *
         * @param from the text then
         * @param to the text now
         */
        record State(String from, String to) implements Outcome {
            public boolean differs() {
                return !from.equals(to);
            }
        }
    }

    /** Into how many steps a direction is divided. */
    public static final int MOST_STEPS = 4;

    private static final Outcome UNKNOWN = new Outcome.Unknown();

    /** Compares two readings of one quantity at one place; at least one is there. */
    static Change of(
            Element.Sensor sensor,
            Quantity quantity,
            Optional<PlacedReading> now,
            Optional<PlacedReading> then) {
        return new Change(sensor, quantity, now, then, outcome(quantity, now, then));
    }

    private static Outcome outcome(
            Quantity quantity, Optional<PlacedReading> now, Optional<PlacedReading> then) {
        Optional<PlacedReading> sound = now.filter(PlacedReading::isTrustworthy);
        Optional<PlacedReading> other = then.filter(PlacedReading::isTrustworthy);
        if (sound.isEmpty() || other.isEmpty()) {
            return UNKNOWN;
        }
        if (quantity.isNumber()) {
            double amount = sound.get().value().orElseThrow() - other.get().value().orElseThrow();
            return Double.isFinite(amount)
                    ? new Outcome.Amount(amount, step(quantity, amount))
                    : UNKNOWN;
        }
        Optional<String> to = sound.get().text();
        Optional<String> from = other.get().text();
        return to.isPresent() && from.isPresent()
                ? new Outcome.State(from.get(), to.get())
                : UNKNOWN;
    }

    /** Whether something can be said. */
    public boolean isKnown() {
        return !(outcome instanceof Outcome.Unknown);
    }

    /** Whether both values are good, not merely usable. */
    public boolean isCertain() {
        return isKnown()
                && now.filter(one -> one.quality().isGood()).isPresent()
                && then.filter(one -> one.quality().isGood()).isPresent();
    }

    /** Now less then, in the quantity's own unit; empty where there are no two numbers. */
    public OptionalDouble amount() {
        return outcome instanceof Outcome.Amount amount
                ? OptionalDouble.of(amount.amount())
                : OptionalDouble.empty();
    }

    /**
     * Now less then in another unit: a difference of temperatures converts without offset.
     *
     * @return empty also where the units do not fit
     */
    public OptionalDouble amount(String unit) {
        OptionalDouble amount = amount();
        return amount.isPresent()
                ? Units.convertDifference(amount.getAsDouble(), quantity.unit(), unit)
                : amount;
    }

    /** How much it differs: see {@link Outcome.Amount#step}; 0 where that is not known. */
    public int step() {
        return outcome instanceof Outcome.Amount amount ? amount.step() : 0;
    }

    /** Whether it differs as far as it matters. */
    public boolean differs() {
        return switch (outcome) {
            case Outcome.Unknown _ -> false;
            case Outcome.Amount amount -> amount.step() != 0;
            case Outcome.State state -> state.differs();
        };
    }

    /**
     * From which difference on each step begins, in the quantity's own unit; the first also says
     * what still counts as the same. Empty for what has no number.
     */
    public static double[] steps(Quantity quantity) {
        return switch (quantity) {
            case TEMPERATURE, DEW_POINT -> new double[] {0.5, 1, 2, 5};
            case HUMIDITY, LOAD, CHARGE, FAN_SPEED -> new double[] {2, 5, 10, 20};
            case RUNTIME -> new double[] {1, 2, 5, 10};
            case POWER -> new double[] {100, 200, 500, 1000};
            case VOLTAGE -> new double[] {2, 5, 10, 20};
            case CURRENT -> new double[] {0.5, 1, 2, 5};
            case FREQUENCY -> new double[] {0.05, 0.1, 0.2, 0.5};
            case RUNNING, ON_BATTERY, MOTION, OPEN, LEAK, STATUS -> new double[0];
        };
    }

    private static int step(Quantity quantity, double amount) {
        // As the figure is written: 0.5 that is 0.4999… in binary is still half a degree.
        double size = Math.abs(amount) + 1e-9;
        int step = 0;
        for (double least : steps(quantity)) {
            step += size >= least ? 1 : 0;
        }
        return amount < 0 ? -step : step;
    }
}
