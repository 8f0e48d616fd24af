package vigie.console.header;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;

import vigie.console.marks.Mark;
import vigie.console.marks.Sign;
import vigie.console.markup.Markup;
import vigie.console.words.Speech;

import java.util.Locale;

/** The head of the window. */
public final class HeaderView {
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

    @FXML private Label room;
    @FXML private Sign sign;
    @FXML private Label state;
    @FXML private Label since;
    @FXML private ToggleButton english;
    @FXML private ToggleButton french;
    @FXML private Button settings;

    private final HBox node;
    private final Speech speech;
    private final Runnable fit;
    private final Runnable search;

    /**
     * @param fit shows the whole plan
     * @param search gives the keyboard to the search box
     */
    public HeaderView(HeaderModel model, Speech speech, Runnable fit, Runnable search) {
        this.speech = speech;
        this.fit = fit;
        this.search = search;
        node = Markup.load(HBox.class, "header", this, speech);
        ToggleGroup languages = new ToggleGroup();
        languages.getToggles().addAll(english, french);
        speech.wordsProperty().addListener(language -> showLanguage());
        showLanguage();
        model.contentProperty().addListener((property, before, now) -> show(now));
        show(model.contentProperty().get());
    }

    public HBox node() {
        return node;
    }

    /** Shows a button that opens the settings. */
    public void offerSettings(Runnable open) {
        settings.setOnAction(_ -> open.run());
        settings.setVisible(true);
        settings.setManaged(true);
    }

    private void show(HeaderModel.Content content) {
        room.setText(content.room());
        sign.show(content.mark());
        sign.setManaged(content.mark() != Mark.NONE);
        state.setText(content.state());
        since.setText(content.since());
        state.pseudoClassStateChanged(STALE, !content.known());
    }

    private void showLanguage() {
        boolean speaksFrench = speech.words().language().equals(Locale.FRENCH);
        english.setSelected(!speaksFrench);
        french.setSelected(speaksFrench);
    }

    @FXML
    private void speakEnglish() {
        speech.speak(Locale.ENGLISH);
        showLanguage();
    }

    @FXML
    private void speakFrench() {
        speech.speak(Locale.FRENCH);
        showLanguage();
    }

    @FXML
    private void fit() {
        fit.run();
    }

    @FXML
    private void search() {
        search.run();
    }
}
