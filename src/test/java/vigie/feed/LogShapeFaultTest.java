package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

import vigie.feed.FeedStatus.Phase;
import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.Reading;
import vigie.room.PointState;
import vigie.store.testing.ServerVersion;
import vigie.text.Fault;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What the log holds has another shape than usual, or says less than it should. */
@FaultRows
class LogShapeFaultTest {
    @Parameter ServerVersion version;
    private PrivateServer server;

    @BeforeParameterizedClassInvocation
    void start(ServerVersion on, @TempDir Path folder) throws Fault, IOException, SQLException {
        server = PrivateServer.start(on, folder);
    }

    @AfterParameterizedClassInvocation
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void row_15_compression_switched_on_and_off_loses_nothing()
            throws Fault, SQLException, InterruptedException {
        try (Followed followed = Followed.live(server)) {
            followed.startWriting();
            for (String compress : new String[] {"ON", "OFF", "ON"}) {
                server.execute(
                        "SET GLOBAL log_bin_compress_min_len=10",
                        "SET GLOBAL log_bin_compress=" + compress);
                followed.awaitWritten(40);
            }
            followed.stopWriting();
            followed.assertExactWithoutResync();
        } finally {
            server.execute("SET GLOBAL log_bin_compress=OFF");
        }
    }

    @Test
    void row_18_statements_without_rows_are_said_and_their_rows_read_from_the_tables()
            throws Fault, SQLException {
        try (Followed followed = Followed.live(server)) {
            followed.write(5);
            try (Connection connection = server.root("homeassistant");
                    Statement statement = connection.createStatement()) {
                statement.execute("SET SESSION binlog_format=STATEMENT");
                statement.execute(Followed.aside("by statement"));
            }
            followed.write(5);
            followed.assertExact();
            assertThat(followed.watcher().printed().lines())
                    .anyMatch(line -> "by statement".equals(line.text()));
            assertThat(followed.watcher().was(Phase.RESYNC, "feed.rewritten")).isTrue();
        }
    }

    @Test
    void row_19_shortened_row_images_are_read() throws Fault, SQLException, InterruptedException {
        try (Followed followed = Followed.live(server)) {
            for (String image : new String[] {"MINIMAL", "NOBLOB", "FULL"}) {
                server.execute("SET GLOBAL binlog_row_image=" + image);
                followed.home().reconnect();
                followed.write(15);
            }
            followed.assertExactWithoutResync();
        } finally {
            server.execute("SET GLOBAL binlog_row_image=FULL");
        }
    }

    @Test
    void row_21_columns_that_are_added_or_moved_shift_no_value() throws Fault, SQLException {
        try (Followed followed = Followed.live(server)) {
            followed.write(5);
            server.execute("ALTER TABLE events ADD newc INT AFTER event_id");
            followed.write(5);
            server.execute("ALTER TABLE states ADD newc INT AFTER state_id");
            followed.write(5);
            server.execute("ALTER TABLE states MODIFY state VARCHAR(255) AFTER metadata_id");
            followed.write(5);
            followed.assertExact();
        } finally {
            server.execute(
                    "ALTER TABLE states MODIFY state VARCHAR(255) AFTER entity_id",
                    "ALTER TABLE states DROP COLUMN newc",
                    "ALTER TABLE events DROP COLUMN newc");
        }
    }

    /** With the server's default the log names no column, and a new order is only seen by types. */
    @Test
    void row_21_columns_that_move_in_a_log_without_names_shift_no_value()
            throws Fault, SQLException {
        server.execute("SET GLOBAL binlog_row_metadata=NO_LOG");
        try (Followed followed = Followed.live(server)) {
            followed.write(5);
            server.execute("ALTER TABLE states ADD newc INT AFTER state_id");
            followed.write(5);
            server.execute("ALTER TABLE states DROP COLUMN newc");
            followed.write(5);
            server.execute("ALTER TABLE states MODIFY last_reported_ts DOUBLE AFTER metadata_id");
            followed.write(5);
            followed.assertExact();
        } finally {
            server.execute(
                    "ALTER TABLE states MODIFY last_reported_ts DOUBLE AFTER last_changed_ts",
                    "SET GLOBAL binlog_row_metadata=FULL");
        }
    }

