package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import vigie.history.HistoryPoint;
import vigie.history.PointRange;
import vigie.history.Work;
import vigie.history.export.Ranges;
import vigie.history.series.Bucket;
import vigie.history.series.Kind;
import vigie.history.series.TextSpan;
import vigie.history.series.Tier;
import vigie.point.PointId;
import vigie.point.Quality;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.text.Words;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/** {@code vigie history} over a past made by hand. */
class HistoryCommandTest {
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");
    private static final RangeOption.Range ASKED =
            new RangeOption.Range(
                    Instant.parse("2026-10-25T00:00:00Z"),
                    Instant.parse("2026-10-25T03:00:00Z"),
                    List.of());

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Work work = new Work();

    /** Remembers nothing, knows what it is told. */
    private static final class Made implements Past {
        final Map<PointId, PointRange> ranges = new LinkedHashMap<>();
        Runnable atEach = () -> {};

        @Override
        public List<HistoryPoint> points(Work asking) {
            return ranges.values().stream().map(PointRange::point).toList();
        }

        @Override
        public Optional<HistoryPoint> find(PointId name, Work asking) {
            return Optional.ofNullable(ranges.get(name)).map(PointRange::point);
        }

        @Override
        public Optional<PointRange> range(
                PointId point, RangeOption.Range asked, int buckets, Work asking) {
            atEach.run();
            asking.check();
            return Optional.ofNullable(ranges.get(point));
        }

        @Override
        public Optional<Sentence> missing(Work asking) {
            return Optional.empty();
        }

        @Override
        public void close() {
            ranges.clear();
        }
    }

    private final Made past = new Made();

    HistoryCommandTest() {
        add(
                Ranges.numbers(
                        "sensor.inlet",
                        Kind.NUMBER,
                        Ranges.segment(
                                "°C",
                                Tier.READINGS,
                                Ranges.bucket(
                                        "2026-10-25T00:00:00Z", 3_600, 21.4, 23, 22.25, 3, 1_800),
                                Ranges.bucket(
                                        "2026-10-25T01:00:00Z", 3_600, 21, 21, 21, 1_234, 3_600)),
                        Ranges.segment(
                                "°C",
                                Tier.STATISTICS,
                                Ranges.bucket(
                                        "2026-10-25T02:00:00Z",
                                        3_600,
                                        -0.5,
                                        9,
                                        4.125,
                                        -1,
                                        3_600))));
        add(
                Ranges.texts(
                        "binary_sensor.door",
                        new TextSpan(
                                Ranges.at("2026-10-24T12:00:00Z"),
                                Ranges.at("2026-10-25T00:10:00.5Z"),
                                "on",
                                Quality.GOOD,
                                Tier.STATES),
                        new TextSpan(
                                Ranges.at("2026-10-25T00:10:00.5Z"),
                                Ranges.at("2026-10-25T03:00:00Z"),
                                "unavailable",
                                Quality.of(Quality.Reason.UNAVAILABLE),
                                Tier.STATES)));
        add(
                Ranges.numbers(
                        "sensor.silent",
                        Kind.NUMBER,
                        Ranges.segment(
                                "",
                                Tier.STATES,
                                Bucket.empty(
                                        Ranges.at("2026-10-25T00:00:00Z"),
                                        Ranges.at("2026-10-25T03:00:00Z")))));
    }

    private void add(PointRange range) {
        past.ranges.put(range.point().name(), range);
    }

