package vigie.bench;

import vigie.history.History;
import vigie.history.Work;
import vigie.point.PointId;
import vigie.simulator.LoadWriter;
import vigie.text.Fault;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The archiver's cost, and the live picture while many ask about the past. */
final class HistoryLoad {
    private static final int POINTS = 100;
    private static final Duration WARM_UP = Duration.ofMinutes(1);
    private static final Duration WINDOW = Duration.ofMinutes(2);
    private static final double GROUPS_PER_SECOND = 10;

    private static final int ASKERS = 50;
    private static final Duration LIVE_WARM_UP = Duration.ofSeconds(20);
    private static final Duration LIVE_WINDOW = Duration.ofMinutes(1);
    private static final int LIVE_GROUPS_PER_SECOND = 20;
    private static final int LIVE_ROWS = 50;

    private HistoryLoad() {}

    /**
     * 100 readings a second in ten commits, archived by {@code vigie duty} in a process of its own;
     * the CPU time of that process, the server's not counted.
     */
    static void archive(HistoryScene scene) throws Fault, InterruptedException {
        try (BenchDatabase database = BenchDatabase.start(scene.progress());
                BenchDatabase.Schema schema =
                        database.schema("bench_archive", LoadWriter.numbered(POINTS))) {
            int rows = (int) (POINTS / GROUPS_PER_SECOND);
            schema.load().write(1, POINTS, Duration.ofSeconds(2), group -> {});
            Process duty =
                    FeedReader.java(
                            System.getProperty("java.class.path"),
                            List.of(
                                    "vigie.app.Main",
                                    "duty",
                                    "--db-url",
                                    database.server().root("bench_archive").url()));
            Thread.ofVirtual().start(() -> discard(duty));
            try {
                schema.load().write(GROUPS_PER_SECOND, rows, WARM_UP, group -> {});
                double before = cpu(duty);
                long begin = System.nanoTime();
                schema.load().write(GROUPS_PER_SECOND, rows, WINDOW, group -> {});
                double seconds = (System.nanoTime() - begin) / 1e9;
                double cpu = cpu(duty) - before;
                long archived = archived(database);
                scene.say("archive  %.2f s of CPU in %.1f s, %d readings", cpu, seconds, archived);
                scene.figure(
                        HistoryGoal.ARCHIVE_CPU_PERCENT_OF_CORE_AT_100_PER_S, 100 * cpu / seconds);
                double full = Math.max(seconds, (double) WINDOW.toSeconds());
                double written = rows * GROUPS_PER_SECOND * WINDOW.toSeconds() / full;
                boolean arrived = archived >= rows * GROUPS_PER_SECOND * WINDOW.toSeconds();
                scene.figure(
                        HistoryGoal.ARCHIVE_READINGS_PER_S,
                        arrived ? (double) Math.round(written) : Double.NaN);
            } finally {
                duty.destroy();
                duty.waitFor(15, TimeUnit.SECONDS);
            }
        }
    }

    private static void discard(Process process) {
        try {
            process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (java.io.IOException ended) {
            Thread.currentThread().setName("duty ended");
        }
    }

    private static double cpu(Process process) {
        return process.toHandle()
                        .info()
                        .totalCpuDuration()
                        .orElseThrow(() -> new IllegalStateException("duty is gone"))
                        .toMillis()
                / 1e3;
    }

    private static long archived(BenchDatabase database) throws Fault {
        try (var ways = new vigie.store.Connections(database.server().root("vigie"), "bench");
                var connection = ways.single();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT COUNT(*) FROM reading")) {
            row.next();
            return row.getLong(1);
        } catch (java.sql.SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The feed's delay at 1,000 readings a second while fifty keep asking about the past. */
    static void live(HistoryScene scene) throws Fault, InterruptedException {
        try (BenchDatabase database = BenchDatabase.start(scene.progress());
                BenchDatabase.Schema schema =
                        database.schema("bench_live", LoadWriter.numbered(LIVE_ROWS));
                FeedWatch watch = FeedWatch.live(schema.reader());
                History history =
                        new History(
                                schema.reader(),
                                schema.reader().withSchema("none"),
                                ZoneOffset.UTC);
                ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            schema.load().write(LIVE_GROUPS_PER_SECOND, LIVE_ROWS, LIVE_WARM_UP, group -> {});
            List<PointId> names = history.points(new Work()).stream().map(p -> p.name()).toList();
            AtomicBoolean over = new AtomicBoolean();
            AtomicLong answers = new AtomicLong();
            for (int i = 0; i < ASKERS; i++) {
                PointId name = names.get(i % names.size());
                askers.execute(() -> keepAsking(history, name, over, answers));
            }
            List<LoadWriter.Group> groups = new ArrayList<>();
            long begin = System.nanoTime();
            schema.load().write(LIVE_GROUPS_PER_SECOND, LIVE_ROWS, LIVE_WINDOW, groups::add);
            double seconds =
                    Math.max((System.nanoTime() - begin) / 1e9, (double) LIVE_WINDOW.toSeconds());
            over.set(true);
            FeedWatch.await(() -> watch.sightings().has(groups.getLast()), "the last group");
            Samples samples = watch.sightings().after(groups);
            scene.say("live  %s  during %d answers", samples, answers.get());
            scene.figure(HistoryGoal.LIVE_P99_MS_DURING_50_QUERIES, samples.percentile(99));
            scene.figure(
                    HistoryGoal.LIVE_READINGS_PER_S,
                    Math.round(groups.size() * LIVE_ROWS / seconds / 10) * 10.0);
        }
    }

    private static void keepAsking(
            History history, PointId name, AtomicBoolean over, AtomicLong answers) {
        try {
            while (!over.get()) {
                Instant now = Instant.now();
                history.range(List.of(name), now.minus(Duration.ofDays(1)), now, 2_000, new Work());
                answers.incrementAndGet();
                Thread.sleep(1_000);
            }
        } catch (Fault | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
