/**
 * The floor plan view: floor and furniture painted once, the live values over them in tiles that
 * are painted only where something changed; and the reference drawing made with the same geometry.
 * Part of the console: knows the picture, the plan, the words, and the roles of {@code
 * vigie.console.style}; nothing of the feed or the timeline.
 */
@NullMarked
package vigie.console.plan;

import org.jspecify.annotations.NullMarked;
