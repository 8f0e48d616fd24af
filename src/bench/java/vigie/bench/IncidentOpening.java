package vigie.bench;

import vigie.console.replay.ReplaySettings;
import vigie.console.start.Display;
import vigie.console.start.PixelSize;
import vigie.console.start.ToolkitStart;
import vigie.history.Work;
import vigie.incident.IncidentFile;
import vigie.incident.IncidentWriter;
import vigie.plan.Plan;
import vigie.recording.Basis;
import vigie.text.Fault;
import vigie.timeline.Recorded;
import vigie.timeline.ReplayTimeline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens an incident file of a day of 200 points that report every ten seconds, told from both
 * knowledges, in a window of its own: from the call to the end of the frame that shows its first
 * moment. The toolkit runs already.
 */
final class IncidentOpening {
    private static final int POINTS = 200;
    private static final Instant FROM = Instant.parse("2026-03-04T00:00:00Z");
    private static final Duration DAY = Duration.ofHours(24);
    private static final int RUNS = 6;

    /** Processes that open it for the first time. */
    private static final int FIRSTS = 5;

    /** As the program starts a console. */
    private static final List<String> JVM =
            List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xss1m",
                    "-Xms64m",
                    "-Xmx1g",
                    "-XX:MetaspaceSize=128m");

    private IncidentOpening() {}

    /**
     * Measures.
     *
     * @return the median of a window's openings in a program that runs, milliseconds; those of
     *     programs that had just begun, which read their classes meanwhile and without the cache of
     *     the package, are only told
     */
    static double measure(PrintStream progress) throws Fault, InterruptedException {
        try {
            Path folder = Files.createTempDirectory("vigie-bench-incident");
            try {
                return measure(folder.resolve("day.vigie"), progress);
            } finally {
                BenchDatabase.delete(folder);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static double measure(Path path, PrintStream progress)
            throws Fault, InterruptedException, IOException {
        Plan plan = Hall.of(10, 5).plan();
        Instant to = FROM.plus(DAY);
        Recorded past =
                new IncidentMaking(
                        plan, POINTS, FROM.minusSeconds(3_600), to.plusSeconds(3_600), true);
        long begun = System.nanoTime();
        long readings =
                IncidentWriter.write(
                                past,
                                plan,
                                List.of(),
                                FROM,
                                to,
                                IncidentWriter.USUAL_LEAD_IN,
                                path,
                                share -> {},
                                new Work())
                        .readings();
        Telling.say(
                progress,
                "saved %d readings in %.1f s, %.1f MB",
                readings,
                (System.nanoTime() - begun) / 1e9,
                Files.size(path) / 1e6);
        ToolkitStart.start(Display.choose(true), PixelSize.FULL_HD);
        List<Double> millis = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            millis.add(opened(path) / 1e6);
        }
        Telling.say(
                progress,
                "opened in %.0f ms the first time, then in %s",
                millis.getFirst(),
                millis.subList(1, RUNS).stream().map(Math::round).toList());
        List<Double> firsts = new ArrayList<>();
        for (int i = 0; i < FIRSTS; i++) {
            firsts.add(openedElsewhere(path) / 1e6);
        }
        Telling.say(
                progress,
                "opened by processes that had just begun in %s",
                firsts.stream().map(Math::round).toList());
        return Samples.median(millis.subList(1, RUNS));
    }

    /** By a process that has just begun. */
    private static long openedElsewhere(Path path) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(IncidentOpeningMain.class.getName(), path.toString()));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader told = process.inputReader(StandardCharsets.UTF_8)) {
            String nanos = told.lines().filter(line -> line.matches("\\d+")).findFirst().orElse("");
            if (process.waitFor() != 0 || nanos.isEmpty()) {
                throw new IllegalStateException("the process that opens it failed");
            }
            return Long.parseLong(nanos);
        }
    }

    /** From the call to the end of the frame that shows the first moment, nanoseconds. */
    static long opened(Path path) throws Fault, InterruptedException {
        long begin = System.nanoTime();
        try (IncidentFile file = IncidentFile.open(path)) {
            Recorded recorded = file.recorded();
            try (ReplayTimeline replay =
                            ReplayTimeline.start(
                                    recorded,
                                    new ReplayTimeline.Settings(
                                            file.manifest().from(),
                                            Optional.of(file.manifest().begins()),
                                            Optional.of(file.manifest().to()),
                                            Basis.KNOWN_NOW,
                                            1));
                    LivePainting window =
                            LivePainting.open(
                                    file.plan(),
                                    replay,
                                    new ReplaySettings(
                                            recorded,
                                            Optional.empty(),
                                            Optional.empty(),
                                            Optional.empty(),
                                            Optional.empty()))) {
                FeedWatch.await(() -> window.painted().first().isPresent(), "the first moment");
                return window.painted().first().orElseThrow() - begin;
            }
        }
    }
}
