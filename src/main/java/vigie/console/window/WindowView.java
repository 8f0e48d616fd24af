package vigie.console.window;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;

import vigie.console.banner.BannerModel;
import vigie.console.banner.BannerView;
import vigie.console.bridge.Frame;
import vigie.console.bridge.FxBridge;
import vigie.console.details.DetailsView;
import vigie.console.difference.Against;
import vigie.console.difference.DifferenceControl;
import vigie.console.fault.FaultView;
import vigie.console.fault.Obstacle;
import vigie.console.guide.GuideBook;
import vigie.console.header.HeaderView;
import vigie.console.history.HistoryView;
import vigie.console.history.Opening;
import vigie.console.history.PastSettings;
import vigie.console.history.chart.Stretch;
import vigie.console.job.JobModel;
import vigie.console.job.JobView;
import vigie.console.job.PastJobs;
import vigie.console.markup.Late;
import vigie.console.markup.Markup;
import vigie.console.markup.OnlyShown;
import vigie.console.plan.PlanView;
import vigie.console.points.PointsView;
import vigie.console.replay.Mode;
import vigie.console.replay.ModeModel;
import vigie.console.replay.ModeView;
import vigie.console.replay.ReplayActions;
import vigie.console.replay.ReplayHost;
import vigie.console.replay.ReplayModel;
import vigie.console.replay.ReplaySettings;
import vigie.console.replay.ReplayView;
import vigie.console.setup.SetupModel;
import vigie.console.setup.SetupOffer;
import vigie.console.setup.SetupView;
import vigie.console.start.PixelSize;
import vigie.console.status.StatusView;
import vigie.console.style.Palette;
import vigie.console.style.Theme;
import vigie.console.tiles.TilesView;
import vigie.console.wall.KeptView;
import vigie.console.wall.WallModel;
import vigie.console.wall.WallView;
import vigie.console.words.Speech;
import vigie.feed.FeedStatus;
import vigie.history.Times;
import vigie.plan.ElementId;
import vigie.plan.Plan;
import vigie.point.PointId;
import vigie.recording.Basis;
import vigie.text.Sentence;
import vigie.timeline.Moment;
import vigie.timeline.Playback;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The window: head, plan, column of tiles, details and points, foot. JavaFX thread only. */
public final class WindowView {
    private static final String ON_WALL = "on-wall";
    private static final String SEARCH = "search";
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");
    private static final PseudoClass PAST = PseudoClass.getPseudoClass("past");
    private static final PseudoClass COMPARED = PseudoClass.getPseudoClass("compared");
    private static final PseudoClass DRILL = PseudoClass.getPseudoClass("drill");

    /** A chart opened in the past shows so much before the moment, and as much after. */
    private static final Duration ABOUT = Duration.ofHours(3);

    /** So long nothing is called missing that has not been asked for yet. */
    private static final Duration FIRST = Duration.ofSeconds(2);

    @FXML private StackPane planArea;
    @FXML private StackPane chartArea;
    @FXML private VBox center;
    @FXML private VBox banners;
    @FXML private VBox side;
    @FXML private SplitPane split;

    private final BorderPane node;

    /** A pixel under the plan. */
    private final Rectangle stirred = new Rectangle(1, 1, Color.TRANSPARENT);

    private final JobModel jobs;
    private final Optional<DifferenceControl> difference;
    private Basis basis = Basis.KNOWN_NOW;
    private final Speech speech;
    private final Plan drawn;
    private final Parts parts;
    private final PlanView plan;
    private final PointsView points;
    private final Theme theme;
    private final HeaderView header;
    private Optional<SetupModel> settings = Optional.empty();
    private Optional<Runnable> openSettings = Optional.empty();
    private final Palette palette = Palette.dark();
    private final Optional<PastSettings> past;
    private Optional<HistoryView> history = Optional.empty();
    private Optional<Frame> latest = Optional.empty();
    private final ModeModel mode;
    private final Optional<ReplayModel> replayModel;
    private final Optional<ReplayView> replay;
    private Optional<Opening> opening = Optional.empty();
    private Optional<Instant> shown = Optional.empty();
    private double scale = 1;
    private boolean swallows;

    /** What the settings cover, and whether the column beside the plan was shown before. */
    private final List<Node> covered = new ArrayList<>();

    private boolean sideBefore;

