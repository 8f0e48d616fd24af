package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vigie.recorder.MissLoader;
import vigie.recorder.RecorderCatalog;
import vigie.recorder.RecorderSchema;
import vigie.recorder.RecorderSnapshot;
import vigie.recorder.RecorderTable;
import vigie.recorder.TableShape;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.RecorderState;
import vigie.room.RoomState;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.Secret;
import vigie.store.Tls;
import vigie.text.Fault;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a server at hand writes into its log, read from the log's files. */
class WrittenLogTest {
    @TempDir private static Path folder;

    private static PrivateServer server;

    @BeforeAll
    static void startServer() throws Fault, IOException, SQLException {
        server = PrivateServer.start(folder);
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    /** Runs statements and returns the file of the log that holds them and nothing else. */
    private static Path logged(String... statements) throws Fault, IOException, SQLException {
        server.execute("FLUSH BINARY LOGS");
        try (Connection connection = server.root("homeassistant");
                Statement statement = connection.createStatement()) {
            String name = one(statement, "SHOW MASTER STATUS", 1);
            Path log = Path.of(one(statement, "SELECT @@log_bin_basename", 1)).resolveSibling(name);
            for (String sql : statements) {
                statement.execute(sql);
            }
            statement.execute("FLUSH BINARY LOGS");
            return log;
        }
    }

    private static String one(Statement statement, String sql, int column) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(column);
        }
    }

    private static final class Read implements GroupSink {
        final List<WholeGroup> groups = new ArrayList<>();
        final List<Instant> heartbeats = new ArrayList<>();

        @Override
        public void committed(WholeGroup group) {
            groups.add(group);
        }

        @Override
        public void heartbeat(Instant written) {
            heartbeats.add(written);
        }

        List<Fact> facts() {
            return groups.stream().flatMap(group -> group.facts().stream()).toList();
        }
    }

    private static Read read(Path log) throws Fault, IOException, SQLException, StreamFault {
        try (Connection connection = server.root("homeassistant")) {
            return read(log, RecorderSchema.shapes(connection));
        }
    }

    private static Read read(Path log, Map<RecorderTable, TableShape> shapes)
            throws IOException, StreamFault {
        Read read = new Read();
        GroupAssembler assembler =
                new GroupAssembler(
                        "homeassistant",
                        Optional.of("vigie"),
                        Shapes.among(List.of(shapes)),
                        new RecorderCatalog(MissLoader.NONE),
                        GtidPosition.NONE,
                        read);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(log))) {
            BinlogFile.read(in, assembler);
        }
        return read;
    }

    private static RecorderState folded(List<Fact> facts) {
        return RoomState.EMPTY.after(new Group("", Optional.empty(), facts)).recorder();
    }

    private static RecorderState snapshot() throws Fault, SQLException {
        try (Connection connection = server.root("homeassistant")) {
            RecorderCatalog catalog = new RecorderCatalog(MissLoader.NONE);
            RecorderSchema schema = RecorderSchema.read(connection);
            return folded(RecorderSnapshot.read(connection, schema, catalog, ""));
        }
    }

    @Test
    void a_snapshot_and_the_log_agree_on_what_the_recorder_says_of_itself()
            throws Fault, IOException, SQLException, StreamFault {
        String start =
                "INSERT INTO recorder_runs (start, closed_incorrect, created) VALUES"
                        + " ('2026-11-21 09:47:41.548369', 0, UTC_TIMESTAMP(6))";
        String crash =
                "UPDATE recorder_runs SET `end`='2026-11-21 10:00:00.5', closed_incorrect=1"
                        + " WHERE `end` IS NULL";
        String stop =
                "UPDATE recorder_runs SET `end`='2026-11-21 11:00:00' ORDER BY run_id DESC LIMIT 1";
        for (String image : List.of("FULL", "MINIMAL", "NOBLOB")) {
            for (String[] life :
                    List.of(
                            new String[] {start},
                            new String[] {start, crash},
                            new String[] {start, crash, start, stop},
                            new String[] {start, stop, start})) {
                List<String> statements = new ArrayList<>(List.of(life));
                statements.addFirst("DELETE FROM recorder_runs");
                statements.addFirst("SET binlog_row_image=" + image);
                RecorderState told =
                        folded(read(logged(statements.toArray(String[]::new))).facts());
                assertThat(told).as(image + statements).isEqualTo(snapshot());
                assertThat(told.phase()).isNotEqualTo(RecorderState.Phase.UNKNOWN);
            }
        }
    }

    @Test
    void the_right_to_read_the_runs_is_no_condition()
            throws Fault, IOException, SQLException, StreamFault {
        List<String> grants = new ArrayList<>();
        grants.add("CREATE OR REPLACE USER few IDENTIFIED BY 'x'");
        for (String table :
                List.of("states", "states_meta", "state_attributes", "schema_changes")) {
            grants.add("GRANT SELECT ON homeassistant." + table + " TO few");
        }
        server.execute(grants.toArray(String[]::new));
        DatabaseAddress few =
                new DatabaseAddress(
                        server.address().hosts(),
                        "few",
                        Secret.of("x"),
                        "homeassistant",
                        new Tls.Off());
        try (Connections connections = new Connections(few, "test");
                Connection connection = connections.single()) {
            RecorderCatalog catalog = new RecorderCatalog(MissLoader.NONE);
            RecorderSchema schema = RecorderSchema.read(connection);
            assertThat(folded(RecorderSnapshot.read(connection, schema, catalog, "")))
                    .isEqualTo(RecorderState.UNKNOWN);
            Path log =
                    logged(
                            "INSERT INTO recorder_runs (start, closed_incorrect, created) VALUES"
                                    + " ('2026-11-21 09:47:41', 0, UTC_TIMESTAMP(6))",
                            "INSERT INTO schema_changes (schema_version, changed) VALUES (53, NOW())");
            assertThat(read(log, schema.shapes()).groups).hasSize(2);
        }
    }
}
