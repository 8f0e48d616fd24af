package vigie.console.markup;

import javafx.fxml.FXMLLoader;
import javafx.scene.Node;
import javafx.scene.control.TextInputControl;

import vigie.console.words.Speech;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Objects;

/**
 * Loads markup. In it {@code ${words['…']}} is a label of the bundle {@code console} and changes
 * with the language.
 */
public final class Markup {
    private Markup() {}

    /**
     * The tree that {@code fxml/STEM.fxml} places, with its {@code fx:id}s and handlers set in the
     * view.
     *
     * @param view has a field annotated {@code @FXML} for every {@code fx:id} it needs
     */
    public static <N extends Node> N load(Class<N> kind, String stem, Object view, Speech speech) {
        String path = "/fxml/" + stem + ".fxml";
        URL markup = Objects.requireNonNull(Markup.class.getResource(path), path);
        FXMLLoader loader = new FXMLLoader(markup);
        loader.getNamespace().put("words", speech.labels());
        loader.setController(view);
        try {
            N tree = kind.cast(loader.load());
            loader.getNamespace().values().stream()
                    .filter(TextInputControl.class::isInstance)
                    .map(TextInputControl.class::cast)
                    .forEach(field -> FieldMenu.on(field, speech));
            return tree;
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