    /** A window whose past cannot be played. */
    public WindowView(
            Speech speech,
            Plan drawn,
            Optional<Sentence> planNotice,
            String database,
            Optional<PastSettings> past,
            Runnable retry) {
        this(speech, drawn, planNotice, database, past, Optional.empty(), ReplayHost.NONE, retry);
    }

    /**
     * @param drawn the plan shown
     * @param planNotice why another plan than the operator's is shown; empty: it is his
     * @param database where the data come from, without password; may be empty
     * @param past the past it can show in charts; empty: none
     * @param replays the past it can play; empty: none
     * @param host changes between present and past
     * @param retry tries again at once what is blocked
     */
    public WindowView(
            Speech speech,
            Plan drawn,
            Optional<Sentence> planNotice,
            String database,
            Optional<PastSettings> past,
            Optional<ReplaySettings> replays,
            ReplayHost host,
            Runnable retry) {
        this.speech = speech;
        this.drawn = drawn;
        this.past = past;
        theme = new Theme(palette);
        parts = Parts.of(speech, drawn, database, planNotice);
        node = Markup.load(BorderPane.class, "window", this, speech);
        plan = new PlanView(speech.words(), palette);
        plan.setId("plan");
        speech.wordsProperty().addListener((property, before, now) -> plan.setWords(now));
        Consumer<ElementId> goTo = this::goTo;
        Consumer<PointId> showPast = this::showPast;
        points = new PointsView(parts.points(), speech, goTo, past.map(_ -> showPast));
        parts.details().selectedProperty().bindBidirectional(plan.selectedProperty());
        parts.details().hoveredProperty().bind(plan.hoveredProperty());
        Node fault =
                Late.part(
                        parts.fault().pageProperty(),
                        () -> new FaultView(parts.fault(), speech, retry).node());
        if (past.isPresent()) {
            plan.setOnHistory(this::showPast);
        }
        opening = past.flatMap(PastSettings::opening);
        planArea.getChildren().addFirst(plan);
        planArea.getChildren().add(fault);
        OnlyShown.in(planArea, chartArea, fault);
        banners.getChildren()
                .addAll(
                        banner("feed-banner", parts.banner().feedProperty()),
                        banner("way-banner", parts.banner().wayProperty()),
                        banner("plan-banner", parts.banner().planProperty()),
                        banner("own-banner", parts.banner().ownProperty()),
                        banner("settings-banner", parts.banner().settingsProperty()));
        side.getChildren().addFirst(new TilesView(parts.tiles(), speech, palette, goTo).node());
        split.getItems()
                .addAll(
                        new DetailsView(parts.details(), speech, goTo, past.map(_ -> showPast))
                                .node(),
                        points.node());
        mode = new ModeModel(speech, drawn, InstantSource.system());
        replayModel =
                replays.map(its ->
                        new ReplayModel(
                                speech,
                                drawn,
                                its,
                                host,
                                work -> Thread.ofVirtual().name("vigie-replay-ask").start(work),
                                FxBridge::onFx,
                                InstantSource.system()));
        replay =
                replayModel.map(model ->
                        new ReplayView(
                                model,
                                mode,
                                speech,
                                palette,
                                replays.flatMap(ReplaySettings::returnAfter),
                                plan.selectedProperty()));
        replay.ifPresent(its -> center.getChildren().add(its.node()));
        covered.add(planArea);
        replay.ifPresent(its -> covered.add(its.node()));
        jobs =
                new JobModel(
                        work -> Thread.ofVirtual().name("vigie-job").start(work), FxBridge::onFx);
        banners.getChildren()
                .add(Late.part(jobs.shownProperty(), () -> new JobView(jobs, speech).node()));
        OnlyShown.in(banners, banners.getChildren().toArray(Node[]::new));
        replays.ifPresent(its ->
                setReplayActions(
                        new PastJobs(its, drawn, speech, jobs, host)
                                .actions(() -> node.getScene().getWindow(), this::compare)));
        difference = replays.map(its -> new DifferenceControl(its.recorded(), drawn));
        difference.ifPresent(its -> {
            its.differenceProperty()
                    .addListener((property, before, now) -> {
                        plan.compare(now);
                        mode.compare(its.against().isPresent(), now.map(one -> one.then().at()));
                        parts.details().compare(now);
                    });
            its.faultProperty().addListener((property, before, now) -> comparisonFailed(now));
        });
        header = new HeaderView(parts.header(), speech, plan::fit, this::search);
        node.setTop(
                new VBox(
                        new ModeView(
                                        mode,
                                        speech,
                                        host::live,
                                        () -> replayModel.ifPresent(ReplayModel::endDrill),
                                        () -> compare(Optional.empty()))
                                .node(),
                        header.node()));
        stirred.setManaged(false);
        stirred.setMouseTransparent(true);
        planArea.getChildren().addFirst(stirred);
        node.setBottom(new StatusView(parts.status(), speech).node());
    }

