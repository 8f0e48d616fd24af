package vigie.console.replay;

import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

import vigie.console.marks.Mark;
import vigie.console.marks.Sign;
import vigie.timeline.Occurrence;

import java.util.Optional;

/** An event in the list: what and when, below them where and how long. */
final class EventCell extends ListCell<EventRow> {
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");

    private final ReplayModel model;
    private final Sign sign = new Sign();
    private final FontIcon icon = new FontIcon();
    private final Label what = label("event-what", "size-body");
    private final Label when = label("event-when", "size-caption");
    private final Label where = label("event-where", "size-caption");
    private final Label more = label("event-more", "size-caption");
    private final HBox content;

    EventCell(ReplayModel model) {
        this.model = model;
        getStyleClass().add("event-cell");
        sign.getStyleClass().add("size-body");
        VBox lines = new VBox(line(what, when), line(where, more));
        HBox.setHgrow(lines, Priority.ALWAYS);
        content = new HBox(icon, sign, lines);
        content.getStyleClass().add("event-row");
        // The cell must not be wider than the list, or long notes would make it scroll sideways.
        setPrefWidth(0);
        model.currentProperty().addListener(change -> showCurrent());
    }

    @Override
    protected void updateItem(@Nullable EventRow row, boolean empty) {
        super.updateItem(row, empty);
        if (row == null || empty) {
            setGraphic(null);
            setAccessibleText(null);
        } else {
            icon.setIconLiteral(icon(row.event().kind()));
            what.setText(row.what());
            when.setText(row.when());
            where.setText(row.where());
            more.setText(row.more());
            sign.show(Mark.of(row.event().deviation()));
            setAccessibleText(String.join(", ", row.what(), row.where(), row.when(), row.more()));
            setGraphic(content);
        }
        showCurrent();
    }

    private void showCurrent() {
        EventRow row = getItem();
        pseudoClassStateChanged(
                CURRENT, row != null && model.currentProperty().get().equals(Optional.of(row)));
    }

    /** The sign of a kind, in the list and on its filter. */
    static String icon(Occurrence.Kind kind) {
        return switch (kind) {
            case LIMIT -> "fth-thermometer";
            case MOTION -> "fth-user";
            case DOOR -> "fth-log-in";
            case POWER -> "fth-zap";
            case STATE -> "fth-toggle-left";
            case SENSOR_OUTAGE -> "fth-wifi-off";
            case RECORDER_OUTAGE -> "fth-database";
            case NOTE -> "fth-edit-3";
        };
    }

    private static HBox line(Label left, Label right) {
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        left.setMinWidth(0);
        right.setMinWidth(Region.USE_PREF_SIZE);
        HBox line = new HBox(left, gap, right);
        line.getStyleClass().add("event-line");
        return line;
    }

    private static Label label(String... styleClasses) {
        Label label = new Label();
        label.getStyleClass().addAll(styleClasses);
        return label;
    }
}
