package vigie.history.export;

import vigie.history.HistoryPoint;
import vigie.history.PointRange;
import vigie.history.Times;
import vigie.history.series.Bucket;
import vigie.history.series.Kind;
import vigie.history.series.Segment;
import vigie.history.series.TextSpan;
import vigie.history.series.Tier;
import vigie.point.Attributes;
import vigie.point.PointId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Ranges made by hand. */
public final class Ranges {
    private Ranges() {}

    public static long at(String instant) {
        return Times.micros(Instant.parse(instant));
    }

    /** A bucket with its length in seconds, of which so many are trusted. */
    public static Bucket bucket(
            String from,
            long seconds,
            double min,
            double max,
            double mean,
            int count,
            long trusted) {
        long start = at(from);
        return new Bucket(
                start,
                start + seconds * 1_000_000,
                min,
                max,
                mean,
                min,
                max,
                count,
                trusted * 1_000_000,
                Double.NaN,
                1);
    }

    public static Bucket grown(Bucket of, double growth) {
        return new Bucket(
                of.from(),
                of.to(),
                of.min(),
                of.max(),
                of.mean(),
                of.first(),
                of.last(),
                of.count(),
                of.trusted(),
                growth,
                1);
    }

    public static PointRange numbers(String name, Kind kind, Segment... segments) {
        List<Segment> all = List.of(segments);
        Bucket first = all.getFirst().buckets().getFirst();
        return new PointRange(
                point(name, kind),
                first.from(),
                all.getLast().buckets().getLast().to(),
                first.to() - first.from(),
                all,
                List.of());
    }

    public static PointRange texts(String name, TextSpan... spans) {
        List<TextSpan> all = List.of(spans);
        return new PointRange(
                point(name, Kind.TEXT),
                all.getFirst().from(),
                all.getLast().to(),
                3_600_000_000L,
                List.of(),
                all);
    }

    public static Segment segment(String unit, Tier tier, Bucket... buckets) {
        return new Segment(
                unit.isEmpty() ? Optional.empty() : Optional.of(unit), tier, List.of(buckets));
    }

    public static HistoryPoint point(String name, Kind kind) {
        return new HistoryPoint(
                new PointId(name),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                kind,
                Attributes.NONE);
    }
}
