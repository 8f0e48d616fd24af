/**
 * The floor plan as data: geometry in metres from the top left corner, what stands where and since
 * when, which point is bound to which sensor, and the normal limits. Floor 1: knows {@code
 * vigie.point}, {@code vigie.text}, the JDK, and Jackson in its reader and writer.
 */
@NullMarked
package vigie.plan;

import org.jspecify.annotations.NullMarked;
