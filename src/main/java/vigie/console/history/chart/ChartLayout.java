package vigie.console.history.chart;

import java.util.ArrayList;
import java.util.List;

/** Where things stand in a chart of a size. Pixels. */
final class ChartLayout {
    /** A lane or a strip. */
    record Row(double top, double bottom) {
        double height() {
            return bottom - top;
        }
    }

    private static final double LEFT = 64;
    private static final double RIGHT = 196;
    private static final double TOP = 20;
    private static final double AXIS = 44;
    private static final double BETWEEN = 26;
    private static final double STRIP = 24;
    private static final double BETWEEN_STRIPS = 6;

    /** Of all the height, strips take no more. */
    private static final double MOST_STRIPS = 0.6;

    private final double left;
    private final double right;
    private final double top;
    private final double axis;
    private final List<Row> lanes = new ArrayList<>();
    private final List<Row> strips = new ArrayList<>();

    ChartLayout(double width, double height, double scale, Scene scene) {
        left = Math.min(LEFT * scale, width / 4);
        right = Math.max(left + 1, width - Math.min(RIGHT * scale, width / 3));
        top = TOP * scale;
        axis = Math.max(top + 1, height - AXIS * scale);
        double room = axis - top;
        int laneCount = scene.lanes().size();
        int stripCount = scene.strips().size();
        double stripsHeight = stripCount * (STRIP + BETWEEN_STRIPS) * scale;
        if (laneCount > 0 && stripsHeight > room * MOST_STRIPS) {
            stripsHeight = room * MOST_STRIPS;
        }
        double stripHeight = stripCount == 0 ? 0 : Math.min(stripsHeight, room) / stripCount;
        double lanesRoom =
                room - stripsHeight - (stripCount > 0 && laneCount > 0 ? BETWEEN / 2 * scale : 0);
        double y = top;
        for (int i = 0; i < laneCount; i++) {
            double laneHeight = (lanesRoom - (laneCount - 1) * BETWEEN * scale) / laneCount;
            lanes.add(new Row(y, y + Math.max(8, laneHeight)));
            y += laneHeight + BETWEEN * scale;
        }
        y = laneCount == 0 ? top : axis - stripsHeight;
        for (int i = 0; i < stripCount; i++) {
            double between = Math.min(BETWEEN_STRIPS * scale, stripHeight / 4);
            strips.add(new Row(y + between, y + stripHeight));
            y += stripHeight;
        }
    }

    double left() {
        return left;
    }

    double right() {
        return right;
    }

    double width() {
        return right - left;
    }

    double top() {
        return top;
    }

    /** The foot of the curves, above the row of ticks. */
    double axis() {
        return axis;
    }

    Row lane(int index) {
        return lanes.get(index);
    }

    Row strip(int index) {
        return strips.get(index);
    }

    Projection projection(Stretch stretch) {
        return new Projection(stretch, left, width());
    }
}
