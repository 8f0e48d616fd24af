package vigie.console.history;

import vigie.console.history.chart.Stretch;
import vigie.history.PointRange;

import java.util.List;

/**
 * What was found.
 *
 * @param wish what was asked
 * @param ranges the points that have a history
 * @param before the same, so much earlier as the wish says; empty where nothing is compared
 */
record Answer(Wish wish, List<PointRange> ranges, List<PointRange> before) {
    Answer {
        ranges = List.copyOf(ranges);
        before = List.copyOf(before);
    }

    Stretch stretch() {
        return wish.stretch();
    }
}
