package vigie.console.history;

import vigie.console.history.chart.LimitLine;
import vigie.console.history.chart.Stretch;
import vigie.console.words.Figures;
import vigie.history.Times;
import vigie.plan.Element;
import vigie.plan.ElementId;
import vigie.plan.Limits;
import vigie.plan.Placement;
import vigie.plan.Plan;
import vigie.point.PointId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A point of a chart.
 *
 * @param id its name
 * @param placement where it is bound; empty: it is not on the plan
 * @param sensor the sensor it is bound to
 */
record ChartPoint(PointId id, Optional<Placement> placement, Optional<Element.Sensor> sensor) {
    /** More curves than this nobody can tell apart. */
    static final int MOST = 24;

    /** The point of this name: as it is bound at a moment, else as it was bound last. */
    static ChartPoint of(Plan plan, PointId id, Instant at) {
        List<Placement> its =
                plan.placements().stream().filter(one -> one.point().equals(id)).toList();
        Optional<Placement> placement =
                its.stream()
                        .filter(one -> one.span().contains(at))
                        .findFirst()
                        .or(() -> its.isEmpty() ? Optional.empty() : Optional.of(its.getLast()));
        return new ChartPoint(id, placement, placement.flatMap(one -> plan.sensor(one.sensor())));
    }

    /** All points bound to an element and to its sensors, in plan order; at most {@link #MOST}. */
    static List<PointId> boundTo(Plan plan, ElementId element, Instant at) {
        List<Element.Sensor> sensors =
                plan.sensor(element).map(List::of).orElseGet(() -> plan.sensorsOf(element));
        return sensors.stream()
                .flatMap(sensor -> plan.placementsOf(sensor.id()).stream())
                .filter(placement -> placement.span().contains(at))
                .map(Placement::point)
                .distinct()
                .limit(MOST)
                .toList();
    }

    /** What people call it. */
    String name(Figures figures, Optional<String> friendlyName) {
        if (placement.isEmpty() || sensor.isEmpty()) {
            return friendlyName.filter(name -> !name.isBlank()).orElseGet(id::name);
        }
        return sensor.get().label().in(figures.words().locale())
                + " · "
                + figures.name(placement.get().quantity());
    }

    /** Where it hangs, without what it measures; empty: it is not on the plan. */
    Optional<String> place(Figures figures) {
        return sensor.map(one -> one.label().in(figures.words().locale()));
    }

    /** The limits that hold for it in a stretch of time, in a unit, in order of time. */
    List<LimitLine> limits(Plan plan, Stretch stretch, String unit) {
        if (placement.isEmpty() || sensor.isEmpty()) {
            return List.of();
        }
        List<Limits> all = plan.limitsFor(sensor.get(), placement.get().quantity());
        TreeSet<Long> borders = new TreeSet<>(List.of(stretch.from()));
        for (Limits one : all) {
            one.span().from().map(Times::micros).filter(stretch::contains).ifPresent(borders::add);
            one.span().to().map(Times::micros).filter(stretch::contains).ifPresent(borders::add);
        }
        List<LimitLine> lines = new ArrayList<>();
        for (long from : borders) {
            Long next = borders.higher(from);
            long to = next == null ? stretch.to() : next;
            Instant at = Times.instant(from);
            all.stream()
                    .filter(one -> one.span().contains(at))
                    .findFirst()
                    .map(one -> LimitLine.of(one, unit, from, to))
                    .ifPresent(lines::add);
        }
        return lines;
    }

    /** The limits of a text at a moment. */
    Optional<Limits> textLimits(Plan plan, long at) {
        return sensor.isEmpty() || placement.isEmpty()
                ? Optional.empty()
                : plan.limits(sensor.get(), placement.get().quantity(), Times.instant(at));
    }
}
