package vigie.console.style;

import atlantafx.base.theme.PrimerDark;

import javafx.application.Application;
import javafx.collections.ObservableList;
import javafx.scene.Scene;

import java.util.Objects;

/** Dresses a scene: base theme, roles, type, and our own sheet. JavaFX thread only. */
public final class Theme {
    private static final String SHEET = "/styles/console.css";

    private final Palette palette;

    public Theme(Palette palette) {
        this.palette = palette;
    }

    /** Dresses a scene for the first time, or at another scale. */
    public void dress(Scene scene, double scale) {
        String base = new PrimerDark().getUserAgentStylesheet();
        if (!base.equals(Application.getUserAgentStylesheet())) {
            Application.setUserAgentStylesheet(base);
        }
        scene.setFill(palette.colour(Role.GROUND));
        ObservableList<String> sheets = scene.getStylesheets();
        sheets.setAll(
                palette.stylesheet(),
                Objects.requireNonNull(Theme.class.getResource(SHEET), SHEET).toExternalForm(),
                Typography.stylesheet(scale));
    }
}
