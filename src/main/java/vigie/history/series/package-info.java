/**
 * Series as data: readings folded into buckets and spans. Pure: no clock, no database, no log. The
 * archiver and the queries fold by the same code, so a bucket from a roll-up equals the one that is
 * made of the readings themselves.
 *
 * <p>Times are microseconds since 1970-01-01T00:00Z, by the clock of Home Assistant's host, as far
 * as nothing else is said.
 */
@NullMarked
package vigie.history.series;

import org.jspecify.annotations.NullMarked;
