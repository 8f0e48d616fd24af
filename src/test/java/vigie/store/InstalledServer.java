package vigie.store;

import vigie.text.Fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server of the distribution's program, for tests against the version that people have: in a
 * folder of its own, on a free loopback port, ended with this JVM. Nothing of an installed database
 * is read or started.
 */
public final class InstalledServer implements AutoCloseable {
    /** The package that brings the program and starts no service. */
    public static final String PACKAGE = "mariadb-server-core";

    private static final Path PROGRAM = Path.of("/usr/sbin/mariadbd");
    private static final Path SHARE = Path.of("/usr/share/mysql");
    private static final List<String> SCRIPTS =
            List.of(
                    "mysql_system_tables.sql",
                    "mysql_performance_tables.sql",
                    "mysql_system_tables_data.sql");
    private static final Pattern VERSION = Pattern.compile("Ver (\\d+\\.\\d+)\\.");
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final long LOOK_EVERY_MILLIS = 10;

    /** Only loopback reaches it, and only while a test runs. */
    private static final Secret ROOT = Secret.of("root of a test");

    private final ServerFolder folder;
    private final GuardedProcess process;
    private final HostPort at;

    private InstalledServer(ServerFolder folder, GuardedProcess process, HostPort at) {
        this.folder = folder;
        this.process = process;
        this.at = at;
    }

    /** Its version, {@code 10.11}; empty where it is not installed. */
    public static Optional<String> version() {
        if (!Files.isExecutable(PROGRAM)) {
            return Optional.empty();
        }
        try {
            Process asked = new ProcessBuilder(PROGRAM.toString(), "--version").start();
            asked.getOutputStream().close();
            try (BufferedReader lines = asked.inputReader(StandardCharsets.UTF_8)) {
                Matcher found = VERSION.matcher(String.valueOf(lines.readLine()));
                return found.find() ? Optional.of(found.group(1)) : Optional.empty();
            }
        } catch (IOException unusable) {
            return Optional.empty();
        }
    }

    /**
     * Starts one, on the data that is in the folder or on new data.
     *
     * @param settings further words for the server; a later word outweighs an earlier one
     */
    public static InstalledServer start(Path at, List<String> settings) throws Fault {
        ServerFolder folder = ServerFolder.hold(at);
        boolean started = false;
        try {
            folder.endStaleServer();
            folder.prepare();
            if (!folder.hasData()) {
                makeData(folder);
            }
            InstalledServer server = run(folder, settings);
            started = true;
            return server;
        } catch (IOException | SQLException | ServerFailed failed) {
            throw new IllegalStateException("see " + folder.log(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } finally {
            if (!started) {
                folder.close();
            }
        }
    }

    private static void makeData(ServerFolder folder)
            throws Fault, IOException, ServerFailed, InterruptedException {
        OwnerOnly.folder(folder.newData());
        List<String> command = words(folder, folder.newData());
        command.add("--bootstrap");
        command.add("--skip-networking");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
                        .start();
        try (OutputStream input = process.getOutputStream()) {
            input.write(statements().getBytes(StandardCharsets.UTF_8));
        }
        if (!process.waitFor(LONGEST_START.toSeconds(), TimeUnit.SECONDS)
                || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new ServerFailed("no data");
        }
        Files.move(folder.newData(), folder.data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String statements() throws IOException {
        StringBuilder text =
                new StringBuilder(
                        "CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n");
        for (String script : SCRIPTS) {
            text.append(Files.readString(SHARE.resolve(script))).append('\n');
        }
        text.append("DELETE FROM mysql.global_priv WHERE User<>'mariadb.sys';\n");
        text.append("DELETE FROM mysql.proxies_priv;\nFLUSH PRIVILEGES;\n");
        ServerSetUp.rootStatements(ROOT).forEach(statement -> text.append(statement).append(";\n"));
        return text.toString();
    }

    private static List<String> words(ServerFolder folder, Path data) throws IOException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                PROGRAM.toString(),
                                "--no-defaults",
                                "--datadir=" + data,
                                "--basedir=/usr",
                                "--lc-messages-dir=" + SHARE,
                                "--tmpdir=" + folder.temporary(),
                                "--character-set-server=utf8mb4",
                                "--collation-server=utf8mb4_unicode_ci",
                                "--max-connections=100",
                                "--open-files-limit=1024",
                                "--innodb-buffer-pool-size=128M",
                                "--innodb-log-file-size=64M",
                                "--innodb-buffer-pool-dump-at-shutdown=OFF",
                                "--innodb-buffer-pool-load-at-startup=OFF",
                                "--innodb-use-native-aio=OFF",
                                "--innodb-flush-log-at-trx-commit=2",
                                "--performance-schema=OFF"));
        if (Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            words.add("--user=root");
        }
        return words;
    }

    private static InstalledServer run(ServerFolder folder, List<String> settings)
            throws IOException, SQLException, InterruptedException, ServerFailed {
        HostPort at = new HostPort("127.0.0.1", port(folder.lastPort()));
        List<String> command = words(folder, folder.data());
        command.addAll(
                List.of(
                        "--socket=" + folder.temporary().resolve("s"),
                        "--skip-ssl",
                        "--skip-name-resolve",
                        "--skip-slave-start",
                        "--pid-file=" + folder.pidFile(),
                        "--default-time-zone=+00:00",
                        "--server-id=1",
                        "--log-bin=binlog",
                        "--binlog-format=ROW",
                        "--binlog-row-metadata=FULL",
                        "--max-binlog-size=64M",
                        "--gtid-strict-mode=ON",
                        "--log-warnings=1"));
        command.addAll(settings);
        command.add("--bind-address=127.0.0.1");
        command.add("--port=" + at.port());
        GuardedProcess process =
                GuardedProcess.start(
                        command, folder.dataArgument(), folder.log(), folder.pidFile());
        InstalledServer server = new InstalledServer(folder, process, at);
        boolean up = false;
        try {
            server.awaitLogin();
            folder.keepPort(at.port());
            up = true;
            return server;
        } finally {
            if (!up) {
                process.close();
            }
        }
    }

    private static int port(int wanted) throws IOException {
        try (ServerSocket socket = listen(wanted)) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            try (ServerSocket socket = listen(0)) {
                return socket.getLocalPort();
            }
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

    private void awaitLogin() throws ServerFailed, SQLException, InterruptedException {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (true) {
            try (Connection connection = new Connector(root("mysql")).connect();
                    Statement statement = connection.createStatement();
                    ResultSet answer = statement.executeQuery("SELECT @@datadir")) {
                if (answer.next() && Path.of(answer.getString(1)).equals(folder.data())) {
                    return;
                }
            } catch (SQLException notYet) {
                if (System.nanoTime() - end > 0) {
                    throw notYet;
                }
            }
            try {
                process.ended().get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                throw new ServerFailed("the server ended while it started");
            } catch (TimeoutException running) {
                // That is good: it is still starting.
            } catch (ExecutionException never) {
                throw new IllegalStateException(never);
            }
        }
    }

    public HostPort at() {
        return at;
    }

    public long pid() {
        return process.pid();
    }

    /** The account that may do everything. */
    public DatabaseAddress root(String schema) {
        return new DatabaseAddress(List.of(at), "root", ROOT, schema, new Tls.Off());
    }

    @Override
    public void close() {
        try {
            process.close();
        } finally {
            folder.close();
        }
    }
}
