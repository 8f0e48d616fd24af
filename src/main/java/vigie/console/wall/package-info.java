/**
 * The console on a wall, where nobody sits: the band with clock and heartbeat, the view that comes
 * back after a restart, and the watchdog that ends a process whose window no longer answers.
 */
@NullMarked
package vigie.console.wall;

import org.jspecify.annotations.NullMarked;
