package vigie.bench;

import vigie.simulator.LoadWriter;
import vigie.text.Fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * From just before COMMIT until the state has the group, against the moment at which the bare
 * library delivers its XID. Both are attached at once, each in its own process, so that both meet
 * the same commits and the same moods of the machine. Who attached first may be served first: they
 * take turns.
 */
final class FeedLatency {
    private static final int ROUNDS = 2;
    private static final int WINDOWS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration WINDOW = Duration.ofSeconds(15);
    private static final double GROUPS_PER_SECOND = 100;
    private static final int ROWS = 10;

    private static final int BIG_GROUPS = 300;
    private static final int BIG_ROWS = 1_000;
    private static final double BIG_PER_SECOND = 1;
    private static final Duration BIG_WARM_UP = Duration.ofSeconds(20);

    private FeedLatency() {}

    /** Two readers on one schema, attached in turn. */
    private record Pair(FeedReader ours, FeedReader bare) implements AutoCloseable {
        static Pair follow(BenchDatabase.Schema schema, boolean oursFirst) {
            Pair pair =
                    new Pair(
                            FeedReader.start(FeedReader.Kind.OURS, schema.reader()),
                            FeedReader.start(FeedReader.Kind.BARE, schema.reader()));
            (oursFirst ? pair.ours : pair.bare).follow();
            (oursFirst ? pair.bare : pair.ours).follow();
            return pair;
        }

        void note(int groups) {
            ours.note(groups);
            bare.note(groups);
        }

        @Override
        public void close() {
            ours.close();
            bare.close();
        }
    }

    /** Small groups, many of them; and what the whole process costs at that load. */
    static void measure(FeedScene scene) throws Fault, InterruptedException {
        List<Double> halves = new ArrayList<>();
        List<Double> ends = new ArrayList<>();
        List<Double> costs = new ArrayList<>();
        try (BenchDatabase.Schema schema =
                scene.database().schema("bench_latency", LoadWriter.referenceRoom())) {
            for (int round = 0; round < ROUNDS; round++) {
                try (Pair pair = Pair.follow(schema, round % 2 == 0)) {
                    schema.load().write(GROUPS_PER_SECOND, ROWS, scene.cut(WARM_UP), group -> {});
                    for (int i = 0; i < WINDOWS; i++) {
                        pair.note((int) (GROUPS_PER_SECOND * WINDOW.toSeconds()));
                        double our = pair.ours().cpuSeconds();
                        double bare = pair.bare().cpuSeconds();
                        FeedWindow window =
                                FeedWindow.write(
                                        schema, GROUPS_PER_SECOND, ROWS, scene.cut(WINDOW));
                        our = pair.ours().cpuSeconds() - our;
                        bare = pair.bare().cpuSeconds() - bare;
                        Samples ours = window.seenBy(pair.ours());
                        Samples theirs = window.seenBy(pair.bare());
                        scene.say("bare  %s  cpu %.2f s", theirs, bare);
                        scene.say("ours  %s  cpu %.2f s", ours, our);
                        halves.add(ours.percentile(50) / theirs.percentile(50));
                        ends.add(ours.percentile(99) / theirs.percentile(99));
                        costs.add(our / bare);
                    }
                }
            }
        }
        scene.figure(FeedGoal.COMMIT_TO_STATE_P50_RATIO_TO_BARE, Samples.median(halves));
        scene.figure(FeedGoal.COMMIT_TO_STATE_P99_RATIO_TO_BARE, Samples.median(ends));
        scene.figure(FeedGoal.CPU_RATIO_TO_BARE, Samples.median(costs));
    }

    /** One large group a second. The percentile is of all rounds together: it needs them all. */
    static void bigGroups(FeedScene scene) throws Fault, InterruptedException {
        int groups = scene.cut(BIG_GROUPS) / ROUNDS;
        List<Samples> ours = new ArrayList<>();
        List<Samples> bare = new ArrayList<>();
        try (BenchDatabase.Schema schema =
                scene.database().schema("bench_big", LoadWriter.numbered(BIG_ROWS))) {
            // From the second group on each row has a predecessor to update.
            schema.load().write(BIG_ROWS);
            for (int round = 0; round < ROUNDS; round++) {
                try (Pair pair = Pair.follow(schema, round % 2 == 0)) {
                    schema.load().write(BIG_PER_SECOND, BIG_ROWS, scene.cut(BIG_WARM_UP), g -> {});
                    pair.note(groups);
                    FeedWindow window =
                            FeedWindow.write(
                                    schema,
                                    BIG_PER_SECOND,
                                    BIG_ROWS,
                                    Duration.ofSeconds((long) (groups / BIG_PER_SECOND)));
                    ours.add(window.seenBy(pair.ours()));
                    bare.add(window.seenBy(pair.bare()));
                    scene.say("big  bare  %s", bare.getLast());
                    scene.say("big  ours  %s", ours.getLast());
                }
            }
        }
        scene.figure(
                FeedGoal.BIG_GROUP_RATIO_TO_BARE,
                Samples.all(ours).percentile(99) / Samples.all(bare).percentile(99));
    }
}
