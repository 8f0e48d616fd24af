package vigie.bench;

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
import vigie.simulator.LoadWriter;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A hall of racks in rows, each with four inlet temperatures.
 *
 * @param plan of the hall
 * @param points bound to it, in the order of the racks
 */
record Hall(Plan plan, List<LoadWriter.Point> points) {
    private static final int SENSORS = 4;
    private static final double PITCH = 2.0;
    private static final double ALONG_ROW = 0.8;
    private static final double ACROSS_ROW = 1.1;
    private static final double MARGIN = 1.5;

    Hall {
        points = List.copyOf(points);
    }

    /** A hall of so many rows of so many racks. */
    static Hall of(int rows, int racksInRow) {
        List<LoadWriter.Point> points = LoadWriter.numbered(rows * racksInRow * SENSORS);
        List<Element> elements = new ArrayList<>();
        List<Placement> placements = new ArrayList<>();
        double width = 2 * MARGIN + rows * PITCH;
        double depth = 2 * MARGIN + racksInRow * ALONG_ROW;
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
            for (int place = 0; place < racksInRow; place++) {
                int number = row * racksInRow + place;
                ElementId id = new ElementId("rack-" + number);
                Area area =
                        new Area(
                                MARGIN + row * PITCH,
                                MARGIN + place * ALONG_ROW,
                                ACROSS_ROW,
                                ALONG_ROW);
                String name = (char) ('A' + row) + String.valueOf(place + 1);
                elements.add(
                        new Element.Rack(
                                id,
                                Label.of(name),
                                String.valueOf((char) ('A' + row)),
                                area,
                                Facing.WEST,
                                2));
                for (int i = 0; i < SENSORS; i++) {
                    ElementId sensor = new ElementId(id + "-" + i);
                    double y = area.y() + ALONG_ROW * (i + 0.5) / SENSORS;
                    elements.add(
                            new Element.Sensor(
                                    sensor,
                                    Label.of(name + " " + i),
                                    SensorRole.INLET,
                                    new Spot(area.x() - 0.1, y),
                                    0.4 + 0.45 * i,
                                    Optional.of(id)));
                    placements.add(
                            new Placement(
                                    new PointId(points.get(number * SENSORS + i).entityId()),
                                    sensor,
                                    Quantity.TEMPERATURE,
                                    Span.OPEN));
                }
            }
        }
        return new Hall(new Plan(Label.of("Hall"), elements, placements, List.of()), points);
    }

    /** The racks, in drawing order. */
    List<Element.Rack> racks() {
        return plan.elements(Element.Rack.class);
    }
}
