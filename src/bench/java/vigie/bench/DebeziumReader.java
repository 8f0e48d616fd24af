package vigie.bench;

import org.jspecify.annotations.Nullable;

import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.HostPort;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.text.Words;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Debezium's embedded engine in a process of its own, on the class path that the profile {@code
 * comparators} lists. It has found its place in the log, and reads on from there as often as asked.
 */
final class DebeziumReader implements AutoCloseable {
    private static final String SOURCE = "src/bench-comparators/java/DebeziumComparator.java";
    private static final String CLASS_PATH = "target/comparators.classpath";
    private static final long ROW_EVERY_MILLIS = 300;

    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;
    private final Path folder = BenchDatabase.temporaryFolder();

    private DebeziumReader(Process process) {
        this.process = process;
        questions = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Lets the engine find its place, by its own means: it is started, sees a row of a table that
     * nothing else is written to, and is ended.
     *
     * @param connections may write to the schema
     * @return empty, after saying why, where the engine's libraries are not at hand
     */
    static Optional<DebeziumReader> prepare(FeedScene scene, Connections connections)
            throws Fault, InterruptedException {
        Optional<String> libraries = libraries();
        if (libraries.isEmpty()) {
            scene.progress()
                    .println(
                            Words.in(Locale.ENGLISH)
                                    .say(Sentence.of("app.bench.no-comparator", "Debezium")));
            return Optional.empty();
        }
        DebeziumReader reader =
                new DebeziumReader(
                        FeedReader.java(
                                libraries.get(),
                                List.of(Checkout.folder().resolve(SOURCE).toString())));
        boolean ready = false;
        try {
            reader.logIn(scene.database().server().root(connections.address().schema()));
            reader.findPlace(connections);
            ready = true;
            return Optional.of(reader);
        } finally {
            if (!ready) {
                reader.close();
            }
        }
    }

    /** The class path, where the launcher could have it made and all that it names is there. */
    private static Optional<String> libraries() {
        try {
            Path list = Checkout.folder().resolve(CLASS_PATH);
            if (!Files.isRegularFile(list)) {
                return Optional.empty();
            }
            String libraries = Files.readString(list).strip();
            boolean complete =
                    List.of(libraries.split(File.pathSeparator, -1)).stream()
                            .allMatch(jar -> Files.isReadable(Path.of(jar)));
            return complete ? Optional.of(libraries) : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** By the pipe: a command line is public. */
    private void logIn(DatabaseAddress server) {
        HostPort host = server.hosts().getFirst();
        say(host.host());
        say(Integer.toString(host.port()));
        say(server.user());
        say(server.password().reveal());
    }

    private void findPlace(Connections connections) throws Fault, InterruptedException {
        CompletableFuture<Read> found =
                CompletableFuture.supplyAsync(() -> ask(folder, "statistics_runs", 1));
        try (Connection connection = connections.single();
                Statement statement = connection.createStatement()) {
            // How soon it listens cannot be seen from here.
            while (true) {
                statement.execute("INSERT INTO statistics_runs (start) VALUES (UTC_TIMESTAMP(6))");
                try {
                    found.get(ROW_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                    return;
                } catch (TimeoutException notYet) {
                    // Once more.
                }
            }
        } catch (SQLException failed) {
            throw connections.fault(failed);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    /**
     * What one run took.
     *
     * @param seconds from the first record to the last
     * @param cpuSeconds of the whole process meanwhile
     */
    record Read(double seconds, double cpuSeconds) {}

    /** Reads on from its place until so many rows of {@code states} were inserted. */
    Read read(long rows) {
        Path copy = BenchDatabase.temporaryFolder();
        try {
            // Each run begins where the engine was left, not where the run before ended.
            for (String file : List.of("offsets", "history")) {
                Files.copy(folder.resolve(file), copy.resolve(file));
            }
            return ask(copy, "states", rows);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            BenchDatabase.delete(copy);
        }
    }

    private void say(String line) {
        try {
            questions.write(line + "\n");
            questions.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private Read ask(Path place, String table, long rows) {
        say(place + " " + table + " " + rows);
        try {
            @Nullable String answer = answers.readLine();
            if (answer == null || !answer.startsWith(rows + " ")) {
                throw new IllegalStateException("Debezium failed: " + answer);
            }
            String[] words = answer.split(" ", -1);
            return new Read(Long.parseLong(words[1]) / 1e9, Long.parseLong(words[2]) / 1e9);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        BenchDatabase.delete(folder);
    }
}
