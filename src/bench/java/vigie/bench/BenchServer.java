package vigie.bench;

import vigie.store.Connections;
import vigie.store.EmbeddedServer;
import vigie.store.Folders;
import vigie.text.Fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A server to be ended, killed, frozen and started again on the same port and data. */
final class BenchServer implements AutoCloseable {
    private final Path folder;
    private final List<String> settings;
    private EmbeddedServer server;

    private BenchServer(Path folder, List<String> settings, EmbeddedServer server) {
        this.folder = folder;
        this.settings = settings;
        this.server = server;
    }

    /** Starts it on data of its own. */
    static BenchServer start(String... settings) throws Fault {
        Path folder = BenchDatabase.temporaryFolder();
        List<String> words = List.of(settings);
        return new BenchServer(folder, words, run(folder, words));
    }

    private static EmbeddedServer run(Path folder, List<String> settings) throws Fault {
        return EmbeddedServer.start(
                new EmbeddedServer.Options(
                        folder.resolve("server"),
                        Folders.of(System.getenv()).cache(),
                        false,
                        settings),
                step -> {});
    }

    EmbeddedServer server() {
        return server;
    }

    /** Ends it in order. */
    void stop() {
        server.close();
    }

    /** Starts it again after {@link #stop}. */
    void startAgain() throws Fault {
        server = run(folder, settings);
    }

    /** Sends a signal to a server's process, through the shell, which every Debian has. */
    static void signal(EmbeddedServer server, String signal) throws InterruptedException {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + server.pid())
                    .start()
                    .waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Executes statements as the account that may do everything. */
    void execute(String... statements) throws Fault {
        try (Connections connections = new Connections(server.root("mysql"), "bench-root");
                Connection connection = connections.single();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        server.close();
        BenchDatabase.delete(folder);
    }
}
