package vigie.history.series;

import org.jspecify.annotations.Nullable;

import vigie.point.Quality;

/**
 * How long a text stood.
 *
 * @param from since when, microseconds; of the first span of a range this may lie before it
 * @param to until when; the end of the range or the present where it still stands
 * @param text as recorded; null where the entity was removed, or nothing is known
 * @param quality of the reading; {@code source-stopped} and {@code source-silent} where Home
 *     Assistant did not run
 * @param tier where it comes from
 */
public record TextSpan(long from, long to, @Nullable String text, Quality quality, Tier tier) {}
