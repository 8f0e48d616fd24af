package vigie.bench;

import org.jspecify.annotations.Nullable;

import vigie.app.Bench;
import vigie.text.Fault;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code ./vigie bench feed}: the feed beside the bare binlog library and beside Debezium's
 * embedded engine, all on the log of one server that the bench starts; then the feed against what
 * happens to servers.
 *
 * <p>Environment variable {@code VIGIE_BENCH_PARTS} chooses parts by name, separated by commas, for
 * those who work on one; {@code /10} behind a name cuts what takes long in it to a tenth. Such
 * figures prove nothing.
 */
public final class FeedBench implements Bench {
    /** The parts, in the order in which they run, with the figures they owe. */
    @SuppressWarnings("ImmutableEnumChecker") // methods and a list of List.of
    private enum Part {
        DECODE(
                FeedDecode::measure,
                FeedGoal.DECODE_RATIO_TO_BARE,
                FeedGoal.DECODE_RATIO_TO_DEBEZIUM),
        LATENCY(
                FeedLatency::measure,
                FeedGoal.COMMIT_TO_STATE_P50_RATIO_TO_BARE,
                FeedGoal.COMMIT_TO_STATE_P99_RATIO_TO_BARE,
                FeedGoal.CPU_RATIO_TO_BARE),
        BIG(FeedLatency::bigGroups, FeedGoal.BIG_GROUP_RATIO_TO_BARE),
        LOAD(
                FeedLoad::measure,
                FeedGoal.COMMIT_TO_STATE_P99_MS_20K,
                FeedGoal.LOAD_ROWS_PER_S,
                FeedGoal.HEAP_DRIFT_PERCENT),
        RESTART(FeedOutage::restart, FeedGoal.LIVE_AGAIN_AFTER_RESTART_S),
        FROZEN(FeedOutage::frozen, FeedGoal.FROZEN_NOTICED_S),
        FAILOVER(FeedFailover::measure, FeedGoal.FAILOVER_S),
        PURGE(FeedPurge::measure, FeedGoal.PURGE_MAX_DELAY_MS, FeedGoal.PURGE_HEAP_OVER_IDLE_MB),
        IDLE(FeedIdle::measure, FeedGoal.IDLE_BINLOG_BYTES_PER_MIN);

        private final FeedScene.Part work;
        private final List<FeedGoal> goals;

        Part(FeedScene.Part work, FeedGoal... goals) {
            this.work = work;
            this.goals = List.of(goals);
        }
    }

    @Override
    public String name() {
        return "feed";
    }

    @Override
    public List<Figure> run(PrintStream progress) throws Fault, InterruptedException {
        Map<Part, Integer> asked = asked(System.getenv("VIGIE_BENCH_PARTS"));
        Map<FeedGoal, Double> values = new EnumMap<>(FeedGoal.class);
        try (BenchDatabase database = BenchDatabase.start(progress)) {
            for (Map.Entry<Part, Integer> each : asked.entrySet()) {
                Part part = each.getKey();
                FeedScene scene = new FeedScene(database, progress, 1.0 / each.getValue());
                scene.say("-- %s%s", part, each.getValue() == 1 ? "" : " / " + each.getValue());
                // What is owed and does not come shows as missing.
                part.goals.forEach(goal -> values.put(goal, Double.NaN));
                try {
                    part.work.measure(scene);
                } catch (IllegalStateException | Fault failed) {
                    // The figures of half an hour are not to be lost with those of one part.
                    scene.say("%s failed: %s", part, failed);
                }
                values.putAll(scene.figures());
            }
        }
        List<Figure> figures = new ArrayList<>();
        values.forEach((goal, value) -> figures.add(goal.measured(value)));
        return figures;
    }

    /** Parts with the divisor of their length; without a choice all, uncut. */
    private static Map<Part, Integer> asked(@Nullable String choice) {
        Map<Part, Integer> asked = new EnumMap<>(Part.class);
        if (choice == null || choice.isBlank()) {
            for (Part part : Part.values()) {
                asked.put(part, 1);
            }
            return asked;
        }
        for (String word : choice.split(",", -1)) {
            String[] nameAndDivisor = word.split("/", 2);
            asked.put(
                    Part.valueOf(nameAndDivisor[0].toUpperCase(Locale.ROOT)),
                    nameAndDivisor.length == 1 ? 1 : Integer.parseInt(nameAndDivisor[1]));
        }
        return asked;
    }
}
