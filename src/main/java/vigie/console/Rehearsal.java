package vigie.console;

import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;

import vigie.console.style.Palette;
import vigie.console.style.Theme;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Dresses a label as a window's are, and shows it to nobody: style sheets and fonts are read then,
 * and need not be when the window comes. To be held while the plan is being read, when the JavaFX
 * thread has nothing else to do. Not more than that: one of each control took as long here as it
 * spared there. JavaFX thread only.
 */
final class Rehearsal {
    /** A style sheet that no scene has is forgotten. */
    private static final AtomicReference<@Nullable Scene> STAYS = new AtomicReference<>();

    private Rehearsal() {}

    /** Holds it. */
    static void hold() {
        StackPane root = new StackPane();
        Scene scene = new Scene(root);
        // Before the first control is made, which would read the toolkit's own sheet instead.
        new Theme(Palette.dark()).dress(scene, 1);
        root.getChildren().add(new Label("Vigie"));
        root.applyCss();
        STAYS.set(scene);
    }

    /** A window has what it needs. */
    static void end() {
        STAYS.set(null);
    }
}
