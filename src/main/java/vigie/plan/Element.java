package vigie.plan;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Something drawn on the plan that can be named, selected, and asked for its readings. */
public sealed interface Element {
    ElementId id();

    Label label();

    /**
     * A room.
     *
     * @param zone in which its local times are told
     * @param outline at least three corners, in order, not closed
     */
    record Room(ElementId id, Label label, ZoneId zone, List<Spot> outline) implements Element {
        public Room {
            outline = List.copyOf(outline);
        }
    }

    /**
     * A straight piece of wall.
     *
     * @param thickness metres, positive
     */
    record Wall(ElementId id, Label label, Spot from, Spot to, double thickness)
            implements Element {}

    /**
     * A door, drawn as an opening in a wall.
     *
     * @param hinge the end it turns about
     * @param latch the other end
     * @param opens the side to which the leaf swings
     */
    record Door(ElementId id, Label label, Spot hinge, Spot latch, Facing opens)
            implements Element {}

    /**
     * A rack.
     *
     * @param row the row it stands in
     * @param facing the side of its air inlet
     * @param height metres, positive
     */
    record Rack(ElementId id, Label label, String row, Area area, Facing facing, double height)
            implements Element {}

    /** An aisle between racks. */
    record Aisle(ElementId id, Label label, Kind kind, Area area) implements Element {
        /** What air it holds. */
        public enum Kind {
            HOT,
            COLD
        }
    }

    /**
     * A cooling unit.
     *
     * @param facing the side to which it blows
     */
    record CoolingUnit(ElementId id, Label label, Area area, Facing facing) implements Element {}

    /** The zone of the uninterruptible power supply and its batteries. */
    record UpsZone(ElementId id, Label label, Area area) implements Element {}

    /**
     * A sensor: the place of one or several bound points.
     *
     * @param height metres above the floor, zero or positive
     * @param of the rack, aisle, unit, zone, door or room it watches; empty where it stands for
     *     itself
     */
    record Sensor(
            ElementId id,
            Label label,
            SensorRole role,
            Spot at,
            double height,
            Optional<ElementId> of)
            implements Element {}
}
