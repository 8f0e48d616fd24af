/**
 * Small signs that several parts of the window share: the sign of a deviation or a quality, and the
 * bar that shows a value between its limits. Knows the plan's limits and the style roles.
 */
@NullMarked
package vigie.console.marks;

import org.jspecify.annotations.NullMarked;
