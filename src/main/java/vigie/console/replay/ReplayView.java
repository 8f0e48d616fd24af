package vigie.console.replay;

import javafx.animation.AnimationTimer;
import javafx.animation.PauseTransition;
import javafx.beans.Observable;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

import vigie.console.difference.Against;
import vigie.console.history.TypedMoment;
import vigie.console.history.chart.Stretch;
import vigie.console.markup.Markup;
import vigie.console.markup.OnlyShown;
import vigie.console.style.Palette;
import vigie.console.style.Size;
import vigie.console.words.Figures;
import vigie.console.words.Speech;
import vigie.history.Times;
import vigie.plan.ElementId;
import vigie.recording.Basis;
import vigie.text.Sentence;
import vigie.timeline.Playback;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The timeline under the plan: what plays the past, lanes, the list of events, notes. At present a
 * slim bar. JavaFX thread only.
 *
 * <p>Keys, anywhere in the window but in a field: {@code R} a replay, {@code T} the timeline or a
 * moment to type; in the past Space plays or pauses, {@code J} {@code K} {@code L} play back, stand
 * and play, {@code ,} and {@code .} step by a reading, {@code P} and {@code N} go to the last and
 * the next event, {@code S} and {@code F} play slower and faster, {@code Q} skips the quiet, {@code
 * U} types a condition, Escape returns to the present. Where the list is shown {@code E} chooses
 * its kinds and {@code W} writes a note.
 */
public final class ReplayView {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
    private static final PseudoClass ACTIVE = PseudoClass.getPseudoClass("active");

    /** Said so long before the window returns by itself. */
    private static final Duration NOTICE = Duration.ofSeconds(30);

    @FXML private HBox slim;
    @FXML private ToggleButton lanesShown;
    @FXML private Label slimMessage;
    @FXML private HBox transport;
    @FXML private ToggleButton reverse;
    @FXML private FontIcon playIcon;
    @FXML private MenuButton speed;
    @FXML private ToggleButton skip;
    @FXML private TextField moment;
    @FXML private TextField until;
    @FXML private HBox bases;
    @FXML private ToggleButton knownNow;
    @FXML private ToggleButton knownThen;
    @FXML private HBox body;
    @FXML private StackPane laneArea;
    @FXML private Label message;
    @FXML private Label markedLabel;
    @FXML private MenuButton compare;
    @FXML private Button film;
    @FXML private Button incident;
    @FXML private MenuButton kinds;
    @FXML private ToggleButton notes;
    @FXML private TextField search;
    @FXML private ListView<EventRow> list;
    @FXML private Label empty;
    @FXML private HBox noting;
    @FXML private TextField by;
    @FXML private TextField note;
    @FXML private Button keep;
    @FXML private Label noteRemark;

