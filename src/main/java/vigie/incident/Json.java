package vigie.incident;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.jspecify.annotations.Nullable;

import vigie.note.Note;
import vigie.plan.Deviation;
import vigie.plan.ElementId;
import vigie.point.PointId;
import vigie.recording.Basis;
import vigie.timeline.Occurrence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;

/** The parts of an incident file that are JSON, written in one form and read strictly. */
final class Json {
    private static final int DEEPEST = 8;
    private static final int LONGEST_UNIT = 255;

    /** A character may take two places. */
    private static final int LONGEST_TEXT = 2 * Note.LONGEST_TEXT;

    private static final int LONGEST_AUTHOR = 2 * Note.LONGEST_AUTHOR;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");
    private static final Duration LONGEST = Duration.ofDays(3_660);
    private static final int DIGITS_OF_SHA256 = 64;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEEPEST)
                                    .maxNameLength(64)
                                    .maxNumberLength(64)
                                    .maxStringLength(4 * LONGEST_TEXT)
                                    .maxTokenCount(Format.MOST_TOKENS)
                                    .maxDocumentLength(Format.LARGEST_JSON)
                                    .build())
                    .build();
    private static final ObjectMapper TREES =
            JsonMapper.builder(FACTORY)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Json() {}

    /** Bytes that are not the JSON they should be; the message is for the log. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String what, @Nullable Throwable cause) {
            super(what, cause);
        }
    }

    /** Fills in an object's members. */
    @FunctionalInterface
    interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] document(Members members) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        DefaultIndenter lines = new DefaultIndenter(" ", "\n");
        printer.indentObjectsWith(lines);
        printer.indentArraysWith(lines);
        return object(members, printer);
    }

    /**
     * An object in UTF-8.
     *
     * @param printer null: on one line
     */
    static byte[] object(Members members, @Nullable PrettyPrinter printer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            if (printer != null) {
                json.setPrettyPrinter(printer);
            }
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing into memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    static byte[] notes(List<Note> notes) {
        return document(json -> {
            json.writeArrayFieldStart("notes");
            for (Note note : notes) {
                note(json, note);
            }
            json.writeEndArray();
        });
    }

    static void note(JsonGenerator json, Note note) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", note.id().toString());
        json.writeStringField("at", note.at().toString());
        json.writeStringField("written", note.written().toString());
        text(json, "author", note.author());
        text(json, "text", note.text());
        text(json, "element", note.element().orElse(null));
        json.writeEndObject();
    }

    static List<Note> readNotes(byte[] bytes) throws Malformed {
        JsonNode all = array(tree(bytes), "notes", Format.MOST_NOTES);
        List<Note> notes = new ArrayList<>();
        for (JsonNode one : all) {
            try {
                notes.add(
                        new Note(
                                UUID.fromString(text(one, "id", 36)),
                                moment(one, "at"),
                                moment(one, "written"),
                                text(one, "author", LONGEST_AUTHOR),
                                text(one, "text", LONGEST_TEXT),
                                optional(one, "element", LONGEST_UNIT)));
            } catch (IllegalArgumentException no) {
                throw new Malformed("a note", no);
            }
        }
        return notes;
    }

    static byte[] occurrences(List<Occurrence> occurrences) {
        return document(json -> {
            json.writeArrayFieldStart("occurrences");
            for (Occurrence one : occurrences) {
                occurrence(json, one);
            }
            json.writeEndArray();
        });
    }

    static void occurrence(JsonGenerator json, Occurrence one) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", one.kind().word());
        json.writeStringField("at", one.at().toString());
        text(json, "to", one.to().map(Instant::toString).orElse(null));
        json.writeStringField("within", one.within().toString());
        text(json, "element", one.element().map(ElementId::value).orElse(null));
        text(json, "point", one.point().map(PointId::name).orElse(null));
        json.writeStringField("deviation", one.deviation().name().toLowerCase(Locale.ROOT));
        number(json, "value", one.value());
        number(json, "limit", one.limit());
        text(json, "unit", one.unit());
        text(json, "text", one.text());
        text(json, "author", one.author());
        json.writeEndObject();
    }

    static List<Occurrence> readOccurrences(byte[] bytes) throws Malformed {
        JsonNode all = array(tree(bytes), "occurrences", Format.MOST_OCCURRENCES);
        List<Occurrence> occurrences = new ArrayList<>();
        for (JsonNode one : all) {
            Instant at = moment(one, "at");
            Optional<Instant> to =
                    member(one, "to").isNull() ? Optional.empty() : Optional.of(moment(one, "to"));
            if (to.isPresent() && to.get().isBefore(at)) {
                throw new Malformed("an occurrence ends before it begins", null);
            }
            try {
                String kind = text(one, "kind", 32);
                occurrences.add(
                        new Occurrence(
                                Occurrence.Kind.of(kind)
                                        .orElseThrow(() -> new Malformed("kind " + kind, null)),
                                at,
                                to,
                                length(one, "within"),
                                optional(one, "element", 64).map(ElementId::new),
                                optional(one, "point", 255).map(PointId::new),
                                Deviation.valueOf(
                                        text(one, "deviation", 16).toUpperCase(Locale.ROOT)),
                                number(one, "value"),
                                number(one, "limit"),
                                optional(one, "unit", LONGEST_UNIT).orElse(null),
                                optional(one, "text", LONGEST_TEXT).orElse(null),
                                optional(one, "author", LONGEST_AUTHOR).orElse(null)));
            } catch (IllegalArgumentException no) {
                throw new Malformed("an occurrence", no);
            }
        }
        return occurrences;
    }

    /** A part that is reserved. */
    static byte[] noAlarms() {
        return document(json -> {
            json.writeArrayFieldStart("alarms");
            json.writeEndArray();
        });
    }

    static void readNoAlarms(byte[] bytes) throws Malformed {
        array(tree(bytes), "alarms", 0);
    }

    static byte[] manifest(Manifest.Listed listed) {
        Manifest manifest = listed.manifest();
        return document(json -> {
            json.writeStringField("format", Format.MARK);
            json.writeNumberField("version", manifest.version());
            json.writeStringField("program", manifest.program());
            json.writeStringField("begins", manifest.begins().toString());
            json.writeStringField("from", manifest.from().toString());
            json.writeStringField("to", manifest.to().toString());
            json.writeStringField("leadIn", manifest.leadIn().toString());
            json.writeStringField("zone", manifest.zone().getId());
            json.writeArrayFieldStart("bases");
            for (Basis basis : Basis.values()) {
                if (manifest.bases().contains(basis)) {
                    json.writeString(basis.word());
                }
            }
            json.writeEndArray();
            json.writeNumberField("readings", manifest.readings());
            json.writeNumberField("occurrences", manifest.occurrences());
            json.writeNumberField("notes", manifest.notes());
            json.writeArrayFieldStart("parts");
            for (Part part : listed.parts()) {
                json.writeStartObject();
                json.writeStringField("name", part.name());
                json.writeNumberField("bytes", part.bytes());
                json.writeStringField("sha256", part.sha256());
                if (part.reel().isPresent()) {
                    Part.Stretch reel = part.reel().get();
                    json.writeStringField("basis", reel.basis().word());
                    json.writeStringField("from", reel.from().toString());
                    json.writeStringField("to", reel.to().toString());
                    json.writeNumberField("readings", reel.readings());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeStringField("sha256", Digests.of(listed.parts()));
        });
    }

    static Manifest.Listed readManifest(byte[] bytes) throws Malformed {
        JsonNode tree = tree(bytes);
        if (!text(tree, "format", 32).equals(Format.MARK)) {
            throw new Malformed("format", null);
        }
        int version = (int) whole(tree, "version", Format.VERSION);
        if (version != Format.VERSION) {
            throw new Malformed("version " + version, null);
        }
        Instant begins = moment(tree, "begins");
        Instant from = moment(tree, "from");
        Instant to = moment(tree, "to");
        if (begins.isAfter(from)
                || !from.isBefore(to)
                || Duration.between(begins, to).compareTo(Format.LONGEST) > 0
                || !length(tree, "leadIn").equals(Duration.between(begins, from))) {
            throw new Malformed("the interval", null);
        }
        ZoneId zone;
        try {
            zone = ZoneId.of(text(tree, "zone", 64));
        } catch (DateTimeException no) {
            throw new Malformed("zone", no);
        }
        Set<Basis> bases = EnumSet.noneOf(Basis.class);
        for (JsonNode one : array(tree, "bases", Basis.values().length)) {
            bases.add(
                    Basis.of(one.isTextual() ? one.textValue() : "")
                            .orElseThrow(() -> new Malformed("a basis", null)));
        }
        Manifest manifest =
                new Manifest(
                        version,
                        text(tree, "program", 64),
                        begins,
                        from,
                        to,
                        zone,
                        bases,
                        whole(tree, "readings", Integer.MAX_VALUE),
                        (int) whole(tree, "occurrences", Format.MOST_OCCURRENCES),
                        (int) whole(tree, "notes", Format.MOST_NOTES));
        List<Part> parts = new ArrayList<>();
        for (JsonNode one : array(tree, "parts", Format.MOST_PARTS)) {
            parts.add(part(one));
        }
        if (!text(tree, "sha256", DIGITS_OF_SHA256).equals(Digests.of(parts))) {
            throw new Malformed("the checksum of the list of parts", null);
        }
        return new Manifest.Listed(manifest, parts);
    }

    private static Part part(JsonNode one) throws Malformed {
        Optional<Part.Stretch> reel = Optional.empty();
        if (one.has("basis")) {
            reel =
                    Optional.of(
                            new Part.Stretch(
                                    Basis.of(text(one, "basis", 16))
                                            .orElseThrow(() -> new Malformed("a basis", null)),
                                    moment(one, "from"),
                                    moment(one, "to"),
                                    (int) whole(one, "readings", Integer.MAX_VALUE)));
        }
        return new Part(
                text(one, "name", 64),
                (int) whole(one, "bytes", Integer.MAX_VALUE),
                text(one, "sha256", DIGITS_OF_SHA256),
                reel);
    }

    private static JsonNode tree(byte[] bytes) throws Malformed {
        try {
            JsonNode tree = TREES.readTree(bytes);
            if (tree == null || !tree.isObject()) {
                throw new Malformed("no object", null);
            }
            return tree;
        } catch (IOException no) {
            throw new Malformed("not readable as JSON", no);
        }
    }

    private static JsonNode member(JsonNode of, String name) throws Malformed {
        JsonNode member = of.get(name);
        if (member == null) {
            throw new Malformed("no " + name, null);
        }
        return member;
    }

    private static JsonNode array(JsonNode of, String name, int most) throws Malformed {
        JsonNode array = member(of, name);
        if (!array.isArray() || array.size() > most) {
            throw new Malformed(name + ": no list of at most " + most, null);
        }
        return array;
    }

    private static String text(JsonNode of, String name, int longest) throws Malformed {
        JsonNode text = member(of, name);
        if (!text.isTextual() || text.textValue().length() > longest) {
            throw new Malformed(name + ": no text of at most " + longest, null);
        }
        return text.textValue();
    }

    private static Optional<String> optional(JsonNode of, String name, int longest)
            throws Malformed {
        return member(of, name).isNull() ? Optional.empty() : Optional.of(text(of, name, longest));
    }

    private static long whole(JsonNode of, String name, long most) throws Malformed {
        JsonNode number = member(of, name);
        if (!number.isIntegralNumber()
                || !number.canConvertToLong()
                || number.longValue() < 0
                || number.longValue() > most) {
            throw new Malformed(name + ": no whole number up to " + most, null);
        }
        return number.longValue();
    }

    private static OptionalDouble number(JsonNode of, String name) throws Malformed {
        JsonNode number = member(of, name);
        if (number.isNull()) {
            return OptionalDouble.empty();
        }
        if (!number.isNumber() || !Double.isFinite(number.doubleValue())) {
            throw new Malformed(name + ": no number", null);
        }
        return OptionalDouble.of(number.doubleValue());
    }

    private static Instant moment(JsonNode of, String name) throws Malformed {
        try {
            Instant moment = Instant.parse(text(of, name, 40));
            if (moment.isBefore(FIRST) || moment.isAfter(LAST)) {
                throw new Malformed(name + ": out of all time", null);
            }
            return moment;
        } catch (DateTimeException no) {
            throw new Malformed(name + ": no moment", no);
        }
    }

    private static Duration length(JsonNode of, String name) throws Malformed {
        try {
            Duration length = Duration.parse(text(of, name, 40));
            if (length.isNegative() || length.compareTo(LONGEST) > 0) {
                throw new Malformed(name + ": out of all measure", null);
            }
            return length;
        } catch (DateTimeException no) {
            throw new Malformed(name + ": no length of time", no);
        }
    }

    static void number(JsonGenerator json, String key, OptionalDouble number) throws IOException {
        if (number.isPresent()) {
            json.writeNumberField(key, number.getAsDouble());
        } else {
            json.writeNullField(key);
        }
    }

    static void text(JsonGenerator json, String key, @Nullable String text) throws IOException {
        if (text == null) {
            json.writeNullField(key);
        } else {
            json.writeStringField(key, encodable(text));
        }
    }

    /** Half of a pair of surrogates has no bytes in UTF-8. */
    private static String encodable(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text)
                ? text
                : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
