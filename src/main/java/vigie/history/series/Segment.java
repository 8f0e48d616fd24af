package vigie.history.series;

import java.util.List;
import java.util.Optional;

/**
 * A stretch of a point's history in one unit and from one tier.
 *
 * @param unit as recorded; empty for a number without one
 * @param tier where it comes from
 * @param buckets in order of time; they do not overlap, and each touches the next
 */
public record Segment(Optional<String> unit, Tier tier, List<Bucket> buckets) {
    public Segment {
        buckets = List.copyOf(buckets);
    }
}
