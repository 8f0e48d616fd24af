package vigie.console.markup;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * The place of a part that is made when it has something to show for the first time: most windows
 * open without a banner and without a fault. JavaFX thread only.
 */
public final class Late {
    private Late() {}

    /**
     * The place; it is visible while the part is.
     *
     * @param content what the part shows; empty: nothing
     * @param part makes it, once; it shows what {@code content} has by then and follows it itself
     */
    public static <T> Node part(
            ObservableValue<Optional<T>> content, Supplier<? extends Node> part) {
        StackPane place = new StackPane();
        place.setVisible(false);
        place.setManaged(false);
        content.addListener((property, before, now) -> fill(place, now, part));
        fill(place, content.getValue(), part);
        return place;
    }

    private static void fill(StackPane place, Optional<?> content, Supplier<? extends Node> part) {
        if (content.isPresent() && place.getChildren().isEmpty()) {
            Node made = part.get();
            place.getChildren().add(made);
            place.visibleProperty().bind(made.visibleProperty());
            place.managedProperty().bind(made.managedProperty());
        }
    }
}
