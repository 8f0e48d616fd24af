package vigie.bench;

import vigie.app.Bench;
import vigie.feed.FeedStatus;
import vigie.plan.Element;
import vigie.plan.Plan;
import vigie.plan.PlanFile;
import vigie.simulator.LoadWriter;
import vigie.text.Fault;
import vigie.timeline.LiveTimeline;
import vigie.timeline.Timeline;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * {@code ./vigie bench live}: the way from a COMMIT to the state and to the screen, a large room
 * under load, and the starts of the demo. All through a real server. The load that was reached is a
 * figure too: the others would mean nothing under a smaller one. Environment variable {@code
 * VIGIE_BENCH_PARTS} chooses parts by name, separated by commas, for those who work on one.
 */
public final class LiveBench implements Bench {
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration WINDOW = Duration.ofSeconds(8);
    private static final int WINDOWS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final double GROUPS_PER_SECOND = 100;
    private static final int ROWS = 10;

    private static final int RACK_ROWS = 20;
    private static final int RACKS_IN_ROW = 25;
    private static final double LARGE_GROUPS_PER_SECOND = 10;
    private static final int LARGE_ROWS = 1_000;
    private static final int CLICKS = 300;

    private static final int FIRST_STARTS = 2;
    private static final int SECOND_STARTS = 2;

    @Override
    public String name() {
        return "live";
    }

