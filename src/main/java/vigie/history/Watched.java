package vigie.history;

import vigie.point.PointId;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What is looked for in a point's past.
 *
 * @param kinds which events
 * @param above the limits for {@code ABOVE}, in the point's present unit; none: not looked for
 * @param below the limits for {@code BELOW}
 */
public record Watched(
        PointId point, Set<PastEvent.Kind> kinds, List<Double> above, List<Double> below) {
    public Watched {
        kinds = Set.copyOf(kinds);
        above = List.copyOf(above);
        below = List.copyOf(below);
    }

    boolean wants(PastEvent.Kind kind) {
        return kinds.contains(kind);
    }

    boolean wantsGaps() {
        return wants(PastEvent.Kind.GAP_BEGINS) || wants(PastEvent.Kind.GAP_ENDS);
    }

    /** The limits that count for {@code ABOVE}. */
    Collection<Double> highs() {
        return wants(PastEvent.Kind.ABOVE) ? above : List.of();
    }

    /** The limits that count for {@code BELOW}. */
    Collection<Double> lows() {
        return wants(PastEvent.Kind.BELOW) ? below : List.of();
    }
}
