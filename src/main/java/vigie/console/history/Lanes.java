package vigie.console.history;

import vigie.console.history.chart.Scene;
import vigie.console.history.chart.Stretch;
import vigie.console.history.chart.Track;
import vigie.console.words.Figures;
import vigie.history.HistoryPoint;
import vigie.history.PointRange;
import vigie.history.series.Bucket;
import vigie.history.series.Kind;
import vigie.history.series.Segment;
import vigie.history.series.TextSpan;
import vigie.plan.Deviation;
import vigie.plan.Limits;
import vigie.plan.Placement;
import vigie.plan.Plan;
import vigie.plan.Quantity;
import vigie.point.DisplayUnits;
import vigie.point.PointId;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes lanes and strips of what was found and of what the live feed said since: one lane for each
 * unit, in the order in which the points name them; a point whose unit changed has a curve in each.
 */
final class Lanes {
    private final Plan plan;
    private final Figures figures;
    private final Stretch stretch;
    private final Map<String, List<Scene.Curve>> lanes = new LinkedHashMap<>();
    private final List<Scene.Strip> strips = new ArrayList<>();
    private final List<Scene.Change> changes = new ArrayList<>();

    private Lanes(Plan plan, Figures figures, Stretch stretch) {
        this.plan = plan;
        this.figures = figures;
        this.stretch = stretch;
    }

    /** Lanes and strips. */
    record Made(List<Scene.Lane> lanes, List<Scene.Strip> strips, List<Scene.Change> changes) {
        static final Made NOTHING = new Made(List.of(), List.of(), List.of());
    }

    /**
     * @param until how far the live feed vouches for what it said last, microseconds
     */
    static Made of(
            Answer answer,
            List<ChartPoint> points,
            Map<PointId, Tail> tails,
            long until,
            Plan plan,
            Figures figures) {
        Stretch known =
                new Stretch(answer.stretch().from(), Math.max(answer.stretch().to(), until + 1));
        Lanes lanes = new Lanes(plan, figures, known);
        Map<PointId, PointRange> ranges = byName(answer.ranges());
        Map<PointId, PointRange> before = byName(answer.before());
        Map<PointId, String> names = names(points, ranges, figures);
        for (ChartPoint point : points) {
            PointRange range = ranges.get(point.id());
            if (range != null) {
                lanes.add(
                        point,
                        names.getOrDefault(point.id(), point.id().name()),
                        range,
                        Optional.ofNullable(before.get(point.id())),
                        Optional.ofNullable(tails.get(point.id())),
                        until);
            }
        }
        return new Made(
                lanes.lanes.entrySet().stream()
                        .map(lane -> new Scene.Lane(lane.getKey(), lane.getValue()))
                        .toList(),
                lanes.strips,
                lanes.changes);
    }

    /** The place alone where that tells a point from the others of its quantity. */
    private static Map<PointId, String> names(
            List<ChartPoint> points, Map<PointId, PointRange> ranges, Figures figures) {
        Map<PointId, String> names = new HashMap<>();
        Set<Quantity> quantities =
                points.stream()
                        .flatMap(point -> point.placement().stream())
                        .map(Placement::quantity)
                        .collect(Collectors.toSet());
        for (ChartPoint point : points) {
            Optional<String> friendly =
                    Optional.ofNullable(ranges.get(point.id()))
                            .map(PointRange::point)
                            .map(HistoryPoint::attributes)
                            .flatMap(attributes -> attributes.friendlyName());
            boolean alone =
                    point.placement()
                            .map(Placement::quantity)
                            .filter(Quantity::isNumber)
                            .filter(its ->
                                    quantities.stream()
                                                    .filter(other ->
                                                            other.unit().equals(its.unit()))
                                                    .count()
                                            == 1)
                            .isPresent();
            names.put(
                    point.id(),
                    alone
                            ? point.place(figures).orElseGet(() -> point.name(figures, friendly))
                            : point.name(figures, friendly));
        }
        return names;
    }

    private static Map<PointId, PointRange> byName(List<PointRange> ranges) {
        Map<PointId, PointRange> byName = new HashMap<>();
        ranges.forEach(range -> byName.put(range.point().name(), range));
        return byName;
    }