    private final VBox node;
    private final Speech speech;
    private final ReplayModel model;
    private final ModeModel band;
    private final Optional<Duration> returnAfter;
    private final ObservableValue<Optional<ElementId>> selected;
    private final LaneView lanes;
    private final KindsMenu kindsMenu;
    private final Divider divider = new Divider(this::em);
    private final Tooltip whyNotThen = new Tooltip();
    private final Reveal reveal = new Reveal();
    private final PauseTransition idle = new PauseTransition();
    private Optional<Duration> left = Optional.empty();
    private ReplayActions actions = ReplayActions.NONE;
    private Optional<Sentence> remark = Optional.empty();
    private String meaning = "";
    private double scale = 1;
    private @Nullable Node tippedThen;

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
        this.returnAfter = returnAfter;
        this.selected = selected;
        node = Markup.load(VBox.class, "replay", this, speech);
        lanes = new LaneView(model, palette);
        lanes.setId("replay-lane-view");
        laneArea.getChildren().add(lanes);
        list.setCellFactory(_ -> new EventCell(model));
        list.setItems(model.rows());
        search.textProperty().bindBidirectional(model.searchProperty());
        kindsMenu = new KindsMenu(kinds, model, speech);
        node.getChildren().addFirst(divider);
        speeds();
        bind();
        OnlyShown.in(node, slim, transport, body);
        idle.setOnFinished(_ -> idled());
    }

    public VBox node() {
        return node;
    }

    /** How much larger than designed the lanes are painted. */
    public void setScale(double newScale) {
        scale = newScale;
        lanes.setScale(newScale);
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
        showActions();
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
        band.returnsIn(
                Optional.of(
                        rest.plusMillis(999).truncatedTo(java.time.temporal.ChronoUnit.SECONDS)));
        left = Optional.of(rest.minus(second));
        wait(second);
    }

    private void wait(Duration time) {
        idle.stop();
        idle.setDuration(javafx.util.Duration.millis(Math.max(1, (double) time.toMillis())));
        idle.playFromStart();
    }

    private void bind() {
        model.modeProperty().addListener(change -> showMode());
        model.openProperty().addListener(change -> showMode());
        model.playbackProperty().addListener(change -> showPlayback());
        model.readingProperty()
                .addListener(change -> {
                    showMessage();
                    showEmpty();
                });
        model.failureProperty().addListener(change -> showMessage());
        model.brushProperty().addListener(change -> showActions());
        model.thenMissingProperty().addListener(change -> showBasis());
        model.kindsProperty().addListener(change -> showEmpty());
        divider.sizeProperty().addListener(change -> showSize());
        model.noteRemarkProperty().addListener(change -> showNotes());
        model.noteWaitsProperty().addListener(change -> showNotes());
        model.currentProperty().addListener((property, before, now) -> reveal.start());
        model.rows()
                .addListener((Observable change) -> {
                    showEmpty();
                    reveal.start();
                });
        list.heightProperty().addListener(change -> reveal.start());
        until.textProperty().addListener(change -> understand());
        moment.textProperty()
                .addListener(change -> {
                    moment.pseudoClassStateChanged(WRONG, false);
                    remark = Optional.empty();
                    showMessage();
                });
        speech.wordsProperty()
                .addListener(language -> {
                    divider.setAccessibleText(say("divider"));
                    showMode();
                    understand();
                    lanes.repaint();
                });
        selected.addListener(change -> {
            showNotes();
            understand();
        });
        by.setText(model.author().orElse(""));
        note.textProperty()
                .addListener((property, before, now) -> {
                    if (now.isEmpty()) {
                        model.dropNote();
                    } else {
                        model.beginNote();
                    }
                });
        place(notes, model.takesNotes());
        // A caption in one line; all of it is told to who points at it.
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(noteRemark.textProperty());
        noteRemark.setTooltip(whole);
        list.setOnMouseClicked(click -> {
            if (click.getButton() == MouseButton.PRIMARY) {
                goToRow();
            }
        });
        list.setOnKeyPressed(key -> {
            if (key.getCode() == KeyCode.ENTER) {
                goToRow();
                key.consume();
            }
        });
        Tooltip size = new Tooltip();
        Tooltip.install(divider, size);
        divider.setAccessibleText(say("divider"));
        size.textProperty().bind(divider.accessibleTextProperty());
        showMode();
    }

    /** Pixels of a height of the text. Not what lies open: a hand is faster than the layout. */
    private double em() {
        return Size.BODY.height() * scale;
    }

    private void showSize() {
        PanelSize size = divider.sizeProperty().get();
        String ems = String.format(Locale.ROOT, "%.2fem", size.ems());
        body.setStyle(
                "-fx-min-height: "
                        + ems
                        + "; -fx-pref-height: "
                        + ems
                        + "; -fx-max-height: "
                        + ems
                        + ";");
        boolean open = model.openProperty().get();
        if (size.folded() && open && model.modeProperty().get() == Mode.LIVE) {
            // At present the timeline is there or not; there is nothing to fold it to.
            divider.setSize(size.turned());
            model.toggle();
            return;
        }
        place(divider, open);
        place(body, open && !size.folded());
        reveal.start();
    }

    private void speeds() {
        for (double one : Playback.SPEEDS) {
            MenuItem item = new MenuItem();
            item.setUserData(one);
            item.setOnAction(_ -> model.speed(one));
            speed.getItems().add(item);
        }
    }

    private void showMode() {
        Mode mode = model.modeProperty().get();
        boolean past = mode == Mode.REPLAY || mode == Mode.INCIDENT;
        place(slim, mode == Mode.LIVE);
        place(transport, past);
        showSize();
        lanesShown.setSelected(model.openProperty().get());
        touched();
        if (!past) {
            // What was typed there was meant for the past that is left.
            until.clear();
        }
        showPlayback();
        kindsMenu.show();
        showEmpty();
        showBasis();
        showActions();
        showNotes();
    }

    private void showPlayback() {
        Optional<Playback> playback = model.playbackProperty().get();
        Figures figures = model.figures();
        boolean playing = playback.filter(Playback::playing).isPresent();
        boolean backwards = playback.filter(now -> now.playing() && now.backwards()).isPresent();
        reverse.setSelected(backwards);
        String icon = playing ? "fth-pause" : "fth-play";
        if (!icon.equals(playIcon.getIconLiteral())) {
            playIcon.setIconLiteral(icon);
        }
        playback.ifPresent(now -> {
            String text = "×" + ModeModel.speed(now.speed(), figures);
            if (!text.equals(speed.getText())) {
                speed.setText(text);
                speed.setAccessibleText(say("speed") + " " + text);
                speed.getItems()
                        .forEach(item ->
                                item.setText(
                                        "×"
                                                + ModeModel.speed(
                                                        (double) item.getUserData(), figures)));
            }
            skip.setSelected(now.skipsQuiet());
            knownNow.setSelected(now.basis() == Basis.KNOWN_NOW);
            knownThen.setSelected(now.basis() == Basis.KNOWN_THEN);
            until.pseudoClassStateChanged(ACTIVE, now.until().isPresent());
        });
        showMessage();
    }

    private void showBasis() {
        Optional<Sentence> why = model.thenMissingProperty().get();
        knownThen.setDisable(why.isPresent());
        // A button that is disabled shows no tooltip of its own.
        if (tippedThen != null) {
            Tooltip.uninstall(tippedThen, whyNotThen);
            tippedThen = null;
        }
        why.ifPresent(sentence -> {
            whyNotThen.setText(speech.words().say(sentence));
            Tooltip.install(bases, whyNotThen);
            tippedThen = bases;
        });
        knownThen.setAccessibleHelp(why.map(speech.words()::say).orElse(null));
    }

    private void showActions() {
        Optional<Stretch> marked = model.brushProperty().get();
        markedLabel.setText(marked.map(this::marked).orElse(""));
        place(markedLabel, marked.isPresent());
        incident.setDisable(marked.isEmpty() || actions.saveIncident().isEmpty());
        film.setDisable(marked.isEmpty() || actions.film().isEmpty());
        compare.setDisable(actions.compare().isEmpty());
        showMessage();
    }

    private String marked(Stretch interval) {
        Figures figures = model.figures();
        Instant from = Times.instant(interval.from());
        Instant to = Times.instant(interval.to());
        return say(
                "marked",
                figures.clock(from),
                figures.clock(to),
                figures.age(Duration.between(from, to)));
    }

    /** One line for all that is to be said beside; the most urgent first. */
    private void showMessage() {
        String words =
                model.failureProperty()
                        .get()
                        .or(() -> remark)
                        .map(speech.words()::say)
                        .orElseGet(() ->
                                !meaning.isEmpty()
                                        ? meaning
                                        : model.readingProperty().get()
                                                ? say("reading")
                                                : model.brushProperty().get().isEmpty()
                                                                && model.openProperty().get()
                                                        ? say("mark-hint")
                                                        : "");
        message.setText(words);
        slimMessage.setText(model.openProperty().get() ? "" : words);
    }

    private void showEmpty() {
        boolean none = model.rows().isEmpty();
        empty.setVisible(none);
        empty.setText(
                none
                        ? say(
                                model.readingProperty().get()
                                        ? "reading"
                                        : model.eventsProperty().get().isEmpty()
                                                ? "events-none"
                                                : "events-filtered")
                        : "");
    }

    private void showNotes() {
        place(by, model.author().isEmpty());
        boolean live = model.modeProperty().get() == Mode.LIVE;
        String of = live ? "hint-now-of" : "hint-then-of";
        String alone = live ? "hint-now" : "hint-then";
        note.setPromptText(
                selected.getValue()
                        .flatMap(model::label)
                        .map(label -> say(of, label))
                        .orElseGet(() -> say(alone)));
        keep.setDisable(model.noteWaitsProperty().get());
        String words = model.noteRemarkProperty().get().map(speech.words()::say).orElse("");
        noteRemark.setText(words);
        boolean noted = model.takesNotes() && notes.isSelected();
        place(noting, noted);
        place(noteRemark, noted && !words.isEmpty());
    }

    /**
     * Scrolls to what happens, but not under a hand. Not at once: before it is laid out with its
     * new rows a list scrolls to a wrong place.
     */
    private final class Reveal extends AnimationTimer {
        private int pulses;

        @Override
        public void start() {
            pulses = 0;
            super.start();
        }

        @Override
        public void handle(long now) {
            pulses++;
            if (pulses == 2) {
                stop();
                int index = model.currentIndex();
                if (index >= 0 && !list.isHover()) {
                    list.scrollTo(Math.max(0, index - 2));
                }
            }
        }
    }

    private void goToRow() {
        EventRow row = list.getSelectionModel().getSelectedItem();
        if (row != null) {
            model.goTo(row.event().at());
        }
    }

    private void understand() {
        UntilText.Meaning read = model.until(until.getText(), selected.getValue());
        meaning = read.words().isEmpty() ? "" : say("until.means", read.words());
        until.pseudoClassStateChanged(WRONG, false);
        showMessage();
    }

    /**
     * Whether a key pressed anywhere in the window was one of the timeline's.
     *
     * @param covered whether something else than the plan is shown, which has Escape for itself
     */
    public boolean key(KeyEvent event, boolean covered) {
        Mode mode = model.modeProperty().get();
        Node focused = node.getScene().getFocusOwner();
        if (event.isShortcutDown() || event.isAltDown() || event.isMetaDown()) {
            return false;
        }
        if (focused instanceof TextInputControl field) {
            return event.getCode() == KeyCode.ESCAPE && leave(field);
        }
        boolean past = mode == Mode.REPLAY || mode == Mode.INCIDENT;
        return switch (event.getCode()) {
            case R -> mode == Mode.LIVE && act(model::enter);
            case T -> mode != Mode.DRILL && act(this::timeline);
            case ESCAPE -> mode == Mode.REPLAY && !covered && act(model::live);
            case SPACE -> past && !takesSpace(focused) && act(model::playOrPause);
            case J -> past && act(() -> model.play(true));
            case K -> past && act(model::pause);
            case L -> past && act(() -> model.play(false));
            case COMMA -> past && act(() -> model.step(true));
            case PERIOD -> past && act(() -> model.step(false));
            case P -> past && act(() -> model.jump(true));
            case N -> past && act(() -> model.jump(false));
            case S -> past && act(() -> model.faster(false));
            case F -> past && act(() -> model.faster(true));
            case Q -> past && act(model::skipQuiet);
            case U -> past && act(until::requestFocus);
            case E -> listed() && act(this::chooseKinds);
            case W -> listed() && model.takesNotes() && act(this::write);
            default -> false;
        };
    }

    /** Whether the list of events is there to be seen. */
    private boolean listed() {
        return model.openProperty().get();
    }

    private void chooseKinds() {
        unfold();
        kinds.requestFocus();
        kinds.show();
    }

    private void write() {
        unfold();
        notes.setSelected(true);
        notes();
    }

    private void unfold() {
        if (divider.sizeProperty().get().folded()) {
            divider.setSize(divider.sizeProperty().get().turned());
        }
    }

    private static boolean act(Runnable what) {
        what.run();
        return true;
    }

    private static boolean takesSpace(@Nullable Node focused) {
        return focused instanceof ButtonBase || focused instanceof ListView<?>;
    }

    /** Escape in a field of the timeline empties it and gives the keyboard to the lanes. */
    private boolean leave(TextInputControl field) {
        if (!List.of(moment, until, search, note, by).contains(field)) {
            return false;
        }
        if (field.equals(until)) {
            model.playUntil("", Optional.empty());
        }
        if (!field.equals(by)) {
            field.clear();
        }
        if (field.equals(note) || field.equals(by)) {
            notes.setSelected(false);
            notes();
        }
        lanes.requestFocus();
        return true;
    }

    private void timeline() {
        if (model.modeProperty().get() == Mode.LIVE) {
            model.toggle();
        } else {
            moment.setText(
                    TypedMoment.write(model.playheadProperty().get(), model.figures().zone()));
            moment.requestFocus();
            moment.selectAll();
        }
    }

    @FXML
    private void enter() {
        model.enter();
    }

    @FXML
    private void toggle() {
        model.toggle();
    }

    @FXML
    private void lastEvent() {
        model.jump(true);
    }

    @FXML
    private void nextEvent() {
        model.jump(false);
    }

    @FXML
    private void stepBack() {
        model.step(true);
    }

    @FXML
    private void step() {
        model.step(false);
    }

    @FXML
    private void reverse() {
        if (reverse.isSelected()) {
            model.play(true);
        } else {
            model.pause();
        }
        showPlayback();
    }

    @FXML
    private void play() {
        model.playOrPause();
    }

    @FXML
    private void slower() {
        model.faster(false);
    }

    @FXML
    private void faster() {
        model.faster(true);
    }

    @FXML
    private void skip() {
        model.skipQuiet();
        showPlayback();
    }

    @FXML
    private void type() {
        String typed = moment.getText();
        Optional<Sentence> said = model.goTo(typed);
        boolean wrong = said.filter(one -> one.key().equals("replay.typed-wrong")).isPresent();
        if (!wrong) {
            moment.clear();
            lanes.requestFocus();
        }
        moment.pseudoClassStateChanged(WRONG, wrong);
        remark = said;
        showMessage();
    }

    @FXML
    private void until() {
        boolean atEnd =
                model.playbackProperty()
                        .get()
                        .filter(now -> now.ended() && !now.backwards())
                        .isPresent();
        UntilText.Meaning read = model.playUntil(until.getText(), selected.getValue());
        boolean wrong = read.until().isEmpty() && !until.getText().isBlank();
        until.pseudoClassStateChanged(WRONG, wrong);
        if (!wrong) {
            // Once it plays, what Enter would do is no news.
            meaning = atEnd && read.until().isPresent() ? say("until.at-end") : "";
            showMessage();
            lanes.requestFocus();
        }
    }

    @FXML
    private void basis() {
        Basis now = model.playbackProperty().get().map(Playback::basis).orElse(Basis.KNOWN_NOW);
        model.basis(now == Basis.KNOWN_NOW ? Basis.KNOWN_THEN : Basis.KNOWN_NOW);
        showPlayback();
    }

    @FXML
    private void compareDay() {
        compare(Optional.of(Against.day()));
    }

    @FXML
    private void compareWeek() {
        compare(Optional.of(Against.week()));
    }

    /** The moment that is shown is kept, and what is shown from now on is held against it. */
    @FXML
    private void compareThis() {
        compare(Optional.of(new Against.Fixed(Times.instant(model.playheadProperty().get()))));
    }

    @FXML
    private void compareNone() {
        compare(Optional.empty());
    }

    private void compare(Optional<Against> against) {
        actions.compare().ifPresent(act -> act.against(against));
    }

    @FXML
    private void film() {
        onMarked(actions.film());
    }

    @FXML
    private void incident() {
        onMarked(actions.saveIncident());
    }

    private void onMarked(Optional<ReplayActions.OfInterval> action) {
        model.marked()
                .ifPresent(interval ->
                        action.ifPresent(act ->
                                act.act(
                                        Times.instant(interval.from()),
                                        Times.instant(interval.to()))));
    }

    /** Opens the line in which a note is written, or closes it. */
    @FXML
    private void notes() {
        showNotes();
        if (notes.isSelected()) {
            (by.isVisible() ? by : note).requestFocus();
        } else {
            model.dropNote();
        }
    }

    @FXML
    private void note() {
        model.note(
                note.getText(),
                by.getText(),
                selected.getValue(),
                () -> {
                    note.clear();
                    showNotes();
                });
        if (model.author().isEmpty() && by.getText().isBlank()) {
            by.requestFocus();
        }
    }

    private String say(String key, Object... values) {
        return speech.words().say("replay." + key, values);
    }

    private static void place(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
