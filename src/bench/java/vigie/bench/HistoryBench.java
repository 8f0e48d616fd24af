package vigie.bench;

import org.jspecify.annotations.Nullable;

import vigie.app.Bench;
import vigie.history.History;
import vigie.history.HistoryPoint;
import vigie.history.Times;
import vigie.history.Work;
import vigie.point.PointId;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;

import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code ./vigie bench history}: questions about the past, asked of a store of two years beside
 * what others ask; then the archiver's cost, and the live picture while many ask.
 *
 * <p>Environment variable {@code VIGIE_BENCH_PARTS} chooses parts by name, separated by commas, for
 * those who work on one.
 */
public final class HistoryBench implements Bench {
    private static final double LONGEST_S = 600;
    private static final double LARGEST_GB = 8;
    private static final double GB = 1 << 30;

    /** The parts, in the order in which they run. */
    private enum Part {
        CHARTS,
        STATES,
        PAN,
        ARCHIVE,
        LIVE
    }

    @Override
    public String name() {
        return "history";
    }

    @Override
    public List<Figure> run(PrintStream progress) throws Fault, InterruptedException {
        Set<Part> asked = asked(System.getenv("VIGIE_BENCH_PARTS"));
        HistoryScene scene = new HistoryScene(progress);
        List<Figure> figures = new ArrayList<>();
        if (asked.contains(Part.CHARTS)
                || asked.contains(Part.STATES)
                || asked.contains(Part.PAN)) {
            try (HistoryStore store = HistoryStore.open(progress)) {
                figures.add(
                        Figure.atMost(LONGEST_S, "store_built_s", store.built().seconds(), "s"));
                figures.add(
                        Figure.atMost(LARGEST_GB, "store_gb", store.built().bytes() / GB, "GB"));
                if (asked.contains(Part.CHARTS)) {
                    attempt(scene, Part.CHARTS, its -> charts(its, store));
                }
                if (asked.contains(Part.STATES)) {
                    attempt(scene, Part.STATES, its -> states(its, store));
                }
                if (asked.contains(Part.PAN)) {
                    attempt(scene, Part.PAN, its -> HistoryPan.measure(its, store));
                }
            }
        }
        if (asked.contains(Part.ARCHIVE)) {
            attempt(scene, Part.ARCHIVE, HistoryLoad::archive);
        }
        if (asked.contains(Part.LIVE)) {
            attempt(scene, Part.LIVE, HistoryLoad::live);
        }
        for (Map.Entry<HistoryGoal, Double> each : scene.figures().entrySet()) {
            figures.add(each.getKey().measured(each.getValue()));
        }
        return figures;
    }

    /** The figures of the other parts are not to be lost with those of one. */
    private static void attempt(HistoryScene scene, Part part, HistoryScene.Part work)
            throws InterruptedException {
        scene.say("-- %s", part);
        owed(part).forEach(goal -> scene.figure(goal, Double.NaN));
        try {
            work.measure(scene);
        } catch (IllegalStateException | Fault failed) {
            scene.say("%s failed: %s", part, failed);
        }
    }

    /** What is owed and does not come shows as missing. */
    private static List<HistoryGoal> owed(Part part) {
        return switch (part) {
            case CHARTS ->
                    List.of(
                            HistoryGoal.CHART_1_POINT_COLD_P95_MS,
                            HistoryGoal.CHART_1_POINT_WARM_P95_MS,
                            HistoryGoal.CHART_8_POINTS_COLD_P95_MS,
                            HistoryGoal.CHART_RATIO_TO_GROUP_BY,
                            HistoryGoal.CHART_RATIO_TO_HA_QUERY);
            case STATES ->
                    List.of(
                            HistoryGoal.STATE_AT_T_200_POINTS_P95_MS,
                            HistoryGoal.STATE_RATIO_TO_HA_QUERY);
            case PAN -> List.of(HistoryGoal.PAN_FPS_1M_POINTS);
            case ARCHIVE ->
                    List.of(
                            HistoryGoal.ARCHIVE_CPU_PERCENT_OF_CORE_AT_100_PER_S,
                            HistoryGoal.ARCHIVE_READINGS_PER_S);
            case LIVE ->
                    List.of(
                            HistoryGoal.LIVE_P99_MS_DURING_50_QUERIES,
                            HistoryGoal.LIVE_READINGS_PER_S);
        };
    }

    private static void charts(HistoryScene scene, HistoryStore store) throws Fault {
        DatabaseAddress recorder = store.recorder();
        HistoryCharts charts =
                new HistoryCharts(
                        scene,
                        recorder,
                        HistoryStore.own(recorder),
                        measured(recorder),
                        Times.instant(store.extent().end()));
        charts.measure();
        charts.compare();
    }

    static List<PointId> measured(DatabaseAddress recorder) throws Fault {
        try (History history = new History(recorder, HistoryStore.own(recorder), ZoneOffset.UTC)) {
            return history.points(new Work()).stream().map(HistoryPoint::name).toList();
        }
    }

    private static void states(HistoryScene scene, HistoryStore store) throws Fault {
        DatabaseAddress many = store.many();
        Instant end = Times.instant(store.extent().end());
        HistoryStates.measure(
                scene,
                many,
                many.withSchema("none"),
                store.extent().manyPoints(),
                Times.instant(store.extent().rawFrom()),
                end);
    }

    private static Set<Part> asked(@Nullable String choice) {
        return choice == null || choice.isBlank()
                ? EnumSet.allOf(Part.class)
                : Arrays.stream(choice.split(",", -1))
                        .map(word -> Part.valueOf(word.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
    }
}
