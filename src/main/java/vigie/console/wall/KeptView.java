package vigie.console.wall;

import vigie.console.plan.PlanLook;
import vigie.console.replay.PanelSize;
import vigie.plan.ElementId;

import java.util.Optional;

/**
 * How somebody left a window, so that the next one begins there. Nothing of it is a fact of the
 * room, and the time that was looked at is not in it: a window begins in the present.
 *
 * @param part the part of the plan in view; empty: the whole
 * @param selected what was selected; empty: nothing
 * @param filter what was typed into the list of points
 * @param side whether the column of tiles and lists is shown beside the plan
 * @param timeline how much of the window the timeline has when it is shown; empty: as usual
 * @param place where the window was; empty: it filled the screen
 */
public record KeptView(
        Optional<PlanLook> part,
        Optional<ElementId> selected,
        String filter,
        boolean side,
        Optional<PanelSize> timeline,
        Optional<Place> place) {
    /**
     * A window's place on the screens, in the toolkit's pixels.
     *
     * @param width positive
     * @param height positive
     */
    public record Place(double x, double y, double width, double height) {}

    /** The same in a window that did not fill the screen. */
    public KeptView at(Place where) {
        return new KeptView(part, selected, filter, side, timeline, Optional.of(where));
    }
}
