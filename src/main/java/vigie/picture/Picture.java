package vigie.picture;

import vigie.plan.ElementId;
import vigie.plan.Plan;
import vigie.room.Freshness;
import vigie.room.RoomState;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The picture of a room at a moment. Elements whose data did not change are the same objects as in
 * the picture before, so that the screen can compare by reference.
 *
 * @param plan what is drawn
 * @param state what it was made from
 * @param freshness by which its silences were judged
 * @param at the moment
 * @param elements every element that has readings: racks, aisles, units, zones, rooms, and every
 *     sensor
 */
public record Picture(
        Plan plan,
        RoomState state,
        Freshness freshness,
        Instant at,
        Map<ElementId, ElementPicture> elements) {
    public Picture {
        elements = Map.copyOf(elements);
    }

    /** What an element shows; empty where no sensor belongs to it. */
    public Optional<ElementPicture> element(ElementId id) {
        return Optional.ofNullable(elements.get(id));
    }
}
