package vigie.console.replay;

import javafx.animation.PauseTransition;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import vigie.console.markup.Markup;
import vigie.console.markup.OnlyShown;
import vigie.console.style.Palette;
import vigie.console.style.Size;
import vigie.console.words.Speech;
import vigie.plan.ElementId;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The timeline under the plan: at present a slim bar, else what plays the past, lanes, the list of
 * events, notes. JavaFX thread only.
 *
 * <p>Keys, anywhere in the window but in a field: {@code R} a replay, {@code T} the timeline or a
 * moment to type; in the past Space plays or pauses, {@code J} {@code K} {@code L} play back, stand
 * and play, {@code ,} and {@code .} step by a reading, {@code P} and {@code N} go to the last and
 * the next event, {@code S} and {@code F} play slower and faster, {@code Q} skips the quiet, {@code
 * U} types a condition, Escape returns to the present. Where the list is shown {@code E} chooses
 * its kinds and {@code W} writes a note.
 */
public final class ReplayView {
    /** Said so long before the window returns by itself. */
    private static final Duration NOTICE = Duration.ofSeconds(30);

    @FXML private HBox slim;
    @FXML private ToggleButton lanesShown;
    @FXML private Label slimMessage;

    private final VBox node;
    private final ReplayModel model;
    private final ModeModel band;
    private final Speech speech;
    private final Palette palette;
    private final Optional<Duration> returnAfter;
    private final ObservableValue<Optional<ElementId>> selected;
    private final Divider divider = new Divider(this::em);
    private final PauseTransition idle = new PauseTransition();
    private Optional<Duration> left = Optional.empty();
    private ReplayActions actions = ReplayActions.NONE;
    private double scale = 1;

    /** Made when it is needed first: who looks at the present need not wait for it. */
    private @Nullable ReplayPanel panel;

    /**
     * @param band told when the window is about to return to the present
     * @param returnAfter as {@link ReplaySettings#returnAfter}
     * @param selected the element that is selected on the plan
     */
    public ReplayView(
            ReplayModel model,
            ModeModel band,
            Speech speech,
            Palette palette,
            Optional<Duration> returnAfter,
            ObservableValue<Optional<ElementId>> selected) {
        this.model = model;
        this.band = band;
        this.speech = speech;
        this.palette = palette;
        this.returnAfter = returnAfter;
        this.selected = selected;
        node = Markup.load(VBox.class, "replay", this, speech);
        node.getChildren().addFirst(divider);
        OnlyShown.in(node, divider, slim);
        Tooltip size = new Tooltip();
        Tooltip.install(divider, size);
        size.textProperty().bind(divider.accessibleTextProperty());
        model.modeProperty().addListener(change -> show());
        model.openProperty().addListener(change -> show());
        model.readingProperty().addListener(change -> showMessage());
        model.failureProperty().addListener(change -> showMessage());
        divider.sizeProperty().addListener(change -> showSize());
        speech.wordsProperty().addListener(language -> show());
        idle.setOnFinished(_ -> idled());
        show();
    }

    public VBox node() {
        return node;
    }

    /** How much larger than designed the lanes are painted. */
    public void setScale(double newScale) {
        scale = newScale;
        if (panel != null) {
            panel.setScale(newScale);
        }
    }

    /** How much of the window lanes and list have. */
    public PanelSize size() {
        return divider.sizeProperty().get();
    }

    /** Gives lanes and list so much of the window. */
    public void setSize(PanelSize size) {
        divider.setSize(size);
    }

    /** What can be done beside playing. */
    public void setActions(ReplayActions newActions) {
        actions = newActions;
        if (panel != null) {
            panel.setActions(newActions);
        }
    }

    /** Somebody's hand is on the window. */
    public void touched() {
        if (model.modeProperty().get() == Mode.REPLAY && returnAfter.isPresent()) {
            band.returnsIn(Optional.empty());
            Duration notice =
                    returnAfter.get().compareTo(NOTICE.multipliedBy(2)) < 0
                            ? returnAfter.get().dividedBy(2)
                            : NOTICE;
            left = Optional.of(notice);
            wait(returnAfter.get().minus(notice));
        } else {
            idle.stop();
        }
    }

    private void idled() {
        if (model.modeProperty().get() != Mode.REPLAY || left.isEmpty()) {
            return;
        }
        Duration rest = left.get();
        if (rest.isZero() || rest.isNegative()) {
            model.live();
            return;
        }
        Duration second = rest.compareTo(Duration.ofSeconds(1)) < 0 ? rest : Duration.ofSeconds(1);
        band.returnsIn(Optional.of(rest.plusMillis(999).truncatedTo(ChronoUnit.SECONDS)));
        left = Optional.of(rest.minus(second));
        wait(second);
    }

