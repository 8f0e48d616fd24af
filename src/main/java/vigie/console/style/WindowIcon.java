package vigie.console.style;

import javafx.scene.image.Image;
import javafx.stage.Stage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The mark in a window's frame and in the list of windows, where no desktop entry brings it. */
public final class WindowIcon {
    private WindowIcon() {}

    /** Gives a window the mark. JavaFX thread only. */
    public static void put(Stage stage) {
        try (InputStream in = WindowIcon.class.getResourceAsStream("/vigie/console/vigie.png")) {
            if (in == null) {
                throw new IllegalStateException("the icon is not on the class path");
            }
            stage.getIcons().add(new Image(in));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
