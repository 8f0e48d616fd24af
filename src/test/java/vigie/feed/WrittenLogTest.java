package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.point.Reading;
import vigie.recorder.JdbcMissLoader;
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
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a server at hand writes into its log, read from the log's files. */
class WrittenLogTest {
    @TempDir private static Path folder;

    private static PrivateServer server;

    private static final MissLoader MISSES =
            new JdbcMissLoader(() -> server.root("homeassistant"), Duration.ofSeconds(20));

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
            return read(log, RecorderSchema.shapes(connection), Long.MAX_VALUE);
        }
    }

    private static Read read(Path log, Map<RecorderTable, TableShape> shapes, long deletesFrom)
            throws IOException, StreamFault {
        Read read = new Read();
        GroupAssembler assembler =
                new GroupAssembler(
                        "homeassistant",
                        Optional.of("vigie"),
                        Shapes.among(List.of(shapes)),
                        new RecorderCatalog(MISSES),
                        GtidPosition.NONE,
                        read);
        assembler.deletesFrom(deletesFrom);
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
            assertThat(read(log, schema.shapes(), Long.MAX_VALUE).groups).hasSize(2);
        }
    }

    private static final String POINT =
            "INSERT IGNORE INTO states_meta (metadata_id, entity_id) VALUES (7, 'sensor.seven')";

    @ParameterizedTest
    @ValueSource(strings = {"FULL", "MINIMAL", "NOBLOB"})
    void a_row_that_was_changed_in_place_is_told_and_one_that_was_reported_again_is_not(
            String image) throws Fault, IOException, SQLException, StreamFault {
        List<Fact> facts =
                read(logged(
                                "SET binlog_row_image=" + image,
                                "SET foreign_key_checks=0",
                                "DELETE FROM states",
                                POINT,
                                "INSERT INTO states (state_id, state, last_updated_ts, metadata_id)"
                                        + " VALUES (1, '999', 1000.5, 7), (2, '5', 1001.5, 7)",
                                "UPDATE states SET last_reported_ts=1002, old_state_id=1"
                                        + " WHERE state_id=2",
                                "UPDATE states SET state='21.5' WHERE state_id=1",
                                "UPDATE states SET last_updated_ts=1002.5, state=NULL"
                                        + " WHERE state_id=2"))
                        .facts();
        List<Reading> amended = amended(facts);
        assertThat(amended)
                .extracting(
                        reading -> reading.id().orElseThrow(),
                        Reading::text,
                        reading -> reading.time().toEpochMilli())
                .containsExactly(
                        Assertions.tuple(1L, "21.5", 1_000_500L),
                        Assertions.tuple(2L, null, 1_002_500L));
        assertThat(amended).allSatisfy(reading -> assertThat(reading.key().value()).isEqualTo(7));
    }

    private static List<Reading> amended(List<Fact> facts) {
        return facts.stream()
                .filter(Fact.Amended.class::isInstance)
                .map(fact -> ((Fact.Amended) fact).reading())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FULL", "MINIMAL"})
    void deleted_rows_are_told_from_the_id_that_is_asked_for(String image)
            throws Fault, IOException, SQLException, StreamFault {
        Path log =
                logged(
                        "SET binlog_row_image=" + image,
                        "DELETE FROM states",
                        POINT,
                        "INSERT INTO states (state_id, state, last_updated_ts, metadata_id)"
                                + " VALUES (11, '1', 1, 7), (12, '2', 2, 7), (13, '3', 3, 7)",
                        "START TRANSACTION",
                        "DELETE FROM states WHERE state_id=13",
                        "SAVEPOINT a",
                        "DELETE FROM states WHERE state_id=12",
                        "ROLLBACK TO a",
                        "DELETE FROM states WHERE state_id=11",
                        "COMMIT",
                        "DELETE FROM states");
        assertThat(read(log).groups).allSatisfy(group -> assertThat(group.deleted()).isEmpty());
        try (Connection connection = server.root("homeassistant")) {
            List<WholeGroup> groups = read(log, RecorderSchema.shapes(connection), 12).groups;
            assertThat(groups.get(groups.size() - 2).deleted()).containsExactly(13);
            assertThat(groups.getLast().deleted()).containsExactly(12);
        }
    }

    @Test
    void a_heartbeat_of_ours_is_told_after_its_group_and_nothing_else_of_our_schema()
            throws Fault, IOException, SQLException, StreamFault {
        server.execute(
                "CREATE DATABASE IF NOT EXISTS vigie",
                "CREATE OR REPLACE TABLE vigie.heartbeat (id TINYINT PRIMARY KEY, epoch BIGINT,"
                        + " writer VARCHAR(64), written_at DATETIME(6))",
                "CREATE OR REPLACE TABLE vigie.other (id INT PRIMARY KEY, at DATETIME(6))");
        for (String metadata : List.of("NO_LOG", "FULL")) {
            server.execute("SET GLOBAL binlog_row_metadata=" + metadata, "DELETE FROM vigie.other");
            Path log =
                    logged(
                            "REPLACE INTO vigie.heartbeat VALUES (1, 5, 'a',"
                                    + " '2026-11-21 09:47:41.548369')",
                            "UPDATE vigie.heartbeat SET written_at='2026-11-21 09:48:00.000001'",
                            "SET binlog_row_image=MINIMAL",
                            "UPDATE vigie.heartbeat SET written_at='2026-12-31 23:59:59.999999'",
                            "REPLACE INTO vigie.other VALUES (1, '2026-11-21 09:47:41')",
                            "DELETE FROM vigie.heartbeat");
            Read read = read(log);
            assertThat(read.groups).hasSize(5);
            assertThat(read.facts()).isEmpty();
            assertThat(read.heartbeats)
                    .containsExactly(
                            Instant.parse("2026-11-21T09:47:41.548369Z"),
                            Instant.parse("2026-11-21T09:48:00.000001Z"),
                            Instant.parse("2026-12-31T23:59:59.999999Z"));
        }
        server.execute("SET GLOBAL binlog_row_metadata=NO_LOG");
    }

    @Test
    void a_group_has_one_fingerprint_however_its_log_is_written()
            throws Fault, IOException, SQLException, StreamFault {
        List<String> work =
                List.of(
                        "DELETE FROM states",
                        POINT,
                        "CREATE OR REPLACE TABLE elsewhere (a INT PRIMARY KEY, b LONGTEXT)",
                        "TRUNCATE elsewhere",
                        "START TRANSACTION",
                        "INSERT INTO states (state_id, state, last_updated_ts, metadata_id) SELECT"
                                + " seq + 100, REPEAT('x', 200), seq, 7 FROM seq_1_to_500",
                        "UPDATE states SET state=REPEAT('y', 200)",
                        "INSERT INTO elsewhere SELECT seq, REPEAT('z', 1000) FROM seq_1_to_50",
                        "COMMIT",
                        "DELETE FROM states WHERE state_id > 300");
        List<Integer> plain = fingerprints(work);
        assertThat(plain).doesNotHaveDuplicates();
        server.execute("SET GLOBAL log_bin_compress=ON", "SET GLOBAL log_bin_compress_min_len=10");
        List<Integer> compressed = fingerprints(work);
        server.execute("SET GLOBAL log_bin_compress=OFF");
        assertThat(compressed).isEqualTo(plain);
        server.execute("SET GLOBAL binlog_checksum=NONE");
        List<Integer> unchecked = fingerprints(work);
        server.execute("SET GLOBAL binlog_checksum=CRC32");
        assertThat(unchecked).isEqualTo(plain);
        List<String> other = new ArrayList<>(work);
        other.replaceAll(sql -> sql.replace("REPEAT('z', 1000)", "REPEAT('w', 1000)"));
        assertThat(fingerprints(other)).hasSameSizeAs(plain).isNotEqualTo(plain);
    }

    private static List<Integer> fingerprints(List<String> work)
            throws Fault, IOException, SQLException, StreamFault {
        server.execute("DELETE FROM states", "DELETE FROM states_meta");
        return read(logged(work.toArray(String[]::new))).groups.stream()
                .map(WholeGroup::fingerprint)
                .toList();
    }

    @Test
    void rows_of_forty_megabytes_and_a_purge_of_eighty_thousand_rows_take_no_memory()
            throws Fault, IOException, SQLException, StreamFault {
        server.execute(
                "SET GLOBAL max_allowed_packet=1073741824",
                "CREATE OR REPLACE TABLE elsewhere (a INT PRIMARY KEY, b LONGTEXT) ENGINE=MyISAM",
                "SET foreign_key_checks=0",
                "DELETE FROM states",
                POINT,
                "INSERT INTO states (state, last_updated_ts, metadata_id, old_state_id)"
                        + " SELECT '1', seq, 7, 1 FROM seq_1_to_80000");
        Path log =
                logged(
                        "INSERT INTO elsewhere VALUES (1, REPEAT('0123456789', 4000000))",
                        "SET foreign_key_checks=0",
                        "UPDATE states SET old_state_id=NULL",
                        "DELETE FROM states");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Read plain = read(log, Recorded.schema("schema-53.sql"), Long.MAX_VALUE);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(16_000_000);
        assertThat(plain.groups).hasSize(3);
        server.execute("SET GLOBAL log_bin_compress=ON");
        Path packed =
                logged(
                        "DELETE FROM elsewhere",
                        "INSERT INTO elsewhere VALUES (1, REPEAT('0123456789', 4000000))");
        server.execute("SET GLOBAL log_bin_compress=OFF");
        before = threads.getCurrentThreadAllocatedBytes();
        Read unpacked = read(packed);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(16_000_000);
        assertThat(unpacked.groups.getLast().fingerprint())
                .isEqualTo(plain.groups.getFirst().fingerprint());
    }

    @Test
    void a_group_too_large_to_hold_needs_a_new_snapshot_and_no_more()
            throws Fault, IOException, SQLException {
        server.execute("DELETE FROM states", POINT);
        Path log =
                logged(
                        "INSERT INTO states (state, last_updated_ts, metadata_id)"
                                + " SELECT REPEAT('x', 255), seq, 7 FROM seq_1_to_110000");
        assertThatThrownBy(() -> read(log))
                .isInstanceOfSatisfying(
                        StreamFault.class,
                        fault -> {
                            assertThat(fault.remedy()).isEqualTo(StreamFault.Remedy.RESYNC);
                            assertThat(fault.sentence().key()).isEqualTo("feed.too-large");
                        });
        server.execute("DELETE FROM states");
    }
}
