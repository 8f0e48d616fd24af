/** The list of all points, those on the plan and the others, with a filter. */
@NullMarked
package vigie.console.points;

import org.jspecify.annotations.NullMarked;