    private int answer(Locale language, String... words) throws Fault, InterruptedException {
        Invocation invocation =
                new Invocation(
                        Map.of(),
                        Words.in(language),
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(err, false, StandardCharsets.UTF_8));
        HistoryCommand command = new HistoryCommand(invocation);
        new CommandLine(command, new Commands(invocation))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(words);
        return command.answer(past, ASKED, BRUSSELS, work);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void text_is_a_table_in_local_time_that_tells_both_hours_of_autumn_apart()
            throws Fault, InterruptedException {
        assertThat(answer(Locale.UK, "sensor.inlet", "binary*")).isZero();
        assertThat(printed())
                .isEqualTo(
                        """
                        sensor.inlet (°C): steps of 1 h, time in Europe/Brussels
                        TIME                     LEAST  GREATEST   MEAN  FIRST   LAST  READINGS  GAP
                        2026-10-25 02:00 +02:00  21.40     23.00  22.25  21.40  23.00         3  50%
                        2026-10-25 02:00 +01:00  21.00     21.00  21.00  21.00  21.00     1,234
                        2026-10-25 03:00         −0.50      9.00   4.13  −0.50   9.00

                        binary_sensor.door: time in Europe/Brussels
                        FROM                            TO                              TEXT         QUALITY
                        2026-10-24 14:00:00             2026-10-25 02:10:00.500 +02:00  on           good
                        2026-10-25 02:10:00.500 +02:00  2026-10-25 04:00:00             unavailable  bad unavailable

                        Sources: states (Home Assistant's states); archive (Vigie's archive, every reading); statistics-1h (Home Assistant's hourly statistics)
                        """);
        assertThat(said()).isEmpty();
    }

    @Test
    void text_speaks_the_users_language() throws Fault, InterruptedException {
        assertThat(answer(Locale.FRANCE, "sensor.inlet")).isZero();
        assertThat(printed())
                .startsWith("sensor.inlet (°C) : pas de 1 h, heure de Europe/Brussels\nHEURE ")
                .contains("  21,40    23,00    22,25")
                .contains("50\u00A0%");
    }

    @Test
    void each_point_is_told_once_in_the_order_asked_for() throws Fault, InterruptedException {
        assertThat(answer(Locale.UK, "--format", "json", "sensor.i*", "*")).isZero();
        assertThat(
                        printed()
                                .lines()
                                .map(line -> line.replaceFirst("\\{\"point\":\"([^\"]+).*", "$1")))
                .containsExactly(
                        "sensor.inlet",
                        "sensor.inlet",
                        "sensor.inlet",
                        "binary_sensor.door",
                        "binary_sensor.door",
                        "sensor.silent");
    }

    @Test
    void an_unknown_point_is_named_and_the_others_are_told() throws Fault, InterruptedException {
        assertThat(answer(Locale.UK, "--format", "csv", "sensor.inlet", "sensor.nope*"))
                .isEqualTo(1);
        assertThat(printed().lines()).hasSize(4);
        assertThat(said()).isEqualTo("No point with a history is called sensor.nope*.\n");
    }

    @Test
    void a_point_of_which_nothing_is_known_is_named() throws Fault, InterruptedException {
        assertThat(answer(Locale.UK, "sensor.silent")).isEqualTo(1);
        assertThat(printed()).isEmpty();
        assertThat(said())
                .isEqualTo(
                        "Nothing is known of sensor.silent from 2026-10-25T02:00+02:00 to"
                                + " 2026-10-25T04:00+01:00.\n");
    }

    @Test
    void a_file_is_there_when_it_is_whole(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("room.csv");
        Files.writeString(file, "old");
        past.atEach = () -> assertThat(file).hasContent("old");
        assertThat(answer(Locale.UK, "--output", file.toString(), "sensor.*")).isZero();
        assertThat(Files.readString(file)).startsWith("\uFEFFpoint,from_utc,");
        assertThat(names(folder)).containsExactly("room.csv");
        assertThat(printed()).isEmpty();
        assertThat(said()).contains("Writing ", "100");
    }

    @Test
    void a_cancelled_file_leaves_nothing_behind(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("room.json");
        past.atEach = work::cancel;
        assertThatThrownBy(() -> answer(Locale.UK, "--output", file.toString(), "sensor.*"))
                .isInstanceOf(CancellationException.class);
        assertThat(names(folder)).isEmpty();
    }

    @Test
    void a_folder_that_is_not_there_is_named() {
        assertThatThrownBy(() -> answer(Locale.UK, "--output", "/nowhere/room.csv", "sensor.*"))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault ->
                                assertThat(Words.in(Locale.UK).say(fault.sentence()))
                                        .startsWith("/nowhere/room.csv cannot be written"));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }
}
