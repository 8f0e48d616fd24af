package vigie.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Writes plans in one form: fields in the order of {@code docs/plan-format.md}, one element a line,
 * numbers as short as they can be. What the reader reads from it equals what was written.
 */
public final class PlanWriter {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> AREA = List.of("x", "y", "width", "depth");

    /** The sections of a file, in order, each with its fields, in order. */
    private static final Map<String, List<String>> FIELDS =
            Map.of(
                    "rooms", List.of("id", "name", "zone", "outline"),
                    "walls", List.of("id", "name", "from", "to", "thickness"),
                    "doors", List.of("id", "name", "hinge", "latch", "opens"),
                    "racks", with(List.of("id", "name", "row"), AREA, List.of("facing", "height")),
                    "aisles", with(List.of("id", "name", "kind"), AREA, List.of()),
                    "coolingUnits", with(List.of("id", "name"), AREA, List.of("facing")),
                    "upsZones", with(List.of("id", "name"), AREA, List.of()),
                    "sensors", List.of("id", "name", "role", "at", "height", "of"),
                    "placements", List.of("point", "sensor", "quantity", "from", "to"),
                    "limits",
                            List.of(
                                    "role",
                                    "quantity",
                                    "place",
                                    "unit",
                                    "lowAlarm",
                                    "lowWarning",
                                    "highWarning",
                                    "highAlarm",
                                    "normal",
                                    "otherwise",
                                    "from",
                                    "to"));

    private PlanWriter() {}

