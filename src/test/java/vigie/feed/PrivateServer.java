package vigie.feed;

import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.HostPort;
import vigie.store.Secret;
import vigie.store.Tls;
import vigie.store.testing.ServerVersion;
import vigie.store.testing.TestServer;
import vigie.text.Fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A server of the test's own behind a proxy: it may be stopped, frozen, killed and cut off. */
final class PrivateServer implements AutoCloseable {
    private final ServerVersion version;
    private final Path folder;
    private final String[] settings;
    private final TcpProxy proxy;
    private TestServer server;

    private PrivateServer(ServerVersion version, Path folder, String[] settings)
            throws Fault, IOException {
        this.version = version;
        this.folder = folder;
        this.settings = settings;
        this.server = version.start(folder, settings);
        this.proxy = new TcpProxy(server.at());
    }

    /** A server with the tables of a fresh recorder and the least-privilege account. */
    static PrivateServer start(Path folder, String... settings)
            throws Fault, IOException, SQLException {
        return start(ServerVersion.EMBEDDED, folder, settings);
    }

    /** The same of another version; ends the test as skipped where that is not installed. */
    static PrivateServer start(ServerVersion version, Path folder, String... settings)
            throws Fault, IOException, SQLException {
        PrivateServer made = startEmpty(version, folder, settings);
        made.recorder();
        return made;
    }

    /** A server with nothing on it: what it is to hold comes by replication. */
    static PrivateServer startEmpty(ServerVersion version, Path folder, String... settings)
            throws Fault, IOException {
        version.assumeHere();
        return new PrivateServer(version, folder, settings);
    }

    private void recorder() throws IOException, SQLException, Fault {
        String schema =
                new String(Recorded.open("schema-53.sql").readAllBytes(), StandardCharsets.UTF_8);
        try (Connection connection = root("mysql");
                Statement statement = connection.createStatement()) {
            for (String sql : schema.replaceAll("--[^\n]*", "").split(";")) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
            statement.execute("CREATE USER 'console'@'%' IDENTIFIED BY 'se cret'");
            statement.execute("GRANT SELECT ON homeassistant.* TO 'console'@'%'");
            statement.execute("GRANT REPLICATION SLAVE ON *.* TO 'console'@'%'");
        }
    }

    ServerVersion version() {
        return version;
    }

    TcpProxy proxy() {
        return proxy;
    }

    /** Where it listens, past the proxy. */
    HostPort at() {
        return server.at();
    }

    /** Where its files are. */
    Path data() {
        return folder.resolve("data");
    }

    /** The least-privilege account, through the proxy. */
    DatabaseAddress address() {
        return address(this);
    }

    /** The least-privilege account on several servers, each through its proxy. */
    static DatabaseAddress address(PrivateServer... servers) {
        List<HostPort> hosts = new ArrayList<>();
        for (PrivateServer server : servers) {
            hosts.add(new HostPort("127.0.0.1", server.proxy.port()));
        }
        return new DatabaseAddress(
                hosts, "console", Secret.of("se cret"), "homeassistant", new Tls.Off());
    }

    /** A new connection that may do everything, past the proxy. */
    Connection root(String schema) throws Fault {
        try (Connections connections = new Connections(server.root(schema), "test")) {
            return connections.single();
        }
    }

    void execute(String... statements) throws Fault, SQLException {
        executeIn("homeassistant", statements);
    }

    void executeIn(String schema, String... statements) throws Fault, SQLException {
        try (Connection connection = root(schema);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of the first row that the question finds, as text; empty for none. */
    String ask(String question) throws Fault, SQLException {
        try (Connection connection = root("mysql");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

    /** Ends the threads that send the log. */
    void killDumpThreads() throws SQLException, Fault {
        try (Connection connection = root("mysql");
                Statement statement = connection.createStatement();
                Statement kill = connection.createStatement();
                ResultSet threads =
                        statement.executeQuery(
                                "SELECT id FROM information_schema.processlist"
                                        + " WHERE command='Binlog Dump'")) {
            while (threads.next()) {
                try {
                    kill.execute("KILL " + threads.getLong(1));
                } catch (SQLException gone) {
                    if (gone.getErrorCode() != NO_SUCH_THREAD) {
                        throw gone;
                    }
                }
            }
        }
    }

    private static final int NO_SUCH_THREAD = 1094;

    /**
     * Purges all of the log but its newest file, which it begins. What a connected reader still
     * needs the server may keep: cut readers off before.
     */
    void purgeLogs() throws SQLException, Fault {
        try (Connection connection = root("mysql");
                Statement statement = connection.createStatement()) {
            statement.execute("FLUSH BINARY LOGS");
            if (version == ServerVersion.EMBEDDED) {
                statement.execute("SET GLOBAL slave_connections_needed_for_purge=0");
            }
            killDumpThreads();
            String purge = "PURGE BINARY LOGS TO '" + newestLog(statement) + "'";
            Deadline.within(
                    Watcher.PATIENCE,
                    "purged",
                    () -> {
                        try {
                            statement.execute(purge);
                            try (ResultSet logs = statement.executeQuery("SHOW BINARY LOGS")) {
                                return logs.next() && logs.isLast();
                            }
                        } catch (SQLException refused) {
                            throw new IllegalStateException(refused);
                        }
                    });
        }
    }

    private static String newestLog(Statement statement) throws SQLException {
        String newest = "";
        try (ResultSet logs = statement.executeQuery("SHOW BINARY LOGS")) {
            while (logs.next()) {
                newest = logs.getString(1);
            }
        }
        return newest;
    }

    /** Stops or wakes the server's process, or kills it. */
    void signal(String signal) throws IOException, InterruptedException {
        // The shell has it built in; the program of that name is a package of its own.
        new ProcessBuilder("sh", "-c", "kill -" + signal + " " + server.pid()).start().waitFor();
    }

    /** Kills it, which loses nothing that the kernel has. */
    void kill() throws IOException, InterruptedException {
        signal("KILL");
        stop();
    }

    /** Shuts the server down. */
    void stop() {
        server.close();
        proxy.cut();
    }

    /** Starts it again on its data. */
    void startAgain() throws Fault {
        startAgain(settings);
    }

    /** Starts it again on its data, with other settings. */
    void startAgain(String... others) throws Fault {
        server = version.start(folder, others);
        proxy.target(server.at());
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        server.close();
    }
}
