/**
 * The past, read from tables: ranges at a resolution, the state at a moment, events. Chooses by
 * itself among Home Assistant's states and statistics and Vigie's own archive. Floor 3: knows the
 * recorder's tables and the store; never the feed. Reads only.
 *
 * <p>Times are microseconds since 1970-01-01T00:00Z where they are {@code long}.
 */
@NullMarked
package vigie.history;

import org.jspecify.annotations.NullMarked;
