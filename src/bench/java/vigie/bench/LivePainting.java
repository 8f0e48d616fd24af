package vigie.bench;

import com.sun.javafx.tk.RenderJob;
import com.sun.javafx.tk.TKPulseListener;
import com.sun.javafx.tk.Toolkit;

import javafx.application.Platform;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import javafx.stage.StageStyle;

import org.jspecify.annotations.Nullable;

import vigie.console.bridge.Frame;
import vigie.console.bridge.FxBridge;
import vigie.console.plan.PlanView;
import vigie.console.replay.Mode;
import vigie.console.replay.ReplayHost;
import vigie.console.replay.ReplaySettings;
import vigie.console.start.Display;
import vigie.console.start.PixelSize;
import vigie.console.start.ToolkitStart;
import vigie.console.window.WindowView;
import vigie.console.words.Speech;
import vigie.picture.PictureMaker;
import vigie.plan.ElementId;
import vigie.plan.Plan;
import vigie.plan.Spot;
import vigie.room.Bindings;
import vigie.text.Fault;
import vigie.timeline.Replay;
import vigie.timeline.Timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import java.util.function.ObjLongConsumer;

/**
 * The console's window, 1920×1080 on a screen in memory by the software pipeline, wired as the
 * console wires it, and the moments at which it had painted what it was told.
 *
 * <p>"Painted" is the end of the render pass that contains the value. Listeners after the scenes'
 * pulse run when everything is laid out but before the frame is handed to the render thread; a task
 * queued there comes after the whole pulse, and so the render job which it submits comes after the
 * frame's in the one queue of the one render thread. Its moment is the end of that frame. Where the
 * plan keeps tiles for a later frame, the value counts as painted when no tile waits any more.
 */
