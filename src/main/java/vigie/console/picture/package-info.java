/**
 * Pictures of the screen as files, without AWT. Part of the console: knows the JDK and JavaFX's
 * images.
 */
@NullMarked
package vigie.console.picture;

import org.jspecify.annotations.NullMarked;
