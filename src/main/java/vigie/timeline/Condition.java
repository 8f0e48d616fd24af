package vigie.timeline;

import org.jspecify.annotations.Nullable;

import vigie.history.HistoryPoint;
import vigie.history.Times;
import vigie.plan.Deviation;
import vigie.plan.Element;
import vigie.plan.Limits;
import vigie.plan.Placement;
import vigie.plan.Plan;
import vigie.plan.Quantity;
import vigie.plan.SensorRole;
import vigie.plan.Span;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/**
 * Something that may hold of a point for a while, and is an occurrence while it does and the plan
 * asks for it: a value beyond one bound, a text that is not normal, no trustworthy value. One
 * thread.
 */
final class Condition {
    /** What is looked at. */
    enum Type {
        /** The value is above the bound. */
        HIGH,
        /** The value is below it. */
        LOW,
        /** The text is not as it should be, or worth telling. */
        TEXT,
        /** There is no trustworthy value. */
        GAP
    }

    /**
     * What makes conditions the same, also where the plan tells of them twice.
     *
     * @param bound for numbers, in the point's present unit; otherwise NaN
     * @param normal for texts what is not told; empty: all but {@code on}
     */
    private record What(Type type, double bound, Optional<String> normal, Deviation deviation) {}

    /** As long as it holds and is asked for. */
    record Open(
            Instant at, Duration within, OptionalDouble value, @Nullable String text, long order) {}

    /** From and to, microseconds. */
    private record Stretch(long from, long to) {
        boolean contains(long time) {
            return time >= from && time < to;
        }
    }

    private final HistoryPoint point;
    private final Placement placement;
    private final Occurrence.Kind kind;
    private final What what;
    private final List<Stretch> stretches = new ArrayList<>();

    private boolean holds;
    private boolean asked;
    private @Nullable Open open;

    private Condition(HistoryPoint point, Placement placement, Occurrence.Kind kind, What what) {
        this.point = point;
        this.placement = placement;
        this.kind = kind;
        this.what = what;
    }

    /**
     * All that a placement asks for, over all time.
     *
     * @param point to which it is bound
     */
    static List<Condition> of(
            Plan plan, Element.Sensor sensor, Placement placement, HistoryPoint point) {
        List<Limits> all = plan.limitsFor(sensor, placement.quantity());
        NavigableSet<Long> borders = new TreeSet<>();
        add(placement.span(), borders);
        all.forEach(limits -> add(limits.span(), borders));
        borders.add(Long.MIN_VALUE);
        boolean isText = point.kind() == vigie.history.series.Kind.TEXT;
        Map<What, Condition> found = new LinkedHashMap<>();
        for (long from : borders) {
            Long next = borders.higher(from);
            Stretch stretch = new Stretch(from, next == null ? Long.MAX_VALUE : next);
            // Any moment of the stretch: it has one answer.
            Instant at =
                    from != Long.MIN_VALUE
                            ? Times.instant(from)
                            : next == null ? Instant.EPOCH : Times.instant(next - 1);
            if (!placement.span().contains(at)) {
                continue;
            }
            Optional<Limits> limits =
                    all.stream().filter(one -> one.span().contains(at)).findFirst();
            for (What what : asked(placement.quantity(), limits, point, isText)) {
                found.computeIfAbsent(
                                what,
                                its ->
                                        new Condition(
                                                point,
                                                placement,
                                                its.type() == Type.GAP
                                                        ? Occurrence.Kind.SENSOR_OUTAGE
                                                        : kind(sensor, placement.quantity()),
                                                its))
                        .add(stretch);
            }
        }
        return List.copyOf(found.values());
    }

    private static void add(Span span, NavigableSet<Long> borders) {
        span.from().map(Times::micros).ifPresent(borders::add);
        span.to().map(Times::micros).ifPresent(borders::add);
    }

    private void add(Stretch stretch) {
        if (!stretches.isEmpty() && stretches.getLast().to() == stretch.from()) {
            stretches.add(new Stretch(stretches.removeLast().from(), stretch.to()));
        } else {
            stretches.add(stretch);
        }
    }

