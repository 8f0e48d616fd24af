package vigie.console.history.chart;

import java.util.Arrays;
import java.util.List;

/**
 * Paints curves into a raster: the envelope of least and greatest, the mean over it, what lies
 * outside its limits in the colours of their priorities, and what is not known as nothing.
 */
final class CurvePainter {
    /** Under this many pixels an envelope is hidden by its line. */
    private static final double THIN = 0.5;

    private final Columns columns = new Columns();
    private final Raster raster;
    private final double scale;
    private final int warning;
    private final int alarm;
    private final int hatch;

    CurvePainter(Raster raster, double scale, int warning, int alarm, int hatch) {
        this.raster = raster;
        this.scale = scale;
        this.warning = warning;
        this.alarm = alarm;
        this.hatch = hatch;
    }

    /** Where a lane is in the raster. */
    record Frame(ValueScale values, double top, double bottom) {
        double y(double value) {
            return values.y(value, top, bottom);
        }
    }

    /**
     * A curve.
     *
     * @param envelope opacity of its envelope, 0 for none
     */
    void curve(
            Track track,
            Projection projection,
            Frame frame,
            Stroke stroke,
            double envelope,
            List<LimitLine> limits) {
        track.reduce(projection, columns);
        int width = Math.min(columns.width(), raster.width());
        // Dashes move with the time they lie on.
        long phase = (long) Math.floor(projection.stretch().from() / projection.perPixel());
        double half = Math.max(0.5, stroke.thickness() * scale / 2);
        Limit limit = new Limit(limits, projection);
        for (int x = 0; x < width; x++) {
            double mean = columns.mean[x];
            if (Double.isNaN(mean)) {
                continue;
            }
            limit.at(x, frame);
            double y = frame.y(mean);
            double high = frame.y(columns.max[x]);
            double low = frame.y(columns.min[x]);
            if (envelope > 0 && low - high > THIN) {
                int tint = opaque(stroke.argb(), envelope);
                limit.split(x, frame, high - 0.5, low + 0.5, tint, 0.85);
            }
            if (!stroke.draws(phase + x, scale)) {
                continue;
            }
            double top = y;
            double bottom = y;
            boolean joined = x > 0 && !columns.begins[x];
            if (joined && !Double.isNaN(columns.mean[x - 1])) {
                double half1 = (y + frame.y(columns.mean[x - 1])) / 2;
                top = Math.min(top, half1);
                bottom = Math.max(bottom, half1);
            }
            boolean joins = x + 1 < width && !columns.begins[x + 1];
            if (joins && !Double.isNaN(columns.mean[x + 1])) {
                double half2 = (y + frame.y(columns.mean[x + 1])) / 2;
                top = Math.min(top, half2);
                bottom = Math.max(bottom, half2);
            }
            limit.split(x, frame, top - half, bottom + half, stroke.argb(), 1);
        }
    }

    /**
     * Marks what is not known: a lane in which nobody knows anything is hatched.
     *
     * @param drawsHatch false where a sentence says it
     */
    void gaps(
            List<Track> tracks, Projection projection, Frame frame, long now, boolean drawsHatch) {
        int width = Math.min((int) Math.ceil(projection.width()), raster.width());
        // Of which nothing is told has another unit there, and another lane: that is no gap.
        double[] least = new double[width];
        double[] most = new double[width];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (Track track : tracks) {
            track.reduce(projection, columns);
            for (int x = 0; x < width; x++) {
                double gap = columns.gap[x];
                if (!Double.isNaN(gap)) {
                    least[x] = Math.min(least[x], gap);
                    most[x] = Math.max(most[x], gap);
                }
            }
        }
        long phase = (long) Math.floor(projection.stretch().from() / projection.perPixel());
        int every = (int) Math.max(4, Math.round(7 * scale));
        double rail = Math.max(2, 3 * scale);
        int end = (int) Math.min(width, Math.ceil(projection.x(now) - projection.left()));
        for (int x = 0; x < end; x++) {
            if (drawsHatch && least[x] > 0.999 && least[x] <= 1) {
                raster.hatch(x, (int) frame.top(), (int) frame.bottom(), every, -phase, hatch);
            }
            if (most[x] > 0.001) {
                raster.run(
                        x,
                        frame.bottom() - rail,
                        frame.bottom(),
                        opaque(hatch, 0.35 + 0.65 * most[x]));
            }
        }
    }

    private static int opaque(int argb, double opacity) {
        return ((int) Math.round((argb >>> 24) * opacity) << 24) | (argb & 0xffffff);
    }

    /** Which limits hold at a column, as pixels. */
    private final class Limit {
        private final List<LimitLine> lines;
        private final Projection projection;
        private int index;
        private int known = -1;
        private double alarmTop = Double.NEGATIVE_INFINITY;
        private double warnTop = Double.NEGATIVE_INFINITY;
        private double warnBottom = Double.POSITIVE_INFINITY;
        private double alarmBottom = Double.POSITIVE_INFINITY;

        Limit(List<LimitLine> lines, Projection projection) {
            this.lines = lines;
            this.projection = projection;
        }

        void at(int x, Frame frame) {
            if (lines.isEmpty()) {
                return;
            }
            long moment =
                    projection.stretch().from() + Math.round((x + 0.5) * projection.perPixel());
            while (index < lines.size() - 1 && moment >= lines.get(index).to()) {
                index++;
            }
            if (index == known) {
                return;
            }
            known = index;
            LimitLine line = lines.get(index);
            alarmTop = pixel(line.highAlarm(), frame, Double.NEGATIVE_INFINITY);
            warnTop = Math.max(alarmTop, pixel(line.highWarning(), frame, alarmTop));
            alarmBottom = pixel(line.lowAlarm(), frame, Double.POSITIVE_INFINITY);
            warnBottom = Math.min(alarmBottom, pixel(line.lowWarning(), frame, alarmBottom));
        }

        private static double pixel(double value, Frame frame, double otherwise) {
            return Double.isNaN(value) ? otherwise : frame.y(value);
        }

        /** A run in the colours of the limits it crosses. A value on a limit is inside it. */
        void split(int x, Frame frame, double top, double bottom, int normal, double strength) {
            double from = Math.max(top, frame.top());
            double to = Math.min(bottom, frame.bottom());
            if (to <= from) {
                return;
            }
            if (from >= warnTop - 1 && to <= warnBottom + 1) {
                raster.run(x, from, to, normal);
                return;
            }
            outside(x, from, Math.min(to, alarmTop), alarm, strength);
            outside(x, Math.max(from, alarmTop), Math.min(to, warnTop), warning, strength);
            raster.run(x, Math.max(from, warnTop), Math.min(to, warnBottom), normal);
            outside(x, Math.max(from, warnBottom), Math.min(to, alarmBottom), warning, strength);
            outside(x, Math.max(from, alarmBottom), to, alarm, strength);
        }

        /** Wide enough to be seen from across the room, also where it was there for a second. */
        private void outside(int x, double top, double bottom, int colour, double strength) {
            if (bottom > top) {
                int wide = (int) Math.max(2, Math.round(1.5 * scale));
                for (int i = 0; i < wide; i++) {
                    raster.run(x + i, top, bottom, opaque(colour, strength));
                }
            }
        }
    }
}
