package vigie.console.history.chart;

import org.jspecify.annotations.Nullable;

import vigie.history.series.Kind;
import vigie.plan.Deviation;
import vigie.point.PointId;

import java.util.List;
import java.util.Optional;

/**
 * What a chart shows, ready to be painted. Immutable.
 *
 * @param stretch of time
 * @param now the present; what lies after it is the future
 * @param follows whether the right edge stays at the present
 * @param lanes numbers, one lane for each unit
 * @param strips texts and on/off points
 * @param changes where a point's unit became another
 * @param shift how much earlier the compared period is, microseconds; 0: none is compared
 * @param marked whose curve is lifted out of the others; empty: none
 * @param empty what stands in place of curves where there are none; empty: curves are there
 */
public record Scene(
        Stretch stretch,
        long now,
        boolean follows,
        List<Lane> lanes,
        List<Strip> strips,
        List<Change> changes,
        long shift,
        Optional<PointId> marked,
        String empty) {
    public Scene {
        lanes = List.copyOf(lanes);
        strips = List.copyOf(strips);
        changes = List.copyOf(changes);
    }

    /**
     * A point's unit became another.
     *
     * @param units both, for people
     */
    public record Change(long at, String units) {}

    /**
     * The curves of one unit.
     *
     * @param unit as recorded; empty for numbers without one
     */
    public record Lane(String unit, List<Curve> curves) {
        public Lane {
            curves = List.copyOf(curves);
        }
    }

    /**
     * A curve.
     *
     * @param point whose
     * @param name for people
     * @param kind what its history is made of
     * @param decimals that its numbers are worth
     * @param track its buckets
     * @param before those of the compared period, at their own times; null where none is compared
     * @param limits in order of time; empty where nothing is limited
     */
    public record Curve(
            PointId point,
            String name,
            Kind kind,
            int decimals,
            Track track,
            @Nullable Track before,
            List<LimitLine> limits) {
        public Curve {
            limits = List.copyOf(limits);
        }
    }

    /** A text or on/off point. */
    public record Strip(PointId point, String name, List<Span> spans) {
        public Strip {
            spans = List.copyOf(spans);
        }
    }

    /**
     * How long a text stood.
     *
     * @param text for people; of a bad one the reason
     * @param known false: nobody knows what it was
     * @param lit whether it is drawn filled: on, as against off
     * @param deviation how far it is from normal
     */
    public record Span(
            long from, long to, String text, boolean known, boolean lit, Deviation deviation) {}

    /** Nothing but a remark. */
    public static Scene nothing(Stretch stretch, long now, String remark) {
        return new Scene(
                stretch, now, false, List.of(), List.of(), List.of(), 0, Optional.empty(), remark);
    }

    /** The same chart of another stretch. */
    public Scene at(Stretch other) {
        return new Scene(other, now, follows, lanes, strips, changes, shift, marked, empty);
    }
}
