package vigie.plan;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is normal where a plan says nothing. Every figure has its source; a plan's own limits of the
 * same role and quantity replace them whole. They are facts to start from, to be checked against
 * the site's own rules, not a statement of compliance with any standard.
 */
public final class DefaultLimits {
    /**
     * Air at the servers' inlets, and of a room as a whole, °C: recommended 18–27, allowable 15–32
     * (ASHRAE TC 9.9, fifth edition 2021, class A1). Held for the room too, whose sensor hangs on
     * the cold side.
     */
    private static final double[] AIR = {15, 18, 27, 32};

    /**
     * Relative humidity, %: allowable 8–80 (ASHRAE TC 9.9, 2021, class A1); above 60 the
     * recommended range of the 2015 edition ends (70 where the air is proven clean); 15 is the
     * recommended lower dew point of −9 °C at an inlet of 18 °C. Also for the UPS zone: the 35–55
     * that battery makers advise is advice, and would colour most winters.
     */
    private static final double[] HUMIDITY = {8, 15, 60, 80};

    /** Dew point, °C: recommended −9–15, allowable −12–17 (ASHRAE TC 9.9, 2021, class A1). */
    private static final double[] DEW_POINT = {-12, -9, 15, 17};

    /**
     * Air behind the servers (hot aisle, return), °C. Own choice: servers heat air by 11 to 14 K,
     * so 40 and 45 are what 13 K make of an inlet at its recommended (27) and allowable (32) end.
     */
    private static final double[] EXHAUST = {Double.NaN, Double.NaN, 40, 45};

    /**
     * Air leaving a cooling unit, °C. Own choice: 2 K below the inlets' limits, for it warms on its
     * way.
     */
    private static final double[] SUPPLY = {Double.NaN, 13, 25, 30};

    /**
     * Air around batteries, °C: lead-acid ones are made for 20–25; at 30 a good quarter of their
     * life is lost (half per 10 K).
     */
    private static final double[] BATTERIES = {Double.NaN, Double.NaN, 25, 30};

    /** Load of a UPS, %. Own choice: a reserve of a fifth; at 95 the next server overloads it. */
    private static final double[] LOAD = {Double.NaN, Double.NaN, 80, 95};

    /** Charge of the batteries, %. Own choice: three quarters, and what ages them quickly. */
    private static final double[] CHARGE = {40, 75, Double.NaN, Double.NaN};

    /** Runtime left, minutes. Own choice: 5 for an orderly shutdown, 5 more to decide on it. */
    private static final double[] RUNTIME = {5, 10, Double.NaN, Double.NaN};

    private static final List<Limits> ALL =
            List.of(
                    numbers(SensorRole.INLET, Quantity.TEMPERATURE, AIR),
                    numbers(SensorRole.INLET, Quantity.HUMIDITY, HUMIDITY),
                    numbers(SensorRole.INLET, Quantity.DEW_POINT, DEW_POINT),
                    numbers(SensorRole.ROOM, Quantity.TEMPERATURE, AIR),
                    numbers(SensorRole.ROOM, Quantity.HUMIDITY, HUMIDITY),
                    numbers(SensorRole.ROOM, Quantity.DEW_POINT, DEW_POINT),
                    numbers(SensorRole.HOT_SPOT, Quantity.TEMPERATURE, EXHAUST),
                    numbers(SensorRole.RETURN, Quantity.TEMPERATURE, EXHAUST),
                    numbers(SensorRole.SUPPLY, Quantity.TEMPERATURE, SUPPLY),
                    numbers(SensorRole.UPS, Quantity.TEMPERATURE, BATTERIES),
                    numbers(SensorRole.UPS, Quantity.HUMIDITY, HUMIDITY),
                    numbers(SensorRole.UPS, Quantity.LOAD, LOAD),
                    numbers(SensorRole.UPS, Quantity.CHARGE, CHARGE),
                    numbers(SensorRole.UPS, Quantity.RUNTIME, RUNTIME),
                    // The mains is lost: the one moment for which the UPS is there.
                    normally(SensorRole.UPS, Quantity.ON_BATTERY, "off"),
                    normally(SensorRole.LEAK, Quantity.LEAK, "off"),
                    // A unit that is kept in reserve needs a limit of its own in the plan.
                    normally(SensorRole.UNIT, Quantity.RUNNING, "on"));

    private DefaultLimits() {}

    /** All defaults; each holds everywhere and always. */
    public static List<Limits> all() {
        return ALL;
    }

    /**
     * The default for a role and quantity. Empty where nothing is abnormal by itself: power and
     * voltage depend on the site, and people move through a room and its doors every working day;
     * whether they may is a question of the hour, which an alarm rule asks.
     */
    public static Optional<Limits> of(SensorRole role, Quantity quantity) {
        return ALL.stream()
                .filter(one -> one.role() == role && one.quantity() == quantity)
                .findFirst();
    }

    private static Limits numbers(SensorRole role, Quantity quantity, double[] bounds) {
        return new Limits(
                role,
                quantity,
                Optional.empty(),
                quantity.unit(),
                bound(bounds[0]),
                bound(bounds[1]),
                bound(bounds[2]),
                bound(bounds[3]),
                Optional.empty(),
                Deviation.NONE,
                Span.OPEN);
    }

    private static Limits normally(SensorRole role, Quantity quantity, String normal) {
        return new Limits(
                role,
                quantity,
                Optional.empty(),
                "",
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.of(normal),
                Deviation.ALARM,
                Span.OPEN);
    }

    private static OptionalDouble bound(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
