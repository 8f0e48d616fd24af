package vigie.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.text.Words;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

@ExtendWith(EmbeddedMariaDb.class)
class EmbeddedServerTest {
    /** Data that tests may use again, whatever an earlier one left of it. */
    private static final Path HOME = EmbeddedMariaDb.SHARED_FOLDER.resolve("own");

    @TempDir Path folder;

    @Test
    void the_server_keeps_its_log_as_vigie_recommends_it(TestDatabase database) {
        assertThat(
                        database.column(
                                "SELECT CONCAT_WS(' ', @@version, @@log_bin, @@binlog_format,"
                                        + " @@binlog_row_image, @@binlog_row_metadata,"
                                        + " @@binlog_expire_logs_seconds, @@gtid_strict_mode,"
                                        + " @@global.time_zone, @@character_set_server, @@bind_address,"
                                        + " @@socket = '', @@server_id)"))
                .containsExactly(
                        "11.4.5-MariaDB-log ON ROW FULL FULL 259200 ON +00:00 utf8mb4 127.0.0.1 1"
                                + " 1");
    }

    @Test
    void the_server_says_nothing_alarming(EmbeddedServer server) throws IOException {
        assertThat(Files.readAllLines(server.folder().resolve("server.log")))
                .noneMatch(line -> line.contains("[ERROR]"))
                .noneMatch(line -> line.contains("[Warning]") && !line.contains("Aborted"));
    }

    @Test
    void there_is_no_account_but_root_and_those_created(TestDatabase database) {
        assertThat(
                        database.column(
                                "SELECT CONCAT(user,'@',host) FROM mysql.user WHERE user NOT LIKE"
                                        + " 't\\_%' AND user<>'mariadb.sys'"))
                .containsExactly("root@127.0.0.1");
        String reader = database.schema() + "_r";
        assertThat(database.column("SHOW GRANTS FOR '" + reader + "'@'127.0.0.1'"))
                .satisfiesExactly(
                        global ->
                                assertThat(global)
                                        .startsWith(
                                                "GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.*"),
                        schema ->
                                assertThat(schema)
                                        .startsWith(
                                                "GRANT SELECT ON `"
                                                        + database.schema().replace("_", "\\_")
                                                        + "`.* TO"));
    }

