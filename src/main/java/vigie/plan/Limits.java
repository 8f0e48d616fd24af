package vigie.plan;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is normal for a role, or for a role at a place: the nearest place wins (the sensor, what it
 * belongs to, the room, everywhere).
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
        Span span) {}
