package vigie.console.setup;

import javafx.animation.AnimationTimer;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

import vigie.console.markup.Markup;
import vigie.console.setup.SetupModel.Purpose;
import vigie.console.setup.SetupModel.Step;
import vigie.console.words.Speech;
import vigie.text.Sentence;
import vigie.text.Words;

import java.util.List;
import java.util.Optional;

/** The three pages in their frame: the assistant, or the settings. */
public final class SetupView {
    @FXML private Label product;
    @FXML private Region rule;
    @FXML private Label title;
    @FXML private ToggleButton databaseStep;
    @FXML private ToggleButton planStep;
    @FXML private ToggleButton languageStep;
    @FXML private StackPane pages;
    @FXML private Label message;
    @FXML private Button cancel;
    @FXML private Button back;
    @FXML private Button next;

    private final BorderPane node;
    private final SetupModel model;
    private final Speech speech;
    private final DatabaseView database;
    private final PlanChoiceView plan;
    private final PersonView person;
    private final Optional<Sentence> outweighed;

    /** A letter with Alt gives the keyboard to its button after that has opened the page. */
    private final AnimationTimer focusOnce =
            new AnimationTimer() {
                @Override
                public void handle(long now) {
                    stop();
                    forgetLetters();
                    focus();
                }
            };

    public SetupView(SetupModel model) {
        this(model, Optional.empty());
    }

    /**
     * @param outweighed what counts in this session whatever is settled here
     */
    public SetupView(SetupModel model, Optional<Sentence> outweighed) {
        this.model = model;
        this.outweighed = outweighed;
        speech = model.speech();
        node = Markup.load(BorderPane.class, "setup", this, speech);
        database = new DatabaseView(model.database(), speech);
        plan = new PlanChoiceView(model.plan(), speech);
        person = new PersonView(model);
        boolean first = model.purpose() == Purpose.FIRST;
        back.setVisible(first);
        back.setManaged(first);
        // The window around the settings has a head of its own.
        product.setVisible(first);
        product.setManaged(first);
        rule.setVisible(first);
        rule.setManaged(first);
        model.stepProperty()
                .addListener((property, before, now) -> {
                    show();
                    focus();
                    focusOnce.start();
                });
        model.readyProperty().addListener((property, before, now) -> show());
        model.busyProperty().addListener((property, before, now) -> show());
        model.faultProperty().addListener((property, before, now) -> show());
        speech.wordsProperty().addListener((property, before, now) -> show());
        node.addEventFilter(KeyEvent.KEY_PRESSED, this::keys);
        show();
    }

    private void keys(KeyEvent event) {
        switch (event.getCode()) {
            case ENTER -> enter(event);
            case ESCAPE -> {
                escape();
                event.consume();
            }
            case F1 -> {
                model.openGuide();
                event.consume();
            }
            default -> {}
        }
    }

    /** One key must not throw away what was typed: then only its button leaves. */
    private void escape() {
        if (!model.isTouched()) {
            model.leave();
        } else if (!cancel.isFocused()) {
            cancel.requestFocus();
        }
    }

    /** What is chosen with the arrows or the space bar would keep Enter for itself. */
    private void enter(KeyEvent event) {
        if (event.getTarget() instanceof RadioButton || event.getTarget() instanceof CheckBox) {
            model.next();
            event.consume();
        }
    }

    public BorderPane node() {
        return node;
    }

    /** Gives the keyboard to the page. */
    public void focus() {
        switch (model.stepProperty().get()) {
            case DATABASE -> database.focus();
            case PLAN -> plan.focus();
            case LANGUAGE -> person.focus();
        }
    }

    private void show() {
        Words words = speech.words();
        Step step = model.stepProperty().get();
        boolean first = model.purpose() == Purpose.FIRST;
        title.setText(words.say(first ? "setup.title.first" : "setup.title.change"));
        show(databaseStep, Step.DATABASE, 1, "setup.step.database");
        show(planStep, Step.PLAN, 2, "setup.step.plan");
        show(languageStep, Step.LANGUAGE, 3, "setup.step.language");
        showPage(step);
        boolean busy = model.busyProperty().get();
        message.setText(
                busy
                        ? speech.words().say("setup.writing")
                        : model.faultProperty()
                                .get()
                                .or(() -> outweighed)
                                .map(words::say)
                                .orElse(""));
        cancel.setText(words.say(first ? "setup.cancel" : "setup.close"));
        cancel.setDisable(busy);
        back.setDisable(busy || step == Step.DATABASE);
        next.setText(
                words.say(!first ? "setup.save" : model.isLast() ? "setup.finish" : "setup.next"));
        next.setDisable(!model.readyProperty().get());
    }

    private void show(ToggleButton button, Step step, int number, String key) {
        button.setText(number + "  " + speech.words().say(key));
        button.setSelected(model.stepProperty().get() == step);
        button.setDisable(!model.canOpen(step));
    }

    /** Only the page that is open is in the window: the keys of another one must not answer. */
    private void showPage(Step step) {
        Node page =
                switch (step) {
                    case DATABASE -> database.node();
                    case PLAN -> plan.node();
                    case LANGUAGE -> person.node();
                };
        if (!pages.getChildren().equals(List.of(page))) {
            pages.getChildren().setAll(page);
            forgetLetters();
        }
    }

    /**
     * JavaFX keeps an empty entry for each letter of the page before, and one of the other case
     * hides the letter of this page.
     */
    private void forgetLetters() {
        Scene scene = node.getScene();
        if (scene != null) {
            scene.getMnemonics().values().removeIf(List::isEmpty);
        }
    }

    @FXML
    private void openDatabase() {
        open(Step.DATABASE);
    }

    @FXML
    private void openPlan() {
        open(Step.PLAN);
    }

    @FXML
    private void openLanguage() {
        open(Step.LANGUAGE);
    }

    private void open(Step step) {
        model.open(step);
        show();
    }

    @FXML
    private void cancel() {
        model.leave();
    }

    @FXML
    private void back() {
        model.back();
    }

    @FXML
    private void next() {
        model.next();
    }
}
