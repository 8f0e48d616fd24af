/**
 * The window: JavaFX, one package per part with view, view model and (in {@code fxml/}) markup of
 * one stem, and one bridge to the JavaFX thread. Floor 5: knows the timeline and what lies below;
 * the only place that imports JavaFX, tilesfx and controlsfx.
 */
@NullMarked
package vigie.console;

import org.jspecify.annotations.NullMarked;
