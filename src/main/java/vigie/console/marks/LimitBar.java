package vigie.console.marks;

import javafx.css.PseudoClass;
import javafx.scene.layout.Region;
import javafx.scene.shape.Polygon;

import vigie.plan.Deviation;
import vigie.plan.Limits;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A value between its limits: the whole range, in it the normal band, the alarm limits as ticks,
 * and a pointer where the value stands. Told by place first; colour only outside the limits.
 */
public final class LimitBar extends Region {
    private static final PseudoClass ALARM = PseudoClass.getPseudoClass("alarm");
    private static final PseudoClass WARNING = PseudoClass.getPseudoClass("warning");

    private final Region track = part("limit-track");
    private final Region band = part("limit-band");
    private final Region low = part("limit-tick");
    private final Region high = part("limit-tick");
    private final Polygon pointer = new Polygon();

    private Range range = new Range(0, 1, 0, 1, OptionalDouble.empty(), OptionalDouble.empty());
    private OptionalDouble value = OptionalDouble.empty();

    /**
     * What the bar spans.
     *
     * @param from its left end
     * @param to its right end
     * @param normalFrom where the normal band begins
     * @param normalTo where it ends
     * @param lowAlarm a tick; empty: none
     * @param highAlarm a tick; empty: none
     */
    public record Range(
            double from,
            double to,
            double normalFrom,
            double normalTo,
            OptionalDouble lowAlarm,
            OptionalDouble highAlarm) {
        /**
         * The range that shows limits with some air on both sides; empty where there is none to
         * show. Percentages are shown from 0 to 100.
         */
        public static Optional<Range> of(Limits limits) {
            OptionalDouble lowest = first(limits.lowAlarm(), limits.lowWarning());
            OptionalDouble highest = first(limits.highAlarm(), limits.highWarning());
            if (lowest.isEmpty() && highest.isEmpty()) {
                return Optional.empty();
            }
            boolean percent = limits.unit().equals("%");
            double from;
            double to;
            if (percent) {
                from = 0;
                to = 100;
            } else {
                double a = lowest.orElseGet(() -> Math.min(0, highest.orElse(0)));
                double b = highest.orElseGet(() -> lowest.orElse(1) * 4);
                double air = Math.max((b - a) * 0.15, 1e-6);
                from = lowest.isPresent() ? a - air : a;
                to = b + air;
            }
            return Optional.of(
                    new Range(
                            from,
                            to,
                            first(limits.lowWarning(), limits.lowAlarm()).orElse(from),
                            first(limits.highWarning(), limits.highAlarm()).orElse(to),
                            limits.lowAlarm(),
                            limits.highAlarm()));
        }

        /** Where a value stands: 0 at the left end, 1 at the right; values outside stop there. */
        double place(double at) {
            return Math.clamp((at - from) / (to - from), 0, 1);
        }

        private static OptionalDouble first(OptionalDouble one, OptionalDouble other) {
            return one.isPresent() ? one : other;
        }
    }

    public LimitBar() {
        getStyleClass().add("limit-bar");
        pointer.getStyleClass().add("limit-pointer");
        pointer.setManaged(false);
        getChildren().addAll(track, band, low, high, pointer);
        setMouseTransparent(true);
    }

    /** Shows a value; empty: the limits alone. */
    public void show(Range newRange, OptionalDouble newValue, Deviation deviation) {
        pseudoClassStateChanged(ALARM, deviation == Deviation.ALARM);
        pseudoClassStateChanged(WARNING, deviation == Deviation.WARNING);
        if (!newRange.equals(range) || !newValue.equals(value)) {
            range = newRange;
            value = newValue;
            requestLayout();
        }
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        double thick = Math.max(3, Math.round(height * 0.34));
        double top = height - thick;
        double line = Math.max(1, Math.round(height / 12));
        track.resizeRelocate(0, top, width, thick);
        double from = snapPositionX(range.place(range.normalFrom()) * width);
        double to = snapPositionX(range.place(range.normalTo()) * width);
        band.resizeRelocate(from, top, Math.max(0, to - from), thick);
        tick(low, range.lowAlarm(), width, top, thick, line);
        tick(high, range.highAlarm(), width, top, thick, line);
        pointer.setVisible(value.isPresent());
        if (value.isPresent()) {
            double half = Math.round(height * 0.36);
            double x = Math.clamp(range.place(value.getAsDouble()) * width, half, width - half);
            pointer.getPoints().setAll(x - half, 0.0, x + half, 0.0, x, top + thick * 0.4);
        }
    }

    private void tick(
            Region tick, OptionalDouble at, double width, double top, double thick, double line) {
        tick.setVisible(at.isPresent());
        double x = range.place(at.orElse(0)) * width;
        double most = Math.max(0, width - line);
        tick.resizeRelocate(snapPositionX(Math.clamp(x, 0, most)), top - line, line, thick + line);
    }

    private static Region part(String styleClass) {
        Region part = new Region();
        part.getStyleClass().add(styleClass);
        part.setManaged(false);
        return part;
    }
}
