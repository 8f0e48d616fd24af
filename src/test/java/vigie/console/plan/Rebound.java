package vigie.console.plan;

import vigie.plan.ElementId;
import vigie.plan.Placement;
import vigie.plan.Plan;
import vigie.plan.PlanFile;
import vigie.plan.Quantity;
import vigie.plan.Span;
import vigie.point.PointId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The reference room with a second point on a sensor, whose binding ends. */
final class Rebound {
    private Rebound() {}

    static Plan plan(ElementId sensor, Instant end) {
        Plan plan = PlanFile.builtIn();
        List<Placement> placements = new ArrayList<>(plan.placements());
        placements.add(
                new Placement(
                        new PointId("sensor.tried_for_a_while"),
                        sensor,
                        Quantity.TEMPERATURE,
                        new Span(Optional.empty(), Optional.of(end))));
        return new Plan(plan.label(), plan.elements(), placements, plan.limits());
    }
}
