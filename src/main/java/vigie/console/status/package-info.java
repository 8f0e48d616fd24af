/** The bar at the foot: how the feed stands, delay, rate, database, clock. */
@NullMarked
package vigie.console.status;

import org.jspecify.annotations.NullMarked;
