package vigie.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import vigie.point.PointId;
import vigie.point.Units;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.text.Words;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads plan files; the format is described in {@code docs/plan-format.md}. Strict: what is not
 * understood is refused with its place, never passed over.
 */
public final class PlanReader {
    /** The word in the field {@code format}. */
    static final String FORMAT = "vigie-plan";

    /** The newest version read, and the one written. */
    static final int VERSION = 1;

    private static final int MOST_ELEMENTS = 5_000;
    private static final int MOST_PLACEMENTS = 20_000;
    private static final int MOST_LIMITS = 5_000;
    private static final int MOST_CORNERS = 1_000;

    /** Metres; larger is a slip of units (millimetres). */
    private static final double LARGEST = 500;

    /**
     * Faults looked for; the words say “many more” from here on. The search for a word that may
     * have been meant takes time, and a file may be wrong in twenty thousand places.
     */
    private static final int MOST_PROBLEMS = 20;

    /** The same where somebody wants to mend the whole file. */
    private static final int MOST_PROBLEMS_OF_A_CHECK = 200;

    private static final double SMALLEST_ROOM = 0.01;
    private static final double GREATEST_LIMIT = 1e9;

    private static final Map<String, Facing> FACINGS =
            words(Facing.values(), facing -> facing.name().toLowerCase(Locale.ROOT));
    private static final Map<String, SensorRole> ROLES =
            words(SensorRole.values(), SensorRole::word);
    private static final Map<String, Quantity> QUANTITIES =
            words(Quantity.values(), Quantity::word);
    private static final Map<String, Element.Aisle.Kind> AISLES =
            words(Element.Aisle.Kind.values(), kind -> kind.name().toLowerCase(Locale.ROOT));
    private static final Map<String, Deviation> DEVIATIONS =
            words(Deviation.values(), deviation -> deviation.name().toLowerCase(Locale.ROOT));

    private final List<Wrong.Problem> problems = new ArrayList<>();
    private final List<PlanChecks.Placed<Element>> elements = new ArrayList<>();
    private final List<PlanChecks.Placed<Placement>> placements = new ArrayList<>();
    private final List<PlanChecks.Placed<Limits>> limits = new ArrayList<>();

    /** Whether all faults are wanted, each with a suggestion; else the first counts. */
    private final boolean thorough;

    private PlanReader(boolean thorough) {
        this.thorough = thorough;
    }

    /**
     * Reads a plan.
     *
     * @param json the file's bytes, in UTF-8, with or without a byte-order mark
     * @param name the file, for the sentence if it is wrong
     * @throws Fault ({@link Fault.Kind#BLOCKED}) with the file, the place of the first thing wrong
     *     as JSON pointer, what was expected there, and how many more there are
     */
    public static Plan read(byte[] json, String name) throws Fault {
        PlanReader reader = new PlanReader(false);
        Plan plan;
        try {
            plan = reader.plan(JsonText.parse(json));
        } catch (Wrong wrong) {
            throw fault(name, List.of(wrong.problem()));
        }
        if (!reader.problems.isEmpty()) {
            throw fault(name, reader.problems);
        }
        return plan;
    }

    /**
     * Looks for everything that is wrong.
     *
     * @param json the file's bytes, in UTF-8, with or without a byte-order mark
     */
    static PlanCheck check(byte[] json) {
        PlanReader reader = new PlanReader(true);
        JsonNode tree;
        try {
            tree = JsonText.parse(json);
        } catch (Wrong wrong) {
            return PlanCheck.of(List.of(wrong.problem()), MissingNode.getInstance(), false);
        }
        try {
            Plan plan = reader.plan(tree);
            if (reader.problems.isEmpty()) {
                return PlanCheck.of(plan);
            }
        } catch (Wrong wrong) {
            reader.problems.add(wrong.problem());
        }
        return PlanCheck.of(reader.problems, tree, reader.problems.size() >= reader.most());
    }

    private int most() {
        return thorough ? MOST_PROBLEMS_OF_A_CHECK : MOST_PROBLEMS;
    }

