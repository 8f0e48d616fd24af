/**
 * The user guide, opened from the window. Knows no toolkit, nothing of the room and no database.
 */
@NullMarked
package vigie.console.guide;

import org.jspecify.annotations.NullMarked;