    private void wait(Duration time) {
        idle.stop();
        idle.setDuration(javafx.util.Duration.millis(Math.max(1, (double) time.toMillis())));
        idle.playFromStart();
    }

    /** Pixels of a height of the text. Not what lies open: a hand is faster than the layout. */
    private double em() {
        return Size.BODY.height() * scale;
    }

    private void show() {
        Mode mode = model.modeProperty().get();
        boolean open = model.openProperty().get();
        place(slim, mode == Mode.LIVE);
        lanesShown.setSelected(open);
        divider.setAccessibleText(speech.words().say("replay.divider"));
        touched();
        if (panel == null && (open || mode.isPlayed())) {
            furnish();
        }
        showSize();
        if (panel != null) {
            panel.showMode();
        }
        showMessage();
    }

    private void furnish() {
        ReplayPanel made = new ReplayPanel(model, speech, palette, selected);
        made.setScale(scale);
        made.setActions(actions);
        node.getChildren().add(made.node());
        panel = made;
    }

    private void showSize() {
        PanelSize size = divider.sizeProperty().get();
        boolean open = model.openProperty().get();
        if (size.folded() && open && model.modeProperty().get() == Mode.LIVE) {
            // At present the timeline is there or not; there is nothing to fold it to.
            divider.setSize(size.turned());
            model.toggle();
            return;
        }
        place(divider, open);
        if (panel != null) {
            panel.setSize(size);
        }
    }

    /** What is to be said beside the present, where there is no better place for it. */
    private void showMessage() {
        String words =
                model.failureProperty()
                        .get()
                        .map(speech.words()::say)
                        .orElseGet(() ->
                                model.readingProperty().get()
                                        ? speech.words().say("replay.reading")
                                        : "");
        slimMessage.setText(model.openProperty().get() ? "" : words);
    }

    /**
     * Whether a key pressed anywhere in the window was one of the timeline's.
     *
     * @param covered whether something else than the plan is shown, which has Escape for itself
     */
    public boolean key(KeyEvent event, boolean covered) {
        if (event.isShortcutDown() || event.isAltDown() || event.isMetaDown()) {
            return false;
        }
        Node focused = node.getScene().getFocusOwner();
        if (focused instanceof TextInputControl field) {
            return event.getCode() == KeyCode.ESCAPE && panel != null && panel.leave(field);
        }
        Mode mode = model.modeProperty().get();
        boolean used =
                switch (event.getCode()) {
                    case R -> mode == Mode.LIVE && act(model::enter);
                    case T -> mode == Mode.LIVE && act(model::toggle);
                    case ESCAPE -> mode == Mode.REPLAY && !covered && act(model::live);
                    default -> false;
                };
        return used
                || (mode.isPlayed() && playing(event.getCode(), focused))
                || (model.openProperty().get() && listed(event.getCode()));
    }

    private boolean playing(KeyCode key, @Nullable Node focused) {
        return switch (key) {
            case T -> inPanel(ReplayPanel::typeMoment);
            case U -> inPanel(ReplayPanel::typeUntil);
            case SPACE -> !takesSpace(focused) && act(model::playOrPause);
            case J -> act(() -> model.play(true));
            case K -> act(model::pause);
            case L -> act(() -> model.play(false));
            case COMMA -> act(() -> model.step(true));
            case PERIOD -> act(() -> model.step(false));
            case P -> act(() -> model.jump(true));
            case N -> act(() -> model.jump(false));
            case S -> act(() -> model.faster(false));
            case F -> act(() -> model.faster(true));
            case Q -> act(model::skipQuiet);
            default -> false;
        };
    }

    /** Keys of the list of events, where it is there to be seen. */
    private boolean listed(KeyCode key) {
        return switch (key) {
            case E -> {
                unfold();
                yield inPanel(ReplayPanel::chooseKinds);
            }
            case W -> {
                if (!model.notes().isThere()) {
                    yield false;
                }
                unfold();
                yield inPanel(ReplayPanel::write);
            }
            default -> false;
        };
    }

    private void unfold() {
        if (divider.sizeProperty().get().folded()) {
            divider.setSize(divider.sizeProperty().get().turned());
        }
    }

    private boolean inPanel(Consumer<ReplayPanel> what) {
        if (panel == null) {
            return false;
        }
        what.accept(panel);
        return true;
    }

    private static boolean act(Runnable what) {
        what.run();
        return true;
    }

    private static boolean takesSpace(@Nullable Node focused) {
        return focused instanceof ButtonBase || focused instanceof ListView<?>;
    }

    @FXML
    private void enter() {
        model.enter();
    }

    @FXML
    private void toggle() {
        model.toggle();
    }

    private static void place(Node part, boolean shown) {
        part.setVisible(shown);
        part.setManaged(shown);
    }
}
