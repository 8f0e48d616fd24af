package vigie.plan;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Something drawn on the plan that can be named, selected, and asked for its readings. */
public sealed interface Element {
    ElementId id();

    Label label();

    /** The smallest upright rectangle that holds it; of a sensor, a rectangle of no size. */
    Area bounds();

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

        @Override
        public Area bounds() {
            return Area.around(outline);
        }

        /** Whether a place is inside the outline. */
        public boolean contains(Spot spot) {
            // Even-odd rule: a ray to the right crosses the outline an odd number of times.
            boolean inside = false;
            Spot before = outline.getLast();
            for (Spot corner : outline) {
                if (corner.y() > spot.y() != before.y() > spot.y()) {
                    double slope = (before.x() - corner.x()) / (before.y() - corner.y());
                    inside ^= spot.x() < corner.x() + slope * (spot.y() - corner.y());
                }
                before = corner;
            }
            return inside;
        }
    }

    /**
     * A straight piece of wall.
     *
     * @param from one end of its middle line
     * @param to the other end
     * @param thickness metres, positive
     */
    record Wall(ElementId id, Label label, Spot from, Spot to, double thickness)
            implements Element {
        @Override
        public Area bounds() {
            return Area.around(List.of(from, to));
        }
    }

    /**
     * A door, drawn over its wall as an opening.
     *
     * @param hinge the end it turns about
     * @param latch the other end
     * @param opens the side to which the leaf swings
     */
    record Door(ElementId id, Label label, Spot hinge, Spot latch, Facing opens)
            implements Element {
        /** The closed door; what its leaf sweeps is not in it. */
        @Override
        public Area bounds() {
            return Area.around(List.of(hinge, latch));
        }
    }

    /**
     * A rack.
     *
     * @param row the row it stands in
     * @param facing the side of its air inlet
     * @param height metres, positive
     */
    record Rack(ElementId id, Label label, String row, Area area, Facing facing, double height)
            implements Element {
        @Override
        public Area bounds() {
            return area;
        }
    }

    /** An aisle between racks. */
    record Aisle(ElementId id, Label label, Kind kind, Area area) implements Element {
        @Override
        public Area bounds() {
            return area;
        }

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
    record CoolingUnit(ElementId id, Label label, Area area, Facing facing) implements Element {
        @Override
        public Area bounds() {
            return area;
        }
    }

    /** The zone of the uninterruptible power supply and its batteries. */
    record UpsZone(ElementId id, Label label, Area area) implements Element {
        @Override
        public Area bounds() {
            return area;
        }
    }

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
            implements Element {
        @Override
        public Area bounds() {
            return new Area(at.x(), at.y(), 0, 0);
        }
    }
}