    private static List<What> asked(
            Quantity quantity, Optional<Limits> limits, HistoryPoint point, boolean isText) {
        List<What> all = new ArrayList<>();
        all.add(new What(Type.GAP, Double.NaN, Optional.empty(), Deviation.NONE));
        if (quantity.isNumber()) {
            if (!isText && limits.isPresent()) {
                Limits its = limits.get();
                add(Type.HIGH, its.highWarning(), Deviation.WARNING, its, point, all);
                add(Type.HIGH, its.highAlarm(), Deviation.ALARM, its, point, all);
                add(Type.LOW, its.lowWarning(), Deviation.WARNING, its, point, all);
                add(Type.LOW, its.lowAlarm(), Deviation.ALARM, its, point, all);
            }
        } else if (isText) {
            Optional<String> normal = limits.flatMap(Limits::normal);
            if (normal.isPresent()) {
                Deviation deviation = limits.map(Limits::deviation).orElse(Deviation.NONE);
                all.add(new What(Type.TEXT, Double.NaN, normal, deviation));
            } else if (isToldWhenOn(quantity)) {
                all.add(new What(Type.TEXT, Double.NaN, Optional.empty(), Deviation.NONE));
            }
        }
        return all;
    }

    private static void add(
            Type type,
            OptionalDouble bound,
            Deviation deviation,
            Limits limits,
            HistoryPoint point,
            List<What> all) {
        Bounds.told(bound, limits, point)
                .ifPresent(told -> all.add(new What(type, told, Optional.empty(), deviation)));
    }

    /** A machine that runs is none of the things that happen, where nothing says it should not. */
    private static boolean isToldWhenOn(Quantity quantity) {
        return quantity.isSwitch() && quantity != Quantity.RUNNING;
    }

    static Occurrence.Kind kind(Element.Sensor sensor, Quantity quantity) {
        if (quantity.isNumber()) {
            return Occurrence.Kind.LIMIT;
        }
        return switch (quantity) {
            case MOTION -> Occurrence.Kind.MOTION;
            case OPEN -> Occurrence.Kind.DOOR;
            case ON_BATTERY -> Occurrence.Kind.POWER;
            default ->
                    sensor.role() == SensorRole.UPS || sensor.role() == SensorRole.POWER
                            ? Occurrence.Kind.POWER
                            : Occurrence.Kind.STATE;
        };
    }

    // ---- what it asks

    HistoryPoint point() {
        return point;
    }

    Type type() {
        return what.type();
    }

    /** In the point's present unit; of numbers only. */
    double bound() {
        return what.bound();
    }

    /** Whether it is asked for at any time of a stretch. */
    boolean isAskedWithin(long from, long to) {
        return stretches.stream().anyMatch(one -> one.from() < to && one.to() > from);
    }

    /** When the plan begins or ends to ask, within a stretch. */
    List<Long> turns(long from, long to) {
        List<Long> turns = new ArrayList<>();
        for (Stretch stretch : stretches) {
            if (stretch.from() > from && stretch.from() < to) {
                turns.add(stretch.from());
            }
            if (stretch.to() > from && stretch.to() < to) {
                turns.add(stretch.to());
            }
        }
        return turns;
    }

    boolean holdsOf(double value) {
        return switch (what.type()) {
            case HIGH -> value > what.bound();
            case LOW -> value < what.bound();
            case TEXT, GAP -> false;
        };
    }

    boolean holdsOf(@Nullable String text) {
        if (what.type() != Type.TEXT || text == null) {
            return false;
        }
        if (placement.quantity().isSwitch() && !text.equals("on") && !text.equals("off")) {
            return false;
        }
        return what.normal().map(normal -> !normal.equals(text)).orElseGet(() -> text.equals("on"));
    }

    // ---- what happens

    boolean holds() {
        return holds;
    }

    /** Whether it holds from now on. */
    void hold(boolean now) {
        holds = now;
    }

    /** Whether the plan asks for it from a moment on. */
    void ask(long time) {
        asked = stretches.stream().anyMatch(stretch -> stretch.contains(time));
    }

    boolean isAsked() {
        return asked;
    }

    /** Since when the plan asks for it, where it does at a moment. */
    long askedSince(long time) {
        return stretches.stream()
                .filter(stretch -> stretch.contains(time))
                .mapToLong(Stretch::from)
                .findFirst()
                .orElse(time);
    }

    @Nullable Open open() {
        return open;
    }

    void open(@Nullable Open now) {
        open = now;
    }

    /**
     * As it is told.
     *
     * @param at when it began, which need not be what {@code open} says
     */
    Occurrence occurrence(Open its, Instant at, Optional<Instant> to) {
        boolean number = what.type() == Type.HIGH || what.type() == Type.LOW;
        return new Occurrence(
                kind,
                at,
                to,
                its.within(),
                Optional.of(placement.sensor()),
                Optional.of(point.name()),
                what.deviation(),
                number ? its.value() : OptionalDouble.empty(),
                number ? OptionalDouble.of(what.bound()) : OptionalDouble.empty(),
                number ? point.attributes().unit().orElse(placement.quantity().unit()) : null,
                what.type() == Type.TEXT ? its.text() : null,
                null);
    }
}
