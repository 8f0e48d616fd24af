package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** {@code vigie state --at} and {@code vigie events} from outside. */
@ExtendWith(EmbeddedMariaDb.class)
class PastCommandsTest {
    private static final long NOON = Instant.parse("2026-03-28T12:00:00Z").getEpochSecond();

    /** An hour before the clocks of Paris are put forward, and one before they are put back. */
    private static final long SPRING = Instant.parse("2026-03-29T00:00:00Z").getEpochSecond();

    private static final long AUTUMN = Instant.parse("2026-10-25T00:00:00Z").getEpochSecond();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void tables(TestDatabase database) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(
                        PastCommandsTest.class.getResourceAsStream("/recorder/schema-53.sql"))) {
            String schema = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            for (String sql : schema.replaceAll("--[^\n]*", "").split(";")) {
                String verb = sql.strip().toUpperCase(Locale.ROOT);
                if (!verb.isEmpty()
                        && !verb.startsWith("CREATE DATABASE")
                        && !verb.startsWith("USE ")) {
                    database.execute(sql.strip());
                }
            }
        }
        database.execute(
                "INSERT INTO states_meta VALUES (1,'sensor.rack_a1_inlet_top'),"
                        + "(2,'binary_sensor.door'),(3,'sensor.free')",
                "INSERT INTO state_attributes VALUES (1,0,'{\"unit_of_measurement\":\"°C\"}'),"
                        + "(2,0,'{}')",
                "DELETE FROM recorder_runs",
                "INSERT INTO recorder_runs (start, closed_incorrect, created) VALUES"
                        + " ('2026-03-01',0,'2026-03-01')",
                "INSERT INTO statistics_meta (id, statistic_id, source, unit_of_measurement,"
                        + " has_mean, has_sum, mean_type) VALUES (7,'sensor.free','recorder','°C',"
                        + "1,0,1)",
                "INSERT INTO statistics (metadata_id, start_ts, mean) VALUES (7,"
                        + (NOON - 3_600)
                        + ",19.5)");
        row(database, 1, "20", NOON);
        row(database, 1, "28", NOON + 60);
        row(database, 1, "33", NOON + 120);
        row(database, 1, "unavailable", NOON + 180);
        row(database, 1, "21", NOON + 240);
        row(database, 2, "off", NOON);
        row(database, 2, "on", NOON + 90);
        row(database, 2, "spring", SPRING + 3_600);
        row(database, 2, "autumn", AUTUMN + 3_600);
    }

    private static void row(TestDatabase database, int key, String text, long seconds) {
        database.execute(
                "INSERT INTO states (metadata_id, state, last_updated_ts, attributes_id) VALUES ("
                        + key
                        + ",'"
                        + text
                        + "',"
                        + seconds
                        + ","
                        + (key == 2 ? 2 : 1)
                        + ")");
    }

    private int run(TestDatabase database, String... words) {
        out.reset();
        err.reset();
        return Main.run(
                words,
                Map.of("MARIADB_URL", database.reader().url(), "LANG", "en_GB.UTF-8"),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void state_tells_a_moment_of_the_past(TestDatabase database) {
        assertThat(run(database, "state", "--at", "2026-03-28T12:01:30Z", "--format", "json"))
                .isZero();
        assertThat(said())
                .contains("\"point\":\"sensor.rack_a1_inlet_top\",\"text\":\"28\"")
                .contains("\"point\":\"binary_sensor.door\",\"text\":\"on\"")
                .contains("\"quality\":\"good\",\"reason\":null")
                .contains("\"source\":\"table\",\"age\":30.0}")
                .contains("\"reason\":\"aggregated\"")
                .contains("\"source\":\"history\",\"age\":90.0,\"within\":3600}\n");
    }

    @Test
    void its_table_names_the_width_of_a_roll_up(TestDatabase database) {
        assertThat(run(database, "state", "sensor.free", "--at", "2026-03-28T12:01:30Z")).isZero();
        assertThat(said()).contains("19.5 °C").contains("uncertain aggregated (1 h)");
        assertThat(run(database, "state", "--at", "2020-01-01")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).hasLineCount(1);
        assertThat(run(database, "state", "--at", "yesterday")).isEqualTo(2);
    }

    @Test
    void a_time_without_offset_is_the_rooms_on_both_changes_of_the_clocks(TestDatabase database) {
        assertThat(run(database, "state", "binary_sensor.door", "--at", "2026-03-29T03:00"))
                .isZero();
        assertThat(said()).contains("spring");
        assertThat(run(database, "state", "binary_sensor.door", "--at", "2026-03-29T01:59:59"))
                .isZero();
        assertThat(said()).contains(" on ");
        // Half past two comes twice: the earlier one is meant.
        assertThat(run(database, "state", "binary_sensor.door", "--at", "2026-10-25T02:30"))
                .isZero();
        assertThat(said()).contains("spring");
        assertThat(run(database, "state", "binary_sensor.door", "--at", "2026-10-25T02:30+01:00"))
                .isZero();
        assertThat(said()).contains("autumn");
    }

    @Test
    void events_come_in_order_of_time_with_the_plans_limits(TestDatabase database) {
        assertThat(
                        run(
                                database,
                                "events",
                                "*door",
                                "sensor.rack*",
                                "--from",
                                "2026-03-28T12:00Z",
                                "--to",
                                "2026-03-28T13:00Z"))
                .isZero();
        assertThat(said().lines().map(line -> line.split(" {2,}", 2)[1]))
                .containsExactly(
                        "sensor.rack_a1_inlet_top  above 27 °C: 28 °C",
                        "binary_sensor.door  changes to on",
                        "sensor.rack_a1_inlet_top  above 32 °C: 33 °C",
                        "sensor.rack_a1_inlet_top  gap begins",
                        "sensor.rack_a1_inlet_top  gap ends");
        assertThat(said()).startsWith("2026-03-28T13:01:00+01:00  ");
    }

    @Test
    void a_limit_can_be_said_and_must_be_where_the_plan_has_none(TestDatabase database) {
        assertThat(
                        run(
                                database,
                                "events",
                                "sensor.rack*",
                                "--from",
                                "2026-03-28",
                                "--to",
                                "2026-03-29",
                                "--kind",
                                "above,below",
                                "--limit",
                                "30",
                                "--format",
                                "json"))
                .isZero();
        assertThat(said())
                .isEqualTo(
                        "{\"point\":\"sensor.rack_a1_inlet_top\",\"kind\":\"above\","
                                + "\"time\":\"2026-03-28T12:02:00.000000Z\",\"within\":0,"
                                + "\"value\":33.0,\"text\":\"33\",\"limit\":30.0,\"unit\":\"°C\","
                                + "\"source\":\"states\"}\n"
                                + "{\"point\":\"sensor.rack_a1_inlet_top\",\"kind\":\"below\","
                                + "\"time\":\"2026-03-28T12:04:00.000000Z\",\"within\":0,"
                                + "\"value\":21.0,\"text\":\"21\",\"limit\":30.0,\"unit\":\"°C\","
                                + "\"source\":\"states\"}\n");
        assertThat(run(database, "events", "sensor.free", "--kind", "above")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--limit").hasLineCount(1);
        assertThat(run(database, "events", "sensor.*", "--kind", "nonsense")).isEqualTo(2);
    }

    @Test
    void where_nothing_happened_one_line_says_so(TestDatabase database) {
        assertThat(
                        run(
                                database,
                                "events",
                                "sensor.rack*",
                                "--from",
                                "2026-04-02",
                                "--to",
                                "2026-04-03"))
                .isEqualTo(1);
        assertThat(said()).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8)).hasLineCount(1);
        assertThat(run(database, "events", "nope")).isEqualTo(1);
    }
}
