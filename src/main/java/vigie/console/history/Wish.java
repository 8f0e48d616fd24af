package vigie.console.history;

import vigie.console.history.chart.Stretch;
import vigie.point.PointId;

import java.util.List;

/**
 * What a chart needs to know.
 *
 * @param points of which
 * @param stretch from when to when
 * @param buckets how many at most
 * @param shift how much earlier a period is wanted too, microseconds; 0: none
 * @param toPresent whether it ends at the present: the live feed tells what comes after it
 */
record Wish(List<PointId> points, Stretch stretch, int buckets, long shift, boolean toPresent) {
    /** Finer by this factor than what is shown, an answer is as good as one made for it. */
    private static final double FINER = 5;

    /** Coarser by this factor, it is not good enough. */
    private static final double COARSER = 1.3;

    Wish {
        points = List.copyOf(points);
    }

    double perBucket() {
        return (double) stretch.width() / buckets;
    }

    /** Whether an answer to this one is an answer to another one too, for what both cover. */
    boolean suits(Wish other) {
        double ratio = perBucket() / other.perBucket();
        return points.equals(other.points)
                && shift == other.shift
                && ratio <= COARSER
                && ratio >= 1 / FINER;
    }

    /** Whether somebody who waits for another one is glad of the answer to this one. */
    boolean helps(Wish other) {
        return suits(other) && stretch.overlaps(other.stretch);
    }
}