    private void add(
            ChartPoint point,
            String name,
            PointRange range,
            Optional<PointRange> before,
            Optional<Tail> tail,
            long until) {
        Kind kind = range.point().kind();
        String usual = figures.units().unit(usualUnit(point, range));
        List<TextSpan> spans = new ArrayList<>(range.spans());
        Map<String, List<Segment>> units = byUnit(shown(upTo(range.segments(), range.to())), usual);
        change(range.segments());
        if (tail.isPresent() && until > range.to()) {
            if (kind == Kind.TEXT) {
                spans.addAll(tail.get().texts(range.to(), until));
            } else {
                // A unit in which nothing was ever known begins no lane.
                byUnit(shown(tail.get().numbers(range.to(), until)), usual)
                        .forEach((unit, segments) -> {
                            String lane =
                                    units.isEmpty() || known(segments)
                                            ? unit
                                            : units.keySet().iterator().next();
                            units.computeIfAbsent(lane, _ -> new ArrayList<>()).addAll(segments);
                        });
            }
        }
        Map<String, List<Segment>> earlier =
                byUnit(shown(before.map(PointRange::segments).orElse(List.of())), usual);
        units.forEach((unit, segments) -> {
            Track track = Track.of(unit, segments);
            List<Segment> compared = earlier.get(unit);
            lanes.computeIfAbsent(unit, _ -> new ArrayList<>())
                    .add(
                            new Scene.Curve(
                                    point.id(),
                                    name,
                                    kind,
                                    decimals(point, segments),
                                    track,
                                    compared == null ? null : Track.of(unit, compared),
                                    point.limits(plan, stretch, unit)));
        });
        if (kind == Kind.TEXT || !spans.isEmpty()) {
            strips.add(
                    new Scene.Strip(
                            point.id(),
                            point.place(figures).orElse(name),
                            told(point, spans, range)));
        }
    }

    /** The bucket that holds the present ends with it: the live feed goes on from there. */
    private static List<Segment> upTo(List<Segment> segments, long end) {
        if (segments.isEmpty() || segments.getLast().buckets().isEmpty()) {
            return segments;
        }
        Segment last = segments.getLast();
        Bucket bucket = last.buckets().getLast();
        if (bucket.to() <= end || bucket.from() >= end) {
            return segments;
        }
        List<Bucket> buckets = new ArrayList<>(last.buckets());
        buckets.set(
                buckets.size() - 1,
                new Bucket(
                        bucket.from(),
                        end,
                        bucket.min(),
                        bucket.max(),
                        bucket.mean(),
                        bucket.first(),
                        bucket.last(),
                        bucket.count(),
                        Math.min(bucket.trusted(), end - bucket.from()),
                        bucket.growth(),
                        bucket.weight()));
        List<Segment> cut = new ArrayList<>(segments);
        cut.set(cut.size() - 1, new Segment(last.unit(), last.tier(), buckets));
        return cut;
    }

    /** In the units that the reader wants. */
    private List<Segment> shown(List<Segment> segments) {
        DisplayUnits units = figures.units();
        List<Segment> shown = new ArrayList<>(segments.size());
        for (Segment segment : segments) {
            String recorded = segment.unit().orElse("");
            String unit = units.unit(recorded);
            shown.add(
                    unit.equals(recorded)
                            ? segment
                            : new Segment(
                                    Optional.of(unit),
                                    segment.tier(),
                                    segment.buckets().stream()
                                            .map(bucket -> shown(bucket, units, recorded))
                                            .toList()));
        }
        return shown;
    }

    private static Bucket shown(Bucket bucket, DisplayUnits units, String recorded) {
        return new Bucket(
                bucket.from(),
                bucket.to(),
                units.value(bucket.min(), recorded),
                units.value(bucket.max(), recorded),
                units.value(bucket.mean(), recorded),
                units.value(bucket.first(), recorded),
                units.value(bucket.last(), recorded),
                bucket.count(),
                bucket.trusted(),
                bucket.growth(),
                bucket.weight());
    }

