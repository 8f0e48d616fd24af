package vigie.picture;

import vigie.plan.Deviation;
import vigie.plan.Limits;

import java.util.Optional;

/**
 * A dew point that follows from two sensors.
 *
 * @param humidity the humidity it follows from; its sensor is the place
 * @param temperature the temperature it follows from: of the same sensor, or of the same element
 *     and role, nearest in height
 * @param celsius °C; to be shown to half a degree at the finest, the sensors allow no more
 * @param limits the limits in force
 * @param deviation how far it is from normal
 * @param direction −1 below a low limit, +1 above a high one, 0 otherwise
 */
public record DewPointReading(
        PlacedReading humidity,
        PlacedReading temperature,
        double celsius,
        Optional<Limits> limits,
        Deviation deviation,
        int direction) {}