    private Node banner(String id, ReadOnlyObjectProperty<Optional<BannerModel.Banner>> says) {
        return Late.part(says, () -> new BannerView(id, says, speech).node());
    }

    /** The window's scene. */
    public Scene scene(double width, double height) {
        Scene scene = new Scene(node, width, height);
        scale = PixelSize.scale(width, height);
        theme.dress(scene, scale);
        history.ifPresent(its -> its.setScale(scale));
        replay.ifPresent(its -> its.setScale(scale));
        scene.widthProperty().addListener(size -> rescale(scene));
        scene.heightProperty().addListener(size -> rescale(scene));
        keys(scene);
        return scene;
    }

    /**
     * Makes it a wall: over the plan the band with clock and heartbeat, no foot, and the column
     * beside the plan only where somebody asks for it. To be called before {@link #scene}.
     */
    public void hang(WallModel model) {
        node.getStyleClass().add(ON_WALL);
        node.setTop(new WallView(parts.header(), model, speech).node());
        node.setBottom(null);
        showSide(false);
    }

    /** How it was left, but for the window's place. */
    public KeptView kept() {
        return new KeptView(
                plan.looked(),
                plan.selectedProperty().get(),
                parts.points().filterProperty().get(),
                settings.isPresent() ? sideBefore : side.isVisible(),
                replay.map(ReplayView::size),
                Optional.empty());
    }

    /** Gives the timeline the part of the window that it had. */
    public void restoreTimeline(KeptView kept) {
        replay.ifPresent(its -> kept.timeline().ifPresent(its::setSize));
    }

    /** Begins as it was left. What the plan no longer has is not selected. */
    public void restore(KeptView kept) {
        plan.look(kept.part());
        plan.selectedProperty()
                .set(kept.selected().filter(element -> drawn.element(element).isPresent()));
        parts.points().filterProperty().set(kept.filter());
        showSide(kept.side());
    }

    /** Shows the column beside the plan, or takes it away. */
    private void showSide(boolean isShown) {
        place(side, isShown);
    }

    private static void place(Node part, boolean isShown) {
        part.setVisible(isShown);
        part.setManaged(isShown);
    }

    /** Offers a page of settings. */
    public void offerSettings(SetupOffer offer) {
        openSettings = Optional.of(() -> openSettings(offer));
        header.offerSettings(() -> openSettings.ifPresent(Runnable::run));
    }

    private void openSettings(SetupOffer offer) {
        if (settings.isPresent() || node.getScene() == null) {
            return;
        }
        SetupModel model =
                new SetupModel(
                        speech,
                        SetupModel.Purpose.CHANGE,
                        offer.now().get(),
                        offer.tools(),
                        _ -> {
                            closeSettings();
                            offer.settled().run();
                        },
                        this::closeSettings);
        settings = Optional.of(model);
        SetupView page = new SetupView(model, offer.outweighed());
        sideBefore = side.isVisible();
        showSide(false);
        covered.forEach(part -> place(part, false));
        // Head, banners and foot stay: an alarm that comes meanwhile is seen.
        VBox.setVgrow(page.node(), Priority.ALWAYS);
        center.getChildren().add(page.node());
        page.focus();
    }

    private void closeSettings() {
        settings = Optional.empty();
        center.getChildren().removeLast();
        covered.forEach(part -> place(part, true));
        showSide(sideBefore);
        plan.requestFocus();
    }

    /**
     * Whether it can be replaced by another one without taking something out of somebody's hands.
     * What is typed in the search goes on in the other one.
     */
    public boolean isIdle() {
        boolean typing =
                node.getScene() != null
                        && node.getScene().getFocusOwner() instanceof TextInputControl field
                        && !SEARCH.equals(field.getId())
                        && !field.getText().isEmpty();
        return settings.isEmpty() && !jobs.isBusy() && mode.mode() == Mode.LIVE && !typing;
    }

