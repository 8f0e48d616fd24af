package vigie.history;

import org.jspecify.annotations.Nullable;

import vigie.store.testing.TestDatabase;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Home Assistant's tables of a test, written by hand in any order of time. */
final class Home {
    private final TestDatabase database;
    private final Map<String, Long> keys = new HashMap<>();
    private final Map<String, Long> attributes = new HashMap<>();

    private Home(TestDatabase database) {
        this.database = database;
    }

    /** Fresh tables of schema 53. */
    static Home fresh(TestDatabase database) throws IOException {
        database.execute("SET foreign_key_checks = 0");
        for (String table : database.column("SHOW TABLES")) {
            database.execute(
                    "SET STATEMENT foreign_key_checks = 0 FOR DROP TABLE IF EXISTS `"
                            + table
                            + "`");
        }
        try (InputStream file =
                Home.class.getResourceAsStream("/vigie/simulator/home-assistant-schema-53.sql")) {
            if (file == null) {
                throw new IOException("no schema");
            }
            for (String statement :
                    new String(file.readAllBytes(), StandardCharsets.UTF_8)
                            .replaceAll("(?m)^--.*$", "")
                            .split(";")) {
                if (!statement.isBlank()) {
                    database.execute(statement);
                }
            }
        }
        database.execute(
                "INSERT INTO schema_changes (schema_version, changed) VALUES (53, '2020-01-01')");
        return new Home(database);
    }

    /** The key of an entity, which is made where it is missing. */
    long key(String entity) {
        return keys.computeIfAbsent(
                entity,
                name -> {
                    database.execute("INSERT INTO states_meta (entity_id) VALUES ('" + name + "')");
                    return Long.parseLong(
                            database.column(
                                            "SELECT metadata_id FROM states_meta WHERE entity_id = '"
                                                    + name
                                                    + "'")
                                    .getFirst());
                });
    }

    /** The id of an attributes row, which is made where it is missing. */
    long attributes(String json) {
        return attributes.computeIfAbsent(
                json,
                text -> {
                    database.execute(
                            "INSERT INTO state_attributes (hash, shared_attrs) VALUES (0, '"
                                    + text
                                    + "')");
                    return Long.parseLong(
                            database.column("SELECT MAX(attributes_id) FROM state_attributes")
                                    .getFirst());
                });
    }

    /** What sensors of a unit have. */
    static String measured(String unit) {
        return "{\"unit_of_measurement\":\"" + unit + "\",\"state_class\":\"measurement\"}";
    }

    /** Writes rows; one connection, one commit. */
    final class Rows implements AutoCloseable {
        private final Connection connection = database.connect();
        private final PreparedStatement insert;

        Rows() throws SQLException {
            connection.setAutoCommit(false);
            insert =
                    connection.prepareStatement(
                            "INSERT INTO states (state, last_updated_ts, attributes_id, metadata_id,"
                                    + " origin_idx) VALUES (?, ?, ?, ?, 0)");
        }

        void add(String entity, @Nullable String text, long micros, String json)
                throws SQLException {
            insert.setString(1, text);
            insert.setDouble(2, Times.seconds(micros));
            insert.setLong(3, attributes(json));
            insert.setLong(4, key(entity));
            insert.addBatch();
        }

        @Override
        public void close() throws SQLException {
            try (connection;
                    insert) {
                insert.executeBatch();
                connection.commit();
            }
        }
    }

    /** A run of the recorder; an open end where {@code end} is null. */
    void run(Instant start, @Nullable Instant end, boolean closedIncorrect) {
        database.execute(
                "INSERT INTO recorder_runs (start, `end`, closed_incorrect, created) VALUES ('"
                        + utc(start)
                        + "', "
                        + (end == null ? "NULL" : "'" + utc(end) + "'")
                        + ", "
                        + (closedIncorrect ? 1 : 0)
                        + ", '"
                        + utc(start)
                        + "')");
    }

    private static String utc(Instant time) {
        return LocalDateTime.ofInstant(time, ZoneOffset.UTC).toString().replace('T', ' ');
    }

    /** Rows of statistics: start in seconds, then mean, min, max, state, sum. */
    void statistics(String entity, String unit, boolean shortTerm, double[][] rows)
            throws SQLException {
        database.execute(
                "INSERT IGNORE INTO statistics_meta (statistic_id, source, unit_of_measurement,"
                        + " has_sum, mean_type) VALUES ('"
                        + entity
                        + "', 'recorder', '"
                        + unit
                        + "', 0, 1)");
        long id =
                Long.parseLong(
                        database.column(
                                        "SELECT id FROM statistics_meta WHERE statistic_id = '"
                                                + entity
                                                + "'")
                                .getFirst());
        try (Connection connection = database.connect();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO "
                                        + (shortTerm ? "statistics_short_term" : "statistics")
                                        + " (start_ts, mean, min, max, state, `sum`, metadata_id)"
                                        + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (double[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    if (Double.isNaN(row[i])) {
                        insert.setNull(i + 1, java.sql.Types.DOUBLE);
                    } else {
                        insert.setDouble(i + 1, row[i]);
                    }
                }
                insert.setLong(7, id);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
