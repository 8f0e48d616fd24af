package vigie.bench;

import vigie.store.DatabaseAddress;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A reader of the log in a process of its own, so that each side of a comparison has its own heap,
 * compiler and CPU time. For one thread.
 */
final class FeedReader implements AutoCloseable {
    /** Who reads. */
    enum Kind {
        /** The feed with the timeline on it, as the console has them. */
        OURS,
        /** The binlog library with its own decoders, and nothing behind it. */
        BARE
    }

    /** What the launcher gives to Vigie. */
    private static final List<String> JVM =
            List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:+UseSerialGC",
                    "-Xss1m",
                    "-Xms64m",
                    "-Xmx1g",
                    "-XX:MetaspaceSize=128m");

    private final Kind kind;
    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;

    private FeedReader(Kind kind, Process process) {
        this.kind = kind;
        this.process = process;
        questions = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts the process; it does nothing before it is asked. */
    static FeedReader start(Kind kind, DatabaseAddress address) {
        FeedReader reader =
                new FeedReader(
                        kind,
                        java(
                                System.getProperty("java.class.path"),
                                List.of(FeedReaderMain.class.getName())));
        reader.say(kind.name());
        // By the pipe: a command line is public.
        reader.say(address.url());
        return reader;
    }

    /** A Java like this one; what it says to standard error goes where this one's goes. */
    static Process java(String classPath, List<String> words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-cp", classPath));
        command.addAll(words);
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * What was read of a log.
     *
     * @param groups in it
     * @param rows of {@code states} that readings were made of; 0 by the bare library
     * @param nanos from the first group to the last
     */
    record Result(long groups, long rows, long nanos) {}

    /**
     * What was read of a log, and what it cost.
     *
     * @param groups in it
     * @param rows of {@code states} that readings were made of; 0 by the bare library
     * @param seconds from the first group to the last
     * @param cpuSeconds of the whole process from the question to the answer
     */
    record Read(long groups, long rows, double seconds, double cpuSeconds) {}

    /** Reads the log from this position to its end. */
    Read read(String position) {
        String[] words = ask("read " + position).split(" ", -1);
        return new Read(
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]) / 1e9,
                Long.parseLong(words[3]) / 1e9);
    }

    /** Begins to follow the log from now on; returns when it does. */
    void follow() {
        ask("follow");
    }

    /** CPU time of the whole process, in seconds. */
    double cpuSeconds() {
        return Long.parseLong(ask("cpu")) / 1e9;
    }

    /** Megabytes of heap in use after a collection. */
    double heap() {
        return Long.parseLong(ask("heap")) / (double) (1 << 20);
    }

    /** The most megabytes of heap that any collection left in use since the last such question. */
    double heapPeak() {
        return Long.parseLong(ask("peak")) / (double) (1 << 20);
    }

    /** Notes from now on when which group is there, with room for so many. */
    void note(int groups) {
        ask("note " + groups);
    }

    /** What was noted, as soon as it has come to this group. */
    FeedStamps noted(long lastSequence) {
        try {
            Path file = Files.createTempFile("vigie-bench-", ".stamps");
            try {
                ask("noted " + lastSequence + " " + file);
                return FeedStamps.read(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void say(String line) {
        try {
            questions.write(line + "\n");
            questions.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(kind + " is gone", gone);
        }
    }

    private String ask(String question) {
        say(question);
        try {
            String answer = answers.readLine();
            if (answer == null || answer.startsWith("!")) {
                throw new IllegalStateException(kind + ", asked for " + question + ": " + answer);
            }
            return answer;
        } catch (IOException gone) {
            throw new UncheckedIOException(kind + " is gone", gone);
        }
    }

    /** Ends the process. */
    @Override
    public void close() {
        try {
            questions.close();
        } catch (IOException gone) {
            // It is to end anyway.
        }
        if (process.isAlive()) {
            process.destroy();
        }
        process.onExit().join();
    }
}
