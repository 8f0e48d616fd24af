package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import vigie.feed.Deadline;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code vigie replay} from outside, beside a real {@code tail} of the same rows. */
@ExtendWith(EmbeddedMariaDb.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplayCommandTest {
    private static final String OWN = "t_replay_command_own";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir Path home;

    private TestDatabase database;
    private boolean archived;

    @BeforeEach
    void tables(TestDatabase database) throws IOException {
        this.database = database;
        database.asRoot("DROP DATABASE IF EXISTS " + OWN);
        List<String> drops = new ArrayList<>(List.of("SET foreign_key_checks=0"));
        for (String table : database.column("SHOW TABLES IN `" + database.schema() + "`")) {
            drops.add("DROP TABLE `" + table + "`");
        }
        database.execute(drops.toArray(String[]::new));
        try (InputStream file =
                Objects.requireNonNull(
                        ReplayCommandTest.class.getResourceAsStream("/recorder/schema-53.sql"))) {
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
                "INSERT INTO states_meta VALUES (1,'sensor.a'),(2,'sensor.b'),(3,'binary_sensor.c')",
                "INSERT INTO state_attributes VALUES (1,0,'{\"unit_of_measurement\":\"°C\"}'),(2,0,'{}')",
                "DELETE FROM recorder_runs");
    }

    @AfterEach
    void forget() {
        database.asRoot("DROP DATABASE IF EXISTS " + OWN);
    }

    /** A call of the program whose output can be looked at while it runs. */
    private final class Call {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> code;
        private volatile boolean left;

        Call(String... words) {
            OutputStream reader =
                    new OutputStream() {
                        @Override
                        public void write(int octet) throws IOException {
                            write(new byte[] {(byte) octet}, 0, 1);
                        }

                        @Override
                        public void write(byte[] bytes, int from, int length) throws IOException {
                            if (left) {
                                throw new IOException("Broken pipe");
                            }
                            out.write(bytes, from, length);
                        }
                    };
            code =
                    CompletableFuture.supplyAsync(() ->
                            Main.run(
                                    words,
                                    Map.of(
                                            "MARIADB_URL",
                                            database.reader().url(),
                                            archived ? "VIGIE_DB_URL" : "VIGIE_NONE",
                                            database.root().withSchema(OWN).url(),
                                            "LANG",
                                            "en_GB.UTF-8",
                                            "HOME",
                                            home.toString()),
                                    new PrintStream(reader, false, StandardCharsets.UTF_8),
                                    new PrintStream(err, false, StandardCharsets.UTF_8)));
        }

        int code() throws Exception {
            return code.get(50, TimeUnit.SECONDS);
        }

        List<String> lines() {
            return out.toString(StandardCharsets.UTF_8).lines().toList();
        }

        List<String> rows() {
            return lines().stream().filter(line -> line.startsWith("{\"id\"")).toList();
        }

        String complained() {
            return err.toString(StandardCharsets.UTF_8);
        }
    }

    private static long id(String line) {
        return Long.parseLong(line.substring(6, line.indexOf(',')));
    }

    /** Without what the past cannot know. */
    private static String known(String line) {
        return line.replaceAll("\"committed\":.*", "");
    }

    private static String time(double seconds) {
        return java.time.Instant.ofEpochMilli(Math.round(seconds * 1e3)).toString();
    }

    private void write(long seed, double from, int transactions) throws SQLException {
        Random random = new Random(seed);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            double at = from;
            for (int i = 0; i < transactions; i++) {
                int rows = 1 + random.nextInt(5);
                for (int n = 0; n < rows; n++) {
                    at += random.nextInt(900_000) / 1e6;
                    boolean late = random.nextInt(20) == 0;
                    int key = 1 + random.nextInt(3);
                    String text =
                            switch (random.nextInt(8)) {
                                case 0 -> "'unavailable'";
                                case 1 -> "NULL";
                                case 2 -> "'" + random.nextInt(40) + ".50'";
                                default ->
                                        key == 3 ? "'on'" : "'" + random.nextInt(400) / 10.0 + "'";
                            };
                    statement.executeUpdate(
                            "INSERT INTO states (metadata_id,state,last_updated_ts,attributes_id)"
                                    + " VALUES ("
                                    + key
                                    + ","
                                    + text
                                    + ","
                                    + String.format(Locale.ROOT, "%.6f", late ? at - 40 : at)
                                    + ","
                                    + (text.equals("NULL") ? "NULL" : key == 3 ? "2" : "1")
                                    + ")");
                }
                connection.commit();
            }
        }
    }

    @Test
    void it_prints_what_tail_printed_row_for_row_also_without_an_archive() throws Exception {
        double begin = Math.floor(System.currentTimeMillis() / 1e3) - 3_600;
        Call tail = new Call("tail");
        Deadline.within(PATIENCE, "live", () -> tail.lines().toString().contains("\"live\""));
        write(1, begin, 300);
        long count = Long.parseLong(database.column("SELECT COUNT(*) FROM states").getFirst());
        Deadline.within(PATIENCE, "all", () -> tail.rows().size() == count);
        tail.left = true;
        write(2, begin + 3_590, 1);
        assertThat(tail.code()).isZero();

        Call replay = new Call("replay", "--from", time(begin - 60), "--to", time(begin + 3_500));
        assertThat(replay.code()).as(replay.complained()).isZero();
        assertThat(replay.rows().stream().map(ReplayCommandTest::known))
                .containsExactlyElementsOf(
                        tail.rows().stream().map(ReplayCommandTest::known).toList());
        assertThat(replay.rows())
                .allMatch(line ->
                        line.endsWith(
                                "\"committed\":null,\"position\":null,\"source\":\"history\"}"));
    }

    @Test
    void with_an_archive_it_knows_the_commits_and_the_names_of_then_and_what_was_purged()
            throws Exception {
        double begin = Math.floor(System.currentTimeMillis() / 1e3) - 3_600;
        archived = true;
        Call tail = new Call("tail");
        try (Duty _ = new Duty()) {
            Deadline.within(PATIENCE, "live", () -> tail.lines().toString().contains("\"live\""));
            Deadline.within(PATIENCE, "archiving", this::isArchiving);
            write(3, begin, 150);
            // Names are known by the second.
            String second = database.column("SELECT NOW()").getFirst();
            Deadline.within(
                    PATIENCE,
                    "next second",
                    () -> !database.column("SELECT NOW()").getFirst().equals(second));
            database.execute(
                    "UPDATE states_meta SET entity_id='sensor.renamed' WHERE metadata_id=2");
            write(4, begin + 1_000, 150);
            // Repaired in place: tail has said what it was.
            database.execute("UPDATE states SET state='99.9' WHERE state_id IN (20,21,22,40)");
            long count = count("SELECT COUNT(*) FROM states");
            Deadline.within(PATIENCE, "all", () -> tail.rows().size() == count);
            Deadline.within(
                    PATIENCE,
                    "archived",
                    () ->
                            count("SELECT COUNT(*) FROM " + OWN + ".reading") == count
                                    && count("SELECT COUNT(*) FROM " + OWN + ".amended") == 4);
            tail.left = true;
            write(5, begin + 3_590, 1);
            assertThat(tail.code()).isZero();
            database.execute(
                    "SET foreign_key_checks=0", "DELETE FROM states WHERE state_id <= 200");
            List<String> expected =
                    tail.rows().stream()
                            .map(line -> line.replace("\"binlog\"", "\"history\""))
                            .toList();
            Call replay =
                    new Call("replay", "--from", time(begin - 60), "--to", time(begin + 3_500));
            assertThat(replay.code()).as(replay.complained()).isZero();
            assertThat(replay.rows()).containsExactlyElementsOf(expected);

            Call some =
                    new Call(
                            "replay",
                            "*renamed",
                            "binary*",
                            "--from",
                            time(begin - 60),
                            "--to",
                            time(begin + 3_500));
            assertThat(some.code()).isZero();
            assertThat(some.rows())
                    .containsExactlyElementsOf(
                            expected.stream()
                                    .filter(line ->
                                            line.contains("sensor.renamed\"")
                                                    || line.contains("binary_sensor.c\""))
                                    .toList());
        }
    }

    /** {@code vigie duty} beside the test. */
    private final class Duty implements AutoCloseable {
        private final vigie.duty.DutyService service;
        private final vigie.duty.Archiver archiver;

        Duty() {
            service =
                    vigie.duty.DutyService.start(
                            database.root().withSchema(OWN), java.time.Clock.systemUTC());
            archiver =
                    vigie.duty.Archiver.start(
                            database.reader(),
                            OWN,
                            service.connections(),
                            service::held,
                            new vigie.duty.ArchiveSettings(
                                    40, new vigie.history.archive.RolledPoints(List.of())),
                            java.time.Clock.systemUTC());
        }

        @Override
        public void close() {
            archiver.close();
            service.close();
        }
    }

    private boolean isArchiving() {
        return database.column("SHOW TABLES IN `" + database.schema() + "`").size() > 0
                && database.column("SHOW DATABASES LIKE '" + OWN + "'").size() == 1
                && database.column("SHOW TABLES IN " + OWN + " LIKE 'archive'").size() == 1
                && count(
                                "SELECT COUNT(*) FROM "
                                        + OWN
                                        + ".archive WHERE complete_from_us IS NOT NULL AND"
                                        + " fill_next = 0")
                        == 1;
    }

    private long count(String question) {
        return Long.parseLong(database.column(question).getFirst());
    }

    @Test
    void many_rows_of_a_stretch_come_once_each_and_rows_that_came_years_late_at_their_turn()
            throws Exception {
        // A day of rows, then as many that an import wrote later with times of the same day.
        double begin = 1_772_582_400; // 2026-03-04
        int rows = 220_000;
        database.execute(
                "INSERT INTO states (metadata_id,state,last_updated_ts,attributes_id) SELECT"
                        + " 1+seq%3, seq%40, "
                        + begin
                        + "+seq*0.39, 1 FROM seq_0_to_"
                        + (rows - 1),
                "INSERT INTO states (metadata_id,state,last_updated_ts,attributes_id) SELECT"
                        + " 1+seq%3, seq%50, "
                        + begin
                        + "+seq*0.39+0.1, 1 FROM seq_0_to_"
                        + (rows - 1));
        long started = System.nanoTime();
        Call replay =
                new Call("replay", "--from", "2026-03-04T00:00:00Z", "--to", "2026-03-05T00:00Z");
        assertThat(replay.code()).as(replay.complained()).isZero();
        long seconds = (System.nanoTime() - started) / 1_000_000_000;
        List<Long> expected =
                database
                        .column(
                                "SELECT state_id FROM states WHERE last_updated_ts >= "
                                        + begin
                                        + " AND last_updated_ts < "
                                        + (begin + 86_400)
                                        + " ORDER BY state_id")
                        .stream()
                        .map(Long::valueOf)
                        .toList();
        assertThat(replay.rows().stream().map(ReplayCommandTest::id).toList()).isEqualTo(expected);
        assertThat(seconds).isLessThan(60);
    }

    @Test
    void the_recorders_stops_and_starts_are_said_and_an_empty_stretch_is_told() throws Exception {
        database.execute(
                "INSERT INTO recorder_runs (start,`end`,closed_incorrect,created) VALUES"
                        + " ('2026-03-01','2026-03-04 12:00:05',0,'2026-03-01'),"
                        + " ('2026-03-04 12:10:00',NULL,0,'2026-03-01')");
        double noon = 1_772_625_600;
        for (double at : new double[] {noon, noon + 3, noon + 602, noon + 700}) {
            database.execute(
                    "INSERT INTO states (metadata_id,state,last_updated_ts,attributes_id) VALUES"
                            + " (1,'21.5',"
                            + at
                            + ",1)");
        }
        Call replay =
                new Call("replay", "--from", "2026-03-04T12:00Z", "--to", "2026-03-04T12:11:40Z");
        assertThat(replay.code()).isZero();
        assertThat(replay.lines())
                .hasSize(5)
                .satisfies(lines -> {
                    assertThat(lines.get(2))
                            .isEqualTo(
                                    "{\"event\":\"recorder\",\"state\":\"stopped\","
                                            + "\"time\":\"2026-03-04T12:00:05.000000Z\"}");
                    assertThat(lines.get(3)).contains("\"started\"", "12:10:00.000000Z");
                });
        Call text =
                new Call(
                        "replay",
                        "--from",
                        "2026-03-04T12:00Z",
                        "--to",
                        "2026-03-04T12:11:40Z",
                        "--format",
                        "text");
        assertThat(text.code()).isZero();
        assertThat(text.lines())
                .startsWith("2026-03-04T13:00:00+01:00  sensor.a  21.5 °C")
                .contains("# 2026-03-04T13:00:05+01:00  Home Assistant stopped recording");
        Call nothing = new Call("replay", "--from", "2020-01-01", "--to", "2021-01-01");
        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.complained()).hasLineCount(1);
        assertThat(nothing.lines()).isEmpty();
        assertThat(new Call("replay", "--from", "now-1h", "--speed", "0").code()).isEqualTo(2);
        assertThat(new Call("replay", "--from", "now-1h", "--speed", "x").code()).isEqualTo(2);
    }

    @Test
    void over_a_change_of_the_clocks_every_row_comes_once_and_is_told_apart() throws Exception {
        for (String at :
                List.of(
                        "2026-03-29 00:30:00",
                        "2026-03-29 01:30:00",
                        "2026-10-25 00:30:00",
                        "2026-10-25 01:30:00",
                        "2026-10-25 02:30:00")) {
            database.execute(
                    "SET time_zone='+00:00'",
                    "INSERT INTO states (metadata_id,state,last_updated_ts,attributes_id) VALUES"
                            + " (1,'21.5',UNIX_TIMESTAMP('"
                            + at
                            + "'),1)");
        }
        Call spring = text("2026-03-29T01:00", "2026-03-29T04:00");
        assertThat(spring.code()).isZero();
        assertThat(spring.lines())
                .containsExactly(
                        "2026-03-29T01:30:00+01:00  sensor.a  21.5 °C",
                        "2026-03-29T03:30:00+02:00  sensor.a  21.5 °C");
        Call autumn = text("2026-10-25T02:00", "2026-10-25T03:00");
        assertThat(autumn.code()).isZero();
        assertThat(autumn.lines())
                .containsExactly(
                        "2026-10-25T02:30:00+02:00  sensor.a  21.5 °C",
                        "2026-10-25T02:30:00+01:00  sensor.a  21.5 °C");
        assertThat(autumn.complained()).contains("2026-10-25T02:00 comes twice");
        Call later = text("2026-10-25T02:00+01:00", "2026-10-25T03:00");
        assertThat(later.code()).isZero();
        assertThat(later.lines()).containsExactly("2026-10-25T02:30:00+01:00  sensor.a  21.5 °C");
        Call missing = text("2026-03-29T02:30", "2026-03-29T04:00");
        assertThat(missing.code()).isZero();
        assertThat(missing.lines()).containsExactly("2026-03-29T03:30:00+02:00  sensor.a  21.5 °C");
        assertThat(missing.complained()).contains("2026-03-29T02:30 does not exist");
    }

    private Call text(String from, String to) {
        return new Call("replay", "--from", from, "--to", to, "--format", "text");
    }

    @Test
    void a_point_that_nobody_knows_is_said_with_the_name_that_may_be_meant() throws Exception {
        database.execute(
                "INSERT INTO states (metadata_id,state,last_updated_ts,attributes_id) VALUES"
                        + " (1,'21.5',UNIX_TIMESTAMP()-60,1)");
        Call unknown = new Call("replay", "--from", "now-1h", "sensor.s");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.complained().strip())
                .isEqualTo(
                        "No point with a history is called sensor.s; perhaps sensor.a was meant.");
        Call silent = new Call("replay", "--from", "now-30s", "sensor.a");
        assertThat(silent.code()).isEqualTo(1);
        assertThat(silent.complained().strip()).isEqualTo("Nothing was recorded in that time.");
        Call both = new Call("replay", "--from", "now-1h", "sensor.a", "light.*");
        assertThat(both.code()).isZero();
        assertThat(both.lines()).hasSize(1);
        assertThat(both.complained().strip())
                .isEqualTo("No point with a history is called light.*.");
    }

    @Test
    void at_a_speed_rows_come_when_they_are_due_and_nobody_waits_when_the_reader_has_left()
            throws Exception {
        double noon = 1_772_625_600;
        for (int second = 0; second < 3_000; second += 30) {
            database.execute(
                    "INSERT INTO states (metadata_id,state,last_updated_ts,attributes_id) VALUES"
                            + " (1,'21.5',"
                            + (noon + second)
                            + ",1)");
        }
        long started = System.nanoTime();
        Call paced =
                new Call(
                        "replay",
                        "--from",
                        "2026-03-04T12:00Z",
                        "--to",
                        "2026-03-04T12:30Z",
                        "--speed",
                        "900");
        assertThat(paced.code()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isBetween(Duration.ofMillis(1_960), Duration.ofSeconds(20));
        assertThat(paced.rows()).hasSize(60);
        Call left =
                new Call(
                        "replay",
                        "--from",
                        "2026-03-04T12:00Z",
                        "--to",
                        "2026-03-04T13:30Z",
                        "--speed",
                        "30");
        Deadline.within(PATIENCE, "first", () -> !left.lines().isEmpty());
        left.left = true;
        assertThat(left.code()).isZero();
        assertThat(left.complained()).isEmpty();
    }
}
