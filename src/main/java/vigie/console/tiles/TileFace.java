package vigie.console.tiles;

import eu.hansolo.tilesfx.Tile;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import vigie.console.marks.LimitBar;
import vigie.console.marks.Sign;
import vigie.console.style.Palette;
import vigie.console.style.Role;
import vigie.console.words.Figures;
import vigie.plan.Deviation;
import vigie.plan.ElementId;

import java.util.Optional;
import java.util.function.Consumer;

/** The face of one tile: a number with its sign, the bar of its limits, two lines of context. */
final class TileFace {
    private static final PseudoClass SILENT = PseudoClass.getPseudoClass("silent");

    private final Tile tile;
    private final Palette palette;
    private final Label title = label("tile-title", "size-body", "weight-medium");
    private final Label value = label("tile-value", "size-value", "weight-medium");
    private final Label unit = label("tile-unit", "size-heading");
    private final Sign sign = new Sign();
    private final LimitBar bar = new LimitBar();
    private final Label first = label("tile-first", "size-caption");
    private final Label second = label("tile-second", "size-caption");
    private Optional<ElementId> target = Optional.empty();

    TileFace(Tile tile, Palette palette, Consumer<ElementId> goTo) {
        this.tile = tile;
        this.palette = palette;
        sign.getStyleClass().add("size-title");
        wrap(first);
        wrap(second);
        HBox head = new HBox(title, spring(), sign);
        head.setAlignment(Pos.CENTER_LEFT);
        HBox number = new HBox(value, unit);
        number.getStyleClass().add("tile-number");
        VBox content = new VBox(head, number, bar, first, second);
        content.getStyleClass().add("tile-content");
        StackPane face = new StackPane(content);
        face.getStyleClass().add("tile-face");
        tile.setSkinType(Tile.SkinType.CUSTOM);
        tile.setAnimated(false);
        tile.setGraphic(face);
        tile.setBackgroundColor(palette.colour(Role.SURFACE_RAISED));
        tile.setRoundedCorners(false);
        tile.setBorderWidth(0);
        // The skin centres what it is given; the face fills it, so that all tiles begin alike.
        face.minHeightProperty().bind(tile.heightProperty().multiply(0.93));
        face.maxHeightProperty().bind(tile.heightProperty().multiply(0.93));
        face.prefWidthProperty().bind(tile.widthProperty());
        tile.setFocusTraversable(true);
        tile.setAccessibleRole(AccessibleRole.BUTTON);
        tile.setOnMouseClicked(click -> target.ifPresent(goTo));
        tile.setOnKeyPressed(key -> {
            if (key.getCode() == KeyCode.ENTER || key.getCode() == KeyCode.SPACE) {
                target.ifPresent(goTo);
                key.consume();
            }
        });
    }

    void show(String newTitle, TileContent content) {
        title.setText(newTitle);
        value.setText(content.value());
        unit.setText(content.unit());
        sign.show(content.mark());
        first.setText(content.first());
        second.setText(content.second());
        second.setVisible(!content.second().isEmpty());
        second.setManaged(second.isVisible());
        bar.setVisible(content.range().isPresent());
        content.range().ifPresent(range -> bar.show(range, content.at(), content.deviation()));
        value.pseudoClassStateChanged(SILENT, content.value().equals(Figures.NOTHING));
        value.pseudoClassStateChanged(PseudoClass.getPseudoClass("untrusted"), !content.good());
        edge(content.deviation());
        target = content.goTo();
        tile.setAccessibleText(
                String.join(
                        ", ",
                        newTitle,
                        content.value() + " " + content.unit(),
                        content.first(),
                        content.second()));
    }

    /** The edge is the indicator: the tile itself is never painted in a priority's colour. */
    private void edge(Deviation deviation) {
        switch (deviation) {
            case NONE -> tile.setBorderWidth(0);
            case WARNING -> {
                tile.setBorderWidth(2);
                tile.setBorderColor(palette.colour(Role.PRIORITY_2));
            }
            case ALARM -> {
                tile.setBorderWidth(2);
                tile.setBorderColor(palette.colour(Role.PRIORITY_1));
            }
        }
    }

    /** Long words of any language go on below; they are never cut. */
    private static void wrap(Label label) {
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
    }

    private static Region spring() {
        Region spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        return spring;
    }

    private static Label label(String... styleClasses) {
        Label label = new Label();
        label.getStyleClass().addAll(styleClasses);
        label.setMinWidth(0);
        return label;
    }
}
