/** Loads the markup of {@code fxml/} for a view, with words that follow the language. */
@NullMarked
package vigie.console.markup;

import org.jspecify.annotations.NullMarked;