    /**
     * Goes on where another view of the present stopped: the part of the plan, what is selected and
     * compared, the chart or the timeline that is open, since when the room is how it is. To be
     * called before the first frame.
     */
    public void goOnFrom(WindowView before) {
        restore(before.kept());
        compare(before.compared());
        parts.goOnFrom(before.parts);
        before.replayModel.ifPresent(its -> replayModel.ifPresent(now -> now.goOnFrom(its)));
        opening = before.opening.or(() -> before.history.flatMap(HistoryView::shown));
    }

    /** The language spoken. */
    public Locale language() {
        return speech.words().language();
    }

    /** Gives the keyboard to the plan. */
    public void focusPlan() {
        plan.requestFocus();
    }

    /**
     * Gives the keyboard to what had it in the view before, as far as somebody types there: the
     * search; else to the plan. To be called when this one is in the window.
     */
    public void focusAs(WindowView before) {
        parts.points().filterProperty().set(before.parts.points().filterProperty().get());
        if (before.node.getScene().getFocusOwner() instanceof TextInputControl field
                && SEARCH.equals(field.getId())) {
            points.goOnSearching();
        } else {
            focusPlan();
        }
    }

    /** Why nothing is written into Vigie's own tables, where somebody should know; else empty. */
    public void showOwnNotice(Optional<Sentence> notice) {
        parts.banner().setOwnNotice(notice);
    }

    /** Since when nothing is heard, where a wall tells it too; else empty. */
    public void showLostSince(Optional<Instant> since) {
        parts.banner().setLostSince(since);
    }

    /** What is wrong with settings that came to be meanwhile; else empty. */
    public void showSettingsNotice(Optional<Sentence> notice) {
        parts.banner().setSettingsNotice(notice);
    }

    /** Gives the next pulse something to paint, of which nothing is seen. */
    public void stir() {
        stirred.setTranslateX(stirred.getTranslateX() == 0 ? 1 : 0);
    }

    /** Shows a frame: of the present, or of the past that {@link #showMode} told of. */
    public void show(Frame frame) {
        plan.show(frame.picture(), frame.now(), frame.current());
        node.pseudoClassStateChanged(STALE, !frame.current());
        if (begins(frame)) {
            return;
        }
        difference.ifPresent(its -> its.show(frame.picture(), basis));
        parts.show(frame);
        shown = Optional.of(frame.now());
        if (mode.mode() == Mode.LIVE) {
            latest = Optional.of(frame);
            history.ifPresent(its -> its.show(frame));
            replayModel.ifPresent(its -> its.show(frame));
        } else {
            // Charts follow the present; of the past they only mark the moment.
            history.ifPresent(its -> its.mark(shown));
            mode.showAt(frame.now());
            replayModel.ifPresent(its -> its.showAt(frame.now()));
        }
        if (opening.isPresent()) {
            Opening wanted = opening.get();
            opening = Optional.empty();
            showPast(wanted);
        }
    }

    /** Whether the feed has only just begun to connect, and nothing was shown before. */
    private boolean begins(Frame frame) {
        FeedStatus feed = frame.moment().feed();
        return mode.mode() == Mode.LIVE
                && latest.isEmpty()
                && (feed.phase() == FeedStatus.Phase.IDLE || feed.phase() == FeedStatus.Phase.CHECK)
                && Duration.between(feed.since(), frame.now()).compareTo(FIRST) < 0;
    }

    /**
     * Which time the window shows, and how the replay stands; to be called whenever one of them
     * changed, before the first frame of another time.
     *
     * @param playback empty at present
     */
    public void showMode(Mode newMode, Optional<Playback> playback) {
        boolean changes = newMode != mode.mode();
        mode.show(newMode, playback);
        if (changes) {
            parts.setPast(newMode != Mode.LIVE);
            node.pseudoClassStateChanged(PAST, newMode != Mode.LIVE);
            node.pseudoClassStateChanged(DRILL, newMode == Mode.DRILL);
            shown = Optional.empty();
            difference
                    .filter(_ -> newMode == Mode.LIVE)
                    .ifPresent(its -> {
                        its.showsPresent();
                        mode.compare(false, Optional.empty());
                        node.pseudoClassStateChanged(COMPARED, false);
                    });
            history.ifPresent(its -> its.mark(Optional.empty()));
        }
        basis = playback.map(Playback::basis).orElse(Basis.KNOWN_NOW);
        replayModel.ifPresent(its -> its.show(newMode, playback));
    }

