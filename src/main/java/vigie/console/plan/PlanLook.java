package vigie.console.plan;

import vigie.plan.Spot;

/**
 * A part of the plan as somebody looks at it, apart from the size of the view.
 *
 * @param middle what lies in the middle of the view
 * @param zoom how much larger than the whole plan in that view; positive
 */
public record PlanLook(Spot middle, double zoom) {
    public PlanLook {
        if (!(zoom > 0) || Double.isInfinite(zoom)) {
            throw new IllegalArgumentException("not a zoom: " + zoom);
        }
    }
}
