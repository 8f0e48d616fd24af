package vigie.bench;

import vigie.simulator.LoadWriter;
import vigie.text.Fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A million rows, read from the same place of the same log by each side in turn: by a feed with a
 * listener that counts; by the bare library, which decodes and does nothing with it; by Debezium's
 * embedded engine. Each in a process of its own that has read it before.
 */
final class FeedDecode {
    private static final int ROWS = 1_000_000;
    private static final int RUNS = 5;
    private static final int DEBEZIUM_RUNS = 3;

    private FeedDecode() {}

    static void measure(FeedScene scene) throws Fault, InterruptedException {
        try (BenchDatabase.Schema schema =
                scene.database().schema("bench_decode", LoadWriter.referenceRoom())) {
            Optional<DebeziumReader> debezium = DebeziumReader.prepare(scene, schema.connections());
            try {
                read(scene, FeedLog.write(scene, schema, scene.cut(ROWS)), debezium);
            } finally {
                debezium.ifPresent(DebeziumReader::close);
            }
        }
    }

    private static void read(FeedScene scene, FeedLog log, Optional<DebeziumReader> debezium)
            throws InterruptedException {
        // Of each run one: what else the machine does changes from run to run for both alike.
        List<Double> toBare = new ArrayList<>();
        List<Double> toDebezium = new ArrayList<>();
        try (FeedReader our = FeedReader.start(FeedReader.Kind.OURS, log.reader());
                FeedReader their = FeedReader.start(FeedReader.Kind.BARE, log.reader())) {
            // The first run of each warms its compiler and is not counted.
            for (int run = 0; run <= RUNS; run++) {
                double bare = checked(scene, log, "bare", their.read(log.from()), 0);
                double ours = checked(scene, log, "ours", our.read(log.from()), log.rows());
                if (run > 0) {
                    toBare.add(bare / ours);
                }
                if (debezium.isPresent() && run <= DEBEZIUM_RUNS) {
                    // It takes its time; a part of the log warms it as well.
                    DebeziumReader.Read read =
                            debezium.get().read(run > 0 ? log.rows() : log.rows() / 10);
                    say(scene, "debezium", read.seconds(), read.cpuSeconds());
                    if (run > 0) {
                        toDebezium.add(read.seconds() / ours);
                    }
                }
            }
        }
        scene.figure(FeedGoal.DECODE_RATIO_TO_BARE, Samples.median(toBare));
        // Without a run this is not a number: the figure is missing.
        scene.figure(FeedGoal.DECODE_RATIO_TO_DEBEZIUM, Samples.median(toDebezium));
    }

    private static double checked(
            FeedScene scene, FeedLog log, String who, FeedReader.Read read, long rows) {
        if (read.groups() != log.groups() || read.rows() != rows) {
            throw new IllegalStateException(who + " read another log: " + log + ", " + read);
        }
        say(scene, who, read.seconds(), read.cpuSeconds());
        return read.seconds();
    }

    private static void say(FeedScene scene, String who, double seconds, double cpuSeconds) {
        scene.say("%-9s %6.2f s, %6.2f s of CPU", who, seconds, cpuSeconds);
    }
}