    @Test
    void row_22_truncated_and_dropped_tables_clear_the_state() throws Fault, SQLException {
        try (Followed followed = Followed.live(server)) {
            followed.write(5);
            followed.assertExact();
            server.execute("SET foreign_key_checks=0", "TRUNCATE states");
            followed.oracle().assertSameState(followed.watcher(), server);
            assertThat(followed.watcher().state.points())
                    .allMatch(point -> point.newest().isEmpty());
            followed.home().reconnect();
            followed.write(5);
            followed.oracle().assertSameState(followed.watcher(), server);
        }
        try (Followed followed = Followed.live(server)) {
            server.execute(
                    "SET foreign_key_checks=0",
                    "CREATE TABLE kept LIKE states",
                    "DROP TABLE states",
                    "RENAME TABLE kept TO states");
            followed.oracle().assertSameState(followed.watcher(), server);
            followed.watcher().await(Phase.LIVE);
            followed.home().reconnect();
            followed.write(5);
            // Ids begin anew, so that the rows of before and after cannot be told apart by them.
            followed.oracle().assertSameState(followed.watcher(), server);
            followed.watcher().await(Phase.LIVE);
        }
    }

    @Test
    void row_23_a_cascade_that_the_log_does_not_hold_disturbs_nothing() throws Fault, SQLException {
        try (Followed followed = Followed.live(server)) {
            server.execute(
                    "INSERT INTO statistics_meta (id, statistic_id, mean_type)"
                            + " VALUES (4711, 'sensor.rig', 1)",
                    "INSERT INTO statistics (metadata_id, start_ts, mean) VALUES (4711, 1, 2)",
                    "INSERT INTO statistics_short_term (metadata_id, start_ts, mean)"
                            + " VALUES (4711, 1, 2)");
            followed.write(3);
            server.execute("DELETE FROM statistics_meta WHERE id=4711");
            assertThat(server.ask("SELECT COUNT(*) FROM homeassistant.statistics")).isEqualTo("0");
            followed.write(3);
            followed.assertExactWithoutResync();
        }
    }

    @Test
    void row_27_a_foreign_table_that_cannot_be_decoded_is_passed_over() throws Fault, SQLException {
        try (Followed followed = Followed.live(server)) {
            server.execute(
                    "CREATE DATABASE IF NOT EXISTS other",
                    "CREATE TABLE IF NOT EXISTS other.states (state_id INT, x TEXT COMPRESSED)",
                    "INSERT INTO other.states VALUES (1, 'hidden')",
                    "CREATE TABLE IF NOT EXISTS notes (id INT, x TEXT COMPRESSED)",
                    "INSERT INTO notes VALUES (1, 'hidden')");
            followed.write(5);
            followed.assertExactWithoutResync();
        }
    }

    @Test
    void row_30_what_is_rolled_back_never_comes() throws Fault, SQLException {
        try (Followed followed = Followed.live(server);
                HomeAssistant home = new HomeAssistant(server)) {
            home.state("sensor.undecided", "never");
            home.rollback();
            home.state("sensor.undecided", "yes");
            try (Statement statement = home.connection().createStatement()) {
                statement.execute("SAVEPOINT here");
                home.state("sensor.undecided", "taken back");
                statement.execute("ROLLBACK TO here");
                home.forget();
                statement.execute("SAVEPOINT there");
                home.state("sensor.undecided", "kept");
                statement.execute("RELEASE SAVEPOINT there");
            }
            home.commit();
            followed.assertExactWithoutResync();
            assertThat(followed.watcher().printed().lines())
                    .extracting(Printed.Line::text)
                    .containsExactly("yes", "kept");
        }
    }

