package vigie.console.status;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

import org.controlsfx.control.StatusBar;

import vigie.console.markup.Markup;
import vigie.console.words.Speech;

import java.util.Arrays;
import java.util.Locale;

/** The bar at the foot. */
public final class StatusView {
    @FXML private StatusBar bar;
    @FXML private HBox left;
    @FXML private HBox right;
    @FXML private Region shape;
    @FXML private Label feed;
    @FXML private Label delay;
    @FXML private Label rate;
    @FXML private Label database;
    @FXML private Label day;
    @FXML private Label clock;

    private final HBox node;

    public StatusView(StatusModel model, Speech speech) {
        node = Markup.load(HBox.class, "status", this, speech);
        // The control's own text has no place in this bar; all parts are ours.
        bar.setText("");
        bar.getLeftItems().add(left);
        bar.getRightItems().add(right);
        database.setText(model.database());
        hideEmpty(database);
        model.contentProperty().addListener((property, before, now) -> show(now));
        show(model.contentProperty().get());
    }

    public HBox node() {
        return node;
    }

    private void show(StatusModel.Content content) {
        Arrays.stream(StatusModel.Shape.values())
                .forEach(kind ->
                        shape.pseudoClassStateChanged(
                                PseudoClass.getPseudoClass(kind.name().toLowerCase(Locale.ROOT)),
                                kind == content.shape()));
        feed.setText(content.feed());
        delay.setText(content.delay());
        rate.setText(content.rate());
        day.setText(content.day());
        clock.setText(content.clock());
        hideEmpty(delay);
        hideEmpty(rate);
        hideEmpty(day);
        hideEmpty(clock);
    }

    private static void hideEmpty(Label label) {
        boolean shown = !label.getText().isEmpty();
        label.setVisible(shown);
        label.setManaged(shown);
    }
}
