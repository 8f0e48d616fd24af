package vigie.point;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Conversion between the units that Home Assistant records. A pair that is not known is not
 * guessed: the answer is empty.
 */
public final class Units {
    /**
     * A unit in terms of its dimension's base: {@code base = (value + shift) × numerator /
     * denominator}. Two whole factors instead of one quotient keep 212 °F at exactly 100 °C.
     */
    private record Scale(String dimension, double shift, double numerator, double denominator) {
        boolean fits(Scale other) {
            return dimension.equals(other.dimension);
        }

        double toBase(double value) {
            return (value + shift) * numerator / denominator;
        }

        double fromBase(double base) {
            return base * denominator / numerator - shift;
        }
    }

    private static final Map<String, Scale> SCALES = scales();

    private Units() {}

    /**
     * A value in another unit. Units that are spelt alike convert to themselves, known or not.
     *
     * @return empty where the pair is not known or the result would not be finite
     */
    public static OptionalDouble convert(double value, String from, String to) {
        if (from.equals(to)) {
            return finite(value);
        }
        Scale source = SCALES.get(from);
        Scale target = SCALES.get(to);
        return source != null && target != null && source.fits(target)
                ? finite(target.fromBase(source.toBase(value)))
                : OptionalDouble.empty();
    }

    /**
     * A difference of two values in another unit: as {@link #convert}, but a difference of
     * temperatures converts without offset (9 °F are 5 K).
     */
    public static OptionalDouble convertDifference(double difference, String from, String to) {
        if (from.equals(to)) {
            return finite(difference);
        }
        Scale source = SCALES.get(from);
        Scale target = SCALES.get(to);
        return source != null && target != null && source.fits(target)
                ? finite(
                        difference
                                * source.numerator()
                                / source.denominator()
                                * target.denominator()
                                / target.numerator())
                : OptionalDouble.empty();
    }

    /** Whether values in one unit can be told in the other. */
    public static boolean convertible(String from, String to) {
        if (from.equals(to)) {
            return true;
        }
        Scale source = SCALES.get(from);
        Scale target = SCALES.get(to);
        return source != null && target != null && source.fits(target);
    }

    private static OptionalDouble finite(double value) {
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    private static Map<String, Scale> scales() {
        Map<String, Scale> all = new HashMap<>();
        // Beside the usual spelling: the one-character signs, and º, which keyboards offer for °.
        for (String celsius : new String[] {"°C", "℃", "ºC"}) {
            all.put(celsius, new Scale("temperature", 0, 1, 1));
        }
        for (String fahrenheit : new String[] {"°F", "℉", "ºF"}) {
            all.put(fahrenheit, new Scale("temperature", -32, 5, 9));
        }
        all.put("K", new Scale("temperature", -273.15, 1, 1));
        put(all, "power", "mW", 1, 1e3, "W", 1, 1, "kW", 1e3, 1, "MW", 1e6, 1, "GW", 1e9, 1);
        put(all, "power", "BTU/h", 0.29307107, 1);
        put(all, "apparent power", "mVA", 1, 1e3, "VA", 1, 1, "kVA", 1e3, 1, "MVA", 1e6, 1);
        put(all, "energy", "Wh", 1, 1, "kWh", 1e3, 1, "MWh", 1e6, 1, "GWh", 1e9, 1);
        put(all, "energy", "J", 1, 3600, "kJ", 1e3, 3600, "MJ", 1e6, 3600, "GJ", 1e9, 3600);
        put(all, "voltage", "µV", 1, 1e6, "μV", 1, 1e6, "mV", 1, 1e3, "V", 1, 1, "kV", 1e3, 1);
        put(all, "current", "mA", 1, 1e3, "A", 1, 1);
        put(all, "frequency", "Hz", 1, 1, "kHz", 1e3, 1, "MHz", 1e6, 1, "GHz", 1e9, 1);
        put(all, "share", "%", 1, 1, "‰", 1, 10);
        put(all, "duration", "µs", 1, 1e6, "μs", 1, 1e6, "ms", 1, 1e3, "s", 1, 1);
        put(all, "duration", "min", 60, 1, "h", 3600, 1, "d", 86_400, 1, "w", 604_800, 1);
        put(all, "pressure", "Pa", 1, 1, "hPa", 1e2, 1, "kPa", 1e3, 1, "mbar", 1e2, 1);
        put(all, "pressure", "cbar", 1e3, 1, "bar", 1e5, 1, "psi", 6894.757293168, 1);
        put(all, "pressure", "mmHg", 133.322387415, 1, "inHg", 3386.388640341, 1);
        put(all, "speed", "m/s", 1, 1, "km/h", 10, 36, "mph", 0.44704, 1, "ft/s", 0.3048, 1);
        put(all, "length", "mm", 1, 1e3, "cm", 1, 1e2, "m", 1, 1, "km", 1e3, 1);
        put(all, "length", "in", 0.0254, 1, "ft", 0.3048, 1);
        put(all, "air flow", "m³/s", 3600, 1, "m³/h", 1, 1, "L/s", 36, 10, "L/min", 6, 100);
        put(all, "air flow", "ft³/min", 1.699010796, 1);
        put(all, "vapour", "g/m³", 1, 1, "mg/m³", 1, 1e3, "µg/m³", 1, 1e6, "μg/m³", 1, 1e6);
        return Map.copyOf(all);
    }

    /** Triples of unit, numerator and denominator. */
    private static void put(Map<String, Scale> all, String dimension, Object... triples) {
        for (int i = 0; i < triples.length; i += 3) {
            double numerator = ((Number) triples[i + 1]).doubleValue();
            double denominator = ((Number) triples[i + 2]).doubleValue();
            all.put((String) triples[i], new Scale(dimension, 0, numerator, denominator));
        }
    }
}
