package vigie.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import vigie.point.PointKey;
import vigie.room.Cadence;
import vigie.room.Cadences;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

@ExtendWith(EmbeddedMariaDb.class)
class CadenceReaderTest {
    private static final Instant HOUR = Instant.parse("2026-03-04T02:00:00Z");
    private static final Instant VALID = HOUR.plus(Duration.ofMinutes(5));
    private static final PointKey KEY = new PointKey(1);
    private static final PointKey OTHER = new PointKey(2);
    private static final List<String> COLUMNS =
            List.of(
                    "state_id",
                    "state",
                    "last_updated_ts",
                    "last_reported_ts",
                    "old_state_id",
                    "metadata_id");

    private record Row(
            long id,
            PointKey key,
            @Nullable String text,
            double updated,
            @Nullable Double reported,
            @Nullable Long before) {}

    private final TestDatabase database;
    private final List<Row> rows = new ArrayList<>();

    CadenceReaderTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void table() {
        database.execute(
                "DROP TABLE IF EXISTS states",
                "CREATE TABLE states (state_id BIGINT PRIMARY KEY, state VARCHAR(255),"
                        + " last_updated_ts DOUBLE, last_reported_ts DOUBLE, old_state_id BIGINT,"
                        + " metadata_id BIGINT, KEY ix_states_metadata_id_last_updated_ts"
                        + " (metadata_id, last_updated_ts), KEY ix_states_last_updated_ts"
                        + " (last_updated_ts))");
    }

    @Test
    void the_interval_is_from_the_last_report_of_a_row_to_its_successor() throws SQLException {
        // Reported every 30 s, changed every 120 s.
        regular(KEY, 100, 120, 30);
        assertThat(read(HOUR).of(KEY))
                .contains(new Cadence(KEY, VALID, 99, Duration.ofMinutes(2), true));
    }

    @Test
    void without_a_report_of_its_own_a_row_was_last_reported_when_it_was_written()
            throws SQLException {
        regular(KEY, 200, 30, 30);
        assertThat(read(HOUR).of(KEY))
                .contains(new Cadence(KEY, VALID, 199, Duration.ofSeconds(30), true));
    }

    @Test
    void rows_from_the_boundary_on_do_not_count_so_every_console_finds_the_same()
            throws SQLException {
        regular(KEY, 200, 30, 30);
        regular(OTHER, 60, 300, 300);
        Cadences then = read(HOUR);
        long id = rows.getLast().id();
        rows.clear();
        for (int i = 0; i < 100; i++) {
            row(++id, KEY, "1" + i, seconds(HOUR) + i, null, id - 1);
        }
        assertThat(read(HOUR)).isEqualTo(then);
        assertThat(read(HOUR.plusSeconds(3_600))).isNotEqualTo(then);
    }

    @Test
    void the_way_through_unavailable_and_over_a_restart_is_not_the_sensors_doing()
            throws SQLException {
        regular(KEY, 100, 60, 60);
        double from = rows.getFirst().updated();
        long first = rows.getFirst().id();
        rows.set(50, new Row(first + 50, KEY, "unavailable", from + 50 * 60, null, first + 49));
        rows.set(70, new Row(first + 70, KEY, "7", from + 70 * 60, null, null));
        Cadence cadence = read(HOUR).of(KEY).orElseThrow();
        assertThat(cadence.intervals()).isEqualTo(99 - 2 - 1);
        assertThat(cadence.regular()).isTrue();
    }

    @Test
    void only_the_newest_rows_of_a_day_count() throws SQLException {
        regular(KEY, 900, 20, 20);
        regular(OTHER, 100, 1_800, 1_800);
        Cadences cadences = read(HOUR);
        assertThat(cadences.of(KEY).orElseThrow().intervals()).isEqualTo(500);
        assertThat(cadences.of(OTHER).orElseThrow().intervals()).isEqualTo(47);
    }

    @Test
    void the_recorders_own_pauses_are_learned_of_all_points_together() throws SQLException {
        assertThat(read(HOUR).recorder()).isEmpty();
        regular(KEY, 60, 60, 60);
        regular(OTHER, 60, 60, 60);
        assertThat(read(HOUR).recorder()).contains(Duration.ofMinutes(1));
    }

    /** Rows that end a little before the hour. */
    private void regular(PointKey key, int count, int everySeconds, int reportedEvery) {
        long first = rows.isEmpty() ? 1 : rows.getLast().id() + 1;
        double from = seconds(HOUR) - (double) count * everySeconds;
        for (int i = 0; i < count; i++) {
            double at = from + (double) i * everySeconds;
            Double reported =
                    reportedEvery == everySeconds ? null : at + everySeconds - reportedEvery;
            row(first + i, key, "2" + i, at, reported, i == 0 ? null : first + i - 1);
        }
    }

    private void row(
            long id,
            PointKey key,
            @Nullable String text,
            double updated,
            @Nullable Double reported,
            @Nullable Long before) {
        rows.add(new Row(id, key, text, updated, reported, before));
    }

    private Cadences read(Instant learnedTo) throws SQLException {
        TableShape shape =
                new TableShape(
                        COLUMNS.stream()
                                .map(name -> new TableShape.Column(name, "double"))
                                .toList());
        RecorderSchema schema =
                new RecorderSchema(
                        database.schema(), 53, Map.of(RecorderTable.STATES, shape), true);
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert =
                    connection.prepareStatement(
                            "REPLACE INTO states (state_id, metadata_id, state, last_updated_ts,"
                                    + " last_reported_ts, old_state_id) VALUES (?,?,?,?,?,?)")) {
                for (Row row : rows) {
                    insert.setLong(1, row.id());
                    insert.setLong(2, row.key().value());
                    insert.setString(3, row.text());
                    insert.setDouble(4, row.updated());
                    insert.setObject(5, row.reported(), Types.DOUBLE);
                    insert.setObject(6, row.before(), Types.BIGINT);
                    insert.addBatch();
                }
                if (!rows.isEmpty()) {
                    insert.executeBatch();
                }
            }
            connection.commit();
            return CadenceReader.read(connection, schema, List.of(KEY, OTHER), learnedTo);
        }
    }

    private static double seconds(Instant at) {
        return at.getEpochSecond();
    }
}
