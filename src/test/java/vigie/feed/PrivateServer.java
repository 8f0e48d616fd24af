package vigie.feed;

import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.EmbeddedServer;
import vigie.store.HostPort;
import vigie.store.Secret;
import vigie.store.Tls;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.text.Fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A server of the test's own behind a proxy: it may be stopped, frozen, killed and cut off. */
final class PrivateServer implements AutoCloseable {
    private final Path folder;
    private final String[] settings;
    private final TcpProxy proxy;
    private EmbeddedServer server;

    private PrivateServer(Path folder, String[] settings, EmbeddedServer server)
            throws IOException {
        this.folder = folder;
        this.settings = settings;
        this.server = server;
        this.proxy = new TcpProxy(server.at());
    }

    /** A server with the tables of a fresh recorder and the least-privilege account. */
    static PrivateServer start(Path folder, String... settings)
            throws Fault, IOException, SQLException {
        PrivateServer made =
                new PrivateServer(folder, settings, EmbeddedMariaDb.start(folder, settings));
        made.recorder();
        return made;
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

    TcpProxy proxy() {
        return proxy;
    }

    /** The least-privilege account, through the proxy. */
    DatabaseAddress address() {
        return new DatabaseAddress(
                List.of(new HostPort("127.0.0.1", proxy.port())),
                "console",
                Secret.of("se cret"),
                "homeassistant",
                new Tls.Off());
    }

    /** A new connection that may do everything, past the proxy. */
    Connection root(String schema) throws Fault {
        try (Connections connections = new Connections(server.root(schema), "test")) {
            return connections.single();
        }
    }

    void execute(String... statements) throws Fault, SQLException {
        try (Connection connection = root("homeassistant");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Stops or wakes the server's process, or kills it. */
    void signal(String signal) throws IOException, InterruptedException {
        // The shell has it built in; the program of that name is a package of its own.
        new ProcessBuilder("sh", "-c", "kill -" + signal + " " + server.pid()).start().waitFor();
    }

    /** Shuts the server down. */
    void stop() {
        server.close();
        proxy.cut();
    }

    /** Starts it again on its data. */
    void startAgain() throws Fault {
        server = EmbeddedMariaDb.start(folder, settings);
        proxy.target(server.at());
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        server.close();
    }
}
