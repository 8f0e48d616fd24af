package vigie.bench;

import vigie.simulator.LoadWriter;
import vigie.text.Fault;

import java.time.Duration;

/**
 * Twenty thousand rows a second for ten minutes: how late the state is, and whether the heap grows.
 * A few points report many times within each commit: rows with a predecessor in the same commit
 * need no UPDATE of it, so one writer reaches that many.
 */
final class FeedLoad {
    private static final double GROUPS_PER_SECOND = 100;
    private static final int ROWS = 200;
    private static final int POINTS = 20;
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration REST = Duration.ofMinutes(9);

    private FeedLoad() {}

    static void measure(FeedScene scene) throws Fault, InterruptedException {
        try (BenchDatabase.Schema schema =
                        scene.database().schema("bench_load", LoadWriter.numbered(POINTS));
                FeedReader ours = FeedReader.start(FeedReader.Kind.OURS, schema.reader())) {
            ours.follow();
            // Before the first look at the heap: it stays to the end.
            ours.note((int) (GROUPS_PER_SECOND * FIRST.plus(REST).toSeconds()));
            FeedWindow first = FeedWindow.write(schema, GROUPS_PER_SECOND, ROWS, scene.cut(FIRST));
            double early = ours.heap();
            scene.say("20k  %.0f rows/s, heap %.1f MB", first.rowsPerSecond(), early);
            FeedWindow rest = FeedWindow.write(schema, GROUPS_PER_SECOND, ROWS, scene.cut(REST));
            Samples delays = rest.seenBy(ours);
            double late = ours.heap();
            scene.say("20k  %.0f rows/s, heap %.1f MB", rest.rowsPerSecond(), late);
            scene.say("20k  %s", delays);
            scene.figure(FeedGoal.COMMIT_TO_STATE_P99_MS_20K, delays.percentile(99));
            // To the hundred, as the writer's clock allows.
            scene.figure(FeedGoal.LOAD_ROWS_PER_S, Math.round(rest.rowsPerSecond() / 100) * 100.0);
            scene.figure(FeedGoal.HEAP_DRIFT_PERCENT, (late - early) / early * 100);
        }
    }
}
