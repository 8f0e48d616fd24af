package vigie.picture;

import vigie.plan.Area;
import vigie.plan.Deviation;
import vigie.plan.Element;
import vigie.plan.ElementId;
import vigie.plan.Facing;
import vigie.plan.Label;
import vigie.plan.Limits;
import vigie.plan.Placement;
import vigie.plan.Plan;
import vigie.plan.Quantity;
import vigie.plan.SensorRole;
import vigie.plan.Span;
import vigie.plan.Spot;
import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.RoomState;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A room with a rack a1 (and more sensors as wished), and points that say what a test wants. */
final class World {
    static final Instant START = Instant.parse("2026-03-04T02:00:00Z");

    private final List<Element> elements = new ArrayList<>();
    private final List<Placement> placements = new ArrayList<>();
    private final List<Limits> limits = new ArrayList<>();
    private final Map<PointId, PointKey> keys = new HashMap<>();
    private RoomState state = RoomState.EMPTY;

    World() {
        elements.add(
                new Element.Room(
                        new ElementId("room"),
                        Label.of("room"),
                        ZoneId.of("UTC"),
                        List.of(new Spot(0, 0), new Spot(9, 0), new Spot(9, 6), new Spot(0, 6))));
        elements.add(
                new Element.Rack(
                        new ElementId("a1"),
                        Label.of("a1"),
                        "A",
                        new Area(1, 1, 0.6, 1.1),
                        Facing.NORTH,
                        2));
    }

    World sensor(String id, SensorRole role, double height, String of) {
        elements.add(
                new Element.Sensor(
                        new ElementId(id),
                        Label.of(id),
                        role,
                        new Spot(1, 1),
                        height,
                        of.isEmpty() ? Optional.empty() : Optional.of(new ElementId(of))));
        return this;
    }

    /** Binds the point {@code sensor.SENSOR_QUANTITY}. */
    World bind(String sensor, Quantity quantity) {
        return bind("sensor." + sensor + "_" + quantity.word(), sensor, quantity, Span.OPEN);
    }

    World bind(String point, String sensor, Quantity quantity, Span span) {
        placements.add(new Placement(new PointId(point), new ElementId(sensor), quantity, span));
        return this;
    }

    World limit(
            SensorRole role,
            Quantity quantity,
            String place,
            String unit,
            double highWarning,
            double highAlarm,
            Span span) {
        limits.add(
                new Limits(
                        role,
                        quantity,
                        place.isEmpty() ? Optional.empty() : Optional.of(new ElementId(place)),
                        unit,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.of(highWarning),
                        OptionalDouble.of(highAlarm),
                        Optional.empty(),
                        Deviation.NONE,
                        span));
        return this;
    }

    Plan plan() {
        return new Plan(Label.of("trial"), elements, placements, limits);
    }

    RoomState state() {
        return state;
    }

    /** A row of a point at a second after the start; an empty unit means none. */
    RoomState says(String point, double seconds, String text, String unit) {
        return says(
                point,
                seconds,
                text,
                new Attributes(
                        Optional.empty(),
                        unit.isEmpty() ? Optional.empty() : Optional.of(unit),
                        Optional.empty(),
                        Optional.empty(),
                        true));
    }

    RoomState says(String point, double seconds, String text, Attributes attributes) {
        PointId id = new PointId(point);
        PointKey key = keys.computeIfAbsent(id, _ -> new PointKey(keys.size() + 1));
        Instant time = START.plusMillis(Math.round(seconds * 1000));
        Reading reading =
                Reading.ofRow(
                        OptionalLong.empty(),
                        key,
                        id,
                        text,
                        attributes,
                        time,
                        time,
                        Optional.empty(),
                        Optional.empty(),
                        Source.BINLOG);
        return happens(new Fact.Observed(reading));
    }

    /** A rename that keeps the key. */
    RoomState rename(String from, String to) {
        PointKey key = keys.remove(new PointId(from));
        if (key == null) {
            throw new IllegalArgumentException("no point " + from);
        }
        keys.put(new PointId(to), key);
        return happens(new Fact.Named(key, new PointId(to)));
    }

    private RoomState happens(Fact fact) {
        state = state.after(new Group("0-1-1", Optional.empty(), List.of(fact)));
        return state;
    }
}
