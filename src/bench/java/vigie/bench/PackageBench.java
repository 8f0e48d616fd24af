package vigie.bench;

import vigie.app.Bench;
import vigie.simulator.Options;
import vigie.simulator.Simulator;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./vigie bench package}: the package as a technician gets it, unpacked and started on a
 * database with the reference room beside it. The launcher has built it before. Environment
 * variable {@code VIGIE_BENCH_PARTS} chooses of {@code size}, {@code start} and {@code resident}.
 */
public final class PackageBench implements Bench {
    private static final int STARTS = 5;
    private static final Duration RESIDENT = Duration.ofMinutes(10);
    private static final String SCHEMA = "homeassistant";

    @Override
    public String name() {
        return "package";
    }

    @Override
    public List<Figure> run(PrintStream progress) throws Fault, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        try (InstalledTree tree = InstalledTree.unpack()) {
            Telling.say(progress, "%s", tree.archive().getFileName());
            if (isAsked("size")) {
                figures.add(PackageGoal.DEB_MB.measured(tree.archiveMegabytes()));
                figures.add(PackageGoal.INSTALLED_MB.measured(tree.installedMegabytes()));
            }
            if (!isAsked("start") && !isAsked("resident")) {
                return figures;
            }
            try (BenchDatabase database = BenchDatabase.start(progress);
                    VirtualScreen screen = VirtualScreen.fullHd()) {
                database.server().createSchema(SCHEMA);
                DatabaseAddress writer = database.server().createWriter("writer", SCHEMA);
                DatabaseAddress reader = database.server().createReader("reader", SCHEMA);
                try (Connections connections = new Connections(writer, "bench");
                        Simulator simulator =
                                Simulator.open(
                                        connections,
                                        Options.usual().withPastDays(1),
                                        Clock.systemUTC(),
                                        share -> {})) {
                    simulator.start();
                    if (isAsked("start")) {
                        figures.addAll(starts(tree, reader, screen, progress));
                    }
                    if (isAsked("resident")) {
                        figures.add(resident(tree, reader, screen, progress));
                    }
                }
            }
        }
        return figures;
    }

    private static boolean isAsked(String part) {
        String parts = System.getenv("VIGIE_BENCH_PARTS");
        return parts == null || parts.isBlank() || List.of(parts.split(",", -1)).contains(part);
    }

    /** With the cache and without it in turn; the first of each only warms the disk's cache. */
    private static List<Figure> starts(
            InstalledTree tree, DatabaseAddress reader, VirtualScreen screen, PrintStream progress)
            throws InterruptedException {
        List<Double> windows = new ArrayList<>();
        List<Double> lives = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        for (int i = 0; i <= STARTS; i++) {
            try (InstalledStart cached = InstalledStart.of(tree.home(), reader, screen)) {
                double window = cached.secondsToWindow();
                double live = cached.secondsToLive();
                Telling.say(progress, "start %d: window %.2f s, live %.2f s", i, window, live);
                if (i > 0) {
                    windows.add(window);
                    lives.add(live);
                }
            }
            try (InstalledStart bare = InstalledStart.of(tree.withoutCache(), reader, screen)) {
                double window = bare.secondsToWindow();
                Telling.say(progress, "start %d without the cache: window %.2f s", i, window);
                if (i > 0) {
                    without.add(window);
                }
            }
        }
        double window = Samples.median(windows);
        return List.of(
                PackageGoal.FIRST_WINDOW_S.measured(window),
                PackageGoal.FIRST_LIVE_FRAME_S.measured(Samples.median(lives)),
                PackageGoal.AOT_RATIO.measured(Samples.median(without) / window));
    }

    private static Figure resident(
            InstalledTree tree, DatabaseAddress reader, VirtualScreen screen, PrintStream progress)
            throws InterruptedException {
        try (InstalledStart wall = InstalledStart.of(tree.home(), reader, screen, "--wall")) {
            double _ = wall.secondsToLive();
            double resident = Double.NaN;
            for (long minute = 1; minute <= RESIDENT.toMinutes(); minute++) {
                Thread.sleep(Duration.ofMinutes(1));
                resident = wall.residentMegabytes();
                Telling.say(progress, "after %d min: %.0f MB resident", minute, resident);
            }
            return PackageGoal.RESIDENT_MB_1080P.measured(resident);
        }
    }
}
