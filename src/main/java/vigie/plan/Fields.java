package vigie.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import vigie.text.Sentence;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** One object of a plan file, read field by field; every fault names the field by its pointer. */
final class Fields {
    private static final int LONGEST_NAME = 200;
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final ObjectNode object;
    private final String pointer;

    /**
     * Reads an object.
     *
     * @param known the fields it may have
     */
    Fields(JsonNode node, String pointer, List<String> known) throws Wrong {
        if (!(node instanceof ObjectNode value)) {
            throw new Wrong(pointer, expected("an-object", node));
        }
        this.object = value;
        this.pointer = pointer;
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            if (!known.contains(field.getKey())) {
                throw new Wrong(
                        at(field.getKey()),
                        Nearest.to(field.getKey(), known)
                                .map(near -> Sentence.of("plan.unknown-field-near", near))
                                .orElseGet(() ->
                                        Sentence.of(
                                                "plan.unknown-field", String.join(", ", known))));
            }
        }
    }

    /** The pointer of the object. */
    String pointer() {
        return pointer;
    }

    /** The pointer of a field. */
    String at(String field) {
        return pointer + "/" + field.replace("~", "~0").replace("/", "~1");
    }

    boolean has(String field) {
        return object.has(field);
    }

    JsonNode need(String field) throws Wrong {
        JsonNode value = object.get(field);
        if (value == null) {
            throw new Wrong(pointer, Sentence.of("plan.missing", field));
        }
        return value;
    }

    String text(String field, int longest) throws Wrong {
        return text(need(field), at(field), longest);
    }

    Optional<String> optionalText(String field, int longest) throws Wrong {
        return has(field) ? Optional.of(text(field, longest)) : Optional.empty();
    }

    ElementId id(String field) throws Wrong {
        return new ElementId(text(field, 64));
    }

    /** A finite number within bounds, both inclusive. */
    double number(String field, double least, double most) throws Wrong {
        return number(need(field), at(field), least, most);
    }

    OptionalDouble optionalNumber(String field, double least, double most) throws Wrong {
        return has(field) ? OptionalDouble.of(number(field, least, most)) : OptionalDouble.empty();
    }

    /** A place: a list of two numbers. */
    Spot spot(String field, double most) throws Wrong {
        return spot(need(field), at(field), most);
    }

    static Spot spot(JsonNode node, String pointer, double most) throws Wrong {
        if (!node.isArray() || node.size() != 2) {
            throw new Wrong(pointer, expected("a-spot", node));
        }
        return new Spot(
                number(node.get(0), pointer + "/0", 0, most),
                number(node.get(1), pointer + "/1", 0, most));
    }

    /** One of several words. */
    <E> E word(String field, Map<String, E> words) throws Wrong {
        String word = text(field, LONGEST_NAME);
        E meant = words.get(word);
        if (meant == null) {
            throw new Wrong(
                    at(field),
                    Sentence.of("plan.unknown-word", word, String.join(", ", words.keySet())));
        }
        return meant;
    }

    /** A name: a text, or texts by language; the given one where there is none. */
    Label label(String field, String otherwise) throws Wrong {
        JsonNode value = object.get(field);
        if (value == null) {
            return Label.of(otherwise);
        }
        if (value.isTextual()) {
            return Label.of(text(value, at(field), LONGEST_NAME));
        }
        if (!(value instanceof ObjectNode names) || names.isEmpty()) {
            throw new Wrong(at(field), expected("a-name", value));
        }
        Map<String, String> texts = new HashMap<>();
        for (Map.Entry<String, JsonNode> name : names.properties()) {
            String where = at(field) + "/" + name.getKey().replace("~", "~0").replace("/", "~1");
            if (!name.getKey().matches("[a-z]{2,3}")) {
                throw new Wrong(where, Sentence.of("plan.not-a-language", name.getKey()));
            }
            texts.put(name.getKey(), text(name.getValue(), where, LONGEST_NAME));
        }
        return new Label(texts);
    }

    /** When it holds; open where neither {@code from} nor {@code to} is given. */
    Span span() throws Wrong {
        Optional<Instant> from = time("from");
        Optional<Instant> to = time("to");
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw new Wrong(at("to"), Sentence.of("plan.ends-before-it-begins"));
        }
        return new Span(from, to);
    }

    private Optional<Instant> time(String field) throws Wrong {
        if (!has(field)) {
            return Optional.empty();
        }
        String text = text(field, LONGEST_NAME);
        try {
            Instant time = Instant.parse(text);
            if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
                return Optional.of(time);
            }
        } catch (DateTimeException e) {
            // Told below, like a time out of bounds.
        }
        throw new Wrong(at(field), Sentence.of("plan.not-a-time", text));
    }

    /** The items of a list that may be missing. */
    List<Item> items(String field, int most) throws Wrong {
        JsonNode value = object.get(field);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw new Wrong(at(field), expected("a-list", value));
        }
        if (value.size() > most) {
            throw new Wrong(at(field), Sentence.of("plan.too-many", most, value.size()));
        }
        List<Item> items = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) {
            items.add(new Item(value.get(i), at(field) + "/" + i));
        }
        return items;
    }

    /** One item of a list. */
    record Item(JsonNode node, String pointer) {}

    static Sentence expected(String what, @Nullable JsonNode found) {
        return Sentence.of(
                "plan.expected", Sentence.of("plan.type." + what), Sentence.of(typeOf(found)));
    }

    static Sentence unknownReference(String id, Collection<String> known) {
        return Nearest.to(id, known)
                .map(near -> Sentence.of("plan.unknown-id-near", id, near))
                .orElseGet(() -> Sentence.of("plan.unknown-id", id));
    }

    private static String typeOf(@Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return "plan.type.nothing";
        }
        if (node.isTextual()) {
            return "plan.type.a-text";
        }
        if (node.isNumber()) {
            return "plan.type.a-number";
        }
        if (node.isBoolean()) {
            return "plan.type.true-or-false";
        }
        return node.isArray() ? "plan.type.a-list" : "plan.type.an-object";
    }

    private static String text(JsonNode node, String pointer, int longest) throws Wrong {
        if (!node.isTextual()) {
            throw new Wrong(pointer, expected("a-text", node));
        }
        String text = node.textValue();
        if (text.isBlank()
                || text.length() > longest
                || text.chars().anyMatch(Character::isISOControl)) {
            throw new Wrong(pointer, Sentence.of("plan.bad-text", longest));
        }
        return text;
    }

    private static double number(JsonNode node, String pointer, double least, double most)
            throws Wrong {
        if (!node.isNumber()) {
            throw new Wrong(pointer, expected("a-number", node));
        }
        double value = node.doubleValue();
        if (!Double.isFinite(value) || value < least || value > most) {
            throw new Wrong(
                    pointer,
                    Sentence.of(
                            "plan.out-of-range",
                            PlanWriter.number(least),
                            PlanWriter.number(most),
                            Double.isFinite(value)
                                    ? PlanWriter.number(value)
                                    : Sentence.of("plan.type.too-large")));
        }
        return value + 0.0; // −0 becomes 0
    }
}
