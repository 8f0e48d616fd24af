/** What benches need of a replay that nobody else does. */
@NullMarked
package vigie.timeline;

import org.jspecify.annotations.NullMarked;