    private void change(List<Segment> segments) {
        Optional<String> before = Optional.empty();
        for (Segment segment : segments) {
            if (!known(List.of(segment))) {
                continue;
            }
            // Where every temperature is shown in one unit the curve goes on.
            String unit = figures.units().unit(segment.unit().orElse(""));
            long at = segment.buckets().getFirst().from();
            before.filter(other -> !other.equals(unit))
                    .ifPresent(other -> changes.add(new Scene.Change(at, other + " → " + unit)));
            before = Optional.of(unit);
        }
    }

    private static boolean known(List<Segment> segments) {
        return segments.stream()
                .flatMap(segment -> segment.buckets().stream())
                .anyMatch(bucket -> !bucket.isEmpty());
    }

    /** The unit of a point of which nothing is known in what was asked. */
    private static String usualUnit(ChartPoint point, PointRange range) {
        return range.point()
                .attributes()
                .unit()
                .or(() -> point.placement().map(one -> one.quantity().unit()))
                .orElse("");
    }

    /**
     * Segments without any value belong to the unit beside them: a gap has no unit of its own.
     *
     * @param usual where none of them has a value
     */
    private static Map<String, List<Segment>> byUnit(List<Segment> segments, String usual) {
        Map<String, List<Segment>> units = new LinkedHashMap<>();
        Optional<Segment> firstKnown =
                segments.stream().filter(segment -> known(List.of(segment))).findFirst();
        String beside = firstKnown.isPresent() ? firstKnown.get().unit().orElse("") : usual;
        for (Segment segment : segments) {
            boolean known = known(List.of(segment));
            String unit = known ? segment.unit().orElse("") : beside;
            beside = unit;
            units.computeIfAbsent(unit, _ -> new ArrayList<>()).add(segment);
        }
        return units;
    }

    /** One more than a tile shows: a mean is finer than a reading. */
    private static int decimals(ChartPoint point, List<Segment> segments) {
        if (point.placement().isPresent()) {
            Quantity quantity = point.placement().get().quantity();
            return quantity == Quantity.POWER || quantity == Quantity.VOLTAGE
                    ? Figures.decimals(quantity)
                    : Math.max(1, Figures.decimals(quantity));
        }
        double greatest =
                segments.stream()
                        .flatMap(segment -> segment.buckets().stream())
                        .mapToDouble(Bucket::mean)
                        .filter(mean -> !Double.isNaN(mean))
                        .map(Math::abs)
                        .max()
                        .orElse(0);
        return greatest < 10 ? 2 : greatest < 10_000 ? 1 : 0;
    }

    /** With what nothing is told of: of a text as of a number a hole is seen. */
    private List<Scene.Span> told(ChartPoint point, List<TextSpan> spans, PointRange range) {
        List<Scene.Span> told = new ArrayList<>();
        long at = range.from();
        for (TextSpan span : spans) {
            hole(at, span.from(), told);
            told.add(span(point, span));
            at = Math.max(at, span.to());
        }
        hole(at, range.to(), told);
        return told;
    }

    private void hole(long from, long to, List<Scene.Span> told) {
        if (to > from) {
            String words = figures.words().say("chart.cross.nothing");
            told.add(new Scene.Span(from, to, words, false, false, Deviation.NONE));
        }
    }

    private Scene.Span span(ChartPoint point, TextSpan span) {
        String text = span.text();
        boolean known = text != null && !span.quality().isBad();
        if (!known || text == null) {
            return new Scene.Span(
                    span.from(),
                    span.to(),
                    figures.quality(span.quality()),
                    false,
                    false,
                    Deviation.NONE);
        }
        Optional<Limits> limits = point.textLimits(plan, span.from());
        String words =
                figures.text(
                        point.placement().map(Placement::quantity).orElse(Quantity.STATUS), text);
        if (point.placement().isEmpty()) {
            words = onOff(text);
        }
        return new Scene.Span(
                span.from(),
                span.to(),
                words,
                true,
                !text.equals("off"),
                limits.map(one -> one.deviationOf(text)).orElse(Deviation.NONE));
    }

    private String onOff(String text) {
        return switch (text) {
            case "on" -> figures.words().say("console.state.on");
            case "off" -> figures.words().say("console.state.off");
            default -> text;
        };
    }
}
