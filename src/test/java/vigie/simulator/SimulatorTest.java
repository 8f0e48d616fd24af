package vigie.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import vigie.store.Connections;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The simulator against a real server, its clock moved by hand. */
@ExtendWith(EmbeddedMariaDb.class)
class SimulatorTest {
    private static final Instant NOON = Instant.parse("2026-11-19T11:00:00Z");
    private static final Options LIVE_ONLY = Options.usual().withPastDays(0);

    private final TestDatabase database;
    private final Connections connections;
    private final HandClock clock = new HandClock(NOON);
    private final List<Double> progress = new ArrayList<>();

    SimulatorTest(TestDatabase database) {
        this.database = database;
        this.connections = new Connections(database.writer(), "simulator-test");
    }

    @BeforeEach
    void empty() {
        database.asRoot(
                "DROP DATABASE " + database.schema(),
                "CREATE DATABASE " + database.schema() + " COLLATE utf8mb4_unicode_ci");
    }

    @AfterEach
    void close() {
        connections.close();
    }

    @Test
    void an_empty_database_becomes_a_home_assistant_of_schema_53() throws Fault {
        try (Simulator simulator = open(LIVE_ONLY)) {
            run(simulator, 3);
            assertThat(
                            database.column(
                                    "SELECT table_name FROM information_schema.tables WHERE"
                                            + " table_schema = DATABASE()"))
                    .containsExactlyInAnyOrder(
                            "event_data",
                            "event_types",
                            "events",
                            "migration_changes",
                            "recorder_runs",
                            "schema_changes",
                            "state_attributes",
                            "states",
                            "states_meta",
                            "statistics",
                            "statistics_meta",
                            "statistics_runs",
                            "statistics_short_term");
            assertThat(
                            database.column(
                                    "SELECT DISTINCT table_collation FROM information_schema.tables"
                                            + " WHERE table_schema = DATABASE()"))
                    .containsExactly("utf8mb4_bin");
            assertThat(database.column("SELECT schema_version FROM schema_changes"))
                    .containsExactly("53");
            assertThat(database.column("SELECT COUNT(DISTINCT metadata_id) FROM states"))
                    .isEqualTo(database.column("SELECT COUNT(*) FROM states_meta"));
        }
        assertThat(progress).isEmpty();
    }

    @Test
    void every_row_refers_to_the_one_before_and_nothing_is_from_the_future() throws Fault {
        try (Simulator simulator = open(LIVE_ONLY.withScenario(Scenario.SENSOR_DROPOUT))) {
            run(simulator, 120);
        }
        assertUnbrokenChains();
        assertThat(
                        database.column(
                                "SELECT COUNT(*) FROM states WHERE last_updated_ts > "
                                        + Utc.seconds(clock.instant())))
                .containsExactly("0");
        assertThat(
                        database.column(
                                "SELECT COUNT(*) = COUNT(DISTINCT hash, shared_attrs) FROM"
                                        + " state_attributes"))
                .containsExactly("1");
        assertThat(
                        database.column(
                                "SELECT COUNT(*) FROM states WHERE state IN ('unavailable',"
                                        + " 'unknown') OR state IS NULL"))
                .isNotEqualTo(List.of("0"));
    }

    @Test
    void statistics_equal_a_slow_recomputation() throws Fault, SQLException {
        clock.now = Instant.parse("2026-11-19T10:49:40Z");
        try (Simulator simulator = open(LIVE_ONLY)) {
            run(simulator, 640);
            assertThat(database.column("SELECT start FROM statistics_runs ORDER BY 1"))
                    .containsExactly(
                            "2026-11-19 10:45:00.000000",
                            "2026-11-19 10:50:00.000000",
                            "2026-11-19 10:55:00.000000");
            assertStatistics();
            assertThat(database.column("SELECT COUNT(*) FROM statistics"))
                    .isEqualTo(database.column("SELECT COUNT(*) FROM statistics_meta"));
            assertThat(
                            database.column(
                                    "SELECT CONCAT_WS(' ', unit_of_measurement, unit_class,"
                                            + " IFNULL(has_mean, 'NULL'), has_sum, mean_type) FROM"
                                            + " statistics_meta WHERE statistic_id IN"
                                            + " ('sensor.hot_aisle_hot_spot',"
                                            + " 'sensor.server_room_energy', 'sensor.ups_load') ORDER"
                                            + " BY statistic_id"))
                    .containsExactly(
                            "°C temperature NULL 0 1",
                            "kWh energy NULL 1 0",
                            "% unitless NULL 0 1");
        }
    }

