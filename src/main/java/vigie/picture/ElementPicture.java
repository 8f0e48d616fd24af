package vigie.picture;

import vigie.plan.Deviation;
import vigie.plan.ElementId;

import java.util.List;
import java.util.Optional;

/**
 * What an element shows: the readings of its sensors, and the worst of them.
 *
 * @param element the element, or the sensor itself
 * @param readings of all its sensors, in plan order (for a rack the highest sensor first)
 * @param deviation the worst of its readings
 * @param worst the reading that is farthest from normal: the greatest deviation, then inlet
 *     temperatures before other temperatures before anything else, then the highest temperature;
 *     empty where no reading is trustworthy
 * @param blind how many of its readings are not trustworthy: bad, never seen, or no number
 */
public record ElementPicture(
        ElementId element,
        List<PlacedReading> readings,
        Deviation deviation,
        Optional<PlacedReading> worst,
        int blind) {
    public ElementPicture {
        readings = List.copyOf(readings);
    }
}