    @Override
    public List<Figure> run(PrintStream progress) throws Fault, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        try (BenchDatabase database = BenchDatabase.start(progress)) {
            if (isAsked("state")) {
                figures.addAll(state(database, progress));
            }
            if (isAsked("painted")) {
                figures.add(painted(database, progress));
            }
            if (isAsked("large")) {
                figures.addAll(large(database, progress));
            }
        }
        if (isAsked("demo")) {
            figures.addAll(Math.min(3, figures.size()), demo(progress));
        }
        return figures;
    }

    private static boolean isAsked(String part) {
        String parts = System.getenv("VIGIE_BENCH_PARTS");
        return parts == null || parts.isBlank() || List.of(parts.split(",", -1)).contains(part);
    }

    private static List<Figure> state(BenchDatabase database, PrintStream progress)
            throws Fault, InterruptedException {
        List<Double> halves = new ArrayList<>();
        List<Double> ends = new ArrayList<>();
        Sightings sightings = new Sightings();
        try (BenchDatabase.Schema schema =
                        database.schema("bench_state", LoadWriter.referenceRoom());
                Timeline timeline = LiveTimeline.start(schema.reader(), Clock.systemUTC())) {
            timeline.onChange(() -> see(timeline, sightings));
            awaitLive(timeline);
            schema.load().write(GROUPS_PER_SECOND, ROWS, WARM_UP, group -> {});
            for (int i = 1; i <= WINDOWS; i++) {
                Samples samples = window(schema.load(), sightings);
                say(progress, "commit_to_state", i, samples);
                halves.add(samples.percentile(50));
                ends.add(samples.percentile(99));
            }
        }
        return List.of(
                Figure.atMost(2, "commit_to_state_p50_ms", Samples.median(halves), "ms"),
                Figure.atMost(10, "commit_to_state_p99_ms", Samples.median(ends), "ms"));
    }

    private static Figure painted(BenchDatabase database, PrintStream progress)
            throws Fault, InterruptedException {
        List<Double> ends = new ArrayList<>();
        Plan plan = PlanFile.builtIn();
        try (BenchDatabase.Schema schema =
                        database.schema("bench_painted", LoadWriter.referenceRoom());
                Timeline timeline = LiveTimeline.start(schema.reader(), Clock.systemUTC())) {
            Sightings states = new Sightings();
            timeline.onChange(() -> see(timeline, states));
            try (LivePainting window = LivePainting.open(plan, timeline)) {
                awaitLive(timeline);
                schema.load().write(GROUPS_PER_SECOND, ROWS, WARM_UP, group -> {});
                for (int i = 1; i <= WINDOWS; i++) {
                    List<LoadWriter.Group> groups = new ArrayList<>();
                    schema.load().write(GROUPS_PER_SECOND, ROWS, WINDOW, groups::add);
                    await("painted", () -> window.painted().has(groups.getLast()));
                    Samples samples = window.painted().after(groups);
                    say(progress, "commit_to_painted", i, samples);
                    say(progress, "  of it to state", i, states.after(groups));
                    ends.add(samples.percentile(99));
                }
            }
        }
        return Figure.atMost(60, "commit_to_painted_p99_ms", Samples.median(ends), "ms");
    }

    private static List<Figure> large(BenchDatabase database, PrintStream progress)
            throws Fault, InterruptedException {
        Hall hall = Hall.of(RACK_ROWS, RACKS_IN_ROW);
        Sightings sightings = new Sightings();
        List<LoadWriter.Group> groups = new ArrayList<>();
        List<Long> clicks;
        try (BenchDatabase.Schema schema = database.schema("bench_large", hall.points());
                Timeline timeline = LiveTimeline.start(schema.reader(), Clock.systemUTC())) {
            timeline.onChange(() -> see(timeline, sightings));
            try (LivePainting window = LivePainting.open(hall.plan(), timeline);
                    ExecutorService writing =
                            Executors.newSingleThreadExecutor(
                                    Thread.ofPlatform().name("bench-writer").factory())) {
                awaitLive(timeline);
                write(schema.load(), WARM_UP, new ArrayList<>());
                Future<?> written =
                        writing.submit(() -> {
                            write(schema.load(), Duration.ofMinutes(5), groups);
                            return true;
                        });
                clicks = clicks(window, hall);
                writing.shutdownNow();
                finish(written);
                await("large", () -> sightings.has(groups.getLast()));
            }
        }
        Samples answers = new Samples(clicks);
        Samples delays = sightings.after(groups);
        double seconds =
                (groups.getLast().nanosAfterCommit() - groups.getFirst().nanosBeforeCommit()) / 1e9;
        // On schedule the last group begins one interval before the end; to the hundred.
        double rate =
                Math.round(
                                groups.size()
                                        * LARGE_ROWS
                                        / Math.max(seconds, groups.size() / LARGE_GROUPS_PER_SECOND)
                                        / 100)
                        * 100;
        say(progress, "click_answer", 1, answers);
        say(progress, "feed_delay", 1, delays);
        return List.of(
                Figure.atLeast(10_000, "load_readings_per_s", rate, ""),
                Figure.atMost(150, "click_answer_p99_ms", answers.percentile(99), "ms"),
                Figure.atMost(1000, "feed_delay_p99_ms", delays.percentile(99), "ms"));
    }

    private static void write(LoadWriter load, Duration length, List<LoadWriter.Group> groups)
            throws Fault {
        load.write(LARGE_GROUPS_PER_SECOND, LARGE_ROWS, length, groups::add);
    }

    /** Clicks on racks anywhere, at any time between two frames. */
    private static List<Long> clicks(LivePainting window, Hall hall) throws InterruptedException {
        List<Element.Rack> racks = hall.racks();
        SplittableRandom random = new SplittableRandom(11);
        List<Long> answers = new ArrayList<>();
        Element.Rack before = racks.getFirst();
        while (answers.size() < CLICKS) {
            Element.Rack rack = racks.get(random.nextInt(racks.size()));
            // Two clicks near each other are a double click, which fits the plan to the window.
            if (Math.abs(rack.area().x() - before.area().x()) < 3) {
                continue;
            }
            before = rack;
            LockSupport.parkNanos(random.nextLong(10_000_000L, 60_000_000L));
            answers.add(window.click(rack.id(), rack.area().centre()));
        }
        return answers;
    }

    private static List<Figure> demo(PrintStream progress) throws InterruptedException {
        List<Double> firsts = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < FIRST_STARTS; i++) {
            try (DemoStart start = new DemoStart()) {
                firsts.add(start.seconds());
                say(progress, "demo_first_start", firsts.getLast());
                for (int j = 0; j < SECOND_STARTS; j++) {
                    seconds.add(start.seconds());
                    say(progress, "demo_second_start", seconds.getLast());
                }
            }
        }
        return List.of(
                Figure.atMost(6, "demo_second_start_to_live_s", Samples.median(seconds), "s"),
                Figure.atMost(25, "demo_first_start_to_live_s", Samples.median(firsts), "s"));
    }

    private static Samples window(LoadWriter load, Sightings sightings)
            throws Fault, InterruptedException {
        List<LoadWriter.Group> groups = new ArrayList<>();
        load.write(GROUPS_PER_SECOND, ROWS, WINDOW, groups::add);
        await("state", () -> sightings.has(groups.getLast()));
        return sightings.after(groups);
    }

    private static void see(Timeline timeline, Sightings sightings) {
        long now = System.nanoTime();
        sightings.add(now, Sightings.newest(timeline.moment().state()));
    }

    private static void awaitLive(Timeline timeline) throws InterruptedException {
        await("live", () -> timeline.moment().feed().phase() == FeedStatus.Phase.LIVE);
    }

    private static void await(String what, BooleanSupplier reached) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("never came: " + what);
            }
            Thread.sleep(5);
        }
    }

    private static void finish(Future<?> written) throws Fault, InterruptedException {
        try {
            written.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Fault fault) {
                throw fault;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    private static void say(PrintStream progress, String what, int window, Samples samples) {
        progress.printf(
                Locale.ROOT, "%-18s %d  %s  (load %.1f)%n", what, window, samples, loadAverage());
        progress.flush();
    }

    private static void say(PrintStream progress, String what, double seconds) {
        progress.printf(Locale.ROOT, "%-18s %.2f s  (load %.1f)%n", what, seconds, loadAverage());
        progress.flush();
    }

    private static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
