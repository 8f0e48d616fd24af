/**
 * From the threads of the feed to the thread of JavaFX: the only place that hands work over. Knows
 * the timeline and the picture; nothing of views.
 */
@NullMarked
package vigie.console.bridge;

import org.jspecify.annotations.NullMarked;
