package vigie.console.history;

import javafx.animation.AnimationTimer;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;

import vigie.console.history.chart.ChartSurface;
import vigie.console.history.chart.Crosshair;
import vigie.console.history.chart.Projection;
import vigie.console.style.Palette;
import vigie.history.Times;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The chart: paints at most once a frame, and only when something changed. JavaFX thread only.
 *
 * <p>Mouse: dragging moves the time, the wheel zooms about the pointer, with Shift it moves; a
 * double click zooms in. Touch: one finger moves, two zoom. Keys: the arrows left and right move,
 * with Shift they move the crosshair; up and down go from curve to curve; {@code +} and {@code -}
 * zoom; Page keys move by a whole width; Home is the range the chart was opened with, End the
 * present; a digit is a range.
 */
final class ChartView extends Region {
    private final ChartModel model;
    private final ChartSurface surface;
    private final Pulse pulse = new Pulse();
    private OptionalDouble crossX = OptionalDouble.empty();
    private double crossY;
    private double scale = 1;
    private long painted;
    private final Region mark = new Region();
    private Optional<Instant> marked = Optional.empty();

    ChartView(ChartModel model, Palette palette) {
        this.model = model;
        surface = new ChartSurface(palette);
        getStyleClass().add("chart");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        mark.getStyleClass().add("chart-mark");
        mark.setMouseTransparent(true);
        mark.setVisible(false);
        getChildren().addAll(surface.node(), mark);
        model.sceneProperty().addListener(change -> paintSoon());
        new ChartInput(this, model);
    }

    /** How much larger than designed it is painted. */
    void setScale(double newScale) {
        scale = newScale;
        requestLayout();
    }

    /** Marks a moment; the curves are not painted for it. */
    void mark(Optional<Instant> moment) {
        marked = moment;
        placeMark();
    }

    private void placeMark() {
        mark.setVisible(false);
        if (marked.isPresent() && model.isShown() && getWidth() >= 1) {
            Projection projection = projection();
            double x = Math.round(projection.x(Times.micros(marked.get())));
            if (x >= projection.left() && x <= projection.left() + projection.width()) {
                double wide = Math.max(2, Math.round(2 * scale));
                mark.resizeRelocate(
                        x - wide / 2, surface.top(), wide, surface.bottom() - surface.top());
                mark.setVisible(true);
            }
        }
    }

    /** Where the curves are. */
    Projection projection() {
        return surface.projection();
    }

    boolean onCurves(double x, double y) {
        return surface.onCurves(x, y);
    }

    /** Puts the crosshair somewhere. */
    void cross(double x, double y) {
        crossX = OptionalDouble.of(x);
        crossY = y;
        paintSoon();
    }

    void crossNowhere() {
        if (crossX.isPresent()) {
            crossX = OptionalDouble.empty();
            paintSoon();
        }
    }

    /** Moves the crosshair by pixels; into the middle where there was none. */
    void crossBy(double dx) {
        Projection projection = projection();
        double middle = projection.left() + projection.width() / 2;
        double at = crossX.isPresent() ? crossX.getAsDouble() + dx * scale : middle;
        cross(
                Math.clamp(at, projection.left(), projection.left() + projection.width() - 1),
                crossX.isPresent() ? crossY : getHeight() / 2);
    }

    /** What stands under the crosshair; empty: there is none. */
    Optional<Crosshair> crosshair() {
        if (crossX.isEmpty()) {
            return Optional.empty();
        }
        Projection projection = projection();
        return Optional.of(
                Crosshair.at(
                        projection.at(crossX.getAsDouble()),
                        model.sceneProperty().get(),
                        projection.perPixel(),
                        model.figures()));
    }

    /** How often it was painted since the beginning. */
    long painted() {
        return painted;
    }

    @Override
    protected void layoutChildren() {
        if (getWidth() < 1 || getHeight() < 1) {
            return;
        }
        surface.resize(getWidth(), getHeight(), scale);
        paint();
    }

    private void paintSoon() {
        pulse.start();
    }

    private void paint() {
        if (getWidth() < 1 || getHeight() < 1 || !model.isShown()) {
            return;
        }
        painted++;
        surface.paint(model.sceneProperty().get(), model.figures(), !model.isHeld());
        placeMark();
        model.setPixels((int) Math.ceil(projection().width()));
        Optional<Crosshair> found = crosshair();
        if (found.isEmpty()) {
            surface.clearCrosshair();
            setAccessibleText(model.titleProperty().get());
            return;
        }
        surface.crosshair(crossX.orElse(0), crossY, found.get());
        StringBuilder spoken = new StringBuilder(found.get().time());
        for (Crosshair.Row row : found.get().rows()) {
            spoken.append("; ").append(row.name()).append(": ").append(row.value());
            if (!row.detail().isEmpty()) {
                spoken.append(", ").append(row.detail());
            }
        }
        setAccessibleText(spoken.toString());
    }

    /** Runs only while there is something to paint. */
    private final class Pulse extends AnimationTimer {
        @Override
        public void handle(long now) {
            stop();
            paint();
        }
    }
}