    @Test
    void an_orderly_stop_closes_the_run_and_the_next_start_leaves_the_gap() throws Fault {
        try (Simulator simulator = open(LIVE_ONLY)) {
            run(simulator, 10);
        }
        Instant stopped = clock.instant();
        clock.now = stopped.plus(Duration.ofHours(2));
        try (Simulator simulator = open(LIVE_ONLY)) {
            run(simulator, 20);
            assertThat(
                            database.column(
                                    "SELECT CONCAT_WS(' ', closed_incorrect, `end` IS NULL) FROM"
                                            + " recorder_runs ORDER BY run_id"))
                    .containsExactly("0 0", "0 1");
            double from = Utc.seconds(stopped);
            double to = Utc.seconds(stopped.plus(Duration.ofHours(2)));
            assertThat(
                            database.column(
                                    "SELECT COUNT(*) FROM states WHERE last_updated_ts > %f AND"
                                                    .formatted(from)
                                            + " last_updated_ts < %f".formatted(to)))
                    .containsExactly("0");
            assertThat(
                            database.column(
                                    "SELECT COUNT(*) FROM (SELECT metadata_id, MIN(last_updated_ts)"
                                            + " t FROM states WHERE last_updated_ts >= %f GROUP BY 1) f"
                                                    .formatted(to)
                                            + " JOIN states s ON s.metadata_id = f.metadata_id AND"
                                            + " s.last_updated_ts = f.t WHERE s.old_state_id IS NOT"
                                            + " NULL"))
                    .as("first rows after a start have no predecessor")
                    .containsExactly("0");
            assertThat(
                            database.column(
                                    "SELECT COUNT(*) FROM states JOIN states_meta USING"
                                            + " (metadata_id) WHERE states_meta.entity_id ="
                                            + " 'sensor.server_room_energy' AND state = 'unknown'"))
                    .as("a template is unknown at first")
                    .containsExactly("2");
        }
        assertMeterNeverFalls();
        assertThat(database.column("SELECT event_type FROM event_types ORDER BY 1"))
                .containsExactly(
                        "homeassistant_start", "homeassistant_started", "homeassistant_stop");
    }

    @Test
    void after_a_kill_the_next_start_closes_the_run_as_incorrect() throws Fault {
        Simulator killed = open(LIVE_ONLY);
        run(killed, 5);
        killConnection();
        try (Simulator simulator = open(LIVE_ONLY)) {
            run(simulator, 2);
            assertThat(
                            database.column(
                                    "SELECT CONCAT_WS(' ', closed_incorrect, `end` IS NULL) FROM"
                                            + " recorder_runs ORDER BY run_id"))
                    .containsExactly("1 0", "0 1");
        }
        killed.close();
    }

    @Test
    void a_lost_connection_loses_its_rows_and_is_found_again() throws Fault {
        try (Simulator simulator = open(LIVE_ONLY)) {
            run(simulator, 10);
            String before = count("states");
            killConnection();
            run(simulator, 1);
            assertThat(count("states")).isEqualTo(before);
            run(simulator, 10);
            assertThat(Integer.parseInt(count("states"))).isGreaterThan(Integer.parseInt(before));
        }
        assertThat(database.column("SELECT COUNT(*) FROM recorder_runs WHERE `end` IS NOT NULL"))
                .containsExactly("1");
    }

