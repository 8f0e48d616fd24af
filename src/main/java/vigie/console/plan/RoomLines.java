package vigie.console.plan;

import vigie.plan.Spot;

import java.util.Arrays;
import java.util.List;

/** Where a straight line runs inside an outline: a clip would cost a software pipeline dearly. */
final class RoomLines {
    private RoomLines() {}

    /** The parts of the upright line at x inside: from, to, from, to, …, ascending. */
    static double[] upright(List<Spot> outline, double x) {
        double[] crossings = new double[outline.size()];
        int count = 0;
        Spot before = outline.getLast();
        for (Spot corner : outline) {
            if (corner.x() > x != before.x() > x) {
                double share = (x - corner.x()) / (before.x() - corner.x());
                crossings[count++] = corner.y() + share * (before.y() - corner.y());
            }
            before = corner;
        }
        return sorted(crossings, count);
    }

    /** The parts of the level line at y inside: from, to, from, to, …, ascending. */
    static double[] level(List<Spot> outline, double y) {
        return upright(outline.stream().map(spot -> new Spot(spot.y(), spot.x())).toList(), y);
    }

    private static double[] sorted(double[] crossings, int count) {
        double[] found = Arrays.copyOf(crossings, count);
        Arrays.sort(found);
        return found;
    }
}
