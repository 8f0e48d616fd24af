package vigie.console.job;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;

import vigie.console.markup.Markup;
import vigie.console.words.Speech;

import java.util.Optional;

/** A bar that says how a job goes; takes no place while there is none. */
public final class JobView {
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");

    @FXML private Label text;
    @FXML private ProgressBar progress;
    @FXML private Button cancel;
    @FXML private Button dismiss;

    private final JobModel model;
    private final Speech speech;
    private final HBox node;

    public JobView(JobModel model, Speech speech) {
        this.model = model;
        this.speech = speech;
        node = Markup.load(HBox.class, "job", this, speech);
        model.shownProperty().addListener((property, before, now) -> show(now));
        speech.wordsProperty().addListener(language -> show(model.shownProperty().get()));
        show(model.shownProperty().get());
    }

    public HBox node() {
        return node;
    }

    private void show(Optional<JobModel.Shown> shown) {
        node.setVisible(shown.isPresent());
        node.setManaged(shown.isPresent());
        shown.ifPresent(its -> {
            String words = speech.words().say(its.text());
            text.setText(words);
            node.setAccessibleText(words);
            progress.setProgress(its.share());
            appear(progress, its.running());
            appear(cancel, its.running());
            appear(dismiss, !its.running());
            node.pseudoClassStateChanged(FAILED, its.failed());
        });
    }

    private static void appear(javafx.scene.Node part, boolean there) {
        part.setVisible(there);
        part.setManaged(there);
    }

    @FXML
    private void onCancel() {
        model.cancel();
    }

    @FXML
    private void onDismiss() {
        model.dismiss();
    }
}
