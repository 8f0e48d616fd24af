package vigie.console.plan;

import vigie.picture.Picture;
import vigie.picture.PictureMaker;
import vigie.plan.Placement;
import vigie.plan.Plan;
import vigie.plan.PlanFile;
import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.room.Bindings;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.RoomState;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A plan with values in every bound point, which a test then changes by entity id. */
final class ReferenceRoom {
    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final Plan plan;
    private final PictureMaker maker;
    private final Map<PointId, PointKey> keys = new LinkedHashMap<>();
    private RoomState state = RoomState.EMPTY;
    private Instant now = START;
    private int position;

    ReferenceRoom() {
        this(PlanFile.builtIn());
    }

    ReferenceRoom(Plan plan) {
        this.plan = plan;
        this.maker = new PictureMaker(plan, Bindings.NONE);
        for (Placement placement : plan.placements()) {
            keys.put(placement.point(), new PointKey(keys.size() + 1));
        }
    }

    Plan plan() {
        return plan;
    }

    Instant now() {
        return now;
    }

    /** Every bound point at a normal value. */
    ReferenceRoom calm() {
        Map<String, String> values = new LinkedHashMap<>();
        int i = 0;
        for (Placement placement : plan.placements()) {
            String name = placement.point().name();
            double wobble = (i++ * 37 % 23) / 10.0;
            values.put(
                    name,
                    switch (placement.quantity()) {
                        case TEMPERATURE ->
                                one(
                                        name.contains("hot_aisle")
                                                ? 33.4 + wobble
                                                : name.contains("return")
                                                        ? 30.8 + wobble
                                                        : name.contains("supply")
                                                                ? 18.2 + wobble / 3
                                                                : name.contains("ups")
                                                                        ? 22.4
                                                                        : 20.8 + wobble);
                        case HUMIDITY -> one(44 + wobble);
                        case LOAD -> "46";
                        case CHARGE -> "100";
                        case RUNTIME -> "38";
                        case POWER -> one(3100 + 300 * wobble);
                        case VOLTAGE -> "231";
                        case CURRENT -> "12";
                        case FREQUENCY -> "50";
                        case FAN_SPEED -> one(58 + wobble);
                        case DEW_POINT -> "9.5";
                        case RUNNING -> "on";
                        case ON_BATTERY, MOTION, OPEN, LEAK -> "off";
                        case STATUS -> "OL";
                    });
        }
        return with(values);
    }

    ReferenceRoom with(String point, String text) {
        return with(Map.of(point, text));
    }

    /** A group with new texts, true at this moment. */
    ReferenceRoom with(Map<String, String> texts) {
        List<Fact> facts = new ArrayList<>();
        texts.forEach((name, text) -> {
            PointId id = new PointId(name);
            PointKey key = keys.computeIfAbsent(id, _ -> new PointKey(keys.size() + 1));
            facts.add(new Fact.Named(key, id));
            facts.add(
                    new Fact.Observed(
                            Reading.ofRow(
                                    OptionalLong.empty(),
                                    key,
                                    id,
                                    text,
                                    attributes(id),
                                    now,
                                    now,
                                    Optional.of(now),
                                    Optional.empty(),
                                    Source.BINLOG)));
        });
        state = state.after(new Group("0-1-" + ++position, Optional.of(now), facts));
        return this;
    }

    ReferenceRoom later(long seconds) {
        now = now.plusSeconds(seconds);
        return this;
    }

    Picture picture() {
        return maker.next(state, now);
    }

    private Attributes attributes(PointId id) {
        for (Placement placement : plan.placements()) {
            if (placement.point().equals(id)) {
                String unit = placement.quantity().unit();
                return new Attributes(
                        Optional.empty(),
                        unit.isEmpty() ? Optional.empty() : Optional.of(unit),
                        Optional.empty(),
                        Optional.empty(),
                        true);
            }
        }
        return Attributes.NONE;
    }

    private static String one(double value) {
        return String.valueOf(Math.round(value * 10) / 10.0);
    }
}
