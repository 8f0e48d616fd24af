package vigie.bench;

import vigie.console.Milestone;
import vigie.store.DatabaseAddress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One start of the installed program, in a home of its own, until it is closed. */
final class InstalledStart implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double KIBI_PER_MEGA = 1e6 / 1_024;

    private final Path home = BenchDatabase.temporaryFolder();
    private final Instant begun;
    private final Process process;

    private InstalledStart(
            Path program, DatabaseAddress database, VirtualScreen screen, List<String> more) {
        List<String> words = new ArrayList<>();
        words.add(program.resolve("bin/vigie").toString());
        words.add("console");
        words.addAll(more);
        ProcessBuilder builder = new ProcessBuilder(words);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("VIGIE_") || name.startsWith("XDG_"));
        environment.put("MARIADB_URL", database.url());
        environment.put("HOME", home.toString());
        environment.put("DISPLAY", screen.display());
        environment.put("LC_ALL", "C.UTF-8");
        builder.directory(home.toFile());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectErrorStream(true);
        try {
            begun = Instant.now();
            process = builder.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Starts the program of this folder. */
    static InstalledStart of(
            Path program, DatabaseAddress database, VirtualScreen screen, String... more) {
        return new InstalledStart(program, database, screen, List.of(more));
    }

    /** From the start of the process until its window was painted. */
    double secondsToWindow() throws InterruptedException {
        return seconds(Milestone.WINDOW);
    }

    /** From the start of the process until the room was live and painted. */
    double secondsToLive() throws InterruptedException {
        return seconds(Milestone.LIVE);
    }

    /** The log's own time of the line, so that looking for it costs nothing. */
    private double seconds(Milestone milestone) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<Instant> reached = reached(milestone);
            if (reached.isPresent()) {
                return Duration.between(begun, reached.get()).toNanos() / 1e9;
            }
            if (!process.isAlive()) {
                throw new IllegalStateException("the program ended with " + process.exitValue());
            }
            Thread.sleep(50);
        }
        return Double.NaN;
    }

    private Optional<Instant> reached(Milestone milestone) {
        Path log = home.resolve(".local/state/vigie/vigie.log");
        if (!Files.exists(log)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(milestone.text()))
                    .findFirst()
                    .map(line -> OffsetDateTime.parse(line.substring(0, line.indexOf(' '))))
                    .map(OffsetDateTime::toInstant);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What the process and those it started hold in memory now, in millions of bytes. */
    double residentMegabytes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                        .mapToLong(InstalledStart::residentKibi)
                        .sum()
                / KIBI_PER_MEGA;
    }

    private static long residentKibi(ProcessHandle process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException ended) {
            return 0;
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        BenchDatabase.delete(home);
    }
}
