package vigie.bench;

import com.sun.javafx.tk.RenderJob;
import com.sun.javafx.tk.TKPulseListener;
import com.sun.javafx.tk.Toolkit;

import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
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
import vigie.plan.Plan;
import vigie.text.Fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/**
 * A hand that drags a chart without a pause, in a window of a given size on a screen in memory by
 * the software pipeline, and the moments at which frames had been rendered.
 */
final class ChartDragging implements AutoCloseable {
    /** A hand is quick, not mad: about 700 pixels a second. */
    private static final double STEP = 12;

    private static final long PATIENCE_SECONDS = 30;

    /**
     * How smooth it was.
     *
     * @param framesPerSecond rendered, over the whole time
     * @param medianMillis between two rendered frames
     * @param p99Millis between two rendered frames
     * @param worstMillis between two rendered frames
     * @param fxMillis median time that the JavaFX thread took for a pulse
     */
    record Smoothness(
            double framesPerSecond,
            double medianMillis,
            double p99Millis,
            double worstMillis,
            double fxMillis) {}

    // JavaFX thread only.
    private final Stage stage;
    private final WindowView view;
    private final Scene scene;

    private ChartDragging(Plan plan, PastSource source, Opening opening, PixelSize size) {
        view =
                new WindowView(
                        new Speech(Locale.ENGLISH),
                        plan,
                        Optional.empty(),
                        "",
                        Optional.of(
                                new PastSettings(
                                        source,
                                        Path.of("target", "bench-charts.json"),
                                        Optional.empty())),
                        () -> {});
        stage = new Stage();
        stage.initStyle(StageStyle.UNDECORATED);
        scene = view.scene(size.width(), size.height());
        stage.setScene(scene);
        stage.setX(0);
        stage.setY(0);
        stage.show();
        view.showPast(opening);
    }

    /** Opens a window on a chart. */
    static ChartDragging open(Plan plan, PastSource source, Opening opening, PixelSize size)
            throws Fault, InterruptedException {
        ToolkitStart.start(Display.choose(true), size);
        CompletableFuture<ChartDragging> opened = new CompletableFuture<>();
        FxBridge.onFx(() -> {
            try {
                opened.complete(new ChartDragging(plan, source, opening, size));
            } catch (RuntimeException | Error mistake) { // handed to the caller
                opened.completeExceptionally(mistake);
            }
        });
        return await(opened, Duration.ZERO);
    }

    /** Drags for a while: into the past, and back again after every {@code turn}. */
    Smoothness drag(Duration howLong, Duration turn) throws InterruptedException {
        CompletableFuture<Smoothness> done = new CompletableFuture<>();
        FxBridge.onFx(() -> new Hand(howLong, turn, done).begin());
        return await(done, howLong);
    }

    @Override
    public void close() {
        CompletableFuture<Void> hidden = new CompletableFuture<>();
        FxBridge.onFx(() -> {
            view.close();
            stage.hide();
            hidden.complete(null);
        });
        try {
            await(hidden, Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T await(CompletableFuture<T> future, Duration more)
            throws InterruptedException {
        try {
            return future.get(PATIENCE_SECONDS + more.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("the window does not answer", failed);
        }
    }

    /** Moves once in every pulse. */
    private final class Hand extends AnimationTimer {
        private final Node chart = scene.lookup("#chart");
        private final long howLong;
        private final long turn;
        private final CompletableFuture<Smoothness> done;
        private final List<Long> rendered = new ArrayList<>();
        private final List<Long> pulses = new ArrayList<>();
        // Listeners of pulses are held weakly by the toolkit.
        private final TKPulseListener afterPulse = this::afterPulse;
        private long began;
        private long pulseBegan;
        private double x;

        Hand(Duration howLong, Duration turn, CompletableFuture<Smoothness> done) {
            this.howLong = howLong.toNanos();
            this.turn = turn.toNanos();
            this.done = done;
        }

        void begin() {
            Toolkit.getToolkit().addPostSceneTkPulseListener(afterPulse);
            x = middle();
            fire(MouseEvent.MOUSE_PRESSED);
            start();
        }

        @Override
        public void handle(long now) {
            pulseBegan = System.nanoTime();
            if (began == 0) {
                began = pulseBegan;
            }
            if (pulseBegan - began > howLong) {
                stop();
                fire(MouseEvent.MOUSE_RELEASED);
                Toolkit.getToolkit().removePostSceneTkPulseListener(afterPulse);
                done.complete(result());
                return;
            }
            boolean back = (pulseBegan - began) / turn % 2 == 1;
            x += back ? -STEP : STEP;
            if (x < 200 || x > middle() * 1.7) {
                // The hand lets go and takes hold again in the middle, as hands do.
                fire(MouseEvent.MOUSE_RELEASED);
                x = middle();
                fire(MouseEvent.MOUSE_PRESSED);
                x += back ? -STEP : STEP;
            }
            fire(MouseEvent.MOUSE_DRAGGED);
        }

        private double middle() {
            return chart.getLayoutBounds().getWidth() / 2;
        }

        private void afterPulse() {
            pulses.add(System.nanoTime() - pulseBegan);
            LongConsumer add =
                    nanos -> {
                        synchronized (rendered) {
                            rendered.add(nanos);
                        }
                    };
            // After this listener the frame is handed over; this job comes after it.
            Platform.runLater(() -> {
                var _ =
                        Toolkit.getToolkit()
                                .addRenderJob(new RenderJob(() -> add.accept(System.nanoTime())));
            });
        }

        private void fire(EventType<MouseEvent> type) {
            Event.fireEvent(
                    chart,
                    new MouseEvent(
                            type,
                            x,
                            300,
                            x,
                            300,
                            MouseButton.PRIMARY,
                            1,
                            false,
                            false,
                            false,
                            false,
                            true,
                            false,
                            false,
                            false,
                            false,
                            false,
                            new PickResult(chart, x, 300)));
        }

        private Smoothness result() {
            long[] moments;
            synchronized (rendered) {
                moments = rendered.stream().mapToLong(Long::longValue).toArray();
            }
            double[] between = new double[Math.max(1, moments.length - 1)];
            for (int i = 1; i < moments.length; i++) {
                between[i - 1] = (moments[i] - moments[i - 1]) / 1e6;
            }
            double seconds =
                    moments.length < 2 ? 1 : (moments[moments.length - 1] - moments[0]) / 1e9;
            Arrays.sort(between);
            double[] fx = pulses.stream().mapToDouble(nanos -> nanos / 1e6).sorted().toArray();
            return new Smoothness(
                    (moments.length - 1) / seconds,
                    between[between.length / 2],
                    between[(int) (between.length * 0.99)],
                    between[between.length - 1],
                    fx.length == 0 ? 0 : fx[fx.length / 2]);
        }
    }
}
