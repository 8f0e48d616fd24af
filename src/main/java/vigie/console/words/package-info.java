/**
 * What the window says, in the language of the moment: labels that change while it runs, numbers,
 * units, times and ages. Knows the words, and JavaFX's properties.
 */
@NullMarked
package vigie.console.words;

import org.jspecify.annotations.NullMarked;
