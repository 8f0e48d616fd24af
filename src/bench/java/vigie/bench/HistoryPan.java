package vigie.bench;

import vigie.console.history.Opening;
import vigie.console.history.PastSource;
import vigie.console.start.PixelSize;
import vigie.history.History;
import vigie.history.HistoryPoint;
import vigie.history.PointRange;
import vigie.history.Times;
import vigie.history.Work;
import vigie.plan.PlanFile;
import vigie.point.PointId;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Dragging a chart in the console's window, 1920×1080: twelve sensors over ten days are more than a
 * million stored readings. What is asked of the database meanwhile is part of it: the hand drags
 * some screens into the past and back.
 */
final class HistoryPan {
    private static final int SENSORS = 12;
    private static final int ROUNDS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration LENGTH = Duration.ofSeconds(12);
    private static final Duration TURN = Duration.ofSeconds(6);

    private HistoryPan() {}

    static void measure(HistoryScene scene, HistoryStore store) throws Fault, InterruptedException {
        DatabaseAddress recorder = store.recorder();
        DatabaseAddress own = HistoryStore.own(recorder);
        List<PointId> points = HistoryBench.measured(recorder).subList(0, SENSORS);
        Instant end = Times.instant(store.extent().end());
        Opening opening = Opening.between("", points, end.minus(Duration.ofDays(10)), end);
        try (History history = new History(recorder, own, ZoneId.of("Europe/Brussels"))) {
            Counted past = new Counted(PastSource.of(history));
            try (ChartDragging dragging =
                    ChartDragging.open(PlanFile.builtIn(), past, opening, PixelSize.FULL_HD)) {
                FeedWatch.await(() -> past.answers.get() > 0, "the chart");
                var _ = dragging.drag(WARM_UP, TURN);
                List<Double> rates = new java.util.ArrayList<>();
                for (int i = 0; i < ROUNDS; i++) {
                    int answers = past.answers.get();
                    ChartDragging.Smoothness smooth = dragging.drag(LENGTH, TURN);
                    scene.say(
                            "pan  %.1f frames/s, between frames p50 %.1f p99 %.1f max %.1f ms,"
                                    + " JavaFX thread %.1f ms, %d answers meanwhile",
                            smooth.framesPerSecond(),
                            smooth.medianMillis(),
                            smooth.p99Millis(),
                            smooth.worstMillis(),
                            smooth.fxMillis(),
                            past.answers.get() - answers);
                    rates.add(smooth.framesPerSecond());
                }
                scene.figure(
                        HistoryGoal.PAN_FPS_1M_POINTS,
                        Math.round(Samples.median(rates) * 10) / 10.0);
            }
        }
    }

    /** The past, counted. */
    private static final class Counted implements PastSource {
        private final PastSource past;
        private final AtomicInteger answers = new AtomicInteger();

        Counted(PastSource past) {
            this.past = past;
        }

        @Override
        public List<PointRange> range(
                Collection<PointId> points, Instant from, Instant to, int wanted, Work work)
                throws Fault {
            List<PointRange> found = past.range(points, from, to, wanted, work);
            answers.incrementAndGet();
            return found;
        }

        @Override
        public List<HistoryPoint> points(Work work) throws Fault {
            return past.points(work);
        }

        @Override
        public Optional<Sentence> missing(Work work) throws Fault {
            return past.missing(work);
        }
    }
}
