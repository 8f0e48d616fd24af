package vigie.console.window;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Scene;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import vigie.console.banner.BannerView;
import vigie.console.bridge.Frame;
import vigie.console.details.DetailsView;
import vigie.console.fault.FaultView;
import vigie.console.fault.Obstacle;
import vigie.console.header.HeaderView;
import vigie.console.history.HistoryView;
import vigie.console.history.Opening;
import vigie.console.history.PastSettings;
import vigie.console.markup.Markup;
import vigie.console.plan.PlanView;
import vigie.console.points.PointsView;
import vigie.console.replay.Mode;
import vigie.console.replay.ReplayHost;
import vigie.console.replay.ReplaySettings;
import vigie.console.start.PixelSize;
import vigie.console.status.StatusView;
import vigie.console.style.Palette;
import vigie.console.style.Theme;
import vigie.console.tiles.TilesView;
import vigie.console.words.Speech;
import vigie.plan.ElementId;
import vigie.plan.Plan;
import vigie.point.PointId;
import vigie.text.Sentence;
import vigie.timeline.Moment;
import vigie.timeline.Playback;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The window: head, plan, column of tiles, details and points, foot. JavaFX thread only. */
public final class WindowView {
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

    @FXML private StackPane planArea;
    @FXML private VBox banners;
    @FXML private VBox side;
    @FXML private SplitPane split;

    private final BorderPane node;
    private final Speech speech;
    private final Parts parts;
    private final PlanView plan;
    private final PointsView points;
    private final Theme theme;
    private final Optional<HistoryView> history;
    private Optional<Opening> opening = Optional.empty();
    private double scale;

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
     * @param past the past it can show; empty: the present only
     * @param replay the past it can play; empty: the present only
     * @param host changes between present and past
     * @param retry tries again at once what is blocked
     */
    public WindowView(
            Speech speech,
            Plan drawn,
            Optional<Sentence> planNotice,
            String database,
            Optional<PastSettings> past,
            Optional<ReplaySettings> replay,
            ReplayHost host,
            Runnable retry) {
        this.speech = speech;
        Palette palette = Palette.dark();
        theme = new Theme(palette);
        parts = Parts.of(speech, drawn, database, planNotice);
        node = Markup.load(BorderPane.class, "window", this, speech);
        plan = new PlanView(speech.words(), palette);
        plan.setId("plan");
        speech.wordsProperty().addListener((property, before, now) -> plan.setWords(now));
        Consumer<ElementId> goTo = this::goTo;
        Consumer<PointId> showPast =
                point -> showPast(Opening.following("", List.of(point), Opening.USUAL));
        points = new PointsView(parts.points(), speech, goTo, past.map(_ -> showPast));
        parts.details().selectedProperty().bindBidirectional(plan.selectedProperty());
        parts.details().hoveredProperty().bind(plan.hoveredProperty());
        FaultView fault = new FaultView(parts.fault(), speech, retry);
        history = past.map(its -> new HistoryView(speech, drawn, palette, its, this::showPlan));
        if (history.isPresent()) {
            plan.setOnHistory(this::showPast);
        }
        opening = past.flatMap(PastSettings::opening);
        planArea.getChildren().addFirst(plan);
        history.ifPresent(its -> planArea.getChildren().add(its.node()));
        planArea.getChildren().add(fault.node());
        banners.getChildren()
                .addAll(
                        new BannerView("feed-banner", parts.banner().feedProperty(), speech).node(),
                        new BannerView("way-banner", parts.banner().wayProperty(), speech).node(),
                        new BannerView("plan-banner", parts.banner().planProperty(), speech)
                                .node());
        side.getChildren().addFirst(new TilesView(parts.tiles(), speech, palette, goTo).node());
        split.getItems()
                .addAll(
                        new DetailsView(parts.details(), speech, goTo, past.map(_ -> showPast))
                                .node(),
                        points.node());
        node.setTop(new HeaderView(parts.header(), speech, plan::fit, points::search).node());
        node.setBottom(new StatusView(parts.status(), speech).node());
    }

    /** The window's scene. */
    public Scene scene(double width, double height) {
        Scene scene = new Scene(node, width, height);
        scale = PixelSize.scale(width, height);
        theme.dress(scene, scale);
        history.ifPresent(its -> its.setScale(scale));
        scene.widthProperty().addListener(size -> rescale(scene));
        scene.heightProperty().addListener(size -> rescale(scene));
        keys(scene);
        return scene;
    }

    /** Gives the keyboard to the plan. */
    public void focusPlan() {
        plan.requestFocus();
    }

    /** Shows a frame. */
    public void show(Frame frame) {
        plan.show(frame.picture(), frame.now(), frame.current());
        parts.show(frame);
        history.ifPresent(its -> its.show(frame));
        if (opening.isPresent()) {
            Opening wanted = opening.get();
            opening = Optional.empty();
            showPast(wanted);
        }
        node.pseudoClassStateChanged(STALE, !frame.current());
    }

    /**
     * Says which time is shown.
     *
     * @param playback how the replay stands; empty at present
     */
    public void showMode(Mode mode, Optional<Playback> playback) {}

    /** Says what happens at present, while the past is shown. */
    public void showLive(Moment moment) {}

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

    /** Shows a chart in place of the plan; without a past, nothing. */
    public void showPast(Opening chart) {
        history.ifPresent(its -> {
            its.open(chart);
            plan.setVisible(false);
        });
    }

    /** Nothing is asked of the past any more. */
    public void close() {
        history.ifPresent(HistoryView::close);
    }

    private void showPast(ElementId element) {
        history.ifPresent(its -> {
            its.open(element);
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
        }
    }

    private void keys(Scene scene) {
        var keys = scene.getAccelerators();
        keys.put(control(KeyCode.F), points::search);
        keys.put(control(KeyCode.DIGIT0), plan::fit);
        keys.put(control(KeyCode.NUMPAD0), plan::fit);
        keys.put(control(KeyCode.L), this::otherLanguage);
    }

    private void otherLanguage() {
        boolean speaksFrench = speech.words().language().equals(Locale.FRENCH);
        speech.speak(speaksFrench ? Locale.ENGLISH : Locale.FRENCH);
    }

    private static KeyCombination control(KeyCode key) {
        return new KeyCodeCombination(key, KeyCombination.SHORTCUT_DOWN);
    }
}
