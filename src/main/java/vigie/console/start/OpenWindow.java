package vigie.console.start;

import javafx.stage.Stage;

/**
 * A window that is open, for what comes next in it. Who has it owns it: shows something in it, or
 * hides it.
 *
 * @param stage JavaFX thread only
 */
public record OpenWindow(Stage stage) {}
