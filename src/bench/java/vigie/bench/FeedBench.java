package vigie.bench;

import org.jspecify.annotations.Nullable;

import vigie.app.Bench;
import vigie.text.Fault;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
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
    /** The parts by name, in the order in which they run, with the figures they owe. */
    private static final Map<String, Owed> PARTS = new LinkedHashMap<>();

    private record Owed(FeedScene.Part part, List<FeedGoal> goals) {}

    static {
        PARTS.put(
                "decode",
                new Owed(
                        FeedDecode::measure,
                        List.of(FeedGoal.DECODE_RATIO_TO_BARE, FeedGoal.DECODE_RATIO_TO_DEBEZIUM)));
        PARTS.put(
                "latency",
                new Owed(
                        FeedLatency::measure,
                        List.of(
                                FeedGoal.COMMIT_TO_STATE_P50_RATIO_TO_BARE,
                                FeedGoal.COMMIT_TO_STATE_P99_RATIO_TO_BARE,
                                FeedGoal.CPU_RATIO_TO_BARE)));
        PARTS.put(
                "big", new Owed(FeedLatency::bigGroups, List.of(FeedGoal.BIG_GROUP_RATIO_TO_BARE)));
        PARTS.put(
                "20k",
                new Owed(
                        FeedLoad::measure,
                        List.of(
                                FeedGoal.COMMIT_TO_STATE_P99_MS_20K,
                                FeedGoal.LOAD_ROWS_PER_S,
                                FeedGoal.HEAP_DRIFT_PERCENT)));
        PARTS.put(
                "restart",
                new Owed(FeedOutage::restart, List.of(FeedGoal.LIVE_AGAIN_AFTER_RESTART_S)));
        PARTS.put("frozen", new Owed(FeedOutage::frozen, List.of(FeedGoal.FROZEN_NOTICED_S)));
        PARTS.put("failover", new Owed(FeedFailover::measure, List.of(FeedGoal.FAILOVER_S)));
        PARTS.put(
                "purge",
                new Owed(
                        FeedPurge::measure,
                        List.of(FeedGoal.PURGE_MAX_DELAY_MS, FeedGoal.PURGE_HEAP_OVER_IDLE_MB)));
        PARTS.put("idle", new Owed(FeedIdle::measure, List.of(FeedGoal.IDLE_BINLOG_BYTES_PER_MIN)));
    }

    @Override
    public String name() {
        return "feed";
    }

    @Override
    public List<Figure> run(PrintStream progress) throws Fault, InterruptedException {
        Map<String, Integer> asked = asked(System.getenv("VIGIE_BENCH_PARTS"));
        Map<FeedGoal, Double> values = new EnumMap<>(FeedGoal.class);
        try (BenchDatabase database = BenchDatabase.start(progress)) {
            for (Map.Entry<String, Integer> each : asked.entrySet()) {
                Owed owed = PARTS.get(each.getKey());
                if (owed == null) {
                    throw new IllegalArgumentException("no such part: " + each.getKey());
                }
                FeedScene scene = new FeedScene(database, progress, 1.0 / each.getValue());
                scene.say(
                        "%s%s",
                        each.getKey(), each.getValue() == 1 ? "" : ", cut to 1/" + each.getValue());
                owed.part().measure(scene);
                // One that was owed and did not come shows as missing.
                owed.goals().forEach(goal -> values.put(goal, Double.NaN));
                values.putAll(scene.figures());
            }
        }
        List<Figure> figures = new ArrayList<>();
        values.forEach((goal, value) -> figures.add(goal.measured(value)));
        return figures;
    }

    /** Names of parts with the divisor of their length; without a choice all, uncut. */
    private static Map<String, Integer> asked(@Nullable String parts) {
        Map<String, Integer> asked = new LinkedHashMap<>();
        if (parts == null || parts.isBlank()) {
            PARTS.keySet().forEach(name -> asked.put(name, 1));
            return asked;
        }
        for (String part : parts.split(",", -1)) {
            int slash = part.indexOf('/');
            asked.put(
                    slash < 0 ? part : part.substring(0, slash),
                    slash < 0 ? 1 : Integer.parseInt(part, slash + 1, part.length(), 10));
        }
        return asked;
    }
}
