/**
 * Starts JavaFX, on a screen or without one, and says in one sentence what the system lacks for it.
 * Knows the environment, the toolkit and nothing of the room.
 */
@NullMarked
package vigie.console.start;

import org.jspecify.annotations.NullMarked;
