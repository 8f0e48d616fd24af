package vigie.timeline;

import vigie.history.HistoryPoint;
import vigie.plan.Element;
import vigie.plan.Limits;
import vigie.plan.Placement;
import vigie.plan.Plan;
import vigie.point.Units;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * The limits that a plan has for a point at a moment, as {@link vigie.history.Watched} takes them:
 * in the point's present unit.
 *
 * @param above what a value may not be above
 * @param below what it may not be below
 */
public record Bounds(Set<Double> above, Set<Double> below) {
    public Bounds {
        above = Set.copyOf(above);
        below = Set.copyOf(below);
    }

    /** Those of all sensors to which the point is bound then. */
    public static Bounds of(Plan plan, HistoryPoint point, Instant at) {
        Set<Double> above = new TreeSet<>();
        Set<Double> below = new TreeSet<>();
        for (Placement placement : plan.placements()) {
            if (placement.point().equals(point.name()) && placement.span().contains(at)) {
                Optional<Element.Sensor> sensor = plan.sensor(placement.sensor());
                sensor.flatMap(one -> plan.limits(one, placement.quantity(), at))
                        .ifPresent(limits -> {
                            told(limits.highWarning(), limits, point).ifPresent(above::add);
                            told(limits.highAlarm(), limits, point).ifPresent(above::add);
                            told(limits.lowWarning(), limits, point).ifPresent(below::add);
                            told(limits.lowAlarm(), limits, point).ifPresent(below::add);
                        });
            }
        }
        return new Bounds(above, below);
    }

    /** A bound in the point's present unit; empty where there is none, or none in that unit. */
    static OptionalDouble told(OptionalDouble bound, Limits limits, HistoryPoint point) {
        String unit = point.attributes().unit().orElse(limits.unit());
        return bound.isPresent()
                ? Units.convert(bound.getAsDouble(), limits.unit(), unit)
                : OptionalDouble.empty();
    }
}
