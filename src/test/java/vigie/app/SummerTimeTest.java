package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Whole days on which the clocks are changed, told by the commands in the zone of the room. */
@ExtendWith(EmbeddedMariaDb.class)
class SummerTimeTest {
    private static final Duration EVERY = Duration.ofMinutes(10);

    /** The days on which the clocks of the zones are changed, and some hours about them. */
    private static final List<String> DAYS =
            List.of(
                    "2026-03-08",
                    "2026-03-29",
                    "2026-04-05",
                    "2026-10-04",
                    "2026-10-25",
                    "2026-11-01");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir private Path folder;

    /** A temperature and a door; every ten minutes each says something else than before. */
    @BeforeAll
    static void tables(TestDatabase database) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(
                        SummerTimeTest.class.getResourceAsStream("/recorder/schema-53.sql"))) {
            String schema = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            for (String sql : schema.replaceAll("--[^\n]*", "").split(";")) {
                String verb = sql.strip().toUpperCase(java.util.Locale.ROOT);
                if (!verb.isEmpty()
                        && !verb.startsWith("CREATE DATABASE")
                        && !verb.startsWith("USE ")) {
                    database.execute(sql.strip());
                }
            }
        }
        database.execute(
                "INSERT INTO states_meta VALUES (1,'sensor.rack_a1_inlet_top'),"
                        + "(2,'binary_sensor.door')",
                "INSERT INTO state_attributes VALUES (1,0,'{\"unit_of_measurement\":\"°C\"}'),"
                        + "(2,0,'{}')",
                "DELETE FROM recorder_runs",
                "INSERT INTO recorder_runs (start, closed_incorrect, created) VALUES"
                        + " ('2026-03-01',0,'2026-03-01')");
        List<String> rows = new ArrayList<>();
        for (String day : DAYS) {
            Instant noon = Instant.parse(day + "T12:00:00Z");
            for (int i = -240; i < 240; i++) {
                long second = noon.plus(EVERY.multipliedBy(i)).getEpochSecond();
                boolean odd = Math.floorMod(i, 2) == 1;
                rows.add("(1,'" + (odd ? "28.0" : "22.5") + "'," + second + ",1)");
                rows.add("(2,'" + (odd ? "on" : "off") + "'," + second + ",2)");
            }
        }
        database.execute(
                "INSERT INTO states (metadata_id, state, last_updated_ts, attributes_id) VALUES "
                        + String.join(",", rows));
    }

    private List<String> run(TestDatabase database, Path plan, String... words) {
        out.reset();
        err.reset();
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--plan", plan.toString()));
        int code =
                Main.run(
                        all.toArray(String[]::new),
                        Map.of(
                                "MARIADB_URL",
                                database.reader().url(),
                                "LANG",
                                "en_GB.UTF-8",
                                "HOME",
                                folder.toString()),
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(err, false, StandardCharsets.UTF_8));
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isLessThan(2);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Brussels,2026-03-29,138,+02:00",
        "Europe/Brussels,2026-10-25,150,+01:00",
        "America/New_York,2026-03-08,138,-04:00",
        "America/New_York,2026-11-01,150,-05:00",
        "Australia/Lord_Howe,2026-10-04,141,+11:00",
        "Australia/Lord_Howe,2026-04-05,147,+10:30",
    })
    void a_day_is_as_long_as_it_was_and_no_moment_comes_twice(
            String zone, String day, int readings, String offset, TestDatabase database)
            throws IOException {
        Path plan = folder.resolve("plan.json");
        try (InputStream usual =
                Objects.requireNonNull(
                        SummerTimeTest.class.getResourceAsStream("/vigie/plan/server-room.json"))) {
            String text = new String(usual.readAllBytes(), StandardCharsets.UTF_8);
            String moved = text.replaceAll("\"zone\": *\"[^\"]+\"", "\"zone\": \"" + zone + "\"");
            assertThat(moved).contains(zone);
            Files.writeString(plan, moved);
        }
        LocalDate date = LocalDate.parse(day);
        String next = date.plusDays(1).toString();
        Instant from = date.atStartOfDay(ZoneId.of(zone)).toInstant();
        List<Instant> expected = new ArrayList<>();
        Instant to = date.plusDays(1).atStartOfDay(ZoneId.of(zone)).toInstant();
        for (Instant at = from; at.isBefore(to); at = at.plus(EVERY)) {
            expected.add(at);
        }
        assertThat(expected).hasSize(readings);
        List<String> replayed =
                run(database, plan, "replay", "--from", day, "--to", next, "--format", "text");
        List<OffsetDateTime> told =
                replayed.stream()
                        .filter(line -> line.contains("rack_a1"))
                        .map(line -> OffsetDateTime.parse(line.split(" ")[0]))
                        .toList();
        assertThat(told.stream().map(OffsetDateTime::toInstant)).isEqualTo(expected);
        assertThat(told.getLast().getOffset().toString()).isEqualTo(offset);
        List<String> events =
                run(database, plan, "events", "binary_sensor.door", "--from", day, "--to", next);
        assertThat(
                        events.stream()
                                .map(line -> OffsetDateTime.parse(line.split(" ")[0]).toInstant()))
                .isEqualTo(expected);
        List<String> history =
                run(
                        database,
                        plan,
                        "history",
                        "sensor.rack_a1_inlet_top",
                        "--from",
                        day,
                        "--to",
                        next);
        List<String> rows = history.stream().filter(line -> line.startsWith("2026-")).toList();
        assertThat(rows.stream().map(line -> line.substring(0, 23))).doesNotHaveDuplicates();
        assertThat(rows).as("quarters of an hour").hasSize(readings * 2 / 3);
    }
}
