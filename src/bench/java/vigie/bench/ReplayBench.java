package vigie.bench;

import vigie.app.Bench;
import vigie.history.History;
import vigie.history.Times;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.timeline.HistoryRecorded;
import vigie.timeline.Recorded;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code ./vigie bench replay}: jumps into a day of a thousand points and into a year of sixty;
 * playing at full speed in the console's window; an hour of playing; opening an incident file.
 *
 * <p>Environment variable {@code VIGIE_BENCH_PARTS} chooses parts by name, separated by commas, for
 * those who work on one.
 */
public final class ReplayBench implements Bench {
    private static final int SEEKS = 120;

    /** The parts, in the order in which they run. */
    private enum Part {
        DAY,
        YEAR,
        FAST,
        HEAP,
        BESIDE,
        INCIDENT
    }

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public List<Figure> run(PrintStream progress) throws Fault, InterruptedException {
        Set<Part> asked = asked(System.getenv("VIGIE_BENCH_PARTS"));
        Map<ReplayGoal, Double> figures = new EnumMap<>(ReplayGoal.class);
        if (asked.contains(Part.DAY)) {
            attempt(progress, Part.DAY, figures, () -> day(progress, figures));
        }
        if (asked.contains(Part.YEAR) || asked.contains(Part.FAST) || asked.contains(Part.HEAP)) {
            try (HistoryStore store = HistoryStore.open(progress)) {
                for (Part part : List.of(Part.YEAR, Part.FAST, Part.HEAP)) {
                    if (asked.contains(part)) {
                        attempt(
                                progress,
                                part,
                                figures,
                                () -> room(progress, part, figures, store));
                    }
                }
            }
        }
        if (asked.contains(Part.BESIDE)) {
            attempt(progress, Part.BESIDE, figures, () -> ReplayBeside.measure(progress, figures));
        }
        if (asked.contains(Part.INCIDENT)) {
            attempt(
                    progress,
                    Part.INCIDENT,
                    figures,
                    () -> {
                        figures.put(ReplayGoal.INCIDENT_OPEN_MS, IncidentOpening.measure(progress));
                    });
        }
        return figures.entrySet().stream()
                .map(each -> each.getKey().measured(each.getValue()))
                .toList();
    }

    private static void day(PrintStream progress, Map<ReplayGoal, Double> figures)
            throws Fault, InterruptedException {
        Hall hall = Hall.of(10, 25);
        try (ReplayDay day = ReplayDay.open(progress)) {
            DatabaseAddress recorder = day.recorder();
            try (History history = history(recorder, recorder)) {
                Samples samples =
                        ReplaySeeks.measure(
                                progress,
                                hall.plan(),
                                recorded(history),
                                day.from().plus(Duration.ofMinutes(5)),
                                day.to(),
                                SEEKS,
                                ReplayDay.POINTS);
                figures.put(
                        ReplayGoal.SEEK_TO_PAINTED_P95_MS_24H_1000_POINTS, samples.percentile(95));
            }
        }
    }

    private static void room(
            PrintStream progress, Part part, Map<ReplayGoal, Double> figures, HistoryStore store)
            throws Fault, InterruptedException {
        DatabaseAddress recorder = store.recorder();
        Hall hall = Hall.of(3, 5);
        Instant end = Times.instant(store.extent().end());
        try (History history = history(recorder, HistoryStore.own(recorder))) {
            Recorded recorded = recorded(history);
            switch (part) {
                case YEAR ->
                        figures.put(
                                ReplayGoal.SEEK_TO_PAINTED_P95_MS_1Y,
                                ReplaySeeks.measure(
                                                progress,
                                                hall.plan(),
                                                recorded,
                                                end.minus(Duration.ofDays(365)),
                                                end,
                                                SEEKS,
                                                hall.points().size())
                                        .percentile(95));
                case FAST -> {
                    ReplayPlay.Run run =
                            ReplayPlay.fast(
                                    progress,
                                    hall.plan(),
                                    recorded,
                                    recorder,
                                    end.minus(Duration.ofDays(5)));
                    figures.put(ReplayGoal.DROPPED_EVENTS_AT_3600X, (double) run.dropped());
                    figures.put(ReplayGoal.FPS_AT_3600X, run.framesPerSecond());
                    figures.put(ReplayGoal.SPEED_AT_3600X, run.speed());
                }
                case HEAP ->
                        figures.put(
                                ReplayGoal.HEAP_DRIFT_PERCENT,
                                ReplayPlay.drift(
                                        progress,
                                        hall.plan(),
                                        recorded,
                                        end.minus(Duration.ofDays(9))));
                case DAY, BESIDE, INCIDENT -> throw new IllegalArgumentException(part.name());
            }
        }
    }

    private static History history(DatabaseAddress recorder, DatabaseAddress own) {
        return new History(recorder, own, ZoneOffset.UTC);
    }

    /** Without what happened: these measure moments. */
    private static Recorded recorded(History history) {
        return new HistoryRecorded(history, (from, to, work, each) -> {});
    }

    /** A part of the bench. */
    @FunctionalInterface
    private interface Measuring {
        void measure() throws Fault, InterruptedException;
    }

    /** The figures of the other parts are not to be lost with those of one. */
    private static void attempt(
            PrintStream progress, Part part, Map<ReplayGoal, Double> figures, Measuring work)
            throws InterruptedException {
        Telling.say(progress, "-- %s", part);
        owed(part).forEach(goal -> figures.put(goal, Double.NaN));
        try {
            work.measure();
        } catch (IllegalStateException | Fault failed) {
            Telling.say(progress, "%s failed: %s", part, failed);
        }
    }

    /** What is owed and does not come shows as missing. */
    private static List<ReplayGoal> owed(Part part) {
        return switch (part) {
            case DAY -> List.of(ReplayGoal.SEEK_TO_PAINTED_P95_MS_24H_1000_POINTS);
            case YEAR -> List.of(ReplayGoal.SEEK_TO_PAINTED_P95_MS_1Y);
            case FAST ->
                    List.of(
                            ReplayGoal.DROPPED_EVENTS_AT_3600X,
                            ReplayGoal.FPS_AT_3600X,
                            ReplayGoal.SPEED_AT_3600X);
            case HEAP -> List.of(ReplayGoal.HEAP_DRIFT_PERCENT);
            case BESIDE ->
                    List.of(
                            ReplayGoal.LIVE_P99_MS_BESIDE_REPLAY,
                            ReplayGoal.DROPPED_EVENTS_BESIDE_LIVE,
                            ReplayGoal.SPEED_BESIDE_LIVE);
            case INCIDENT -> List.of(ReplayGoal.INCIDENT_OPEN_MS);
        };
    }

    private static Set<Part> asked(@org.jspecify.annotations.Nullable String parts) {
        return parts == null || parts.isBlank()
                ? EnumSet.allOf(Part.class)
                : Arrays.stream(parts.split(","))
                        .map(part -> Part.valueOf(part.strip().toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
    }
}
