package vigie.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import vigie.store.Connections;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;
import vigie.text.Fault;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** Real series in a database of the simulator. */
@ExtendWith(EmbeddedMariaDb.class)
class SeriesImportTest {
    private static final Instant NOW = Instant.parse("2026-11-19T11:00:00Z");
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");
    private static final String POINT = "sensor.office_temperature";

    private @TempDir Path folder;
    private final TestDatabase database;
    private final Connections connections;

    SeriesImportTest(TestDatabase database) {
        this.database = database;
        this.connections = new Connections(database.writer(), "import-test");
    }

    @BeforeEach
    void room() throws Fault {
        database.asRoot(
                "DROP DATABASE " + database.schema(),
                "CREATE DATABASE " + database.schema() + " COLLATE utf8mb4_unicode_ci");
        Simulator.open(
                        connections,
                        Options.usual().withPastDays(0),
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        _ -> {})
                .close();
    }

    @AfterEach
    void close() {
        connections.close();
    }

    private SeriesImport.Imported write(Series series, String entity, String unit) throws Fault {
        return SeriesImport.write(connections, series, entity, unit, NOW, _ -> {});
    }

    private Series office() throws Fault {
        return SeriesFile.read(
                MeasuredRooms.file("office-climate.csv", folder), "Temperature", BRUSSELS);
    }

    private Series ambient() throws Fault {
        return SeriesFile.read(
                MeasuredRooms.file("ambient-temperature.csv", folder), "value", BRUSSELS);
    }

    private List<String> rows(String entity) {
        return database.column(
                "SELECT CONCAT(FROM_UNIXTIME(s.last_updated_ts, '%H:%i:%s'), ' ', s.state, ' ',"
                        + " IFNULL(FROM_UNIXTIME(s.last_reported_ts, '%H:%i:%s'), '-')) FROM states"
                        + " s JOIN states_meta m USING (metadata_id) WHERE m.entity_id = '"
                        + entity
                        + "' ORDER BY s.last_updated_ts");
    }

    @Test
    void a_row_is_written_when_the_value_changes_and_says_when_it_was_last_reported() throws Fault {
        SeriesImport.Imported imported =
                write(office().begunAt(Instant.parse("2026-11-10T06:00:00Z")), POINT, "°C");
        assertThat(imported.rows()).isEqualTo(8_143);
        assertThat(imported.gaps()).isEmpty();
        assertThat(rows(POINT).subList(0, 3))
                .containsExactly(
                        "06:00:00 23.18 06:00:00",
                        "06:00:59 23.15 06:03:00",
                        "06:04:00 23.1 06:07:59");
        assertThat(
                        database.column(
                                "SELECT COUNT(*) FROM states n JOIN states o ON n.old_state_id ="
                                        + " o.state_id WHERE n.state = o.state"))
                .containsExactly("0");
    }

    @Test
    void each_row_names_the_one_before_it() throws Fault {
        SeriesImport.Imported imported = write(office(), POINT, "°C");
        assertThat(
                        database.column(
                                "SELECT COUNT(*) FROM states n JOIN states o ON n.old_state_id ="
                                        + " o.state_id AND n.metadata_id = o.metadata_id AND"
                                        + " n.last_updated_ts > o.last_updated_ts JOIN states_meta m"
                                        + " ON m.metadata_id = n.metadata_id WHERE m.entity_id = '"
                                        + POINT
                                        + "'"))
                .containsExactly(String.valueOf(imported.states() - 1));
    }

    @Test
    void missing_rows_are_gaps_and_so_is_the_time_after_the_last() throws Fault {
        SeriesImport.Imported imported = write(ambient(), "sensor.ambient_temperature", "°F");
        assertThat(imported.gaps()).hasSize(10);
        assertThat(imported.gaps().getFirst())
                .isEqualTo(
                        new SeriesImport.Gap(
                                Instant.parse("2013-07-28T00:00:00Z"),
                                Instant.parse("2013-07-28T02:00:00Z")));
        assertThat(
                        database.column(
                                "SELECT ROUND(s.last_updated_ts - o.last_updated_ts) FROM states s"
                                        + " JOIN states o ON o.state_id = s.old_state_id JOIN"
                                        + " states_meta m ON m.metadata_id = s.metadata_id WHERE"
                                        + " s.state = 'unavailable' AND m.entity_id ="
                                        + " 'sensor.ambient_temperature' ORDER BY s.last_updated_ts"))
                .hasSize(11)
                .containsOnly("5400");
    }

