package vigie.console;

import javafx.animation.AnimationTimer;
import javafx.collections.ListChangeListener;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.StageStyle;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.console.banner.BannerModel;
import vigie.console.bridge.Frame;
import vigie.console.bridge.FxBridge;
import vigie.console.fault.Obstacle;
import vigie.console.picture.Png;
import vigie.console.replay.Mode;
import vigie.console.replay.ReplayHost;
import vigie.console.replay.ReplaySettings;
import vigie.console.replay.Start;
import vigie.console.setup.SetupOffer;
import vigie.console.start.Display;
import vigie.console.start.OpenWindow;
import vigie.console.start.PixelSize;
import vigie.console.start.ToolkitStart;
import vigie.console.style.WindowIcon;
import vigie.console.wall.KeptView;
import vigie.console.wall.LastResort;
import vigie.console.wall.Pointer;
import vigie.console.wall.ViewFile;
import vigie.console.wall.WallModel;
import vigie.console.wall.Watchdog;
import vigie.console.window.WindowView;
import vigie.console.words.Speech;
import vigie.feed.FeedStatus;
import vigie.picture.PictureMaker;
import vigie.plan.Plan;
import vigie.recording.Basis;
import vigie.room.Bindings;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.timeline.Moment;
import vigie.timeline.Playback;
import vigie.timeline.Replay;
import vigie.timeline.ReplayTimeline;
import vigie.timeline.Timeline;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The console: a window on a timeline, or one picture of it. It opens at once, also when there is
 * no timeline to be had yet; then it says why, and shows the room as soon as there is one.
 */
