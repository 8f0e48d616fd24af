package vigie.incident;

import com.fasterxml.jackson.core.JsonGenerator;

import vigie.note.Note;
import vigie.point.Quality;
import vigie.recording.Basis;
import vigie.timeline.Occurrence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A story as one JSON object on one line, for programs; its keys are part of the interface. */
public final class StoryJson {
    private StoryJson() {}

    /** The object, without an end of line. */
    public static String of(Story story, Manifest manifest) {
        byte[] bytes =
                Json.object(
                        json -> {
                            head(json, manifest);
                            body(json, story);
                        },
                        null);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void head(JsonGenerator json, Manifest manifest) throws IOException {
        json.writeNumberField("version", manifest.version());
        json.writeStringField("program", manifest.program());
        json.writeStringField("begins", manifest.begins().toString());
        json.writeStringField("from", manifest.from().toString());
        json.writeStringField("to", manifest.to().toString());
        json.writeStringField("zone", manifest.zone().getId());
        json.writeArrayFieldStart("bases");
        for (Basis basis : Basis.values()) {
            if (manifest.bases().contains(basis)) {
                json.writeString(basis.word());
            }
        }
        json.writeEndArray();
        json.writeNumberField("readings", manifest.readings());
    }

    private static void body(JsonGenerator json, Story story) throws IOException {
        List<Story.Course> courses = story.courses();
        json.writeFieldName("first");
        if (courses.isEmpty()) {
            json.writeNull();
        } else {
            course(json, courses.getFirst());
        }
        courses(json, "followed", courses.isEmpty() ? courses : courses.subList(1, courses.size()));
        courses(json, "before", story.before());
        Json.text(json, "recovered", story.recovered().map(Instant::toString).orElse(null));
        occurrences(json, "outages", story.outages());
        occurrences(json, "others", story.others());
        json.writeArrayFieldStart("notes");
        for (Note note : story.notes()) {
            Json.note(json, note);
        }
        json.writeEndArray();
    }

    private static void occurrences(JsonGenerator json, String name, List<Occurrence> all)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (Occurrence one : all) {
            Json.occurrence(json, one);
        }
        json.writeEndArray();
    }

    private static void courses(JsonGenerator json, String name, List<Story.Course> courses)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (Story.Course course : courses) {
            course(json, course);
        }
        json.writeEndArray();
    }

    private static void course(JsonGenerator json, Story.Course course) throws IOException {
        json.writeStartObject();
        json.writeStringField("element", course.element().value());
        json.writeFieldName("first");
        mark(json, course.first());
        json.writeStringField("worst", word(course.worst()));
        json.writeArrayFieldStart("peaks");
        for (Story.Mark peak : course.peaks()) {
            mark(json, peak);
        }
        json.writeEndArray();
        json.writeNumberField("times", course.times());
        Json.text(json, "recovered", course.recovered().map(Instant::toString).orElse(null));
        json.writeEndObject();
    }

    private static void mark(JsonGenerator json, Story.Mark mark) throws IOException {
        json.writeStartObject();
        json.writeStringField("time", mark.at().toString());
        json.writeStringField("sensor", mark.sensor().value());
        json.writeStringField("point", mark.point().name());
        json.writeStringField("quantity", mark.quantity().word());
        Json.number(json, "value", mark.value());
        Json.text(json, "text", mark.text());
        Json.number(json, "limit", mark.limit());
        Json.text(json, "unit", mark.quantity().isNumber() ? mark.quantity().unit() : null);
        json.writeNumberField("direction", mark.direction());
        json.writeStringField("deviation", word(mark.deviation()));
        json.writeStringField("quality", mark.quality().grade().word());
        Json.text(json, "reason", mark.quality().reason().map(Quality.Reason::word).orElse(null));
        json.writeEndObject();
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }
}
