package vigie.console.plan;

import vigie.plan.Area;
import vigie.plan.Element;
import vigie.plan.ElementId;
import vigie.plan.Facing;
import vigie.plan.Label;
import vigie.plan.Placement;
import vigie.plan.Plan;
import vigie.plan.Quantity;
import vigie.plan.SensorRole;
import vigie.plan.Span;
import vigie.plan.Spot;
import vigie.point.PointId;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Halls with rows of racks, each with four inlet temperatures. */
final class Halls {
    private Halls() {}

    static ReferenceRoom room(int rows, int racks) {
        return new ReferenceRoom(plan(rows, racks)).calm();
    }

    static Plan plan(int rows, int racks) {
        List<Element> elements = new ArrayList<>();
        List<Placement> placements = new ArrayList<>();
        double width = 3 + rows * 2.0;
        double depth = 3 + racks * 0.8;
        elements.add(
                new Element.Room(
                        new ElementId("hall"),
                        Label.of("Hall"),
                        ZoneId.of("UTC"),
                        List.of(
                                new Spot(0, 0),
                                new Spot(width, 0),
                                new Spot(width, depth),
                                new Spot(0, depth))));
        for (int row = 0; row < rows; row++) {
            for (int rack = 0; rack < racks; rack++) {
                ElementId id = new ElementId("r" + row + "-" + rack);
                Area area = new Area(1.5 + row * 2.0, 1.5 + rack * 0.8, 1.1, 0.8);
                elements.add(
                        new Element.Rack(
                                id,
                                Label.of("R" + row + "-" + rack),
                                "R" + row,
                                area,
                                Facing.WEST,
                                2));
                for (int i = 0; i < 4; i++) {
                    ElementId sensor = new ElementId(id + "-" + i);
                    elements.add(
                            new Element.Sensor(
                                    sensor,
                                    Label.of(sensor.value()),
                                    SensorRole.INLET,
                                    new Spot(area.x() - 0.1, area.y() + 0.2 * i),
                                    0.3 + 0.5 * i,
                                    Optional.of(id)));
                    placements.add(
                            new Placement(
                                    new PointId("sensor.r" + row + "_" + rack + "_" + i),
                                    sensor,
                                    Quantity.TEMPERATURE,
                                    Span.OPEN));
                }
            }
        }
        return new Plan(Label.of("Hall"), elements, placements, List.of());
    }
}