    /** Draws how what is shown differs from another moment; empty: the values again. */
    public void compare(Optional<Against> against) {
        difference.ifPresent(its -> {
            its.show(against);
            mode.compare(
                    against.isPresent(),
                    its.differenceProperty().get().map(one -> one.then().at()));
            node.pseudoClassStateChanged(COMPARED, against.isPresent());
        });
    }

    /** With what the moment shown is compared; empty: with nothing, as after every way back. */
    public Optional<Against> compared() {
        return difference.flatMap(DifferenceControl::against);
    }

    /**
     * Whether something that belongs to what is shown is still being read: what happened, the other
     * moment of a comparison, a chart.
     */
    public boolean isReading() {
        return opening.isPresent()
                || replayModel.filter(ReplayModel::isReading).isPresent()
                || history.filter(HistoryView::isReading).isPresent()
                || difference
                        .filter(its -> its.against().isPresent())
                        .filter(its -> its.differenceProperty().get().isEmpty())
                        .filter(its -> its.faultProperty().get().isEmpty())
                        .isPresent();
    }

    /** What of it could not be read, and why; empty: all of it is there, or on its way. */
    public List<Sentence> missing() {
        List<Sentence> missing = new ArrayList<>();
        replayModel
                .filter(its -> its.openProperty().get())
                .flatMap(its -> its.failureProperty().get())
                .map(why -> Sentence.of("console.shot.no-events", why))
                .ifPresent(missing::add);
        history.flatMap(HistoryView::failure)
                .map(why -> Sentence.of("console.shot.no-chart", why))
                .ifPresent(missing::add);
        difference
                .filter(its -> its.against().isPresent())
                .flatMap(its -> its.faultProperty().get())
                .ifPresent(missing::add);
        return List.copyOf(missing);
    }

    private void comparisonFailed(Optional<Sentence> why) {
        why.ifPresent(jobs::failed);
    }

    /** How the present is, while the past is shown. */
    public void showLive(Moment moment) {
        mode.showLive(moment);
        parts.status().showLive(moment);
    }

    /** What can be done with the past beside playing it; the window is born with nothing. */
    public void setReplayActions(ReplayActions actions) {
        replay.ifPresent(its -> its.setActions(actions));
    }

    /** Shows what stands in the way; empty: nothing does any more. */
    public void showFault(Optional<Obstacle> obstacle) {
        Optional<Obstacle.Kind> kind = obstacle.map(Obstacle::kind);
        parts.fault().show(obstacle);
        parts.banner().setPage(kind);
        parts.status().setPage(kind);
    }

    /** Whether the page of what stands in the way is shown. */
    public boolean isBlocked() {
        return parts.fault().pageProperty().get().isPresent();
    }

    /**
     * The charts, made when somebody wants the first one: who looks at the plan need not wait for
     * them. Empty: there is no past.
     */
    private Optional<HistoryView> charts() {
        if (history.isEmpty() && past.isPresent()) {
            HistoryView made = new HistoryView(speech, drawn, palette, past.get(), this::showPlan);
            chartArea.getChildren().add(made.node());
            chartArea.visibleProperty().bind(made.node().visibleProperty());
            made.setScale(scale);
            latest.ifPresent(made::show);
            made.mark(shown.filter(_ -> mode.mode() != Mode.LIVE));
            history = Optional.of(made);
        }
        return history;
    }

    /** Shows a chart in place of the plan; without a past, nothing. */
    public void showPast(Opening chart) {
        charts().ifPresent(its -> {
            its.open(chart);
            plan.setVisible(false);
        });
    }

    /** Nothing is asked of the past any more. */
    public void close() {
        settings.ifPresent(SetupModel::close);
        jobs.cancel();
        difference.ifPresent(DifferenceControl::close);
        history.ifPresent(HistoryView::close);
        replayModel.ifPresent(ReplayModel::close);
    }

    private void showPast(PointId point) {
        Optional<Stretch> marked = replayModel.flatMap(model -> model.brushProperty().get());
        showPast(
                marked.map(interval ->
                                Opening.between(
                                        "",
                                        List.of(point),
                                        Times.instant(interval.from()),
                                        Times.instant(interval.to())))
                        .or(() ->
                                shown.filter(_ -> mode.mode() != Mode.LIVE)
                                        .map(at ->
                                                Opening.between(
                                                        "",
                                                        List.of(point),
                                                        at.minus(ABOUT),
                                                        at.plus(ABOUT))))
                        .orElseGet(() -> Opening.following("", List.of(point), Opening.USUAL)));
    }