final class LivePainting implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final Sightings painted = new Sightings();
    private final FxBridge bridge;
    // Listeners of pulses are held weakly by the toolkit.
    private final TKPulseListener pulses = this::afterPulse;

    // JavaFX thread only, from here on.
    private final Optional<Shown> past;
    private ObjLongConsumer<Frame> observer = (frame, nanos) -> {};
    private final Stage stage;
    private final WindowView view;
    private final PlanView plan;
    private final Robot robot;
    private List<LongConsumer> whenWhole = new ArrayList<>();
    private List<LongConsumer> whenPainted = new ArrayList<>();
    private @Nullable Click click;

    /** A replay that is shown, with its controls. */
    private record Shown(ReplaySettings settings, Replay shown) implements ReplayHost {
        @Override
        public Optional<Replay> replay() {
            return Optional.of(shown);
        }

        @Override
        public void open(vigie.console.replay.Start start) {
            shown.seek(start.at());
        }

        @Override
        public void live() {}
    }

    /** A click under way. */
    private record Click(ElementId target, CompletableFuture<Long> painted) {}

    private LivePainting(Plan drawn, PixelSize size, Optional<Shown> past) {
        this.past = past;
        view =
                new WindowView(
                        new Speech(Locale.ENGLISH),
                        drawn,
                        Optional.empty(),
                        "",
                        Optional.empty(),
                        past.map(Shown::settings),
                        past.<ReplayHost>map(its -> its).orElse(ReplayHost.NONE),
                        () -> {});
        bridge = new FxBridge(new PictureMaker(drawn, Bindings.NONE), this::show);
        stage = new Stage();
        stage.initStyle(StageStyle.UNDECORATED);
        Scene scene = view.scene(size.width(), size.height());
        stage.setScene(scene);
        stage.setX(0);
        stage.setY(0);
        plan = (PlanView) scene.lookup("#plan");
        plan.selectedProperty().addListener((property, before, now) -> selected(now));
        robot = new Robot();
        Toolkit.getToolkit().addPostSceneTkPulseListener(pulses);
        stage.show();
    }

    /** Opens the window on a timeline, which the caller closes afterwards. */
    static LivePainting open(Plan plan, Timeline timeline) throws Fault, InterruptedException {
        return open(plan, timeline, Optional.empty());
    }

    /** The same on a replay, with the panel that moves it. */
    static LivePainting open(Plan plan, Replay replay, ReplaySettings settings)
            throws Fault, InterruptedException {
        return open(plan, replay, Optional.of(new Shown(settings, replay)));
    }

    private static LivePainting open(Plan plan, Timeline timeline, Optional<Shown> past)
            throws Fault, InterruptedException {
        PixelSize size = PixelSize.FULL_HD;
        ToolkitStart.start(Display.choose(true), size);
        CompletableFuture<LivePainting> opening = new CompletableFuture<>();
        FxBridge.onFx(() -> {
            try {
                opening.complete(new LivePainting(plan, size, past));
            } catch (RuntimeException | Error mistake) { // handed to the caller
                opening.completeExceptionally(mistake);
            }
        });
        LivePainting opened = await(opening);
        opened.bridge.follow(timeline);
        return opened;
    }

    /**
     * Is told of every frame from now on when it is painted, on the render thread, with the moment
     * in nanoseconds; frames that were overtaken before they were whole are told together.
     */
    void observe(ObjLongConsumer<Frame> eachFrame) {
        FxBridge.onFx(() -> observer = eachFrame);
    }

    /** When which rows were painted. */
    Sightings painted() {
        return painted;
    }

    /**
     * Clicks on a place of the plan.
     *
     * @param target what is there, not selected yet
     * @return nanoseconds from the mouse event to the painted selection; an event waits in line
     *     with whatever the JavaFX thread has to do, and that counts
     */
    long click(ElementId target, Spot at) throws InterruptedException {
        CompletableFuture<Void> moved = new CompletableFuture<>();
        CompletableFuture<Long> answered = new CompletableFuture<>();
        FxBridge.onFx(() -> {
            Point2D place = plan.localToScreen(plan.pointOf(at));
            robot.mouseMove(place);
            click = new Click(target, answered);
            whenPainted.add(nanos -> moved.complete(null));
            Toolkit.getToolkit().requestNextPulse();
        });
        await(moved);
        long begin = System.nanoTime();
        FxBridge.onFx(() -> {
            robot.mousePress(MouseButton.PRIMARY);
            robot.mouseRelease(MouseButton.PRIMARY);
        });
        return await(answered) - begin;
    }

    @Override
    public void close() {
        bridge.close();
        CompletableFuture<Void> hidden = new CompletableFuture<>();
        FxBridge.onFx(() -> {
            Toolkit.getToolkit().removePostSceneTkPulseListener(pulses);
            stage.hide();
            hidden.complete(null);
        });
        try {
            await(hidden);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show(Frame frame) {
        view.show(frame);
        past.ifPresent(its -> view.showMode(Mode.REPLAY, Optional.of(its.shown().playback())));
        ObjLongConsumer<Frame> observing = observer;
        whenWhole.add(nanos -> observing.accept(frame, nanos));
        long newest = Sightings.newest(frame.moment().state());
        whenWhole.add(nanos -> painted.add(nanos, newest));
    }

    private void selected(Optional<ElementId> element) {
        Click asked = click;
        if (asked != null && element.filter(asked.target()::equals).isPresent()) {
            click = null;
            whenPainted.add(asked.painted()::complete);
        }
    }

    private void afterPulse() {
        List<LongConsumer> done = whenPainted;
        whenPainted = new ArrayList<>();
        if (plan.isPainted()) {
            done.addAll(whenWhole);
            whenWhole = new ArrayList<>();
        }
        if (!done.isEmpty()) {
            Platform.runLater(() -> submit(done));
        }
    }

    private static void submit(List<LongConsumer> done) {
        RenderJob job =
                new RenderJob(() -> {
                    long now = System.nanoTime();
                    done.forEach(each -> each.accept(now));
                });
        var _ = Toolkit.getToolkit().addRenderJob(job);
    }

    private static <T> T await(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("the window does not answer", failed);
        }
    }
}
