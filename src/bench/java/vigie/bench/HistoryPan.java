package vigie.bench;

import javafx.animation.AnimationTimer;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import javafx.stage.StageStyle;

import vigie.console.bridge.FxBridge;
import vigie.console.history.Opening;
import vigie.console.history.PastSettings;
import vigie.console.history.PastSource;
import vigie.console.start.Display;
import vigie.console.start.PixelSize;
import vigie.console.start.ToolkitStart;
import vigie.console.window.WindowView;
import vigie.console.words.Speech;
import vigie.history.History;
import vigie.history.HistoryPoint;
import vigie.history.PointRange;
import vigie.history.Times;
import vigie.history.Work;
import vigie.picture.PictureMaker;
import vigie.plan.Plan;
import vigie.plan.PlanFile;
import vigie.point.PointId;
import vigie.room.Bindings;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.timeline.LiveTimeline;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Dragging a chart in the console's window, 1920×1080 on a screen in memory by the software
 * pipeline: twelve sensors over ten days are more than a million stored readings. A hand moves the
 * mouse with every frame, stroke by stroke, some screens into the past and back; each frame in
 * which the chart was painted anew counts, and what is asked of the database meanwhile is part of
 * it.
 */
final class HistoryPan {
    private static final int SENSORS = 12;
    private static final double STEP_PIXELS = 6;

    /** A stroke is as long as a hand is; then the hand goes back and takes hold again. */
    private static final int STROKE_FRAMES = 80;

    /**
     * So many strokes into the past, then as many back: what is dragged to was not asked for yet.
     */
    private static final int STROKES = 6;

    private static final Duration WARM_UP = Duration.ofSeconds(6);
    private static final Duration LENGTH = Duration.ofSeconds(20);
    private static final long PATIENCE_SECONDS = 60;

    private HistoryPan() {}

    static void measure(HistoryScene scene, HistoryStore store) throws Fault, InterruptedException {
        DatabaseAddress recorder = store.recorder();
        DatabaseAddress own = HistoryStore.own(recorder);
        List<PointId> points = HistoryBench.measured(recorder).subList(0, SENSORS);
        Instant end = Times.instant(store.extent().end());
        Plan plan = PlanFile.builtIn();
        ToolkitStart.start(Display.choose(true), PixelSize.FULL_HD);
        Path saved = BenchDatabase.temporaryFolder();
        try (History history = new History(recorder, own, ZoneId.of("Europe/Brussels"));
                LiveTimeline timeline = LiveTimeline.start(recorder, Clock.systemUTC())) {
            Counted past = new Counted(PastSource.of(history));
            Hand hand =
                    onFx(() ->
                            new Hand(
                                    plan,
                                    new PastSettings(
                                            past, saved.resolve("charts.json"), Optional.empty())));
            try (FxBridge bridge =
                    new FxBridge(new PictureMaker(plan, Bindings.NONE), hand.view::show)) {
                bridge.follow(timeline);
                onFx(() -> {
                    hand.view.showPast(
                            Opening.between("", points, end.minus(Duration.ofDays(10)), end));
                    return true;
                });
                FeedWatch.await(() -> past.answers.get() > 0, "the chart");
                drag(hand, WARM_UP);
                int answers = past.answers.get();
                double frames = drag(hand, LENGTH);
                scene.say(
                        "pan  %.1f frames/s, %d answers of the database meanwhile",
                        frames, past.answers.get() - answers);
                scene.figure(HistoryGoal.PAN_FPS_1M_POINTS, Math.round(frames * 10) / 10.0);
            } finally {
                onFx(() -> {
                    hand.view.close();
                    hand.stage.hide();
                    return true;
                });
            }
        } finally {
            BenchDatabase.delete(saved);
        }
    }

    /** Frames in which the chart was painted, a second. */
    private static double drag(Hand hand, Duration length) throws InterruptedException {
        CompletableFuture<Double> done = new CompletableFuture<>();
        FxBridge.onFx(() -> hand.drag(length, done));
        return await(done);
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

    /** The window and who drags in it. JavaFX thread only. */
    private static final class Hand {
        private final Stage stage = new Stage();
        private final WindowView view;
        private final Robot robot = new Robot();

        Hand(Plan plan, PastSettings past) {
            view =
                    new WindowView(
                            new Speech(Locale.ENGLISH),
                            plan,
                            Optional.empty(),
                            "",
                            Optional.of(past),
                            () -> {});
            stage.initStyle(StageStyle.UNDECORATED);
            Scene scene = view.scene(PixelSize.FULL_HD.width(), PixelSize.FULL_HD.height());
            stage.setScene(scene);
            stage.setX(0);
            stage.setY(0);
            stage.show();
        }

        void drag(Duration length, CompletableFuture<Double> done) {
            Node chart = stage.getScene().lookup(".chart");
            Bounds bounds = chart.localToScreen(chart.getBoundsInLocal());
            double y = bounds.getMinY() + bounds.getHeight() / 3;
            double middle = bounds.getMinX() + bounds.getWidth() / 2;
            new AnimationTimer() {
                private final long begin = System.nanoTime();
                private final long painted = view.chartsPainted();
                private int frames;

                @Override
                public void handle(long now) {
                    long nanos = System.nanoTime() - begin;
                    if (nanos >= length.toNanos()) {
                        stop();
                        robot.mouseRelease(MouseButton.PRIMARY);
                        done.complete((view.chartsPainted() - painted) / (nanos / 1e9));
                        return;
                    }
                    int stroke = frames / STROKE_FRAMES;
                    int frame = frames % STROKE_FRAMES;
                    // To the right brings the past.
                    int direction = stroke / STROKES % 2 == 0 ? 1 : -1;
                    double half = STROKE_FRAMES / 2.0;
                    if (frame == 0) {
                        robot.mouseRelease(MouseButton.PRIMARY);
                        robot.mouseMove(middle - direction * half * STEP_PIXELS, y);
                        robot.mousePress(MouseButton.PRIMARY);
                    } else {
                        robot.mouseMove(middle + direction * (frame - half) * STEP_PIXELS, y);
                    }
                    frames++;
                }
            }.start();
        }
    }

    /** Something made on the JavaFX thread. */
    @FunctionalInterface
    private interface Making<T> {
        T make();
    }

    private static <T> T onFx(Making<T> making) throws InterruptedException {
        CompletableFuture<T> made = new CompletableFuture<>();
        FxBridge.onFx(() -> {
            try {
                made.complete(making.make());
            } catch (RuntimeException | Error mistake) { // handed to the caller
                made.completeExceptionally(mistake);
            }
        });
        return await(made);
    }

    private static <T> T await(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("the window does not answer", failed);
        }
    }
}