    private static Fault fault(String name, List<Wrong.Problem> problems) {
        Wrong.Problem first = problems.getFirst();
        List<Object> values = new ArrayList<>();
        values.add(name);
        values.add(first.expected());
        String key = "plan.wrong";
        if (!first.pointer().isEmpty()) {
            values.add(first.pointer());
            key = problems.size() == 1 ? "plan.wrong-at" : "plan.wrong-at-and-more";
            values.add(problems.size() - 1);
        }
        Sentence sentence = new Sentence(key, values);
        return new Fault(Fault.Kind.BLOCKED, sentence, Words.in(Locale.ENGLISH).say(sentence));
    }

    private Plan plan(JsonNode tree) throws Wrong {
        version(tree);
        Fields root =
                new Fields(
                        tree,
                        "",
                        List.of(
                                "format",
                                "version",
                                "name",
                                "rooms",
                                "walls",
                                "doors",
                                "racks",
                                "aisles",
                                "coolingUnits",
                                "upsZones",
                                "sensors",
                                "placements",
                                "limits"));
        Label label = root.label("name", "Plan");
        each(root, "rooms", MOST_ELEMENTS, elements, PlanReader::room);
        if (!root.has("rooms") || root.need("rooms").isEmpty()) {
            throw new Wrong(root.has("rooms") ? "/rooms" : "", Sentence.of("plan.no-room"));
        }
        each(root, "aisles", MOST_ELEMENTS, elements, PlanReader::aisle);
        each(root, "upsZones", MOST_ELEMENTS, elements, PlanReader::upsZone);
        each(root, "walls", MOST_ELEMENTS, elements, PlanReader::wall);
        each(root, "doors", MOST_ELEMENTS, elements, PlanReader::door);
        each(root, "coolingUnits", MOST_ELEMENTS, elements, PlanReader::coolingUnit);
        each(root, "racks", MOST_ELEMENTS, elements, PlanReader::rack);
        each(root, "sensors", MOST_ELEMENTS, elements, PlanReader::sensor);
        each(root, "placements", MOST_PLACEMENTS, placements, PlanReader::placement);
        each(root, "limits", MOST_LIMITS, limits, PlanReader::limit);
        if (!problems.isEmpty()) {
            // References to what could not be read would be wrong too, and only confuse.
            if (thorough) {
                add(PlanChecks.problemsWithoutReferences(elements, placements, limits));
            }
            return new Plan(label, List.of(), List.of(), List.of());
        }
        add(PlanChecks.problems(elements, placements, limits, thorough));
        return problems.isEmpty()
                ? new Plan(label, values(elements), values(placements), values(limits))
                : new Plan(label, List.of(), List.of(), List.of());
    }

    private void add(List<Wrong.Problem> found) {
        found.stream().limit(Math.max(0, most() - problems.size())).forEach(problems::add);
    }

    /** Before all else: a newer format may have fields that we do not know. */
    private static void version(JsonNode tree) throws Wrong {
        if (!tree.isObject()) {
            throw new Wrong("", Fields.expected("an-object", tree));
        }
        if (!tree.path("format").asText().equals(FORMAT)) {
            throw new Wrong("/format", Sentence.of("plan.not-a-plan", FORMAT));
        }
        JsonNode version = tree.path("version");
        double number = version.isNumber() ? version.doubleValue() : 0;
        if (number != Math.rint(number) || number < 1 || !Double.isFinite(number)) {
            throw new Wrong("/version", Sentence.of("plan.no-version", VERSION));
        }
        if (number > VERSION) {
            throw new Wrong(
                    "/version", Sentence.of("plan.newer", PlanWriter.number(number), VERSION));
        }
    }

    private static Element room(Fields in) throws Wrong {
        ElementId id = in.id("id");
        List<Spot> outline = new ArrayList<>();
        in.need("outline");
        for (Fields.Item corner : in.items("outline", MOST_CORNERS)) {
            outline.add(Fields.spot(corner.node(), corner.pointer(), LARGEST));
        }
        if (outline.size() < 3 || size(outline) < SMALLEST_ROOM) {
            throw new Wrong(in.at("outline"), Sentence.of("plan.no-outline"));
        }
        return new Element.Room(id, in.label("name", id.value()), zone(in), outline);
    }

