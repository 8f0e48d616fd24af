package vigie.history.archive;

import vigie.history.series.Bucket;

import java.util.Optional;

/**
 * A bucket as a block of roll-ups holds it.
 *
 * @param bucket a whole slot, or the part of one in which a unit held
 * @param unit of its numbers, as recorded; of an empty bucket that of its neighbours
 */
public record Rolled(Bucket bucket, Optional<String> unit) {}
