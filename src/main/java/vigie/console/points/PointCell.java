package vigie.console.points;

import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import vigie.console.marks.Mark;
import vigie.console.marks.Sign;
import vigie.console.words.Figures;
import vigie.console.words.Speech;
import vigie.point.Quality;

import java.util.Optional;

/** A point in the list: title and value, below them name, place and age. */
final class PointCell extends ListCell<PointRow> {
    private static final PseudoClass UNTRUSTED = PseudoClass.getPseudoClass("untrusted");
    private static final PseudoClass UNBOUND = PseudoClass.getPseudoClass("unbound");

    private final Speech speech;
    private final PointsModel model;
    private final Sign sign = new Sign();
    private final Label title = label("point-title", "size-body");
    private final Label value = label("point-value", "size-body", "weight-medium");
    private final Label name = label("point-name", "size-caption");
    private final Label age = label("point-age", "size-caption");
    private final HBox content;

    PointCell(PointsModel model, Speech speech) {
        this.model = model;
        this.speech = speech;
        getStyleClass().add("point-cell");
        sign.getStyleClass().add("size-body");
        HBox first = line(title, value);
        HBox second = line(name, age);
        VBox lines = new VBox(first, second);
        lines.getStyleClass().add("point-lines");
        HBox.setHgrow(lines, Priority.ALWAYS);
        content = new HBox(sign, lines);
        content.getStyleClass().add("point-row");
        // The cell must not be wider than the list, or long names would make it scroll sideways.
        setPrefWidth(0);
        model.lookProperty().addListener(look -> draw());
    }

    @Override
    protected void updateItem(@Nullable PointRow row, boolean empty) {
        super.updateItem(row, empty);
        draw();
    }

    private void draw() {
        PointRow row = getItem();
        Optional<PointsModel.Look> look = model.lookProperty().get();
        if (row == null || isEmpty() || look.isEmpty()) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        Figures figures = look.get().figures();
        Optional<Quality> quality = row.quality(look.get().now(), look.get().freshness());
        title.setText(row.title());
        String shownValue = row.value(figures);
        value.setText(shownValue);
        String place =
                row.place()
                        .map(PointRow.Place::label)
                        .orElseGet(() -> speech.say("points.unbound"));
        name.setText(row.name() + "  ·  " + place);
        String trust =
                quality.map(figures::quality).orElseGet(() -> speech.say("points.never-seen"));
        boolean good = quality.map(Quality::isGood).orElse(false);
        String howOld = row.age(figures, look.get().now());
        age.setText(good ? howOld : howOld.isEmpty() ? trust : trust + ", " + howOld);
        sign.show(
                row.placed().map(Mark::of).orElseGet(() -> quality.map(Mark::of).orElse(Mark.BAD)));
        pseudoClassStateChanged(UNTRUSTED, !good);
        pseudoClassStateChanged(UNBOUND, row.place().isEmpty());
        setAccessibleText(
                speech.say("points.spoken", row.title(), shownValue, trust, howOld, place));
        setGraphic(content);
    }

    private static HBox line(Label left, Label right) {
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        left.setMinWidth(0);
        right.setMinWidth(Region.USE_PREF_SIZE);
        HBox line = new HBox(left, gap, right);
        line.getStyleClass().add("point-line");
        return line;
    }

    private static Label label(String... styleClasses) {
        Label label = new Label();
        label.getStyleClass().addAll(styleClasses);
        return label;
    }
}