    private static ZoneId zone(Fields in) throws Wrong {
        String zone = in.text("zone", 64);
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            throw new Wrong(
                    in.at("zone"),
                    Nearest.to(zone, ZoneId.getAvailableZoneIds())
                            .map(near -> Sentence.of("plan.unknown-zone-near", zone, near))
                            .orElseGet(() -> Sentence.of("plan.unknown-zone", zone)));
        }
        return ZoneId.of(zone);
    }

    /** Square metres, by the shoelace formula. */
    private static double size(List<Spot> outline) {
        double twice = 0;
        Spot before = outline.getLast();
        for (Spot corner : outline) {
            twice += before.x() * corner.y() - corner.x() * before.y();
            before = corner;
        }
        return Math.abs(twice) / 2;
    }

    private static Element wall(Fields in) throws Wrong {
        ElementId id = in.id("id");
        Spot from = in.spot("from", LARGEST);
        Spot to = in.spot("to", LARGEST);
        if (from.equals(to)) {
            throw new Wrong(in.at("to"), Sentence.of("plan.no-length"));
        }
        double thickness = in.number("thickness", 0.01, 2);
        return new Element.Wall(id, in.label("name", id.value()), from, to, thickness);
    }

    private static Element door(Fields in) throws Wrong {
        ElementId id = in.id("id");
        Spot hinge = in.spot("hinge", LARGEST);
        Spot latch = in.spot("latch", LARGEST);
        double width = Math.hypot(hinge.x() - latch.x(), hinge.y() - latch.y());
        if (width < 0.3 || width > 10) {
            throw new Wrong(in.at("latch"), Sentence.of("plan.door-width", "0.3", "10"));
        }
        return new Element.Door(
                id, in.label("name", id.value()), hinge, latch, in.word("opens", FACINGS));
    }

    private static Element rack(Fields in) throws Wrong {
        ElementId id = in.id("id");
        return new Element.Rack(
                id,
                in.label("name", id.value()),
                in.text("row", 64),
                area(in, 0.2, 3),
                in.word("facing", FACINGS),
                in.number("height", 0.2, 5));
    }

    private static Element aisle(Fields in) throws Wrong {
        ElementId id = in.id("id");
        return new Element.Aisle(
                id, in.label("name", id.value()), in.word("kind", AISLES), area(in, 0.2, LARGEST));
    }

    private static Element coolingUnit(Fields in) throws Wrong {
        ElementId id = in.id("id");
        return new Element.CoolingUnit(
                id, in.label("name", id.value()), area(in, 0.2, 20), in.word("facing", FACINGS));
    }

    private static Element upsZone(Fields in) throws Wrong {
        ElementId id = in.id("id");
        return new Element.UpsZone(id, in.label("name", id.value()), area(in, 0.2, LARGEST));
    }

    private static Element sensor(Fields in) throws Wrong {
        ElementId id = in.id("id");
        Optional<ElementId> of = in.has("of") ? Optional.of(in.id("of")) : Optional.empty();
        return new Element.Sensor(
                id,
                in.label("name", id.value()),
                in.word("role", ROLES),
                in.spot("at", LARGEST),
                in.number("height", 0, 50),
                of);
    }

    private static Area area(Fields in, double least, double most) throws Wrong {
        Area area =
                new Area(
                        in.number("x", 0, LARGEST),
                        in.number("y", 0, LARGEST),
                        in.number("width", least, most),
                        in.number("depth", least, most));
        if (area.right() > LARGEST || area.bottom() > LARGEST) {
            throw new Wrong(
                    in.pointer(), Sentence.of("plan.off-the-floor", PlanWriter.number(LARGEST)));
        }
        return area;
    }

    private static Placement placement(Fields in) throws Wrong {
        return new Placement(
                new PointId(in.text("point", 255)),
                in.id("sensor"),
                in.word("quantity", QUANTITIES),
                in.span());
    }

    private static Limits limit(Fields in) throws Wrong {
        SensorRole role = in.word("role", ROLES);
        Quantity quantity = in.word("quantity", QUANTITIES);
        Optional<ElementId> place =
                in.has("place") ? Optional.of(in.id("place")) : Optional.empty();
        refuse(
                in,
                quantity.isNumber()
                        ? List.of("normal", "otherwise")
                        : List.of("unit", "lowAlarm", "lowWarning", "highWarning", "highAlarm"),
                quantity);
        String unit = in.optionalText("unit", 32).orElse(quantity.unit());
        if (!Units.convertible(unit, quantity.unit())) {
            throw new Wrong(
                    in.at("unit"),
                    Sentence.of("plan.wrong-unit", unit, quantity.word(), quantity.unit()));
        }
        Optional<String> normal = in.optionalText("normal", 255);
        if (quantity.isSwitch() && normal.isPresent() && !normal.get().matches("on|off")) {
            throw new Wrong(
                    in.at("normal"), Sentence.of("plan.unknown-word", normal.get(), "on, off"));
        }
        if (normal.isPresent() != in.has("otherwise")) {
            throw new Wrong(
                    in.pointer(),
                    Sentence.of("plan.missing", normal.isPresent() ? "otherwise" : "normal"));
        }
        return new Limits(
                role,
                quantity,
                place,
                unit,
                bound(in, "lowAlarm", List.of()),
                bound(in, "lowWarning", List.of("lowAlarm")),
                bound(in, "highWarning", List.of("lowAlarm", "lowWarning")),
                bound(in, "highAlarm", List.of("lowAlarm", "lowWarning", "highWarning")),
                normal,
                normal.isPresent() ? in.word("otherwise", DEVIATIONS) : Deviation.NONE,
                in.span());
    }

    /** Refuses the fields that are for another kind of quantity. */
    private static void refuse(Fields in, List<String> fields, Quantity quantity) throws Wrong {
        for (String field : fields) {
            if (in.has(field)) {
                throw new Wrong(in.at(field), Sentence.of("plan.not-for", field, quantity.word()));
            }
        }
    }

    private static OptionalDouble bound(Fields in, String field, List<String> lower) throws Wrong {
        OptionalDouble bound = in.optionalNumber(field, -GREATEST_LIMIT, GREATEST_LIMIT);
        if (bound.isPresent()) {
            for (String below : lower) {
                OptionalDouble other = in.optionalNumber(below, -GREATEST_LIMIT, GREATEST_LIMIT);
                if (other.isPresent() && other.getAsDouble() > bound.getAsDouble()) {
                    throw new Wrong(in.at(field), Sentence.of("plan.limit-order", field, below));
                }
            }
        }
        return bound;
    }

    /** How an object becomes a value. */
    @FunctionalInterface
    private interface Make<T> {
        T from(Fields in) throws Wrong;
    }

    private <T> void each(
            Fields root,
            String section,
            int most,
            List<PlanChecks.Placed<T>> into,
            Make<? extends T> make)
            throws Wrong {
        for (Fields.Item item : root.items(section, most)) {
            if (problems.size() >= most()) {
                return;
            }
            try {
                Fields in = new Fields(item.node(), item.pointer(), PlanWriter.fields(section));
                into.add(new PlanChecks.Placed<>(make.from(in), item.pointer()));
            } catch (Wrong wrong) {
                problems.add(wrong.problem());
            }
        }
    }

    private static <T> List<T> values(List<PlanChecks.Placed<T>> all) {
        return all.stream().map(PlanChecks.Placed::value).toList();
    }

    private static <E> Map<String, E> words(E[] values, Function<E, String> word) {
        return Arrays.stream(values)
                .collect(
                        Collectors.toMap(
                                word, Function.identity(), (one, _) -> one, LinkedHashMap::new));
    }
}
