package vigie.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;

import org.jspecify.annotations.Nullable;

import vigie.feed.Resync;
import vigie.history.PastEvent;
import vigie.note.Note;
import vigie.point.Quality;
import vigie.point.Reading;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Readings and events as JSON lines, as the public interface fixes them: its keys in its order,
 * numbers without a locale. Lines are gathered and leave together, whole, with {@link #flush}.
 */
final class JsonLines implements TailLines {
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .build();
    private static final DateTimeFormatter MICROS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();
    private static final DateTimeFormatter SECONDS =
            new DateTimeFormatterBuilder().appendInstant(0).toFormatter();
    private static final double MILLIS = 1_000;

    /** Fills in an object's members. */
    @FunctionalInterface
    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private final PrintStream out;

    JsonLines(PrintStream out) {
        this.out = out;
    }

    /** One reading. */
    @Override
    public void reading(Reading reading) {
        line(json -> members(json, reading));
    }

    /**
     * One reading with its age.
     *
     * @param age in the output in seconds
     * @param within the width of the roll-up that the value is of, in seconds too; empty for single
     *     readings, which have no such key
     */
    void reading(Reading reading, Duration age, Optional<Duration> within) {
        line(json -> {
            members(json, reading);
            json.writeNumberField("age", age.toMillis() / MILLIS);
            if (within.isPresent()) {
                json.writeNumberField("within", within.get().toSeconds());
            }
        });
    }

    /** Something that happened to a point. */
    void event(PastEvent event) {
        line(json -> {
            text(json, "point", event.point().name().name());
            json.writeStringField("kind", event.kind().word());
            json.writeStringField("time", MICROS.format(event.at()));
            json.writeNumberField("within", event.within().toSeconds());
            number(json, "value", event.value());
            text(json, "text", event.text());
            number(json, "limit", event.limit());
            text(json, "unit", event.point().attributes().unit().orElse(null));
            json.writeStringField("source", event.tier().word());
        });
    }

    /** Something an operator wrote down. */
    void note(Note note) {
        line(json -> {
            json.writeStringField("id", note.id().toString());
            json.writeStringField("at", MICROS.format(note.at()));
            json.writeStringField("written", MICROS.format(note.written()));
            text(json, "author", note.author());
            text(json, "text", note.text());
            text(json, "element", note.element().orElse(null));
        });
    }

    /**
     * The recorder stopped or started, as the past tells it.
     *
     * @param state {@code stopped} or {@code started}
     * @param time when, by the clock of Home Assistant's host
     */
    @Override
    public void recorder(String state, Instant time) {
        line(json -> {
            json.writeStringField("event", "recorder");
            json.writeStringField("state", state);
            json.writeStringField("time", MICROS.format(time));
        });
    }

    /**
     * The present is reached.
     *
     * @param reason what must be known all the same, for people; null: nothing
     */
    @Override
    public void live(String position, Instant time, @Nullable String reason) {
        line(json -> {
            json.writeStringField("event", "live");
            text(json, "position", known(position));
            json.writeStringField("time", MICROS.format(time));
            if (reason != null) {
                json.writeStringField("reason", reason);
            }
        });
    }

    /**
     * The feed's state changed.
     *
     * @param reason for people; null where there is none
     */
    @Override
    public void feed(String state, @Nullable String reason) {
        line(json -> {
            json.writeStringField("event", "feed");
            json.writeStringField("state", state);
            text(json, "reason", reason);
        });
    }

    /**
     * The stream was left and taken up elsewhere: what lies between was not streamed.
     *
     * @param reason for people
     */
    @Override
    public void resync(Resync resync, String reason) {
        line(json -> {
            json.writeStringField("event", "resync");
            text(json, "reason", reason);
            text(json, "fromPosition", known(resync.fromPosition()));
            text(json, "toPosition", known(resync.toPosition()));
            text(json, "fromTime", resync.fromTime().map(SECONDS::format).orElse(null));
            json.writeStringField("toTime", MICROS.format(resync.toTime()));
        });
    }

    /** Rows that were written here before and never happened: the latest line of each is void. */
    @Override
    public void undone(List<Long> ids) {
        line(json -> {
            json.writeStringField("event", "undone");
            json.writeArrayFieldStart("ids");
            for (long id : ids) {
                json.writeNumber(id);
            }
            json.writeEndArray();
        });
    }

    /**
     * Sends what was gathered.
     *
     * @return false when nobody reads it any more
     */
    @Override
    public boolean flush() {
        byte[] bytes = gathered.toByteArray();
        gathered.reset();
        out.write(bytes, 0, bytes.length);
        return !out.checkError();
    }

    private void line(Members members) {
        try (JsonGenerator json = JSON.createGenerator(gathered)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing into memory failed", impossible);
        }
    }

    private static void members(JsonGenerator json, Reading reading) throws IOException {
        if (reading.id().isPresent()) {
            json.writeNumberField("id", reading.id().getAsLong());
        } else {
            json.writeNullField("id");
        }
        text(json, "point", reading.point().name());
        text(json, "text", reading.text());
        number(json, "value", reading.value());
        text(json, "unit", reading.attributes().unit().orElse(null));
        json.writeStringField("quality", reading.quality().grade().word());
        text(json, "reason", reading.quality().reason().map(Quality.Reason::word).orElse(null));
        json.writeStringField("time", MICROS.format(reading.time()));
        text(json, "committed", reading.committed().map(SECONDS::format).orElse(null));
        text(json, "position", reading.position().orElse(null));
        json.writeStringField("source", reading.source().word());
    }

    /** A position that is not known is null, as everywhere. */
    private static @Nullable String known(String position) {
        return position.isEmpty() ? null : position;
    }

    private static void number(JsonGenerator json, String key, OptionalDouble number)
            throws IOException {
        if (number.isPresent()) {
            json.writeNumberField(key, number.getAsDouble());
        } else {
            json.writeNullField(key);
        }
    }

    private static void text(JsonGenerator json, String key, @Nullable String text)
            throws IOException {
        if (text == null) {
            json.writeNullField(key);
        } else {
            json.writeStringField(key, encodable(text));
        }
    }

    /** JSON in a database may spell half of a pair of surrogates, for which UTF-8 has no bytes. */
    private static String encodable(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text)
                ? text
                : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
