package vigie.console.status;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
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
    @FXML private Label way;
    @FXML private Label mended;
    @FXML private Label clocks;
    @FXML private Label host;
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
        show(database, new StatusModel.Part(model.database(), ""));
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
        show(feed, content.feed());
        show(delay, content.delay());
        show(rate, content.rate());
        show(way, content.way());
        show(mended, content.mended());
        show(clocks, content.clocks());
        show(host, content.host());
        show(day, content.day());
        show(clock, content.clock());
    }

    private static void show(Label label, StatusModel.Part part) {
        boolean shown = !part.text().isEmpty();
        label.setText(part.text());
        label.setVisible(shown);
        label.setManaged(shown);
        Tooltip tip = label.getTooltip();
        if (part.more().isEmpty()) {
            label.setTooltip(null);
        } else if (tip == null) {
            label.setTooltip(new Tooltip(part.more()));
        } else {
            tip.setText(part.more());
        }
        label.setAccessibleText(part.more().isEmpty() ? null : part.text() + ". " + part.more());
    }
}