    @Test
    void a_foreign_database_is_refused_and_left_alone() {
        database.execute("CREATE TABLE states (state_id INT)", "CREATE TABLE notes (id INT)");
        assertThatThrownBy(() -> open(LIVE_ONLY))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> {
                            assertThat(fault.kind()).isEqualTo(Fault.Kind.BLOCKED);
                            assertThat(fault.sentence().key()).isEqualTo("simulator.not-ours");
                        });
        assertThat(database.column("SHOW TABLES")).containsExactlyInAnyOrder("notes", "states");
    }

    @Test
    void two_simulators_do_not_write_one_database() throws Fault {
        try (Simulator simulator = open(LIVE_ONLY)) {
            run(simulator, 1);
            assertThatThrownBy(() -> open(LIVE_ONLY))
                    .isInstanceOfSatisfying(
                            Fault.class,
                            fault ->
                                    assertThat(fault.sentence().key()).isEqualTo("simulator.busy"));
        }
    }

    @Test
    void a_filling_that_was_broken_off_begins_anew() throws Fault {
        try (Simulator simulator = open(LIVE_ONLY)) {
            run(simulator, 1);
        }
        database.execute("DELETE FROM schema_changes", "DROP TABLE migration_changes");
        try (Simulator simulator = open(LIVE_ONLY)) {
            run(simulator, 1);
            assertThat(database.column("SELECT COUNT(*) FROM recorder_runs")).containsExactly("1");
            assertThat(database.column("SELECT schema_version FROM schema_changes"))
                    .containsExactly("53");
        }
    }

    @Test
    void the_past_holds_ten_days_of_statistics_a_day_of_states_and_a_story()
            throws Fault, SQLException {
        try (Simulator simulator = open(Options.usual())) {
            assertThat(progress).isSorted().endsWith(1.0);
            assertUnbrokenChains();
            double now = Utc.seconds(NOON);
            assertThat(
                            database.column(
                                    "SELECT COUNT(*) FROM statistics s JOIN statistics_meta m ON"
                                            + " m.id = s.metadata_id WHERE statistic_id ="
                                            + " 'sensor.hot_aisle_hot_spot'"))
                    .as("the hour that just ended comes ten seconds later")
                    .containsExactly("239");
            assertThat(Double.parseDouble(one("SELECT MIN(last_updated_ts) FROM states")))
                    .isBetween(now - 31 * 3_600, now - 24 * 3_600 + 1);
            assertThat(Double.parseDouble(one("SELECT MAX(last_updated_ts) FROM states")))
                    .isBetween(now - 10, now);
            assertThat(
                            database.column(
                                    "SELECT COUNT(DISTINCT metadata_id) FROM states WHERE"
                                            + " last_updated_ts < 1 + (SELECT MIN(last_updated_ts) FROM"
                                            + " states)"))
                    .as("all entities appear with the restart a day ago")
                    .isEqualTo(database.column("SELECT COUNT(*) FROM states_meta"));
            assertThat(between("binary_sensor.crac_3_running", "02:09", "02:51"))
                    .containsExactly("off", "on");
            assertThat(between("sensor.rack_b7_inlet_humidity", "22:39", "01:56"))
                    .contains("unavailable");
            assertThat(between("binary_sensor.room_door", "03:34", "03:41"))
                    .containsExactly("on", "off", "on", "off");
            assertThat(between("binary_sensor.room_motion", "03:34", "03:41"))
                    .containsExactly("on", "off");
            assertThat(
                            between("sensor.rack_b7_inlet_top", "02:40", "02:50").stream()
                                    .mapToDouble(Double::parseDouble)
                                    .max()
                                    .orElseThrow())
                    .isGreaterThan(28);
            assertMeterNeverFalls();
            assertStatistics();
            long rows = Long.parseLong(count("states"));
            run(simulator, 30);
            assertUnbrokenChains();
            assertThat(
                            database.column(
                                    "SELECT COUNT(*) FROM statistics s JOIN statistics_meta m ON"
                                            + " m.id = s.metadata_id WHERE statistic_id ="
                                            + " 'sensor.hot_aisle_hot_spot'"))
                    .containsExactly("240");
            assertThat(Long.parseLong(count("states")) - rows).isBetween(100L, 800L);
            assertThat(database.column("SELECT COUNT(*) FROM recorder_runs WHERE `end` IS NULL"))
                    .containsExactly("1");
        }
    }

    @Test
    void the_purge_at_0412_leaves_what_home_assistant_leaves() throws Fault {
        clock.now = Instant.parse("2026-11-19T03:11:30Z");
        try (Simulator simulator = open(Options.usual().withPastDays(3))) {
            String hours = count("statistics");
            database.execute(
                    "UPDATE states SET last_updated_ts = last_updated_ts - 172800 WHERE metadata_id"
                            + " = (SELECT metadata_id FROM states_meta WHERE states_meta.entity_id ="
                            + " 'update.home_assistant_core')");
            run(simulator, 40);
            double before = Utc.seconds(Instant.parse("2026-11-18T03:12:00Z"));
            assertThat(Double.parseDouble(one("SELECT MIN(last_updated_ts) FROM states")))
                    .isGreaterThanOrEqualTo(before);
            assertThat(Double.parseDouble(one("SELECT MIN(start_ts) FROM statistics_short_term")))
                    .isGreaterThanOrEqualTo(before);
            assertThat(count("statistics")).as("long-term statistics stay").isEqualTo(hours);
            assertThat(
                            database.column(
                                    "SELECT entity_id FROM states_meta WHERE states_meta.entity_id ="
                                            + " 'update.home_assistant_core'"))
                    .as("an entity without states loses its name")
                    .isEmpty();
            assertThat(
                            database.column(
                                    "SELECT COUNT(*) FROM state_attributes a WHERE NOT EXISTS"
                                            + " (SELECT 1 FROM states s WHERE s.attributes_id ="
                                            + " a.attributes_id)"))
                    .containsExactly("0");
            assertThat(count("recorder_runs")).as("ended runs go").isEqualTo("1");
            String rows = count("states");
            run(simulator, 10);
            assertThat(Integer.parseInt(count("states"))).isGreaterThan(Integer.parseInt(rows));
        }
    }

    @Test
    void load_comes_in_groups_whose_rows_are_told() throws Fault {
        try (LoadWriter load =
                LoadWriter.open(connections, LoadWriter.referenceRoom(), Clock.systemUTC())) {
            List<LoadWriter.Group> groups = new ArrayList<>();
            load.write(1_000, 10, Duration.ofMillis(50), groups::add);
            assertThat(groups).hasSize(50);
            assertThat(count("states")).isEqualTo("500");
            assertUnbrokenChains();
            LoadWriter.Group last = groups.getLast();
            assertThat(last.stateIds()).hasSize(10);
            assertThat(last.nanosAfterCommit()).isGreaterThan(last.nanosBeforeCommit());
            assertThat(
                            database.column(
                                    "SELECT states_meta.entity_id FROM states JOIN states_meta USING"
                                            + " (metadata_id) WHERE state_id = "
                                            + last.stateIds().get(3)))
                    .containsExactly(last.entityIds().get(3));
        }
        assertThat(LoadWriter.numbered(2_000))
                .extracting(LoadWriter.Point::entityId)
                .doesNotHaveDuplicates();
    }

    /** Every row of an entity but the first of a run refers to the one before it in time. */
    private void assertUnbrokenChains() {
        assertThat(
                        database.column(
                                "SELECT COUNT(*) FROM (SELECT state, old_state_id, LAG(state_id)"
                                        + " OVER w previous, LAG(state) OVER w text, last_updated_ts,"
                                        + " LAG(last_reported_ts) OVER w reported, LAG(last_updated_ts)"
                                        + " OVER w updated FROM states WINDOW w AS (PARTITION BY"
                                        + " metadata_id ORDER BY last_updated_ts, state_id)) r WHERE"
                                        + " previous IS NOT NULL AND text IS NOT NULL AND (old_state_id"
                                        + " IS NULL OR old_state_id <> previous OR state IS NOT NULL"
                                        + " AND (reported IS NULL OR reported < updated OR reported >"
                                        + " last_updated_ts))"))
                .containsExactly("0");
    }

    private void assertMeterNeverFalls() {
        List<String> meter =
                database.column(
                        "SELECT state FROM states JOIN states_meta USING (metadata_id) WHERE"
                                + " states_meta.entity_id = 'sensor.server_room_energy' AND state <> 'unknown'"
                                + " ORDER BY last_updated_ts");
        assertThat(meter).hasSizeGreaterThan(1);
        for (int i = 1; i < meter.size(); i++) {
            assertThat(Double.parseDouble(meter.get(i)))
                    .isGreaterThanOrEqualTo(Double.parseDouble(meter.get(i - 1)));
        }
    }

    /** Each short-term row of some entities from their states, and each hour from its rows. */
    private void assertStatistics() throws SQLException {
        int compared = 0;
        for (String entity :
                List.of(
                        "sensor.rack_a1_inlet_top",
                        "sensor.rack_b7_inlet_humidity",
                        "sensor.ups_input_voltage")) {
            TreeMap<Double, String> states = new TreeMap<>();
            query(
                    "SELECT last_updated_ts, state FROM states JOIN states_meta USING (metadata_id)"
                            + " WHERE states_meta.entity_id = ? ORDER BY last_updated_ts",
                    entity,
                    rows -> states.put(rows.getDouble(1), rows.getString(2)));
            List<double[]> shortTerm = new ArrayList<>();
            query(
                    "SELECT start_ts, mean, min, max FROM statistics_short_term s JOIN"
                            + " statistics_meta m ON m.id = s.metadata_id WHERE statistic_id = ?",
                    entity,
                    rows ->
                            shortTerm.add(
                                    new double[] {
                                        rows.getDouble(1),
                                        rows.getDouble(2),
                                        rows.getDouble(3),
                                        rows.getDouble(4)
                                    }));
            assertThat(shortTerm).isNotEmpty();
            for (double[] row : shortTerm) {
                if (row[0] <= states.firstKey()) {
                    continue; // begins before the states that are left
                }
                assertThat(new double[] {row[1], row[2], row[3]})
                        .as("%s at %s", entity, Utc.text(row[0]))
                        .containsExactly(slowly(states, row[0]), within(1e-9));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(2);
        assertThat(
                        database.column(
                                "SELECT COUNT(*) FROM statistics h JOIN (SELECT metadata_id, FLOOR("
                                        + "start_ts / 3600) * 3600 hour, AVG(mean) mean, MIN(min) least,"
                                        + " MAX(max) most, COUNT(*) n FROM statistics_short_term GROUP"
                                        + " BY 1, 2) s ON s.metadata_id = h.metadata_id AND s.hour ="
                                        + " h.start_ts WHERE s.mean IS NOT NULL AND (ABS(h.mean -"
                                        + " s.mean) > 1e-9 OR h.min <> s.least OR h.max <> s.most)"))
                .containsExactly("0");
    }

    /** Mean by milliseconds, least and greatest of a period, values holding through gaps. */
    private static double[] slowly(NavigableMap<Double, String> states, double start) {
        TreeMap<Double, Double> numbers = new TreeMap<>();
        for (Map.Entry<Double, String> entry : states.entrySet()) {
            if (entry.getKey() < start + 300 && entry.getValue().matches("[0-9.]+")) {
                numbers.put(entry.getKey(), Double.parseDouble(entry.getValue()));
            }
        }
        Double first = numbers.lowerKey(start);
        // Home Assistant looks at the state before the period, and only at that one.
        String before = states.lowerEntry(start) == null ? "" : states.lowerEntry(start).getValue();
        double from = start;
        Map<Double, Double> inside = new TreeMap<>(numbers.tailMap(start));
        if (first != null && before.matches("[0-9.]+")) {
            inside = new TreeMap<>(inside);
            inside.put(start - 1, numbers.get(first));
        } else if (!inside.isEmpty()) {
            from = ((TreeMap<Double, Double>) inside).firstKey();
        }
        double area = 0;
        double at = Double.NaN;
        double value = Double.NaN;
        for (Map.Entry<Double, Double> entry : inside.entrySet()) {
            double time = Math.max(entry.getKey(), start);
            area += Double.isNaN(at) ? 0 : value * (time - at);
            at = time;
            value = entry.getValue();
        }
        area += value * (start + 300 - at);
        return new double[] {
            area / (start + 300 - from),
            inside.values().stream().mapToDouble(d -> d).min().orElseThrow(),
            inside.values().stream().mapToDouble(d -> d).max().orElseThrow()
        };
    }

    private interface Taker {
        void take(ResultSet rows) throws SQLException;
    }

    private void query(String sql, String value, Taker taker) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, value);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    taker.take(rows);
                }
            }
        }
    }

    /** The texts of an entity last night, local times of day. */
    private List<String> between(String entity, String from, String to) {
        ZoneId zone = ZoneId.of("Europe/Brussels");
        return database.column(
                "SELECT state FROM states JOIN states_meta USING (metadata_id) WHERE states_meta.entity_id = '"
                        + entity
                        + "' AND last_changed_ts IS NULL AND last_updated_ts BETWEEN "
                        + night(from, zone)
                        + " AND "
                        + night(to, zone)
                        + " ORDER BY last_updated_ts");
    }

    private static long night(String time, ZoneId zone) {
        String day = time.startsWith("2") ? "2026-11-18T" : "2026-11-19T";
        return LocalDateTime.parse(day + time).atZone(zone).toEpochSecond();
    }

    private void killConnection() {
        database.asRoot(
                "EXECUTE IMMEDIATE CONCAT('KILL ', IS_USED_LOCK(CONCAT('vigie-simulator-', MD5('"
                        + database.schema()
                        + "'))))");
    }

    private String count(String table) {
        return one("SELECT COUNT(*) FROM " + table);
    }

    private String one(String question) {
        return database.column(question).getFirst();
    }

    private Simulator open(Options options) throws Fault {
        return Simulator.open(connections, options, clock, progress::add);
    }

    /** A second at a time, as fast as it goes. */
    private void run(Simulator simulator, int seconds) {
        for (long i = 0; i < seconds; i++) {
            clock.now = clock.now.plusSeconds(1);
            simulator.turn(clock.now);
        }
    }

    private static final class HandClock extends Clock {
        Instant now;

        HandClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
