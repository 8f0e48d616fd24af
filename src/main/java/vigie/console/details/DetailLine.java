package vigie.console.details;

import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.javafx.FontIcon;

import vigie.console.marks.LimitBar;
import vigie.console.marks.Mark;
import vigie.console.marks.Sign;
import vigie.console.words.Speech;
import vigie.plan.ElementId;
import vigie.point.PointId;

import java.util.Optional;
import java.util.function.Consumer;

/** One reading in the panel. Used again for another reading. */
final class DetailLine {
    private static final PseudoClass UNTRUSTED = PseudoClass.getPseudoClass("untrusted");

    private final Sign sign = new Sign();
    private final Label name = label("detail-name", "size-body");
    private final Label value = label("detail-value", "size-heading", "weight-strong");
    private final Label quality = label("detail-quality", "size-caption");
    private final Label when = label("detail-when", "size-caption");
    private final LimitBar bar = new LimitBar();
    private final Label limits = label("detail-limits", "size-caption");
    private final Label against = label("detail-against", "size-caption");
    private final Label source = label("detail-source", "size-caption");
    private final VBox node;
    private Optional<ElementId> sensor = Optional.empty();

    /**
     * @param goTo is told the sensor, when the line is clicked
     * @param showPast is told the point, when its history is wanted; empty: there is none to show
     */
    DetailLine(Consumer<ElementId> goTo, Speech speech, Optional<Consumer<PointId>> showPast) {
        value.setMinWidth(Region.USE_PREF_SIZE);
        when.setMinWidth(Region.USE_PREF_SIZE);
        sign.getStyleClass().add("size-body");
        HBox head = line(name, sign, value);
        HBox trust = line(quality, when);
        bar.managedProperty().bind(bar.visibleProperty());
        limits.managedProperty().bind(limits.visibleProperty());
        against.managedProperty().bind(against.visibleProperty());
        node = new VBox(head, trust, against, bar, limits, source);
        showPast.ifPresent(shows -> head.getChildren().add(history(speech, shows)));
        node.getStyleClass().add("detail");
        node.setOnMouseClicked(click -> sensor.ifPresent(goTo));
    }

    VBox node() {
        return node;
    }

    void show(Detail detail) {
        sensor = Optional.of(detail.sensor());
        name.setText(detail.name());
        value.setText(detail.value());
        value.pseudoClassStateChanged(
                UNTRUSTED, detail.mark() == Mark.BAD || detail.mark() == Mark.UNCERTAIN);
        sign.show(detail.mark());
        quality.setText(detail.quality());
        when.setText(detail.when());
        bar.setVisible(detail.range().isPresent());
        detail.range().ifPresent(range -> bar.show(range, detail.at(), detail.deviation()));
        limits.setText(detail.limits());
        limits.setVisible(!detail.limits().isEmpty());
        against.setText(detail.against());
        against.setVisible(!detail.against().isEmpty());
        source.setText(detail.source());
    }

    private Button history(Speech speech, Consumer<PointId> shows) {
        Button button = new Button();
        button.setGraphic(new FontIcon("fth-trending-up"));
        button.getStyleClass().addAll("tool", "detail-history");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.accessibleTextProperty().bind(Bindings.valueAt(speech.labels(), "chart.open"));
        button.setOnAction(_ -> shows.accept(new PointId(source.getText())));
        // Or the line would take the click for its own.
        button.setOnMouseClicked(MouseEvent::consume);
        return button;
    }

    private static HBox line(Label left, Node... right) {
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox line = new HBox(left, gap);
        line.getChildren().addAll(right);
        line.getStyleClass().add("detail-line");
        return line;
    }

    private static Label label(String... styleClasses) {
        Label label = new Label();
        label.getStyleClass().addAll(styleClasses);
        label.setMinWidth(0);
        return label;
    }
}
