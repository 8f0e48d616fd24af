/**
 * The four numbers that tell how the room is: worst inlet, hot aisle, humidity, power supply. Each
 * in its context of limits, none without trust.
 */
@NullMarked
package vigie.console.tiles;

import org.jspecify.annotations.NullMarked;
