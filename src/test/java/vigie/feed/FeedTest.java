package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import vigie.feed.FeedStatus.Phase;
import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.Quality;
import vigie.point.Reading;
import vigie.recorder.MissLoader;
import vigie.recorder.RecorderCatalog;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.PointState;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The feed against a server with the default {@code binlog_row_metadata=NO_LOG}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeedTest {
    private PrivateServer server;
    private HomeAssistant home;
    private Watcher watcher;
    private Feed feed;

    @BeforeAll
    void startServer(@TempDir Path folder) throws IOException, Fault, SQLException {
        server = PrivateServer.start(folder, "--binlog-row-metadata=NO_LOG");
    }

    @AfterAll
    void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void startFeed() throws SQLException, Fault {
        server.execute("SET foreign_key_checks=0", "DELETE FROM states");
        home = new HomeAssistant(server);
        home.state("sensor.before", "1.5");
        home.commit();
        watcher = new Watcher();
        feed = new Feed(server.address(), watcher, Clock.systemUTC());
        feed.start();
        watcher.await(Phase.LIVE);
    }

    @AfterEach
    void stopFeed() throws SQLException {
        feed.close();
        home.close();
    }

    private Reading streamed(long id) {
        watcher.awaitStreamed(id);
        return watcher.streamed.stream()
                .filter(reading -> reading.id().orElse(-1) == id)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_was_before_is_in_the_snapshot_and_what_comes_is_streamed_once() throws SQLException {
        assertThat(watcher.newest("sensor.before").text()).isEqualTo("1.5");
        assertThat(watcher.newest("sensor.before").attributes().unit()).contains("°C");
        long first = home.state("sensor.before", "2.5");
        long second = home.state("sensor.before", "3.5");
        home.commit();
        watcher.awaitStreamed(second);
        assertThat(watcher.streamedIds()).containsExactly(first, second);
        Reading reading = watcher.newest("sensor.before");
        assertThat(reading.value()).hasValue(3.5);
        assertThat(reading.quality()).isEqualTo(Quality.GOOD);
        assertThat(reading.position()).hasValueSatisfying(at -> assertThat(at).startsWith("0-1-"));
        assertThat(reading.committed()).isPresent();
        assertThat(watcher.statuses.stream().map(FeedStatus::phase))
                .containsExactly(Phase.CHECK, Phase.SNAPSHOT, Phase.CATCHUP, Phase.LIVE);
    }

    @Test
    void an_entity_appears_is_renamed_and_deleted_while_running() throws SQLException, Fault {
        home.state("sensor.new", "1");
        home.commit();
        server.execute(
                "UPDATE states_meta SET entity_id='sensor.renamed' WHERE entity_id='sensor.new'");
        long id = home.state("sensor.new", "2");
        home.commit();
        assertThat(streamed(id).point()).isEqualTo(new PointId("sensor.renamed"));
        assertThat(watcher.state.point(new PointId("sensor.new"))).isEmpty();
        PointState renamed = watcher.state.point(new PointId("sensor.renamed")).orElseThrow();
        assertThat(renamed.newest().orElseThrow().text()).isEqualTo("2");
        server.execute(
                "SET foreign_key_checks=0",
                "DELETE FROM states WHERE metadata_id=" + renamed.key().value(),
                "DELETE FROM states_meta WHERE metadata_id=" + renamed.key().value());
        Deadline.within(
                Watcher.PATIENCE, "forgotten", () -> watcher.state.point(renamed.key()).isEmpty());
        assertThat(watcher.times(Phase.RESYNC)).isZero();
    }

    @Test
    void odd_states_come_as_they_are_recorded() throws SQLException {
        List<String> odd = new ArrayList<>();
        odd.add("🌡️ 雪 \\ ' \" \t".strip());
        odd.add("x".repeat(255));
        odd.add("雪".repeat(255));
        odd.addAll(List.of("NaN", "inf", "1e400", "1,5", "", "unavailable", "unknown"));
        odd.add(null);
        List<Long> ids = new ArrayList<>();
        for (String text : odd) {
            ids.add(home.state("sensor.odd", text));
        }
        home.commit();
        for (int i = 0; i < odd.size(); i++) {
            Reading reading = streamed(ids.get(i));
            assertThat(reading.text()).isEqualTo(odd.get(i));
            assertThat(reading.value()).isEmpty();
            assertThat(reading.quality().isBad()).isTrue();
        }
        assertThat(streamed(ids.getLast()).quality()).isEqualTo(Quality.of(Quality.Reason.REMOVED));
    }

    @Test
    void attributes_that_are_not_json_leave_the_value_and_say_so() throws SQLException {
        long id = home.state("sensor.strange", "5", "not json {");
        home.commit();
        assertThat(streamed(id).value()).hasValue(5);
        assertThat(streamed(id).attributes()).isEqualTo(Attributes.MISSING);
        assertThat(streamed(id).quality()).isEqualTo(Quality.of(Quality.Reason.NO_ATTRIBUTES));
    }

    @Test
    void attributes_written_long_ago_are_loaded_and_those_that_never_come_are_missing()
            throws SQLException, Fault {
        feed.close();
        home.attributes("{\"unit_of_measurement\":\"kWh\"}");
        home.commit();
        feed = new Feed(server.address(), watcher, Clock.systemUTC());
        feed.start();
        Deadline.within(Watcher.PATIENCE, "live again", () -> watcher.times(Phase.LIVE) == 2);
        long known = home.state("sensor.energy", "5", "{\"unit_of_measurement\":\"kWh\"}");
        home.commit();
        assertThat(streamed(known).attributes().unit()).contains("kWh");
        try (Statement statement = home.connection().createStatement()) {
            statement.execute("SET foreign_key_checks=0");
            statement.execute(
                    "INSERT INTO states (state, last_updated_ts, attributes_id, metadata_id)"
                            + " SELECT '7', 1795254461.25, 987654321, metadata_id FROM states_meta"
                            + " WHERE entity_id='sensor.energy'");
            home.commit();
            statement.execute("SET foreign_key_checks=1");
        }
        watcher.awaitStreamed(known + 1);
        assertThat(streamed(known + 1).quality())
                .isEqualTo(Quality.of(Quality.Reason.NO_ATTRIBUTES));
    }

    @Test
    void what_is_rolled_back_never_comes() throws SQLException {
        home.state("sensor.before", "rolled back");
        home.rollback();
        long kept = home.state("sensor.before", "10");
        try (Statement statement = home.connection().createStatement()) {
            statement.execute("SAVEPOINT here");
            home.state("sensor.before", "taken back");
            statement.execute("ROLLBACK TO here");
            home.forget();
        }
        long last = home.state("sensor.before", "11");
        home.commit();
        watcher.awaitStreamed(last);
        assertThat(watcher.streamedIds()).containsExactly(kept, last);
    }

    @Test
    void a_prepared_transaction_counts_when_it_is_committed() throws SQLException, Fault {
        try (Connection connection = server.root("homeassistant");
                Statement statement = connection.createStatement()) {
            for (String end : List.of("ROLLBACK", "COMMIT")) {
                String name = "'" + end + "\\'s','b',7";
                statement.execute("XA START " + name);
                statement.execute(
                        "INSERT INTO states (state, last_updated_ts, metadata_id) SELECT '"
                                + end
                                + "', 1795254461, MIN(metadata_id) FROM states_meta");
                statement.execute("XA END " + name);
                statement.execute("XA PREPARE " + name);
                long marker = home.state("sensor.before", "between");
                home.commit();
                watcher.awaitStreamed(marker);
                assertThat(watcher.streamed).noneMatch(reading -> end.equals(reading.text()));
                statement.execute("XA " + end + " " + name);
            }
        }
        long marker = home.state("sensor.before", "after");
        home.commit();
        watcher.awaitStreamed(marker);
        assertThat(watcher.streamed).filteredOn(r -> "COMMIT".equals(r.text())).hasSize(1);
        assertThat(watcher.streamed).noneMatch(r -> "ROLLBACK".equals(r.text()));
        assertThat(watcher.times(Phase.RESYNC)).isZero();
    }

    @Test
    void compression_switched_on_loses_nothing() throws SQLException, Fault {
        server.execute("SET GLOBAL log_bin_compress=ON", "SET GLOBAL log_bin_compress_min_len=10");
        try (HomeAssistant compressed = new HomeAssistant(server)) {
            long id = compressed.state("sensor.compressed", "5".repeat(200));
            compressed.commit();
            assertThat(streamed(id).text()).hasSize(200);
        } finally {
            server.execute("SET GLOBAL log_bin_compress=OFF");
        }
    }

    @Test
    void a_shortened_row_image_is_read() throws SQLException, Fault {
        for (String image : List.of("MINIMAL", "NOBLOB")) {
            try (Statement statement = home.connection().createStatement()) {
                statement.execute("SET SESSION binlog_row_image=" + image);
            }
            home.state("sensor.image_" + image, "1");
            long id = home.state("sensor.image_" + image, "2");
            home.commit();
            assertThat(streamed(id).attributes().unit()).contains("°C");
            assertThat(streamed(id).point().name()).isEqualTo("sensor.image_" + image);
        }
    }

    @Test
    void a_column_that_moves_needs_a_new_snapshot_and_then_names_are_right_again()
            throws SQLException, Fault {
        server.execute("ALTER TABLE states MODIFY state VARCHAR(255) AFTER metadata_id");
        try {
            long id = home.state("sensor.before", "after the move");
            home.commit();
            Deadline.within(
                    Watcher.PATIENCE,
                    "the new state",
                    () -> "after the move".equals(watcher.newest("sensor.before").text()));
            assertThat(watcher.times(Phase.RESYNC)).isEqualTo(1);
            watcher.await(Phase.LIVE);
            long next = home.state("sensor.before", "next");
            home.commit();
            assertThat(streamed(next).text()).isEqualTo("next");
            assertThat(next).isGreaterThan(id);
        } finally {
            server.execute("ALTER TABLE states MODIFY state VARCHAR(255) AFTER entity_id");
        }
    }

    @Test
    void an_index_that_is_added_needs_none() throws SQLException, Fault {
        server.execute("CREATE INDEX ix_test ON states (state)");
        server.execute("DROP INDEX ix_test ON states", "OPTIMIZE TABLE states,states_meta");
        long id = home.state("sensor.before", "5");
        home.commit();
        assertThat(streamed(id).text()).isEqualTo("5");
        assertThat(watcher.times(Phase.RESYNC)).isZero();
    }

    @Test
    void a_statement_that_carries_no_rows_needs_a_new_snapshot() throws SQLException {
        home.state("sensor.before", "row");
        home.commit();
        try (Statement statement = home.connection().createStatement()) {
            statement.execute("SET SESSION binlog_format=STATEMENT");
            statement.execute(
                    "INSERT INTO states (state, last_updated_ts, metadata_id) SELECT 'unseen',"
                            + " last_updated_ts + 9, metadata_id FROM states WHERE state='row'");
            home.commit();
        }
        Deadline.within(
                Watcher.PATIENCE,
                "read anew",
                () -> "unseen".equals(watcher.newest("sensor.before").text()));
        assertThat(watcher.times(Phase.RESYNC)).isEqualTo(1);
    }

    @Test
    void truncated_tables_leave_no_reading() throws SQLException, Fault {
        server.execute("SET foreign_key_checks=0", "TRUNCATE states");
        Deadline.within(
                Watcher.PATIENCE,
                "empty",
                () ->
                        watcher.snapshots.size() == 2
                                && watcher.state.points().stream()
                                        .allMatch(point -> point.newest().isEmpty()));
    }

    @Test
    void rows_of_other_tables_and_schemas_are_passed_over() throws SQLException, Fault {
        server.execute(
                "CREATE DATABASE IF NOT EXISTS other",
                "CREATE TABLE IF NOT EXISTS other.states (state_id INT, x TEXT COMPRESSED)",
                "INSERT INTO other.states VALUES (1, 'hidden')");
        long id = home.state("sensor.before", "5");
        home.commit();
        assertThat(streamed(id).text()).isEqualTo("5");
        assertThat(watcher.streamedIds()).containsExactly(id);
    }

    @Test
    void a_clock_that_was_set_back_is_told_by_the_rows_after_the_step() throws SQLException {
        home.state("sensor.clock", "old");
        home.commit();
        try (Statement statement = home.connection().createStatement()) {
            statement.execute(
                    "INSERT INTO states (state, last_updated_ts, metadata_id) SELECT 'new',"
                            + " last_updated_ts - 3600, metadata_id FROM states WHERE"
                            + " state='old'");
            home.commit();
        }
        feed.close();
        feed = new Feed(server.address(), watcher, Clock.systemUTC());
        feed.start();
        Deadline.within(Watcher.PATIENCE, "live again", () -> watcher.times(Phase.LIVE) == 2);
        assertThat(watcher.newest("sensor.clock").text()).isEqualTo("new");
    }

    @Test
    void the_state_of_the_tables_can_be_had_without_a_stream() throws SQLException, Fault {
        home.state("sensor.now", "5");
        home.commit();
        Present present = Present.read(server.address());
        assertThat(present.group().facts()).isNotEmpty();
        assertThat(present.now()).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(Optional.of(present.group().position()))
                .hasValueSatisfying(at -> assertThat(at).contains("0-1-"));
    }

    @Test
    void a_server_that_cannot_tell_a_snapshots_position_is_joined_by_ids()
            throws SQLException, Fault {
        long known = home.state("sensor.guarded", "5");
        home.commit();
        try (Connection connection = server.root("homeassistant")) {
            RecorderCatalog catalog = new RecorderCatalog(MissLoader.NONE);
            Handover guarded =
                    Handover.take(
                            connection,
                            "here",
                            catalog,
                            false,
                            GtidPosition.NONE,
                            Handover.Within.NOTHING);
            assertThat(guarded.overlap()).contains(known);
            assertThat(guarded.overlapEnds().covers(guarded.position())).isTrue();
            watcher.awaitStreamed(known);
            Group streamed = watcher.groups.getLast();
            assertThat(guarded.withoutOverlap(streamed.facts(), guarded.position()))
                    .noneMatch(Fact.Observed.class::isInstance);
            GtidPosition later = guarded.overlapEnds().after(0, 1, 1_000_000);
            assertThat(guarded.withoutOverlap(streamed.facts(), later)).isEqualTo(streamed.facts());
        }
    }

    @Test
    void a_check_passes_here_and_says_what_is_wrong_elsewhere() throws SQLException, Fault {
        FeedCheck.check(server.address());
        assertThatThrownBy(() -> FeedCheck.check(server.address().withSchema("mysql")))
                .isInstanceOf(Fault.class);
        server.execute("CREATE DATABASE IF NOT EXISTS empty", "GRANT SELECT ON empty.* TO console");
        assertFault("recorder.no-table", server.address().withSchema("empty"));
        server.execute("REVOKE REPLICATION SLAVE ON *.* FROM console");
        assertFault("feed.no-replication-right", server.address());
        server.execute("GRANT REPLICATION SLAVE ON *.* TO console");
        server.execute("SET GLOBAL binlog_format=MIXED");
        assertFault("feed.format", server.address());
        server.execute("SET GLOBAL binlog_format=ROW");
        server.execute("UPDATE schema_changes SET schema_version=41");
        assertFault("recorder.too-old", server.address());
        server.execute("UPDATE schema_changes SET schema_version=53");
        server.execute("REVOKE SELECT ON homeassistant.* FROM console");
        server.execute("GRANT SELECT ON homeassistant.states_meta TO console");
        assertFault("recorder.denied", server.address());
        server.execute("REVOKE SELECT ON homeassistant.states_meta FROM console");
        server.execute("GRANT SELECT ON homeassistant.* TO console");
    }

    private static void assertFault(String key, DatabaseAddress address) {
        assertThatThrownBy(() -> FeedCheck.check(address))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> {
                            assertThat(fault.sentence().key()).isEqualTo(key);
                            assertThat(fault.kind()).isEqualTo(Fault.Kind.BLOCKED);
                        });
    }

    @Test
    void an_idle_server_is_heard_all_the_time() {
        int before = watcher.heard.get();
        Deadline.within(
                Watcher.PATIENCE, "three heartbeats", () -> watcher.heard.get() >= before + 3);
    }
}
