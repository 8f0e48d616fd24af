package vigie.console.history.chart;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The value axes of the lanes. While somebody drags they only grow, or every curve would dance;
 * afterwards they settle.
 */
final class Scales {
    private static final double PIXELS_BETWEEN_LINES = 32;

    /**
     * What is normal is shown with the curve, so that a calm sensor looks calm: its last digit's
     * noise over the whole height would look like trouble. Limits much further away than the curve
     * moves would leave a line without any shape.
     */
    private static final double NEAR = 16;

    private Map<String, ValueScale> known = new HashMap<>();

    /**
     * The axis of each lane, in their order.
     *
     * @param settle false while somebody drags
     */
    List<ValueScale> of(Scene scene, ChartLayout layout, double scale, boolean settle) {
        Map<String, ValueScale> next = new HashMap<>();
        List<ValueScale> scales = new java.util.ArrayList<>();
        for (int i = 0; i < scene.lanes().size(); i++) {
            Scene.Lane lane = scene.lanes().get(i);
            double[] range = range(scene, lane);
            ValueScale before = known.get(lane.unit());
            if (before != null && before.equals(ValueScale.BLANK)) {
                before = null;
            }
            if (!settle && before != null) {
                if (Double.isNaN(range[0]) || before.suits(range[0], range[1])) {
                    next.put(lane.unit(), before);
                    scales.add(before);
                    continue;
                }
                range[0] = Math.min(range[0], before.low());
                range[1] = Math.max(range[1], before.high());
            }
            int lines = (int) Math.max(2, layout.lane(i).height() / (PIXELS_BETWEEN_LINES * scale));
            int decimals = lane.curves().stream().mapToInt(Scene.Curve::decimals).max().orElse(0);
            ValueScale made =
                    Double.isNaN(range[0])
                            ? ValueScale.BLANK
                            : ValueScale.around(
                                    range[0],
                                    range[1],
                                    lines,
                                    Math.max(
                                            Math.pow(10, -decimals) * 4,
                                            Math.abs(range[1]) * 1e-9));
            next.put(lane.unit(), made);
            scales.add(made);
        }
        known = next;
        return scales;
    }

    private static double[] range(Scene scene, Scene.Lane lane) {
        double low = Double.NaN;
        double high = Double.NaN;
        for (Scene.Curve curve : lane.curves()) {
            double[] own = curve.track().extremes(scene.stretch());
            low = least(low, own[0]);
            high = -least(-high, -own[1]);
            Track before = curve.before();
            if (before != null && scene.shift() != 0) {
                double[] earlier = before.extremes(scene.stretch().moved(-scene.shift()));
                low = least(low, earlier[0]);
                high = -least(-high, -earlier[1]);
            }
        }
        double from = low;
        double to = high;
        for (Scene.Curve curve : lane.curves()) {
            for (LimitLine line : curve.limits()) {
                from = least(from, line.low());
                to = -least(-to, -line.high());
            }
        }
        return to - from <= (high - low) * NEAR
                ? new double[] {from, to}
                : new double[] {low, high};
    }

    private static double least(double one, double other) {
        return Double.isNaN(one) ? other : Double.isNaN(other) ? one : Math.min(one, other);
    }
}
