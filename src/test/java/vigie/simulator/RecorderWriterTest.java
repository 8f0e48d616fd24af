package vigie.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;

/** The rows of one and of several commits, against what real recorders wrote. */
@ExtendWith(EmbeddedMariaDb.class)
class RecorderWriterTest {
    private static final double T = 1_795_254_000;
    private static final String A = "{\"friendly_name\":\"A\"}";
    private static final String B = "{\"friendly_name\":\"B\"}";

    private final TestDatabase database;
    private final StateMachine states = new StateMachine();
    private Connection connection;
    private RecorderWriter writer;

    RecorderWriterTest(TestDatabase database) throws SQLException {
        this.database = database;
        this.connection = database.connect();
        this.writer = new RecorderWriter(connection, new SplittableRandom(1));
    }

    @BeforeEach
    void tables() throws SQLException {
        database.asRoot(
                "DROP DATABASE " + database.schema(),
                "CREATE DATABASE " + database.schema() + " COLLATE utf8mb4_unicode_ci");
        connection.close();
        connection = database.connect();
        Schema.create(connection);
        connection.setAutoCommit(false);
        writer = new RecorderWriter(connection, new SplittableRandom(1));
    }

    @AfterEach
    void leave() throws SQLException {
        connection.close();
    }

    @Test
    void within_a_commit_rows_without_predecessor_come_first() throws SQLException {
        commit();
        set("1", A, 1);
        set("2", A, 2);
        states.remove("sensor.a", T + 3, writer::add);
        set("3", A, 4);
        set("4", A, 5);
        states.remove("sensor.a", T + 6, writer::add);
        set("5", A, 7);
        commit();
        // What Home Assistant 2026.11 wrote for the same steps, six times of six.
        assertThat(database.column("SELECT IFNULL(state, 'NULL') FROM states ORDER BY state_id"))
                .containsExactly("1", "3", "5", "2", "4", "NULL", "NULL");
        assertThat(
                        database.column(
                                "SELECT CONCAT(n.state, '<', o.state) FROM states n JOIN states o"
                                        + " ON n.old_state_id = o.state_id WHERE n.state IS NOT NULL"
                                        + " ORDER BY n.state_id"))
                .containsExactly("2<1", "4<3");
    }

    @Test
    void a_successor_in_a_later_commit_updates_last_reported_of_the_row_before()
            throws SQLException {
        set("20.1", A, 1);
        commit();
        assertThat(reported()).containsExactly("NULL");
        set("20.1", A, 2);
        set("20.1", A, 3);
        assertThat(writer.idle()).as("a repeated report makes no row").isTrue();
        set("20.2", A, 4);
        commit();
        assertThat(reported()).containsExactly("3", "NULL");
        set("20.3", A, 5);
        set("20.4", A, 6);
        commit();
        assertThat(reported()).containsExactly("3", "4", "5", "NULL");
    }

    @Test
    void last_changed_is_null_when_the_text_changed_and_set_when_only_attributes_did()
            throws SQLException {
        set("on", A, 1);
        set("on", B, 2);
        set("off", B, 3);
        commit();
        assertThat(
                        database.column(
                                "SELECT CONCAT(state, ' ', last_updated_ts - 1795254000, ' ',"
                                        + " IFNULL(last_changed_ts - 1795254000, 'NULL')) FROM states"
                                        + " ORDER BY last_updated_ts"))
                .containsExactly("on 1 NULL", "on 2 1", "off 3 NULL");
    }

    @Test
    void attributes_are_shared_also_across_writers_and_found_by_their_hash() throws SQLException {
        set("1", A, 1);
        set("2", A, 2);
        commit();
        writer = new RecorderWriter(connection, new SplittableRandom(2));
        set("3", A, 3);
        set("4", B, 4);
        commit();
        assertThat(database.column("SELECT shared_attrs FROM state_attributes ORDER BY 1"))
                .containsExactly(A, B);
        assertThat(
                        database.column(
                                "SELECT hash FROM state_attributes WHERE shared_attrs = '"
                                        + A
                                        + "'"))
                .containsExactly(Long.toString(Fnv.hash(A)));
        assertThat(database.column("SELECT entity_id FROM states_meta"))
                .containsExactly("sensor.a");
    }

    @Test
    void a_removed_entity_leaves_a_null_state_and_comes_back_without_predecessor()
            throws SQLException {
        set("1", A, 1);
        commit();
        states.remove("sensor.a", T + 2, writer::add);
        commit();
        set("2", A, 3);
        commit();
        assertThat(
                        database.column(
                                "SELECT CONCAT_WS(' ', IFNULL(state, 'NULL'), shared_attrs,"
                                        + " IFNULL(old_state_id, 'NULL')) FROM states JOIN"
                                        + " state_attributes USING (attributes_id) ORDER BY state_id"))
                .containsExactly("1 " + A + " NULL", "NULL {} 1", "2 " + A + " NULL");
        assertThat(database.column("SELECT COUNT(*) FROM states_meta")).containsExactly("1");
    }

    @Test
    void texts_longer_than_255_become_unknown_and_others_arrive_unharmed() throws SQLException {
        String odd = "'\"\\ 雪 🔥 %s ; --";
        states.set("sensor.a", odd, A, T, writer::add);
        states.set("sensor.b", "x".repeat(256), A, T, writer::add);
        states.set("sensor.c", "x".repeat(255), A, T, writer::add);
        commit();
        assertThat(database.column("SELECT state FROM states ORDER BY state_id"))
                .containsExactly(odd, "unknown", "x".repeat(255));
    }

    @Test
    void a_group_says_the_ids_of_its_rows_in_the_order_they_were_handed_in() throws SQLException {
        set("1", A, 1);
        set("2", A, 2);
        states.set("sensor.b", "3", A, T + 3, writer::add);
        RecorderWriter.Group group = commit();
        assertThat(group.stateIds()).hasSize(3).doesNotHaveDuplicates();
        for (int i = 0; i < 3; i++) {
            assertThat(
                            database.column(
                                    "SELECT state FROM states WHERE state_id = "
                                            + group.stateIds().get(i)))
                    .containsExactly(Integer.toString(i + 1));
        }
    }

    @Test
    void context_ids_carry_the_time_of_the_change() throws SQLException {
        set("1", A, 1.5);
        commit();
        assertThat(database.column("SELECT HEX(LEFT(context_id_bin, 6)) FROM states"))
                .containsExactly("%012X".formatted((long) ((T + 1.5) * 1000)));
        assertThat(database.column("SELECT LENGTH(context_id_bin) FROM states"))
                .containsExactly("16");
    }

    private void set(String text, String attributes, double at) {
        states.set("sensor.a", text, attributes, T + at, writer::add);
    }

    private RecorderWriter.Group commit() throws SQLException {
        return writer.commit(RecorderWriter.Extra.NONE);
    }

    private List<@Nullable String> reported() {
        return List.copyOf(
                database.column(
                        "SELECT IFNULL(last_reported_ts - 1795254000, 'NULL') FROM states ORDER BY"
                                + " last_updated_ts"));
    }
}
