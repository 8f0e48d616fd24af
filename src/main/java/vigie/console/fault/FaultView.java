package vigie.console.fault;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import vigie.console.markup.Markup;
import vigie.console.words.Speech;

import java.util.Optional;

/** The page of what stands in the way. Its texts can be selected and copied. */
public final class FaultView {
    @FXML private TextArea sentence;
    @FXML private VBox remedy;
    @FXML private TextArea statements;
    @FXML private Label again;
    @FXML private Button copy;

    private final StackPane node;
    private final Speech speech;
    private final Runnable retry;

    /**
     * @param retry tries again at once
     */
    public FaultView(FaultModel model, Speech speech, Runnable retry) {
        this.speech = speech;
        this.retry = retry;
        node = Markup.load(StackPane.class, "fault", this, speech);
        speech.wordsProperty().addListener(language -> nameCopy(false));
        model.pageProperty().addListener((property, before, now) -> show(now));
        show(model.pageProperty().get());
    }

    public StackPane node() {
        return node;
    }

    private void show(Optional<FaultModel.Page> page) {
        node.setVisible(page.isPresent());
        node.setManaged(page.isPresent());
        page.ifPresent(shown -> {
            sentence.setText(shown.sentence());
            sentence.setPrefRowCount(rows(shown.sentence(), 72));
            again.setText(shown.again());
            boolean any = !shown.statements().isEmpty();
            remedy.setVisible(any);
            remedy.setManaged(any);
            String sql = String.join("\n", shown.statements());
            statements.setText(sql);
            statements.setPrefRowCount(rows(sql, 72));
            nameCopy(false);
        });
    }

    private static int rows(String text, int width) {
        return Math.clamp(text.lines().mapToInt(line -> 1 + line.length() / width).sum(), 1, 12);
    }

    private void nameCopy(boolean done) {
        copy.setText(speech.say(done ? "fault.copied" : "fault.copy"));
    }

    @FXML
    private void copy() {
        ClipboardContent content = new ClipboardContent();
        content.putString(remedy.isVisible() ? statements.getText() : sentence.getText());
        nameCopy(Clipboard.getSystemClipboard().setContent(content));
    }

    @FXML
    private void retry() {
        retry.run();
    }
}
