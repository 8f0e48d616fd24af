package vigie.plan;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is normal for a role, or for a role at a place: the nearest place wins (the sensor, what it
 * belongs to, the room, everywhere). Limits win whole: without any bound and without a normal text
 * they switch off what holds farther away, the defaults included.
 *
 * @param role the sensors it holds for
 * @param quantity what is limited
 * @param place the sensor, element or room it holds for; empty: everywhere
 * @param unit the unit of the four numbers; a reading in another unit is converted
 * @param lowAlarm alarm below; empty: no such limit
 * @param lowWarning warning below
 * @param highWarning warning above
 * @param highAlarm alarm above
 * @param normal for on/off points the text that is normal; empty for numbers, or if both are
 * @param deviation what another text than {@code normal} means
 * @param span when the limits hold
 */
public record Limits(
        SensorRole role,
        Quantity quantity,
        Optional<ElementId> place,
        String unit,
        OptionalDouble lowAlarm,
        OptionalDouble lowWarning,
        OptionalDouble highWarning,
        OptionalDouble highAlarm,
        Optional<String> normal,
        Deviation deviation,
        Span span) {

    /**
     * How far a number is from normal. A value on a limit is still inside it.
     *
     * @param value in {@link #unit}
     */
    public Deviation deviationOf(double value) {
        if (below(value, lowAlarm) || above(value, highAlarm)) {
            return Deviation.ALARM;
        }
        return below(value, lowWarning) || above(value, highWarning)
                ? Deviation.WARNING
                : Deviation.NONE;
    }

    /** −1 where a number is below a low limit, +1 above a high one, 0 otherwise. */
    public int directionOf(double value) {
        if (below(value, lowAlarm) || below(value, lowWarning)) {
            return -1;
        }
        return above(value, highAlarm) || above(value, highWarning) ? 1 : 0;
    }

    /** How far a text is from normal. */
    public Deviation deviationOf(String text) {
        return normal.isEmpty() || normal.get().equals(text) ? Deviation.NONE : deviation;
    }

    private static boolean below(double value, OptionalDouble bound) {
        return bound.isPresent() && value < bound.getAsDouble();
    }

    private static boolean above(double value, OptionalDouble bound) {
        return bound.isPresent() && value > bound.getAsDouble();
    }
}
