package vigie.console.bridge;

import javafx.animation.AnimationTimer;
import javafx.application.Platform;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.picture.Picture;
import vigie.picture.PictureMaker;
import vigie.picture.Summary;
import vigie.plan.Plan;
import vigie.timeline.Moment;
import vigie.timeline.Timeline;

import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Brings the newest moment of a timeline to the screen, at most once a frame, whatever the rate of
 * changes: a change only marks the picture as old; the newest state is read when the next frame is
 * made, and that is the conflation, there is no queue. Pictures are made off the JavaFX thread.
 * Where nothing changes nothing runs, but one tick a second for ages and clocks.
 */
public final class FxBridge implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FxBridge.class);
    private static final long CLOSING_SECONDS = 2;

    /**
     * From the beginning of one frame on the screen to the making of the next, milliseconds. A
     * picture is made as late as it can be for the next frame, 16 ms after this one: what comes in
     * the meantime is in it, and need not wait for the frame after.
     */
    private static final long BREATH = 8;

    /** Where a frame is on its way. */
    private enum Stage {
        /** The screen is up to date and no frame is on its way. */
        REST,
        /** A frame is being made or painted; nothing newer is known. */
        BUSY,
        /** A frame is being made or painted, and is already old. */
        STALE
    }

    /** Makes the pictures of the present; the thread of pictures only. */
    private PictureMaker pictures;

    private final Consumer<Frame> show;
    private final ScheduledExecutorService maker;
    private final ScheduledExecutorService ticker;
    private final Future<?> ticks;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.REST);
    private final AtomicReference<@Nullable Following> following = new AtomicReference<>();
    private final NextPulse nextPulse = new NextPulse();
    private final AtomicReference<@Nullable Runnable> second = new AtomicReference<>();
    private final AtomicBoolean secondWaits = new AtomicBoolean();

    /** One following of a timeline; two are never the same. */
    private static final class Following {
        private final Timeline timeline;
        private final AutoCloseable subscription;
        private final boolean apart;

        /** Makes the pictures; the thread of pictures only. */
        private @Nullable PictureMaker pictures;

        Following(Timeline timeline, AutoCloseable subscription, boolean apart) {
            this.timeline = timeline;
            this.subscription = subscription;
            this.apart = apart;
        }
    }

    /**
     * @param pictures makes the pictures, on a thread of the bridge; used by nobody else
     * @param show shows a frame, on the JavaFX thread
     */
    public FxBridge(PictureMaker pictures, Consumer<Frame> show) {
        this.pictures = pictures;
        this.show = show;
        maker =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("vigie-picture").daemon().factory());
        ticker =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("vigie-tick").daemon().factory());
        ticks = ticker.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * What else the tick does once a second, on the JavaFX thread, also where nothing is followed;
     * no tick waits behind another. Any thread.
     */
    public void everySecond(Runnable work) {
        second.set(work);
    }

    /** Hands work to the JavaFX thread; runs it at once where the caller is on it. Any thread. */
    public static void onFx(Runnable work) {
        if (Platform.isFxApplicationThread()) {
            work.run();
        } else {
            Platform.runLater(work);
        }
    }

    /** Follows a timeline from now on, and lets go of the one before. Any thread. */
    public void follow(Timeline timeline) {
        follow(timeline, false);
    }

    /**
     * The same for a timeline whose rooms are not the ones before: it begins with what is known of
     * the plan's names, and what is learned of them on the way stays with it. A point that did not
     * exist in the past must not lose its place at present. Any thread.
     */
    public void followApart(Timeline timeline) {
        follow(timeline, true);
    }

    /**
     * Draws by another plan from the next frame on; what is known of its names stays. Any thread.
     */
    public void draw(Plan plan) {
        try {
            maker.execute(() -> {
                pictures = new PictureMaker(plan, pictures.bindings());
                Following now = following.get();
                if (now != null) {
                    now.pictures = null;
                }
            });
        } catch (RejectedExecutionException closed) {
            LOG.trace("no plan after the end");
            return;
        }
        changed();
    }

    private void follow(Timeline timeline, boolean apart) {
        AutoCloseable subscription = timeline.onChange(this::changed);
        letGo(following.getAndSet(new Following(timeline, subscription, apart)));
        changed();
    }

    /** Follows nothing any more: the last frame stays. Any thread. */
    public void letGo() {
        letGo(following.getAndSet(null));
    }

    @Override
    public void close() {
        letGo();
        ticks.cancel(false);
        ticker.shutdownNow();
        maker.shutdownNow();
        try {
            if (!maker.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a picture is still being made");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick() {
        changed();
        Runnable work = second.get();
        if (work != null && secondWaits.compareAndSet(false, true)) {
            Platform.runLater(() -> {
                secondWaits.set(false);
                work.run();
            });
        }
    }

    private void changed() {
        if (stage.getAndUpdate(now -> now == Stage.REST ? Stage.BUSY : Stage.STALE) == Stage.REST) {
            makeFrame(0);
        }
    }

    private void makeFrame(long afterMillis) {
        try {
            var _ = maker.schedule(this::makeNewest, afterMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.trace("no frame after the end");
        }
    }

    private void makeNewest() {
        // What changes from here on makes this frame old.
        stage.set(Stage.BUSY);
        Following source = following.get();
        if (source == null) {
            rest();
        } else {
            makeFrame(source);
        }
    }

    private void makeFrame(Following source) {
        try {
            Moment moment = source.timeline.moment();
            // Of the past, state and moment are one: time may have moved on meanwhile, and fast.
            Instant now = moment.at().orElseGet(source.timeline::now);
            Picture picture = maker(source).next(moment.state(), moment.freshness(now), now);
            Frame frame = new Frame(moment, picture, Summary.of(picture), now);
            Platform.runLater(() -> paint(source, frame));
        } catch (RuntimeException mistake) { // the boundary: one bad frame must not be the last
            LOG.error("a picture could not be made", mistake);
            stage.set(Stage.REST);
        } catch (Error broken) {
            // The executor would keep it to itself.
            stage.set(Stage.REST);
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, broken);
        }
    }

    private PictureMaker maker(Following source) {
        PictureMaker its = source.pictures;
        if (its == null) {
            its = source.apart ? pictures.another() : pictures;
            source.pictures = its;
        }
        return its;
    }

    private void paint(Following source, Frame frame) {
        try {
            if (following.get() == source) {
                show.accept(frame);
            }
        } finally {
            nextPulse.start();
        }
    }

    /** The frame on its way is done; another one is made where it is old already. */
    private void rest() {
        if (!stage.compareAndSet(Stage.BUSY, Stage.REST)) {
            makeFrame(BREATH);
        }
    }

    /**
     * Waits for one pulse, so that there is no more than one frame in each; runs only meanwhile.
     */
    private final class NextPulse extends AnimationTimer {
        @Override
        public void handle(long now) {
            stop();
            rest();
        }
    }

    private static void letGo(@Nullable Following old) {
        if (old == null) {
            return;
        }
        try {
            old.subscription.close();
        } catch (Exception e) { // AutoCloseable's signature; nothing of ours throws here
            LOG.warn("a subscription did not end", e);
        }
    }
}
