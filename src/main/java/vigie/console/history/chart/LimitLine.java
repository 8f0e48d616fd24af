package vigie.console.history.chart;

import vigie.plan.Limits;
import vigie.point.Units;

import java.util.OptionalDouble;

/**
 * Limits in the unit of a lane, for as long as they hold.
 *
 * @param from since when
 * @param to until when
 * @param lowAlarm NaN where there is none; so the others
 */
public record LimitLine(
        long from,
        long to,
        double lowAlarm,
        double lowWarning,
        double highWarning,
        double highAlarm) {
    /** The plan's limits told in a lane's unit; without any number where they cannot be. */
    public static LimitLine of(Limits limits, String unit, long from, long to) {
        return new LimitLine(
                from,
                to,
                in(limits.lowAlarm(), limits.unit(), unit),
                in(limits.lowWarning(), limits.unit(), unit),
                in(limits.highWarning(), limits.unit(), unit),
                in(limits.highAlarm(), limits.unit(), unit));
    }

    private static double in(OptionalDouble value, String from, String to) {
        return value.isEmpty()
                ? Double.NaN
                : Units.convert(value.getAsDouble(), from, to).orElse(Double.NaN);
    }

    /** Whether there is nothing to be outside of. */
    public boolean isOpen() {
        return Double.isNaN(lowAlarm)
                && Double.isNaN(lowWarning)
                && Double.isNaN(highWarning)
                && Double.isNaN(highAlarm);
    }

    /** The lower end of what is normal; NaN where it has none. */
    public double low() {
        return Double.isNaN(lowWarning) ? lowAlarm : lowWarning;
    }

    /** The upper end of what is normal; NaN where it has none. */
    public double high() {
        return Double.isNaN(highWarning) ? highAlarm : highWarning;
    }

    /** Whether the numbers are those of another. */
    public boolean sameNumbers(LimitLine other) {
        return Double.compare(lowAlarm, other.lowAlarm) == 0
                && Double.compare(lowWarning, other.lowWarning) == 0
                && Double.compare(highWarning, other.highWarning) == 0
                && Double.compare(highAlarm, other.highAlarm) == 0;
    }
}
