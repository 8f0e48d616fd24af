package vigie.console.replay;

import javafx.animation.AnimationTimer;
import javafx.beans.Observable;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
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
 * What plays the past, lanes, the list of events, notes: all of the timeline but the slim bar that
 * is there at present. JavaFX thread only.
 */
final class ReplayPanel {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
    private static final PseudoClass ACTIVE = PseudoClass.getPseudoClass("active");

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
    private final ObservableValue<Optional<ElementId>> selected;
    private final LaneView lanes;
    private final KindsMenu kindsMenu;
    private final Tooltip whyNotThen = new Tooltip();
    private final Reveal reveal = new Reveal();
    private ReplayActions actions = ReplayActions.NONE;
    private Optional<Sentence> remark = Optional.empty();
    private String meaning = "";
    private @Nullable Node tippedThen;

    /**
     * @param selected the element that is selected on the plan
     */
    ReplayPanel(
            ReplayModel model,
            Speech speech,
            Palette palette,
            ObservableValue<Optional<ElementId>> selected) {
        this.model = model;
        this.speech = speech;
        this.selected = selected;
        node = Markup.load(VBox.class, "replay-panel", this, speech);
        lanes = new LaneView(model, palette);
        lanes.setId("replay-lane-view");
        laneArea.getChildren().add(lanes);
        list.setCellFactory(_ -> new EventCell(model));
        list.setItems(model.rows());
        search.textProperty().bindBidirectional(model.searchProperty());
        kindsMenu = new KindsMenu(kinds, model, speech);
        speeds();
        bind();
        OnlyShown.in(node, transport, body);
    }

    VBox node() {
        return node;
    }

    /** How much larger than designed the lanes are painted. */
    void setScale(double scale) {
        lanes.setScale(scale);
    }

    /** What can be done beside playing. */
    void setActions(ReplayActions newActions) {
        actions = newActions;
        showActions();
    }

    private void bind() {
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
        model.notes().remarkProperty().addListener(change -> showNotes());
        model.notes().waitsProperty().addListener(change -> showNotes());
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
                    understand();
                    lanes.repaint();
                });
        selected.addListener(change -> {
            showNotes();
            understand();
        });
        by.setText(model.notes().author().orElse(""));
        note.textProperty()
                .addListener((property, before, now) -> {
                    if (now.isEmpty()) {
                        model.notes().drop();
                    } else {
                        model.notes().begin();
                    }
                });
        place(notes, model.notes().isThere());
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
    }

    /** Gives lanes and list so much of the window; folded, they are not there. */
    void setSize(PanelSize size) {
        String ems = String.format(Locale.ROOT, "%.2fem", size.ems());
        body.setStyle(
                "-fx-min-height: "
                        + ems
                        + "; -fx-pref-height: "
                        + ems
                        + "; -fx-max-height: "
                        + ems
                        + ";");
        place(body, model.openProperty().get() && !size.folded());
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

    /** The window shows another time, or the timeline was opened or closed. */
    void showMode() {
        boolean past = model.modeProperty().get().isPlayed();
        place(transport, past);
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
        place(by, model.notes().author().isEmpty());
        boolean live = model.modeProperty().get() == Mode.LIVE;
        String of = live ? "hint-now-of" : "hint-then-of";
        String alone = live ? "hint-now" : "hint-then";
        note.setPromptText(
                selected.getValue()
                        .flatMap(model::label)
                        .map(label -> say(of, label))
                        .orElseGet(() -> say(alone)));
        keep.setDisable(model.notes().waitsProperty().get());
        String words = model.notes().remarkProperty().get().map(speech.words()::say).orElse("");
        noteRemark.setText(words);
        boolean noted = model.notes().isThere() && notes.isSelected();
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

    /** Types until when it plays. */
    void typeUntil() {
        until.requestFocus();
    }

    /** Chooses which kinds of events are listed. */
    void chooseKinds() {
        kinds.requestFocus();
        kinds.show();
    }

    /** Writes a note. */
    void write() {
        notes.setSelected(true);
        notes();
    }

    /** Escape in a field of the timeline empties it and gives the keyboard to the lanes. */
    boolean leave(TextInputControl field) {
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

    /** Types the moment to go to; it begins with the one that is shown. */
    void typeMoment() {
        moment.setText(TypedMoment.write(model.playheadProperty().get(), model.figures().zone()));
        moment.requestFocus();
        moment.selectAll();
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
            model.notes().drop();
        }
    }

    @FXML
    private void note() {
        model.notes()
                .write(
                        note.getText(),
                        by.getText(),
                        selected.getValue(),
                        () -> {
                            note.clear();
                            showNotes();
                        });
        if (model.notes().author().isEmpty() && by.getText().isBlank()) {
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