    /** A table that knows no transactions keeps its row, and the log holds a ROLLBACK. */
    @Test
    void row_30_a_rollback_that_the_log_holds_takes_the_rows_with_it() throws Fault, SQLException {
        server.execute("CREATE TABLE IF NOT EXISTS homeassistant.rigid (id INT) ENGINE=MyISAM");
        try (Followed followed = Followed.live(server);
                HomeAssistant home = new HomeAssistant(server)) {
            try (Statement statement = home.connection().createStatement()) {
                home.state("sensor.undecided", "never");
                statement.execute("INSERT INTO rigid VALUES (1)");
                home.rollback();
            }
            home.state("sensor.undecided", "yes");
            home.commit();
            followed.assertExactWithoutResync();
        }
    }

    @Test
    void row_31_prepared_rows_count_when_they_are_committed() throws Fault, SQLException {
        try (Followed followed = Followed.live(server);
                Connection connection = server.root("homeassistant");
                Statement statement = connection.createStatement()) {
            for (String end : new String[] {"ROLLBACK", "COMMIT"}) {
                String name = "'" + end + "\\'s','b',7";
                statement.execute("XA START " + name);
                statement.execute(Followed.aside("by xa"));
                statement.execute("XA END " + name);
                statement.execute("XA PREPARE " + name);
                followed.write(3);
                // The connection may break between the two halves.
                server.killDumpThreads();
                followed.assertExact();
                statement.execute("XA " + end + " " + name);
            }
            followed.write(3);
            followed.assertExactWithoutResync();
            assertThat(followed.watcher().printed().lines())
                    .filteredOn(line -> "by xa".equals(line.text()))
                    .hasSize(1);
        }
    }

    @Test
    void row_40_an_entity_that_is_renamed_or_removed_keeps_its_identity()
            throws Fault, SQLException {
        try (Followed followed = Followed.live(server);
                HomeAssistant home = new HomeAssistant(server)) {
            home.state("sensor.first_name", "1");
            home.commit();
            followed.assertExact();
            PointState before =
                    followed.watcher().state.point(new PointId("sensor.first_name")).orElseThrow();
            server.execute(
                    "UPDATE states_meta SET entity_id='sensor.second_name'"
                            + " WHERE entity_id='sensor.first_name'");
            followed.oracle().assertSameState(followed.watcher(), server);
            home.forget();
            home.state("sensor.second_name", null, "{}");
            home.commit();
            followed.oracle().assertSameState(followed.watcher(), server);
            PointState after =
                    followed.watcher().state.point(new PointId("sensor.second_name")).orElseThrow();
            assertThat(after.key()).isEqualTo(before.key());
            Reading removed = after.newest().orElseThrow();
            assertThat(removed.text()).isNull();
            assertThat(removed.quality().isBad()).isTrue();
            server.execute(
                    "SET foreign_key_checks=0",
                    "DELETE FROM states WHERE metadata_id=" + after.key().value(),
                    "DELETE FROM states_meta WHERE metadata_id=" + after.key().value());
            followed.oracle().assertSameState(followed.watcher(), server);
            assertThat(followed.watcher().times(Phase.RESYNC)).isZero();
        }
    }

    @Test
    void row_41_attributes_that_are_not_at_hand_are_loaded_by_key() throws Fault, SQLException {
        try (HomeAssistant home = new HomeAssistant(server)) {
            String json = "{\"unit_of_measurement\":\"kWh\",\"n\":" + System.nanoTime() + "}";
            home.attributes(json);
            home.commit();
            try (Followed followed = Followed.live(server)) {
                long id = home.state("sensor.energy", "5", json);
                home.commit();
                followed.assertExactWithoutResync();
                assertThat(followed.watcher().newest("sensor.energy").id()).hasValue(id);
                assertThat(followed.watcher().newest("sensor.energy").attributes().unit())
                        .contains("kWh");
                server.execute(
                        "SET foreign_key_checks=0",
                        "INSERT INTO states (state, last_updated_ts, attributes_id, metadata_id)"
                                + " SELECT '7', last_updated_ts + 1, 987654321, metadata_id FROM"
                                + " states WHERE state_id="
                                + id);
                followed.oracle().assertSameRows(followed.watcher(), server);
                assertThat(followed.watcher().newest("sensor.energy").attributes())
                        .isEqualTo(Attributes.MISSING);
                server.execute(
                        "SET foreign_key_checks=0",
                        "DELETE FROM states WHERE attributes_id=987654321");
            }
        }
    }
}
