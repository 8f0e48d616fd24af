/**
 * The feed: a snapshot of the room and the stream of changes that joins it exactly, from MariaDB's
 * binlog. Floor 3; the only place that imports the binlog library.
 */
@NullMarked
package vigie.feed;

import org.jspecify.annotations.NullMarked;
