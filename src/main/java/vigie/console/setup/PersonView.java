package vigie.console.setup;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;

import vigie.console.markup.Markup;
import vigie.console.words.Speech;

import java.util.Locale;

/** The page of language, units and name. */
final class PersonView {
    @FXML private Label intro;
    @FXML private RadioButton english;
    @FXML private RadioButton french;
    @FXML private RadioButton celsius;
    @FXML private RadioButton fahrenheit;
    @FXML private Label operatorLabel;
    @FXML private TextField operator;
    @FXML private Label target;

    private final HBox node;
    private final SetupModel model;
    private final Speech speech;

    PersonView(SetupModel model) {
        this.model = model;
        speech = model.speech();
        node = Markup.load(HBox.class, "setup-language", this, speech);
        operatorLabel.setLabelFor(operator);
        ToggleGroup languages = new ToggleGroup();
        languages.getToggles().addAll(english, french);
        ToggleGroup units = new ToggleGroup();
        units.getToggles().addAll(celsius, fahrenheit);
        (model.fahrenheitProperty().get() ? fahrenheit : celsius).setSelected(true);
        fahrenheit
                .selectedProperty()
                .addListener((property, before, now) -> model.fahrenheitProperty().set(now));
        for (RadioButton button : new RadioButton[] {english, french, celsius, fahrenheit}) {
            // Its letter with Alt is an action that does not choose by itself.
            button.setOnAction(_ -> button.setSelected(true));
        }
        operator.textProperty().bindBidirectional(model.operatorProperty());
        show();
        // Not by their action: the arrow keys choose without one.
        english.selectedProperty().addListener((property, before, now) -> speak(now));
        speech.wordsProperty().addListener((property, before, now) -> show());
    }

    Node node() {
        return node;
    }

    void focus() {
        (french.isSelected() ? french : english).requestFocus();
    }

    private void show() {
        boolean speaksFrench = speech.words().language().equals(Locale.FRENCH);
        (speaksFrench ? french : english).setSelected(true);
        intro.setText(
                speech.words()
                        .say(
                                model.purpose() == SetupModel.Purpose.FIRST
                                        ? "setup.person.intro"
                                        : "setup.person.intro-change"));
        target.setText(speech.words().say("setup.target", model.file()));
    }

    private void speak(boolean inEnglish) {
        Locale wanted = inEnglish ? Locale.ENGLISH : Locale.FRENCH;
        if (!speech.words().language().equals(wanted)) {
            speech.speak(wanted);
        }
    }
}