public final class Console implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Console.class);
    private static final int DONE = 0;

    /** What {@link #await} returns where other settings are to be shown, in the same window. */
    public static final int AGAIN = -1;

    /** So long a picture waits for what belongs into it; then it is taken as it is, and says so. */
    private static final Duration LONGEST_READING = Duration.ofSeconds(60);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(30);

    private static final double SHARE_OF_SCREEN = 0.9;

    /** Pixels from a window's upper edge: there it is taken hold of. */
    private static final double GRIP = 10;

    private static final KeyCombination QUIT =
            new KeyCodeCombination(KeyCode.Q, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination CLOSE =
            new KeyCodeCombination(KeyCode.F4, KeyCombination.ALT_DOWN);

    private volatile ConsoleSettings settings;
    private final FxBridge bridge;
    private final Session session;
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final CompletableFuture<Void> live = new CompletableFuture<>();
    private final ExecutorService shots =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("vigie-shot").daemon().factory());

    private final ExecutorService viewWriter =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("vigie-view").factory());
    private final Optional<Watchdog> watchdog;

    private final AtomicBoolean liveWaitsToBeShown = new AtomicBoolean();

    private volatile boolean windowStays;

    private volatile Optional<Sentence> inTheWay = Optional.empty();
    private volatile List<Sentence> missing = List.of();
    private volatile Optional<Sentence> settingsNotice = Optional.empty();

    /** The present, while it is followed. */
    private volatile @Nullable Timeline present;

    // JavaFX thread only, from here on.
    private WindowView view;
    private final Stage stage;
    private Optional<WallModel> wall;
    private final Optional<SetupOffer> offer;
    private Optional<Obstacle> page = Optional.empty();

    /** Something else to draw, until nobody is in the middle of something. */
    private @Nullable ConsoleSettings waiting;

    /** Puts the new view in the place of the old one; null: it is there. */
    private @Nullable Runnable putOn;

    private final Optional<ViewFile> views;
    private Optional<Pointer> pointer = Optional.empty();
    private final boolean goesOn;
    private boolean feedBlocked;
    private boolean shotWaits;
    private boolean closed;
    private boolean liveWaits = true;
    private Mode mode = Mode.LIVE;
    private @Nullable ReplayTimeline replay;
    private @Nullable AutoCloseable presentListener;

    private Console(ConsoleSettings settings, TimelineSource source, Surroundings surroundings) {
        this.settings = settings;
        bridge = new FxBridge(new PictureMaker(settings.drawn().plan(), Bindings.NONE), this::show);
        session = new Session(source, new Present(), this::showFault);
        offer = surroundings.settings();
        Speech speech = new Speech(settings.drawn().locale());
        view = newView(speech);
        wall = hung(speech);
        watchdog =
                settings.wall() && settings.shot().isEmpty()
                        ? Optional.of(
                                new Watchdog(
                                        Watchdog.Patience.USUAL, FxBridge::onFx, LastResort::end))
                        : Optional.empty();
        views =
                settings.shot().isEmpty()
                        ? settings.view().map(file -> new ViewFile(file, viewWriter))
                        : Optional.empty();
        goesOn = surroundings.window().isPresent();
        stage = surroundings.window().map(OpenWindow::stage).orElseGet(Stage::new);
        shotWaits = settings.shot().isPresent();
    }

    private WindowView newView(Speech speech) {
        WindowView made =
                new WindowView(
                        speech,
                        settings.drawn().plan(),
                        settings.drawn().notice(),
                        settings.drawn().database(),
                        settings.behind().charts(),
                        settings.behind().replay(),
                        new Host(),
                        session::retry);
        offer.ifPresent(made::offerSettings);
        return made;
    }

    /** The band of a wall over the newest view; empty where it is none. */
    private Optional<WallModel> hung(Speech speech) {
        if (!settings.wall()) {
            return Optional.empty();
        }
        WallModel model = new WallModel(speech, settings.drawn().plan(), thisSecond());
        view.hang(model);
        return Optional.of(model);
    }

    /**
     * Starts what every console needs and returns when that is done; a later {@link #open} takes
     * that time less. Meanwhile others may do their own starting. Any thread.
     *
     * @throws Fault as {@link #open}
     */
    public static void prepare(Optional<Shot> shot) throws Fault, InterruptedException {
        ToolkitStart.start(
                Display.choose(shot.isPresent()), shot.map(Shot::size).orElse(PixelSize.FULL_HD));
    }

    /**
     * Lets JavaFX learn, on its thread, what every window asks of it first; returns at once. Worth
     * it while that thread waits for what the window is to show, after {@link #prepare}.
     */
    public static void rehearse() {
        FxBridge.onFx(Rehearsal::hold);
    }

    /**
     * Opens a console.
     *
     * @param source opens what it shows; asked on a thread of the console's own
     * @throws Fault there is no screen, or the system lacks what JavaFX needs; names the remedy
     */
    public static Console open(ConsoleSettings settings, TimelineSource source)
            throws Fault, InterruptedException {
        return open(settings, source, Surroundings.NONE);
    }

    /** The same in a window that is there, or with settings that can be changed. */
    public static Console open(
            ConsoleSettings settings, TimelineSource source, Surroundings surroundings)
            throws Fault, InterruptedException {
        prepare(settings.shot());
        CompletableFuture<Console> opening = new CompletableFuture<>();
        FxBridge.onFx(() -> {
            try {
                Console console = new Console(settings, source, surroundings);
                console.openStage();
                Rehearsal.end();
                console.begin();
                console.watch();
                opening.complete(console);
            } catch (RuntimeException | Error mistake) { // handed to the caller
                opening.completeExceptionally(mistake);
            }
        });
        try {
            return opening.get();
        } catch (ExecutionException mistake) {
            throw new IllegalStateException("the window could not be built", mistake.getCause());
        }
    }

    /**
     * Waits for the end: the window was closed, or the picture is taken.
     *
     * @return the exit code: 0, or 3 where the picture shows the page of an error; {@link #AGAIN}
     *     where it is to be opened again, with what is settled now
     * @throws Fault the picture could not be written
     */
    public int await() throws Fault, InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException cannotWrite) {
                String file = settings.shot().map(shot -> shot.file().toString()).orElse("");
                throw new Fault(
                        Fault.Kind.BLOCKED,
                        Sentence.of("console.shot.unwritable", file, reason(cannotWrite)),
                        "cannot write " + file + ": " + cannotWrite,
                        cannotWrite);
            }
            throw new IllegalStateException("the picture could not be taken", failed.getCause());
        }
    }

    /**
     * Done when a frame of a feed at the present is painted for the first time; never, where there
     * is none. What depends on it runs on the JavaFX thread and must return at once.
     */
    public CompletionStage<Void> live() {
        return live.minimalCompletionStage();
    }

    /** What the page of an error says; empty where the room is shown. Any thread. */
    public Optional<Sentence> inTheWay() {
        return inTheWay;
    }

    /**
     * What a picture that was taken lacks, and why: it could not be read. Empty: nothing, or there
     * is no picture yet. Any thread.
     */
    public List<Sentence> missing() {
        return missing;
    }

    /** The language that the window speaks. Any thread but JavaFX's. */
    public Locale language() {
        CompletableFuture<Locale> language = new CompletableFuture<>();
        FxBridge.onFx(() -> language.complete(view.language()));
        return language.join();
    }

    /**
     * The window, which closing this console then leaves open, for another one to go on in. Any
     * thread.
     */
    public OpenWindow leaveWindow() {
        windowStays = true;
        return new OpenWindow(stage);
    }

    /** Ends the console and closes its timeline; returns when both are done. Any other thread. */
    @Override
    public void close() {
        watchdog.ifPresent(Watchdog::close);
        session.close();
        bridge.close();
        FxBridge.onFx(() -> {
            if (replay != null) {
                closeQuietly(replay);
            }
        });
        FxBridge.onFx(() -> {
            // The one that another waits to take the place of ends with it.
            putOn();
            view.close();
        });
        shots.shutdownNow();
        CountDownLatch hidden = new CountDownLatch(1);
        FxBridge.onFx(() -> {
            closed = true;
            views.ifPresent(its -> its.end(kept()));
            if (!windowStays) {
                stage.hide();
            }
            hidden.countDown();
        });
        try {
            if (!hidden.await(2, TimeUnit.SECONDS)) {
                LOG.warn("the window did not close in time");
            }
            viewWriter.shutdown();
            if (!viewWriter.awaitTermination(2, TimeUnit.SECONDS)) {
                LOG.warn("the view was not written in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end.complete(DONE);
    }

    // ---- drawing something else

    /**
     * Draws something else in the same window from now on; what it follows goes on, and so does
     * what an operator looks at. Who is in the middle of something (the settings, the past, a note)
     * is not disturbed: it is drawn when that is done. The language that somebody chose in the
     * window stays, unless another one is asked for than before. Any thread; returns at once.
     *
     * @param behind what the past begins with is not looked at
     */
    public void draw(Drawn drawn, Behind behind) {
        FxBridge.onFx(() -> {
            if (closed) {
                return;
            }
            waiting = settings.drawing(drawn, behind);
            drawWhatWaits();
            tellOfSettings();
        });
    }

    /**
     * What is wrong with the settings that came to be while it is open; empty: nothing. Any thread.
     */
    public void notice(Optional<Sentence> wrongSettings) {
        settingsNotice = wrongSettings;
        FxBridge.onFx(this::tellOfSettings);
    }

    /**
     * What is wrong with them, or that they wait: in the past nobody would see that they changed.
     */
    private void tellOfSettings() {
        view.showSettingsNotice(
                settingsNotice.or(() ->
                        waiting != null && mode != Mode.LIVE
                                ? Optional.of(BannerModel.WAITS)
                                : Optional.empty()));
    }

    /** Asks for the timeline again at once. Any thread. */
    public void retry() {
        session.retry();
    }

    /** Ends it with {@link #AGAIN}: what it shows cannot go on in it. Any thread. */
    public void again() {
        end.complete(AGAIN);
    }

    private void drawWhatWaits() {
        ConsoleSettings next = waiting;
        if (next == null || mode != Mode.LIVE || putOn != null || !view.isIdle()) {
            return;
        }
        waiting = null;
        boolean otherLanguage =
                !next.drawn()
                        .locale()
                        .getLanguage()
                        .equals(settings.drawn().locale().getLanguage());
        boolean otherPlan = !next.drawn().plan().equals(settings.drawn().plan());
        // One plan is one object: a frame tells by it what it was made of.
        settings =
                otherPlan
                        ? next
                        : next.drawing(
                                new Drawn(
                                        next.drawn().locale(),
                                        settings.drawn().plan(),
                                        next.drawn().notice(),
                                        next.drawn().database()),
                                next.behind());
        WindowView old = view;
        Speech speech = new Speech(settings.drawn().locale());
        if (!otherLanguage && !speech.words().language().equals(old.language())) {
            speech.speak(old.language());
        }
        view = newView(speech);
        Optional<WallModel> hungBefore = wall;
        wall = hung(speech);
        hungBefore.ifPresent(its -> wall.ifPresent(now -> now.goOnFrom(its)));
        Scene before = stage.getScene();
        Scene scene = view.scene(before.getWidth(), before.getHeight());
        view.goOnFrom(old);
        tellOfSettings();
        view.showFault(page);
        putOn =
                () -> {
                    if (settings.wall()) {
                        hang(scene);
                    } else {
                        quitKey(scene);
                        stage.setScene(scene);
                    }
                    showTitle();
                    view.focusAs(old);
                    old.close();
                };
        if (otherPlan) {
            bridge.draw(settings.drawn().plan());
        }
        if (present == null) {
            // No frame will come.
            putOn();
        }
        LOG.info("draws {} now", otherPlan ? "another plan" : "the plan in another way");
    }

    private void putOn() {
        Runnable its = putOn;
        if (its != null) {
            putOn = null;
            its.run();
        }
    }

    @SuppressWarnings("ReferenceEquality") // see where the plan changes
    private boolean isDrawn(Plan plan) {
        return plan == settings.drawn().plan();
    }

    private void showTitle() {
        stage.setTitle("Vigie – " + settings.drawn().plan().label().in(settings.drawn().locale()));
    }

    // ---- what comes every second, and the wall

    private void watch() {
        bridge.everySecond(this::second);
        watchdog.ifPresent(Watchdog::start);
    }

    private void second() {
        if (closed) {
            // A tick that was on its way: there is nobody any more who writes.
            return;
        }
        wall.ifPresent(its -> {
            its.pass(thisSecond());
            view.showLostSince(its.lostSince());
        });
        pointer.ifPresent(Pointer::pass);
        views.ifPresent(its -> its.keep(kept(), System.nanoTime()));
        if (present == null) {
            // No frame will come.
            putOn();
        }
        drawWhatWaits();
    }

    private WallModel.Second thisSecond() {
        Optional<Timeline> followed = Optional.ofNullable(present);
        return new WallModel.Second(
                followed.map(Timeline::now).orElseGet(Instant::now),
                System.nanoTime(),
                followed.map(timeline -> timeline.moment().feed()),
                followed.flatMap(Timeline::silence));
    }

    private KeptView kept() {
        KeptView kept = view.kept();
        return settings.wall() || stage.isMaximized()
                ? kept
                : kept.at(
                        new KeptView.Place(
                                stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight()));
    }

    // ---- present and past

    private void begin() {
        Optional<Start> start = settings.behind().replay().flatMap(ReplaySettings::start);
        start.ifPresent(this::openPast);
        view.compare(settings.behind().against());
        if (mode == Mode.LIVE || mode == Mode.REPLAY) {
            // Two cores are busy with the window until it is there.
            whenPainted(session::start);
        }
    }

    /** What the window asks for. */
    private final class Host implements ReplayHost {
        @Override
        public Optional<Replay> replay() {
            return Optional.ofNullable(replay);
        }

        @Override
        public void open(Start start) {
            openPast(start);
        }

        @Override
        public void live() {
            showThePresent();
        }
    }

    private void openPast(Start start) {
        if (replay != null) {
            replay.seek(start.at());
            if (mode != start.mode()) {
                // The end of a drill: the same past, from now on in the operator's hands.
                mode = start.mode();
                replay.pause();
                view.showMode(mode, Optional.of(replay.playback()));
            }
            return;
        }
        if (settings.behind().replay().isEmpty()) {
            return;
        }
        // An end that has not come yet moves on with the present.
        Optional<Instant> to = Optional.of(start.to()).filter(end -> end.isBefore(Instant.now()));
        ReplayTimeline opened =
                ReplayTimeline.start(
                        settings.behind().replay().get().recorded(),
                        new ReplayTimeline.Settings(
                                start.at(),
                                Optional.of(start.from()),
                                to,
                                Basis.KNOWN_NOW,
                                start.speed()));
        // The frame that would put it on is one of the present.
        putOn();
        replay = opened;
        mode = start.mode();
        inTheWay = Optional.empty();
        bridge.followApart(opened);
        if (start.playing()) {
            opened.play(false);
        }
        view.showFault(Optional.empty());
        view.showMode(mode, Optional.of(opened.playback()));
        showPresent();
    }

    private void showThePresent() {
        ReplayTimeline old = replay;
        if (mode != Mode.REPLAY || old == null) {
            return;
        }
        replay = null;
        mode = Mode.LIVE;
        Timeline now = present;
        if (now == null) {
            bridge.letGo();
        } else {
            bridge.follow(now);
        }
        closeQuietly(old);
        view.showMode(mode, Optional.empty());
        tellOfSettings();
        showPage(inTheWay.map(why -> new Obstacle(Obstacle.Kind.BLOCKED, why)));
    }

    /** The session's timeline: shown at present, only told of in the past. */
    private final class Present implements Session.Follower {
        @Override
        public void follow(Timeline timeline) {
            present = timeline;
            watchdog.ifPresent(its -> its.follows(true));
            FxBridge.onFx(() -> {
                presentListener = timeline.onChange(Console.this::presentChanged);
                showPresent();
                if (mode == Mode.LIVE) {
                    bridge.follow(timeline);
                }
            });
        }

        @Override
        public void letGo() {
            present = null;
            watchdog.ifPresent(its -> its.follows(false));
            FxBridge.onFx(() -> {
                AutoCloseable listener = presentListener;
                presentListener = null;
                if (listener != null) {
                    closeQuietly(listener);
                }
                if (mode == Mode.LIVE) {
                    bridge.letGo();
                }
            });
        }
    }

    /** On a thread of the feed, after every group: the newest is shown when there is time. */
    private void presentChanged() {
        if (liveWaitsToBeShown.compareAndSet(false, true)) {
            FxBridge.onFx(this::showPresent);
        }
    }

    private void showPresent() {
        liveWaitsToBeShown.set(false);
        Timeline now = present;
        if (now != null && mode == Mode.REPLAY) {
            Moment newest = now.moment();
            boolean _ = watch(newest.feed());
            view.showLive(newest);
        }
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception closing) { // the signature of AutoCloseable; nothing of ours throws
            LOG.warn("while closing", closing);
        }
    }

    private void openStage() {
        Optional<PixelSize> fixed = settings.shot().map(Shot::size);
        showTitle();
        WindowIcon.put(stage);
        if (fixed.isPresent()) {
            stage.initStyle(StageStyle.UNDECORATED);
            stage.setScene(view.scene(fixed.get().width(), fixed.get().height()));
            stage.setX(0);
            stage.setY(0);
        } else if (settings.wall()) {
            hang();
        } else if (goesOn) {
            // As large, and where, somebody has put it.
            Scene before = stage.getScene();
            stage.setScene(view.scene(before.getWidth(), before.getHeight()));
        } else {
            var screen = Screen.getPrimary().getVisualBounds();
            double width = Math.max(PixelSize.LEAST, screen.getWidth() * SHARE_OF_SCREEN);
            double height = Math.max(PixelSize.LEAST, screen.getHeight() * SHARE_OF_SCREEN);
            Scene scene = view.scene(width, height);
            stage.setScene(scene);
            stage.setMinWidth(Math.min(width, 960));
            stage.setMinHeight(Math.min(height, 600));
            views.flatMap(ViewFile::read).ifPresent(this::placeAsLeft);
        }
        if (fixed.isEmpty() && !settings.wall()) {
            quitKey(stage.getScene());
        }
        stage.setOnHidden(hidden -> end.complete(DONE));
        stage.show();
        whenPainted(() -> LOG.info(Milestone.WINDOW.text()));
        view.focusPlan();
    }

    /**
     * Full screen, also where no window manager is there to make it so, and on the screen that is
     * there now: a television that is switched on later is another one.
     */
    private void hang() {
        Rectangle2D screen = Screen.getPrimary().getBounds();
        stage.initStyle(StageStyle.UNDECORATED);
        hang(view.scene(screen.getWidth(), screen.getHeight()));
        stage.setFullScreenExitHint("");
        // Escape lets go of a rack; it must not let go of the wall.
        stage.setFullScreenExitKeyCombination(KeyCombination.NO_MATCH);
        fillScreen();
        Screen.getScreens().addListener((ListChangeListener<Screen>) change -> fillScreen());
        stage.setFullScreen(true);
        views.flatMap(ViewFile::read).ifPresent(view::restore);
    }

    private void hang(Scene scene) {
        stage.setScene(scene);
        pointer = Optional.of(new Pointer(scene));
        quitKey(scene);
        // Elsewhere the window manager has it.
        scene.getAccelerators().put(CLOSE, () -> end.complete(DONE));
    }

    private void quitKey(Scene scene) {
        scene.getAccelerators().put(QUIT, () -> end.complete(DONE));
    }

    private void fillScreen() {
        if (Screen.getScreens().isEmpty()) {
            return;
        }
        Rectangle2D screen = Screen.getPrimary().getBounds();
        stage.setX(screen.getMinX());
        stage.setY(screen.getMinY());
        stage.setWidth(screen.getWidth());
        stage.setHeight(screen.getHeight());
    }

    /** Where the window was, if there is still a screen. */
    private void placeAsLeft(KeptView kept) {
        view.restoreTimeline(kept);
        if (kept.place().isEmpty()) {
            stage.setMaximized(true);
            return;
        }
        KeptView.Place place = kept.place().get();
        Rectangle2D area =
                new Rectangle2D(
                        place.x(),
                        place.y(),
                        Math.max(PixelSize.LEAST, place.width()),
                        Math.max(PixelSize.LEAST, place.height()));
        boolean reachable =
                Screen.getScreens().stream()
                        .anyMatch(screen ->
                                screen.getVisualBounds()
                                        .contains(
                                                area.getMinX() + area.getWidth() / 2,
                                                area.getMinY() + GRIP));
        if (reachable) {
            stage.setX(area.getMinX());
            stage.setY(area.getMinY());
            stage.setWidth(area.getWidth());
            stage.setHeight(area.getHeight());
        }
    }

    private void show(Frame frame) {
        if (!isDrawn(frame.picture().plan())) {
            return;
        }
        view.showOwnNotice(settings.ownNotice().get());
        ReplayTimeline past = replay;
        if (past != null) {
            showPast(frame, past.playback());
            return;
        }
        view.show(frame);
        putOn();
        wall.ifPresent(its -> its.show(frame, System.nanoTime()));
        watchdog.ifPresent(Watchdog::shown);
        FeedStatus feed = frame.moment().feed();
        boolean blockedNow = watch(feed);
        // Cut off later, the room stays on screen under a banner; cut off from the start there is
        // nothing to show but the reason.
        boolean neverBegan =
                feed.phase() == FeedStatus.Phase.BACKOFF
                        && feed.reason().isPresent()
                        && frame.moment().state().position().isEmpty();
        if (blockedNow || neverBegan) {
            showPage(
                    Optional.of(
                            new Obstacle(
                                    blockedNow ? Obstacle.Kind.BLOCKED : Obstacle.Kind.UNREACHED,
                                    feed.reason()
                                            .orElseGet(
                                                    () -> Sentence.of("console.fault.unknown")))));
            takeShotLater();
        } else if (feed.phase() != FeedStatus.Phase.CHECK
                && feed.phase() != FeedStatus.Phase.IDLE) {
            // While it only asks again, the page stays: it would flicker with every attempt.
            showPage(Optional.empty());
        }
        if (feed.isLive() || frame.moment().state().size() > 0) {
            takeShotLater();
        }
        if (feed.isLive() && liveWaits) {
            liveWaits = false;
            whenPainted(() -> {
                LOG.info(Milestone.LIVE.text());
                live.complete(null);
            });
        }
    }

    /** Tells the session whether the feed needs a person, and returns it. */
    private boolean watch(FeedStatus feed) {
        boolean blockedNow = feed.phase() == FeedStatus.Phase.BLOCKED;
        if (blockedNow != feedBlocked) {
            feedBlocked = blockedNow;
            session.blocked(blockedNow);
        }
        return blockedNow;
    }

    /** A frame of the past: its moment has come, or what is in the way of it. */
    private void showPast(Frame frame, Playback playback) {
        view.showMode(mode, Optional.of(playback));
        boolean nothing = frame.moment().state().size() == 0;
        if (!nothing || !playback.waits()) {
            // Until the first moment was read there is nothing to show, and nothing is not "none".
            view.show(frame);
        }
        if (nothing && playback.fault().isPresent()) {
            showPage(playback.fault().map(why -> new Obstacle(Obstacle.Kind.BLOCKED, why)));
            takeShotLater();
        } else if (!nothing || !playback.waits()) {
            showPage(Optional.empty());
        }
        if (!playback.waits() && frame.moment().at().isPresent()) {
            takeShotLater();
        }
    }

    private void showFault(Sentence sentence) {
        FxBridge.onFx(() -> {
            if (mode != Mode.LIVE) {
                inTheWay = Optional.of(sentence);
                return;
            }
            showPage(Optional.of(new Obstacle(Obstacle.Kind.BLOCKED, sentence)));
            takeShotLater();
        });
    }

    private void showPage(Optional<Obstacle> obstacle) {
        inTheWay = obstacle.map(Obstacle::sentence);
        page = obstacle;
        view.showFault(obstacle);
    }

    private void takeShotLater() {
        if (shotWaits) {
            shotWaits = false;
            settings.shot().ifPresent(shot -> afterNextPulse(() -> schedule(shot)));
        }
    }

    private void schedule(Shot shot) {
        onFxAfter(
                shot.after(),
                () -> takeWhenRead(shot, System.nanoTime() + LONGEST_READING.toNanos()));
    }

    /** A picture is asked for once, often by nobody who looks: it must not be of a half. */
    private void takeWhenRead(Shot shot, long latest) {
        boolean late = System.nanoTime() - latest > 0;
        if (view.isReading() && !view.isBlocked() && !late) {
            onFxAfter(LOOK_AGAIN, () -> takeWhenRead(shot, latest));
            return;
        }
        afterNextPulse(() -> {
            if (view.isReading() && !view.isBlocked() && !late) {
                takeWhenRead(shot, latest);
            } else {
                take(shot);
            }
        });
    }

    private void onFxAfter(Duration time, Runnable work) {
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS, shots)
                .execute(() -> FxBridge.onFx(work));
    }

    private void take(Shot shot) {
        try {
            List<Sentence> without = new ArrayList<>(view.missing());
            if (view.isReading() && !view.isBlocked()) {
                without.add(Sentence.of("console.shot.late", LONGEST_READING.toSeconds()));
            }
            missing = List.copyOf(without);
            Image image = stage.getScene().snapshot(null);
            int exitCode = view.isBlocked() ? Fault.Kind.BLOCKED.exitCode() : DONE;
            shots.execute(() -> {
                try {
                    Png.write(image, shot.file());
                    end.complete(exitCode);
                } catch (IOException | RuntimeException cannotWrite) {
                    end.completeExceptionally(cannotWrite);
                }
            });
        } catch (RuntimeException mistake) { // handed to whoever awaits the end
            end.completeExceptionally(mistake);
        }
    }

    /**
     * Runs it when what was set before is on the screen. A pulse lays out and hands over to the
     * thread that paints; one that has something to hand over waits for the painting of the one
     * before, and the one after that comes when those pixels have been given to the screen.
     */
    private void whenPainted(Runnable work) {
        onPulse(2, () -> view.stir());
        onPulse(3, work);
    }

    /** Runs it when what was set before is laid out; it may still be being painted. */
    private static void afterNextPulse(Runnable work) {
        onPulse(2, work);
    }

    /** Runs it with the pulse of a number, of those that come from now on. */
    private static void onPulse(int number, Runnable work) {
        new AnimationTimer() {
            private int pulses;

            @Override
            public void handle(long now) {
                pulses++;
                if (pulses == number) {
                    stop();
                    work.run();
                }
            }
        }.start();
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
