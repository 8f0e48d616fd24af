/** The window as a whole: where its parts stand, its keys, its scale. */
@NullMarked
package vigie.console.window;

import org.jspecify.annotations.NullMarked;
