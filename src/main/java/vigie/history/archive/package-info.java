/**
 * The archive's own form: blocks of roll-ups, and what is written into the archive's tables. Floor
 * 3: knows the series, the recorder's tables and the store; never the feed and never the duty.
 *
 * <p>Times are microseconds since 1970-01-01T00:00Z where they are {@code long}.
 */
@NullMarked
package vigie.history.archive;

import org.jspecify.annotations.NullMarked;
