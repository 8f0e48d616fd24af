/**
 * What exactly one process in a building does, and what must not be done twice: the duty lock with
 * its epoch, transactions under it, the heartbeat, positions and consumers that miss nothing. Floor
 * 4: knows the feed, the store and below; {@code vigie.app} starts it.
 */
@NullMarked
package vigie.duty;

import org.jspecify.annotations.NullMarked;