    private void showPast(ElementId element) {
        charts().ifPresent(its -> {
            Optional<Stretch> marked = replayModel.flatMap(model -> model.brushProperty().get());
            if (marked.isPresent()) {
                Stretch interval = marked.get();
                its.open(element, Times.instant(interval.from()), Times.instant(interval.to()));
            } else if (mode.mode() != Mode.LIVE && shown.isPresent()) {
                its.open(element, shown.get().minus(ABOUT), shown.get().plus(ABOUT));
            } else {
                its.open(element);
            }
            plan.setVisible(false);
        });
    }

    private void showPlan() {
        history.ifPresent(HistoryView::shut);
        plan.setVisible(true);
        plan.requestFocus();
    }

    private void goTo(ElementId element) {
        if (history.filter(HistoryView::isShown).isPresent()) {
            showPlan();
        }
        plan.selectedProperty().set(Optional.of(element));
        plan.focusOn(element);
    }

    private void rescale(Scene scene) {
        double next = PixelSize.scale(scene.getWidth(), scene.getHeight());
        if (next != scale) {
            scale = next;
            theme.dress(scene, scale);
            history.ifPresent(its -> its.setScale(scale));
            replay.ifPresent(its -> its.setScale(scale));
        }
    }

    private void keys(Scene scene) {
        replay.ifPresent(its -> {
            scene.addEventFilter(InputEvent.ANY, _ -> its.touched());
            scene.addEventFilter(
                    KeyEvent.KEY_PRESSED,
                    event -> {
                        if (settings.isPresent()) {
                            swallows = false;
                            return;
                        }
                        boolean covered = history.filter(HistoryView::isShown).isPresent();
                        swallows = its.key(event, covered) || endsComparison(event, covered);
                        if (swallows) {
                            event.consume();
                        }
                    });
            // The letter of a key that was used must not land in the field it opened.
            scene.addEventFilter(
                    KeyEvent.KEY_TYPED,
                    event -> {
                        if (swallows) {
                            event.consume();
                        }
                    });
        });
        var keys = scene.getAccelerators();
        keys.put(control(KeyCode.F), this::search);
        keys.put(control(KeyCode.B), this::otherSide);
        keys.put(control(KeyCode.DIGIT0), plan::fit);
        keys.put(control(KeyCode.NUMPAD0), plan::fit);
        keys.put(control(KeyCode.L), this::otherLanguage);
        keys.put(control(KeyCode.COMMA), () -> openSettings.ifPresent(Runnable::run));
        keys.put(new KeyCodeCombination(KeyCode.F1), this::openGuide);
    }

    /** Escape at present ends a comparison, as it ends a replay. */
    private boolean endsComparison(KeyEvent event, boolean covered) {
        boolean ends =
                event.getCode() == KeyCode.ESCAPE
                        && mode.mode() == Mode.LIVE
                        && !covered
                        && compared().isPresent()
                        && !(node.getScene().getFocusOwner() instanceof TextInputControl);
        if (ends) {
            compare(Optional.empty());
        }
        return ends;
    }

    /**
     * What opens it may take seconds: it is a job, and says how it ended. A browser must not cover
     * a wall.
     */
    private void openGuide() {
        if (node.getStyleClass().contains(ON_WALL)) {
            return;
        }
        Locale language = speech.words().language();
        boolean _ =
                jobs.start(
                        Sentence.of("guide.opening"),
                        (progress, work) -> GuideBook.here().open(language));
    }

    private void otherSide() {
        if (settings.isEmpty()) {
            showSide(!side.isVisible());
        }
    }

    private void search() {
        if (settings.isPresent()) {
            return;
        }
        showSide(true);
        points.search();
    }

    private void otherLanguage() {
        boolean speaksFrench = speech.words().language().equals(Locale.FRENCH);
        speech.speak(speaksFrench ? Locale.ENGLISH : Locale.FRENCH);
    }

    private static KeyCombination control(KeyCode key) {
        return new KeyCodeCombination(key, KeyCombination.SHORTCUT_DOWN);
    }
}
