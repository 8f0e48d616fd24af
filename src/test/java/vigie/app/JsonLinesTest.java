package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import vigie.feed.Resync;
import vigie.history.HistoryPoint;
import vigie.history.PastEvent;
import vigie.history.series.Kind;
import vigie.history.series.Tier;
import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.text.Sentence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

class JsonLinesTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final JsonLines lines =
            new JsonLines(new PrintStream(bytes, false, StandardCharsets.UTF_8));

    private static Reading reading(@Nullable String text, String unit) {
        return Reading.ofRow(
                OptionalLong.of(4711),
                new PointKey(1),
                new PointId("sensor.rack_a1_inlet_top"),
                text,
                new Attributes(
                        Optional.empty(),
                        Optional.of(unit),
                        Optional.empty(),
                        Optional.empty(),
                        true),
                Instant.parse("2026-11-21T06:23:12.345678Z"),
                Instant.parse("2026-11-21T06:23:12.345678Z"),
                Optional.of(Instant.parse("2026-11-21T06:23:14Z")),
                Optional.of("0-10-4711"),
                Source.BINLOG);
    }

    private String written() {
        assertThat(lines.flush()).isTrue();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_reading_is_the_line_that_the_interface_shows() {
        lines.reading(reading("21.4", "°C"));
        assertThat(written())
                .isEqualTo(
                        "{\"id\":4711,\"point\":\"sensor.rack_a1_inlet_top\",\"text\":\"21.4\","
                                + "\"value\":21.4,\"unit\":\"°C\",\"quality\":\"good\",\"reason\":null,"
                                + "\"time\":\"2026-11-21T06:23:12.345678Z\","
                                + "\"committed\":\"2026-11-21T06:23:14Z\",\"position\":\"0-10-4711\","
                                + "\"source\":\"binlog\"}\n");
    }

    @Test
    void what_is_not_known_is_null_and_an_age_stands_last() {
        lines.reading(reading(null, "°C"), Duration.ofMillis(1_500), Optional.empty());
        assertThat(written())
                .contains("\"text\":null,\"value\":null")
                .contains("\"quality\":\"bad\",\"reason\":\"removed\"")
                .endsWith("\"source\":\"binlog\",\"age\":1.5}\n");
    }

    @Test
    void a_value_of_a_roll_up_tells_its_width_in_seconds() {
        lines.reading(
                reading("21.4", "°C"), Duration.ofSeconds(90), Optional.of(Duration.ofMinutes(15)));
        assertThat(written()).endsWith(",\"age\":90.0,\"within\":900}\n");
    }

    @Test
    void what_happened_to_a_point_is_written_as_the_interface_says() {
        HistoryPoint point =
                new HistoryPoint(
                        new PointId("sensor.a"),
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalLong.empty(),
                        Kind.NUMBER,
                        reading("1", "°C").attributes());
        lines.event(
                new PastEvent(
                        point,
                        PastEvent.Kind.ABOVE,
                        Instant.EPOCH,
                        Duration.ofMinutes(1),
                        OptionalDouble.of(27.5),
                        null,
                        OptionalDouble.of(27),
                        Tier.MINUTES));
        assertThat(written())
                .isEqualTo(
                        "{\"point\":\"sensor.a\",\"kind\":\"above\","
                                + "\"time\":\"1970-01-01T00:00:00.000000Z\",\"within\":60,"
                                + "\"value\":27.5,\"text\":null,\"limit\":27.0,\"unit\":\"°C\","
                                + "\"source\":\"archive-1min\"}\n");
    }

    @Test
    void every_text_stays_one_line_of_valid_utf_8() {
        lines.reading(reading("a\nb\"\\\u0000🌡", "\ud83c"));
        assertThat(written())
                .contains("\"text\":\"a\\nb\\\"\\\\\\u0000🌡\"")
                .contains("\"unit\":\"?\"")
                .hasLineCount(1);
    }

    @Test
    void events_have_their_keys() {
        lines.live("0-1-5", Instant.EPOCH, null);
        lines.feed("BACKOFF", "lost");
        lines.resync(
                new Resync(
                        Sentence.of("feed.purged", "here"),
                        "0-1-5",
                        "0-1-9",
                        Optional.empty(),
                        Instant.EPOCH,
                        List.of(7L, 9L)),
                "purged");
        lines.undone(List.of(7L, 9L));
        assertThat(written().lines())
                .containsExactly(
                        "{\"event\":\"live\",\"position\":\"0-1-5\",\"time\":\"1970-01-01T00:00:00.000000Z\"}",
                        "{\"event\":\"feed\",\"state\":\"BACKOFF\",\"reason\":\"lost\"}",
                        "{\"event\":\"resync\",\"reason\":\"purged\",\"fromPosition\":\"0-1-5\",\"toPosition\":\"0-1-9\",\"fromTime\":null,\"toTime\":\"1970-01-01T00:00:00.000000Z\"}",
                        "{\"event\":\"undone\",\"ids\":[7,9]}");
    }

    @Test
    void a_reader_that_is_gone_is_told() {
        OutputStream closed =
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                };
        JsonLines broken = new JsonLines(new PrintStream(closed, false, StandardCharsets.UTF_8));
        broken.feed("LIVE", null);
        assertThat(broken.flush()).isFalse();
    }
}
