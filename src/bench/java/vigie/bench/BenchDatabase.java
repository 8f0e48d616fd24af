package vigie.bench;

import vigie.simulator.LoadWriter;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.EmbeddedServer;
import vigie.store.Folders;
import vigie.text.Fault;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A real server of the bench's own, whose data goes with it. */
final class BenchDatabase implements AutoCloseable {
    private final Path folder;
    private final EmbeddedServer server;

    private BenchDatabase(Path folder, EmbeddedServer server) {
        this.folder = folder;
        this.server = server;
    }

    /** Starts it, with the demo's settings, and the program from the user's cache. */
    static BenchDatabase start(PrintStream progress) throws Fault {
        Path folder = temporaryFolder();
        return new BenchDatabase(
                folder,
                EmbeddedServer.start(
                        new EmbeddedServer.Options(
                                folder.resolve("server"),
                                Folders.of(System.getenv()).cache(),
                                true,
                                List.of()),
                        step -> progress.println(vigie.text.Words.in(Locale.ENGLISH).say(step))));
    }

    /** A folder that no other run of the bench uses. */
    static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("vigie-bench-");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Deletes a folder with all that is in it. */
    static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A schema of its own, with a writer and the account the README recommends for reading. */
    Schema schema(String name, List<LoadWriter.Point> points) throws Fault {
        server.createSchema(name);
        DatabaseAddress writer = server.createWriter(name + "_w", name);
        DatabaseAddress reader = server.createReader(name + "_r", name);
        Connections connections = new Connections(writer, "bench");
        return new Schema(
                connections, LoadWriter.open(connections, points, Clock.systemUTC()), reader);
    }

    /** The server itself. */
    EmbeddedServer server() {
        return server;
    }

    /**
     * A schema.
     *
     * @param connections the writer's
     * @param load writes to it
     * @param reader reads it
     */
    record Schema(Connections connections, LoadWriter load, DatabaseAddress reader)
            implements AutoCloseable {
        @Override
        public void close() {
            load.close();
            connections.close();
        }
    }

    @Override
    public void close() {
        server.close();
        delete(folder);
    }
}