    /** The plan as the text of a file: UTF-8, lines ended by a line feed. */
    public static byte[] write(Plan plan) {
        StringBuilder out = new StringBuilder();
        out.append("{\n  \"format\": \"").append(PlanReader.FORMAT).append("\",\n");
        out.append("  \"version\": ").append(PlanReader.VERSION).append(",\n");
        out.append("  \"name\": ");
        print(name(plan.label()), out);
        section("rooms", plan.elements(Element.Room.class), PlanWriter::room, out);
        section("walls", plan.elements(Element.Wall.class), PlanWriter::wall, out);
        section("doors", plan.elements(Element.Door.class), PlanWriter::door, out);
        section("racks", plan.elements(Element.Rack.class), PlanWriter::rack, out);
        section("aisles", plan.elements(Element.Aisle.class), PlanWriter::aisle, out);
        section("coolingUnits", plan.elements(Element.CoolingUnit.class), PlanWriter::unit, out);
        section("upsZones", plan.elements(Element.UpsZone.class), PlanWriter::zone, out);
        section("sensors", plan.elements(Element.Sensor.class), PlanWriter::sensor, out);
        section("placements", plan.placements(), PlanWriter::placement, out);
        section("limits", plan.limits(), PlanWriter::limit, out);
        return out.append("\n}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A placement as it stands in a file, on one line. */
    static String line(Placement placement) {
        return line(PlanWriter::placement, placement);
    }

    /** A sensor as it stands in a file, on one line. */
    static String line(Element.Sensor sensor) {
        return line(PlanWriter::sensor, sensor);
    }

    private static <T> String line(Make<? super T> make, T value) {
        ObjectNode object = NODES.objectNode();
        make.into(object, value);
        StringBuilder out = new StringBuilder();
        print(object, out);
        return out.toString();
    }

    /** The fields that the objects of a section may have. */
    static List<String> fields(String section) {
        List<String> fields = FIELDS.get(section);
        if (fields == null) {
            throw new IllegalArgumentException("no section " + section);
        }
        return fields;
    }

    /** A finite number, as short as it can be told without loss. */
    static String number(double value) {
        return value == 0 ? "0" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** How a value becomes an object. */
    @FunctionalInterface
    private interface Make<T> {
        void into(ObjectNode out, T value);
    }

    private static <T> void section(
            String name, List<T> values, Make<? super T> make, StringBuilder out) {
        if (values.isEmpty()) {
            return;
        }
        out.append(",\n  \"").append(name).append("\": [");
        String comma = "\n    ";
        for (T value : values) {
            ObjectNode object = NODES.objectNode();
            make.into(object, value);
            out.append(comma);
            print(object, out);
            comma = ",\n    ";
        }
        out.append("\n  ]");
    }

    private static void room(ObjectNode out, Element.Room room) {
        named(out, room);
        out.put("zone", room.zone().getId());
        ArrayNode outline = out.putArray("outline");
        room.outline().forEach(corner -> outline.add(spot(corner)));
    }

    private static void wall(ObjectNode out, Element.Wall wall) {
        named(out, wall);
        out.set("from", spot(wall.from()));
        out.set("to", spot(wall.to()));
        out.put("thickness", wall.thickness());
    }

    private static void door(ObjectNode out, Element.Door door) {
        named(out, door);
        out.set("hinge", spot(door.hinge()));
        out.set("latch", spot(door.latch()));
        out.put("opens", word(door.opens()));
    }

    private static void rack(ObjectNode out, Element.Rack rack) {
        named(out, rack);
        out.put("row", rack.row());
        area(out, rack.area());
        out.put("facing", word(rack.facing()));
        out.put("height", rack.height());
    }

    private static void aisle(ObjectNode out, Element.Aisle aisle) {
        named(out, aisle);
        out.put("kind", word(aisle.kind()));
        area(out, aisle.area());
    }

    private static void unit(ObjectNode out, Element.CoolingUnit unit) {
        named(out, unit);
        area(out, unit.area());
        out.put("facing", word(unit.facing()));
    }

    private static void zone(ObjectNode out, Element.UpsZone zone) {
        named(out, zone);
        area(out, zone.area());
    }

    private static void sensor(ObjectNode out, Element.Sensor sensor) {
        named(out, sensor);
        out.put("role", sensor.role().word());
        out.set("at", spot(sensor.at()));
        out.put("height", sensor.height());
        sensor.of().ifPresent(of -> out.put("of", of.value()));
    }

    private static void placement(ObjectNode out, Placement placement) {
        out.put("point", placement.point().name());
        out.put("sensor", placement.sensor().value());
        out.put("quantity", placement.quantity().word());
        span(out, placement.span());
    }

    private static void limit(ObjectNode out, Limits limits) {
        out.put("role", limits.role().word());
        out.put("quantity", limits.quantity().word());
        limits.place().ifPresent(place -> out.put("place", place.value()));
        if (limits.quantity().isNumber()) {
            out.put("unit", limits.unit());
        }
        bound(out, "lowAlarm", limits.lowAlarm());
        bound(out, "lowWarning", limits.lowWarning());
        bound(out, "highWarning", limits.highWarning());
        bound(out, "highAlarm", limits.highAlarm());
        limits.normal()
                .ifPresent(normal -> {
                    out.put("normal", normal);
                    out.put("otherwise", word(limits.deviation()));
                });
        span(out, limits.span());
    }

    private static void named(ObjectNode out, Element element) {
        out.put("id", element.id().value());
        if (!element.label().equals(Label.of(element.id().value()))) {
            out.set("name", name(element.label()));
        }
    }

    private static JsonNode name(Label label) {
        String any = label.texts().get("");
        if (any != null) {
            return TextNode.valueOf(any);
        }
        ObjectNode names = NODES.objectNode();
        new TreeMap<>(label.texts()).forEach(names::put);
        return names;
    }

    private static void area(ObjectNode out, Area area) {
        out.put("x", area.x());
        out.put("y", area.y());
        out.put("width", area.width());
        out.put("depth", area.depth());
    }

    private static ArrayNode spot(Spot spot) {
        return NODES.arrayNode().add(spot.x()).add(spot.y());
    }

    private static void span(ObjectNode out, Span span) {
        span.from().ifPresent(from -> out.put("from", from.toString()));
        span.to().ifPresent(to -> out.put("to", to.toString()));
    }

    private static void bound(ObjectNode out, String field, OptionalDouble bound) {
        bound.ifPresent(value -> out.put(field, value));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** On one line, with a blank after commas and colons. */
    private static void print(JsonNode node, StringBuilder out) {
        if (node.isObject()) {
            out.append('{');
            String comma = "";
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                out.append(comma).append(TextNode.valueOf(field.getKey())).append(": ");
                print(field.getValue(), out);
                comma = ", ";
            }
            out.append('}');
        } else if (node.isArray()) {
            out.append('[');
            String comma = "";
            for (JsonNode item : node) {
                out.append(comma);
                print(item, out);
                comma = ", ";
            }
            out.append(']');
        } else if (node.isNumber()) {
            out.append(number(node.doubleValue()));
        } else {
            out.append(node);
        }
    }

    private static List<String> with(List<String> first, List<String> then, List<String> last) {
        List<String> all = new ArrayList<>(first);
        all.addAll(then);
        all.addAll(last);
        return List.copyOf(all);
    }
}
