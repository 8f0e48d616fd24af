package vigie.history;

import vigie.history.series.Segment;
import vigie.history.series.TextSpan;

import java.util.List;

/**
 * A stretch of one point's history. Numbers have segments, texts have spans; a point that was both
 * has both.
 *
 * @param point whose
 * @param from first microsecond told; a whole bucket, so it may lie a little before the one asked
 *     for
 * @param to first microsecond that is not told: the end of the last whole bucket, or the present
 * @param width of the buckets in microseconds; where the past is kept coarser than asked, that of
 *     the segment's own tier is larger
 * @param segments in order of time; together they cover {@code from} to {@code to}, gaps as buckets
 *     without numbers
 * @param spans in order of time
 */
public record PointRange(
        HistoryPoint point,
        long from,
        long to,
        long width,
        List<Segment> segments,
        List<TextSpan> spans) {
    public PointRange {
        segments = List.copyOf(segments);
        spans = List.copyOf(spans);
    }
}
