/**
 * Colours, sizes and fonts as named roles, for style sheets and for canvases alike. Knows JavaFX's
 * colours and fonts and the files in {@code styles/}; nothing of the room.
 */
@NullMarked
package vigie.console.style;

import org.jspecify.annotations.NullMarked;
