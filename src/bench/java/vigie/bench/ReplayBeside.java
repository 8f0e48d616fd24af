package vigie.bench;

import vigie.history.History;
import vigie.recording.Basis;
import vigie.simulator.LoadWriter;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.EmbeddedServer;
import vigie.text.Fault;
import vigie.timeline.HistoryRecorded;
import vigie.timeline.Recorded;
import vigie.timeline.ReplayTimeline;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * A replay at full speed, in the console's window, of the room whose present is followed beside it
 * at 2,000 readings a second.
 */
final class ReplayBeside {
    private static final int ROWS = 50;
    private static final int GROUPS_PER_SECOND = 40;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration WINDOW = Duration.ofSeconds(40);
    private static final Duration PAST = Duration.ofHours(24);

    private ReplayBeside() {}

    static void measure(PrintStream progress, Map<ReplayGoal, Double> figures)
            throws Fault, InterruptedException {
        Hall hall = Hall.of(3, 5);
        try (BenchDatabase database = BenchDatabase.start(progress);
                BenchDatabase.Schema schema =
                        database.schema("bench_beside", hall.points().subList(0, ROWS))) {
            // The writer names its points with its first rows.
            schema.load().write(1, ROWS, Duration.ofSeconds(1), group -> {});
            fill(database.server());
            DatabaseAddress reader = schema.reader();
            try (FeedWatch watch = FeedWatch.live(reader);
                    History history =
                            new History(reader, reader.withSchema("none"), ZoneOffset.UTC)) {
                schema.load().write(GROUPS_PER_SECOND, ROWS, WARM_UP, group -> {});
                Recorded recorded = new HistoryRecorded(history, (from, to, work, each) -> {});
                Instant end = Instant.now().minus(Duration.ofMinutes(30));
                Instant begin = end.minus(PAST).plus(Duration.ofHours(1));
                List<LoadWriter.Group> groups = new ArrayList<>();
                try (ReplayTimeline replay =
                                ReplayTimeline.start(
                                        recorded,
                                        new ReplayTimeline.Settings(
                                                begin,
                                                Optional.of(begin),
                                                Optional.of(end),
                                                Basis.KNOWN_NOW,
                                                3_600));
                        LivePainting window =
                                LivePainting.open(
                                        hall.plan(), replay, ReplayPlay.settings(recorded))) {
                    FeedWatch.await(() -> !replay.playback().waits(), "the beginning");
                    LongAdder frames = new LongAdder();
                    window.observe((frame, nanos) -> frames.increment());
                    replay.play(false);
                    long started = System.nanoTime();
                    double[] seconds = {0};
                    Thread ended =
                            Thread.ofVirtual()
                                    .start(() -> {
                                        try {
                                            FeedWatch.await(
                                                    () -> replay.playback().ended(), "the end");
                                            seconds[0] = (System.nanoTime() - started) / 1e9;
                                        } catch (InterruptedException hurried) {
                                            Thread.currentThread().interrupt();
                                        }
                                    });
                    schema.load().write(GROUPS_PER_SECOND, ROWS, WINDOW, groups::add);
                    ended.join();
                    FeedWatch.await(
                            () -> watch.sightings().has(groups.getLast()), "the last group");
                    long stored = ReplayPlay.stored(reader, begin, end);
                    Samples samples = watch.sightings().after(groups);
                    double speed = Duration.between(begin, end).toMillis() / 1e3 / seconds[0];
                    Telling.say(
                            progress,
                            "beside  live %s  replay %.0fx, %d of %d readings folded, %d frames",
                            samples,
                            speed,
                            replay.folded(),
                            stored,
                            frames.sum());
                    figures.put(ReplayGoal.LIVE_P99_MS_BESIDE_REPLAY, samples.percentile(99));
                    figures.put(
                            ReplayGoal.DROPPED_EVENTS_BESIDE_LIVE,
                            (double) Math.abs(stored - replay.folded()));
                    figures.put(ReplayGoal.SPEED_BESIDE_LIVE, speed);
                }
            }
        }
    }

    /** A day of the past, a reading every ten seconds. */
    private static void fill(EmbeddedServer server) throws Fault {
        try (Connections ways = new Connections(server.root("bench_beside"), "bench-fill");
                Connection connection = ways.single();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO states (state, last_updated_ts, metadata_id, attributes_id) SELECT"
                            + " ROUND(20 + RAND(s.seq + m.metadata_id) * 5, 1), UNIX_TIMESTAMP() -"
                            + " 90000 + s.seq * 10 + m.metadata_id / 10, m.metadata_id,"
                            + " m.metadata_id FROM seq_0_to_8819 s JOIN states_meta m ORDER BY"
                            + " s.seq, m.metadata_id");
        } catch (SQLException failed) {
            throw new IllegalStateException("the past was not written", failed);
        }
    }
}
