/**
 * The vocabulary: points, readings, quality, units. Floor 0: knows only the JDK; no clock, no I/O,
 * no logging.
 */
@NullMarked
package vigie.point;

import org.jspecify.annotations.NullMarked;