    @Test
    void no_secret_stands_on_a_command_line(TestDatabase database) throws IOException {
        String secret = database.root().password().reveal();
        assertThat(secret).hasSizeGreaterThan(20);
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            assertThat(processes.filter(path -> path.getFileName().toString().matches("[0-9]+")))
                    .noneMatch(path -> commandLine(path).contains(secret))
                    .anyMatch(path -> commandLine(path).contains("mariadbd"));
        }
    }

    @Test
    void an_end_that_comes_from_two_sides_at_once_is_waited_for() throws Exception {
        Child child = Child.start(HOME);
        // The signal and the end of its input: the hook and the main thread both close.
        child.process().getOutputStream().close();
        child.process().destroy();
        assertThat(child.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Processes.alive(child.server())).isFalse();
    }

    @Test
    void data_is_found_again_by_the_next_start_on_a_path_with_blanks_and_umlauts()
            throws Exception {
        String name = "a b 'c'\" $d";
        if (Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"))
                .newEncoder()
                .canEncode("ü")) {
            name += " Prüfraum é";
        }
        Path odd = folder.resolve(name);
        List<Sentence> steps = new ArrayList<>();
        EmbeddedServer.Options options =
                new EmbeddedServer.Options(odd, odd.resolve("cache"), false, List.of());
        DatabaseAddress writer;
        try (EmbeddedServer server = EmbeddedServer.start(options, steps::add)) {
            assertThat(server.isFresh()).isTrue();
            server.createSchema("home");
            writer = server.createWriter("w", "home");
            run(writer, "CREATE TABLE t (a INT)", "INSERT INTO t VALUES (42)");
        }
        assertThat(steps)
                .extracting(Sentence::key)
                .containsExactly(
                        "store.server.unpacking",
                        "store.server.settingUp",
                        "store.server.starting");
        steps.clear();
        try (EmbeddedServer server = EmbeddedServer.start(options, steps::add)) {
            assertThat(server.isFresh()).isFalse();
            assertThat(one(server.root("home"), "SELECT a FROM t")).isEqualTo("42");
        }
        assertThat(steps).extracting(Sentence::key).containsExactly("store.server.starting");
        EmbeddedServer.Options anew =
                new EmbeddedServer.Options(odd, odd.resolve("cache"), true, List.of());
        try (EmbeddedServer server = EmbeddedServer.start(anew, step -> {})) {
            assertThat(server.isFresh()).isTrue();
            assertThat(one(server.root("mysql"), "SHOW DATABASES LIKE 'home'")).isEmpty();
        }
    }

    @Test
    void a_second_server_on_the_same_data_is_refused(EmbeddedServer server) {
        Fault fault =
                catchThrowableOfType(
                        Fault.class, () -> EmbeddedMariaDb.start(server.folder()).close());
        assertThat(fault.kind().exitCode()).isEqualTo(3);
        assertThat(Words.in(Locale.ENGLISH).say(fault.sentence()))
                .contains("already running on " + server.folder())
                .contains("process " + ProcessHandle.current().pid());
        // The refusal must not have cost the first one its lock.
        assertThat(fault).isNotNull();
        Fault again =
                catchThrowableOfType(
                        Fault.class, () -> EmbeddedMariaDb.start(server.folder()).close());
        assertThat(again.sentence()).isEqualTo(fault.sentence());
    }

    @Test
    void a_killed_program_leaves_no_server_behind_and_loses_nothing() throws Exception {
        Child child = Child.start(HOME);
        Fault second =
                catchThrowableOfType(
                        Fault.class, () -> EmbeddedMariaDb.start(HOME.resolve("db")).close());
        assertThat(second.sentence())
                .isEqualTo(
                        Sentence.of(
                                "store.server.busy",
                                HOME.resolve("db").toRealPath().toString(),
                                String.valueOf(child.process().pid())));
        Folders folders = Folders.of(Map.of("HOME", HOME.toString()));
        RunningDemo demo = RunningDemo.find(folders).orElseThrow();
        assertThat(demo.pid()).isEqualTo(child.server());
        assertThat(demo.address().hosts()).containsExactly(new HostPort("127.0.0.1", child.port()));

        child.process().destroyForcibly();
        assertThat(Eventually.is(() -> !Processes.alive(child.server()))).isTrue();
        assertThat(RunningDemo.find(folders)).isEmpty();
        try (EmbeddedServer server = EmbeddedMariaDb.start(HOME.resolve("db"))) {
            assertThat(server.isFresh()).isFalse();
            assertThat(
                            one(
                                    server.root("mysql"),
                                    "SELECT COUNT(*) FROM mysql.user WHERE user='vigie'"))
                    .isEqualTo("1");
        }
    }

    @Test
    void a_program_that_is_killed_together_with_its_guard_leaves_no_server_behind()
            throws Exception {
        Child child = Child.start(HOME);
        List<ProcessHandle> guards = child.process().toHandle().children().toList();
        assertThat(guards).hasSize(1);
        guards.getFirst().destroyForcibly();
        child.process().destroyForcibly();
        if (Files.isExecutable(Path.of("/usr/bin/setpriv"))) {
            assertThat(Eventually.is(() -> !Processes.alive(child.server()))).isTrue();
        }
        try (EmbeddedServer server = EmbeddedMariaDb.start(HOME.resolve("db"))) {
            assertThat(server.pid()).isNotEqualTo(child.server());
            assertThat(Processes.alive(child.server())).isFalse();
        }
    }

    @Test
    void a_program_that_ends_by_itself_ends_its_server_first() throws Exception {
        Child child = Child.start(HOME);
        child.process().destroy();
        assertThat(child.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Processes.alive(child.server())).isFalse();
        assertThat(HOME.resolve("db/server.pid")).doesNotExist();
    }

    @Test
    void a_server_whose_guard_was_killed_ends() throws Exception {
        try (EmbeddedServer server = EmbeddedMariaDb.start(HOME.resolve("db"))) {
            ProcessHandle.of(server.pid()).orElseThrow().parent().orElseThrow().destroyForcibly();
            server.ended().get(30, TimeUnit.SECONDS);
            assertThat(Processes.alive(server.pid())).isFalse();
        }
    }

    @Test
    void a_killed_server_is_noticed_at_once_and_kept_what_it_committed() throws Exception {
        try (EmbeddedServer server = EmbeddedMariaDb.start(HOME.resolve("db"))) {
            server.createSchema("home");
            run(server.root("home"), "DROP TABLE IF EXISTS t");
            run(
                    server.root("home"),
                    "CREATE TABLE t (a INT)",
                    "INSERT INTO t VALUES (1),(2)",
                    "INSERT INTO t VALUES (3)");
            ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
            server.ended().get(10, TimeUnit.SECONDS);
        }
        try (EmbeddedServer server = EmbeddedMariaDb.start(HOME.resolve("db"))) {
            assertThat(one(server.root("home"), "SELECT SUM(a) FROM t")).isEqualTo("6");
        }
    }

    @Test
    void a_stale_server_is_ended_by_the_next_start() throws Exception {
        Path data = HOME.resolve("db");
        EmbeddedMariaDb.start(data).close();
        Process stale =
                new ProcessBuilder(
                                ServerBinaries.in(EmbeddedMariaDb.cache(), step -> {})
                                        .program()
                                        .toString(),
                                "--no-defaults",
                                "--datadir=" + data.toRealPath().resolve("data"),
                                "--user=" + System.getProperty("user.name"),
                                "--skip-networking",
                                "--skip-ssl",
                                "--innodb-log-file-size=64M",
                                "--socket=")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            Files.writeString(data.resolve("server.pid"), stale.pid() + "\n");
            EmbeddedMariaDb.start(data).close();
            assertThat(stale.waitFor(1, TimeUnit.SECONDS)).isTrue();
        } finally {
            stale.destroyForcibly();
        }
    }

    @Test
    void a_stale_process_id_that_means_another_process_now_harms_nobody() throws Exception {
        Path data = HOME.resolve("db");
        EmbeddedMariaDb.start(data).close();
        Process innocent = new ProcessBuilder("sleep", "60").start();
        try {
            for (String text : List.of(innocent.pid() + "\n", "none")) {
                Files.writeString(data.resolve("server.pid"), text);
                EmbeddedMariaDb.start(data).close();
            }
            assertThat(innocent.isAlive()).isTrue();
        } finally {
            innocent.destroyForcibly();
        }
    }

    @Test
    void a_lost_root_secret_is_made_anew() throws Exception {
        Path data = HOME.resolve("db");
        EmbeddedMariaDb.start(data).close();
        Files.delete(data.resolve("root.secret"));
        try (EmbeddedServer server = EmbeddedMariaDb.start(data)) {
            assertThat(one(server.root("mysql"), "SELECT CURRENT_USER()"))
                    .isEqualTo("root@127.0.0.1");
        }
        assertThat(data.resolve("tmp/root.sql")).doesNotExist();
    }

    @Test
    void a_half_made_database_is_made_again() throws Exception {
        Path data = folder.resolve("db");
        Files.createDirectories(data.resolve("data.new/mysql"));
        Files.writeString(data.resolve("data.new/ibdata1"), "torn");
        try (EmbeddedServer server = EmbeddedMariaDb.start(data)) {
            assertThat(server.isFresh()).isTrue();
        }
        assertThat(data.resolve("data.new")).doesNotExist();
    }

    @Test
    void a_server_that_does_not_start_says_why() {
        Fault fault =
                catchThrowableOfType(
                        Fault.class,
                        () -> EmbeddedMariaDb.start(folder, "--no-such-setting=1").close());
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BLOCKED);
        assertThat(Words.in(Locale.ENGLISH).say(fault.sentence()))
                .contains("unknown variable 'no-such-setting=1'", "server.log", "--fresh");
        assertThat(Words.in(Locale.ENGLISH).say(fault.sentence()))
                .as("the folder is free again")
                .isEqualTo(
                        Words.in(Locale.ENGLISH)
                                .say(
                                        catchThrowableOfType(
                                                        Fault.class,
                                                        () ->
                                                                EmbeddedMariaDb.start(
                                                                                folder,
                                                                                "--no-such-setting=1")
                                                                        .close())
                                                .sentence()));
    }

    @Test
    void a_folder_that_cannot_be_made_is_named() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Fault fault =
                catchThrowableOfType(
                        Fault.class, () -> EmbeddedMariaDb.start(file.resolve("db")).close());
        assertThat(fault.sentence().key()).startsWith("store.file.");
        assertThat(fault.kind()).isEqualTo(Fault.Kind.BLOCKED);
    }

    private static String commandLine(Path process) {
        try {
            return new String(
                    Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }

    private static void run(DatabaseAddress address, String... statements) throws Exception {
        try (var connection = new Connector(address).connect();
                var statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    private static String one(DatabaseAddress address, String question) throws Exception {
        try (var connection = new Connector(address).connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }
}