    @Test
    void the_attributes_are_those_of_a_sensor() throws Fault {
        write(office(), POINT, "°C");
        assertThat(
                        database.column(
                                "SELECT DISTINCT a.shared_attrs FROM states JOIN states_meta m USING"
                                        + " (metadata_id) JOIN state_attributes a USING"
                                        + " (attributes_id) WHERE m.entity_id = '"
                                        + POINT
                                        + "'"))
                .containsExactly(
                        "{\"state_class\":\"measurement\",\"unit_of_measurement\":\"°C\","
                                + "\"device_class\":\"temperature\","
                                + "\"friendly_name\":\"Office temperature\"}");
        assertThat(
                        database.column(
                                "SELECT CONCAT_WS(' ', unit_of_measurement, unit_class, mean_type,"
                                        + " has_sum) FROM statistics_meta WHERE statistic_id = '"
                                        + POINT
                                        + "'"))
                .containsExactly("°C temperature 1 0");
    }

    @Test
    void statistics_are_those_that_home_assistants_arithmetic_gives() throws Fault {
        Instant start = Instant.parse("2026-11-19T06:00:00Z");
        Series series =
                new Series(
                        List.of(
                                new Series.Row(start, "10"),
                                new Series.Row(start.plusSeconds(60), "20"),
                                new Series.Row(start.plusSeconds(120), "20"),
                                new Series.Row(start.plusSeconds(180), "20"),
                                new Series.Row(start.plusSeconds(240), "30"),
                                new Series.Row(start.plusSeconds(300), "30"),
                                new Series.Row(start.plusSeconds(360), "60")),
                        0,
                        0,
                        false);
        write(series, POINT, "W");
        String tail =
                " JOIN statistics_meta m ON m.id = s.metadata_id WHERE m.statistic_id = '"
                        + POINT
                        + "' ORDER BY start_ts";
        // 60 s of 10, 180 s of 20, 60 s of 30; then 60 s of 30 and the rest of 60, for a gap is
        // nothing to this arithmetic.
        assertThat(
                        database.column(
                                "SELECT CONCAT_WS(' ', FROM_UNIXTIME(start_ts, '%i'), mean, min, max)"
                                        + " FROM statistics_short_term s"
                                        + tail))
                .containsExactly("00 20 10 30", "05 54 30 60");
        assertThat(
                        database.column(
                                "SELECT CONCAT_WS(' ', start_ts - "
                                        + start.getEpochSecond()
                                        + ", mean, min, max) FROM statistics s"
                                        + tail))
                .containsExactly("0 37 10 60");
    }

    @Test
    void a_point_that_is_there_is_refused_and_nothing_is_written() throws Fault {
        write(office(), POINT, "°C");
        List<String> before = database.column("SELECT COUNT(*) FROM states");
        assertThatThrownBy(() -> write(ambient(), POINT, "°F"))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault ->
                                assertThat(fault.sentence().key())
                                        .isEqualTo("simulator.import.exists"));
        assertThat(database.column("SELECT COUNT(*) FROM states")).isEqualTo(before);
    }

    @Test
    void a_database_of_others_is_refused() {
        database.asRoot(
                "DROP DATABASE " + database.schema(),
                "CREATE DATABASE " + database.schema() + " COLLATE utf8mb4_unicode_ci",
                "CREATE TABLE " + database.schema() + ".states (x INT)");
        assertThatThrownBy(() -> write(ambient(), POINT, "°F"))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault ->
                                assertThat(fault.sentence().key()).isEqualTo("simulator.not-ours"));
    }

    @Test
    void a_series_that_would_end_in_the_future_is_refused() {
        assertThatThrownBy(() ->
                        write(office().begunAt(NOW.minus(Duration.ofMinutes(5))), POINT, "°C"))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault ->
                                assertThat(fault.sentence().key())
                                        .isEqualTo("simulator.import.future"));
    }

    @Test
    void a_simulator_that_writes_meanwhile_is_not_disturbed() throws Fault {
        try (Simulator simulator =
                Simulator.open(
                        connections, Options.usual(), Clock.fixed(NOW, ZoneOffset.UTC), _ -> {})) {
            simulator.turn(NOW);
            write(office(), POINT, "°C");
            simulator.turn(NOW.plusSeconds(30));
        }
        assertThat(
                        database.column(
                                "SELECT COUNT(*) > 0 FROM states WHERE last_updated_ts > "
                                        + NOW.getEpochSecond()))
                .containsExactly("1");
    }
}
