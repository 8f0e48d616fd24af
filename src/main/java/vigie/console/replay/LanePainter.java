package vigie.console.replay;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

import vigie.console.history.chart.Projection;
import vigie.console.history.chart.Stretch;
import vigie.console.history.chart.Tick;
import vigie.console.history.chart.TimeTicks;
import vigie.console.style.Palette;
import vigie.console.style.Role;
import vigie.console.style.Size;
import vigie.console.style.Typography;
import vigie.console.words.Figures;
import vigie.history.Times;
import vigie.plan.Deviation;
import vigie.timeline.Occurrence;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Paints the lanes and the row of times below them. */
final class LanePainter {
    private static final double LEFT = 132;
    private static final double RIGHT = 10;
    private static final double FLAG = 18;
    private static final double TICKS = 34;
    private static final double BETWEEN_TICKS = 74;

    /** Shorter, nobody would see that something happened. */
    private static final double LEAST = 2.5;

    /**
     * What is painted.
     *
     * @param stretch of time
     * @param events in order of time
     * @param begins the first microsecond of the past
     * @param present the last
     */
    record Scene(Stretch stretch, List<Occurrence> events, long begins, long present) {}

    private final Palette palette;
    private final double width;
    private final double height;
    private final double scale;

    LanePainter(Palette palette, double width, double height, double scale) {
        this.palette = palette;
        this.width = width;
        this.height = height;
        this.scale = scale;
    }

    double left() {
        return Math.min(LEFT * scale, width / 3);
    }

    double right() {
        return Math.max(left() + 1, width - RIGHT * scale);
    }

    double top() {
        return FLAG * scale;
    }

    double bottom() {
        return Math.max(top() + 1, height - TICKS * scale);
    }

    Projection projection(Stretch stretch) {
        return new Projection(stretch, left(), right() - left());
    }

    private double laneTop(Lane lane) {
        return top() + lane.row() * laneHeight();
    }

    private double laneHeight() {
        return (bottom() - top()) / Lane.values().length;
    }

    void paint(GraphicsContext pen, Scene scene, Figures figures) {
        pen.clearRect(0, 0, width, height);
        Projection projection = projection(scene.stretch());
        grounds(pen, figures);
        ticks(pen, scene, figures);
        recorded(pen, scene, projection);
        // The worse are painted later, over the others.
        for (Deviation deviation : Deviation.values()) {
            Map<Occurrence.Kind, Double> last = new EnumMap<>(Occurrence.Kind.class);
            for (Occurrence event : scene.events()) {
                if (event.deviation() == deviation) {
                    event(pen, event, scene, projection, last);
                }
            }
        }
        unknown(pen, scene, projection);
    }

    private void grounds(GraphicsContext pen, Figures figures) {
        Font caption = Typography.font(Size.CAPTION, Typography.Weight.REGULAR, scale);
        for (Lane lane : Lane.values()) {
            double y = laneTop(lane);
            pen.setFill(palette.colour(Role.TRACK));
            pen.fillRect(left(), y + scale, right() - left(), laneHeight() - 2 * scale);
            pen.setFont(caption);
            pen.setFill(palette.colour(Role.TEXT_MUTED));
            pen.setTextAlign(TextAlignment.RIGHT);
            pen.fillText(
                    figures.words().say("replay.lane." + lane.word()),
                    left() - 8 * scale,
                    y + laneHeight() / 2 + 4.5 * scale,
                    left() - 12 * scale);
        }
    }

    private void ticks(GraphicsContext pen, Scene scene, Figures figures) {
        Font caption = Typography.font(Size.CAPTION, Typography.Weight.REGULAR, scale);
        int most = (int) Math.max(2, (right() - left()) / (BETWEEN_TICKS * scale));
        Projection projection = projection(scene.stretch());
        pen.setFont(caption);
        pen.setLineWidth(Math.max(1, scale));
        double free = Double.NEGATIVE_INFINITY;
        double freeBelow = Double.NEGATIVE_INFINITY;
        for (Tick tick : new TimeTicks(figures.zone(), figures.words()).of(scene.stretch(), most)) {
            double x = Math.round(projection.x(tick.at())) + 0.5;
            pen.setStroke(palette.colour(tick.strong() ? Role.LINE_STRONG : Role.LINE));
            pen.strokeLine(x, top(), x, bottom() + 3 * scale);
            pen.setTextAlign(TextAlignment.CENTER);
            double half = tick.label().length() * 3.4 * scale;
            if (x - half > free && x + half < width) {
                pen.setFill(palette.colour(Role.TEXT));
                pen.fillText(tick.label(), x, bottom() + 15 * scale);
                free = x + half + 6 * scale;
            }
            half = tick.context().length() * 3.4 * scale;
            if (!tick.context().isEmpty() && x - half > freeBelow) {
                pen.setFill(palette.colour(Role.TEXT_MUTED));
                pen.setTextAlign(x + half > width ? TextAlignment.RIGHT : TextAlignment.CENTER);
                pen.fillText(tick.context(), Math.min(x, width), bottom() + 30 * scale);
                freeBelow = x + half + 6 * scale;
            }
        }
    }

    /** A line through the lane of data wherever there are any; outages are cut out of it. */
    private void recorded(GraphicsContext pen, Scene scene, Projection projection) {
        double from = clamp(projection.x(scene.begins()));
        double to = clamp(projection.x(scene.present()));
        double middle = laneTop(Lane.DATA) + laneHeight() / 2;
        pen.setFill(palette.colour(Role.NORMAL));
        pen.fillRect(from, middle - 1.5 * scale, Math.max(0, to - from), 3 * scale);
    }

    private void event(
            GraphicsContext pen,
            Occurrence event,
            Scene scene,
            Projection projection,
            Map<Occurrence.Kind, Double> last) {
        long began = Times.micros(event.at());
        long ended =
                event.to()
                        .map(Times::micros)
                        .orElseGet(() -> lasts(event) ? scene.present() : began);
        double from = projection.x(began);
        double to = Math.max(projection.x(ended), from + LEAST * scale);
        if (to < left() || from > right()) {
            return;
        }
        // A thousand in one column look like one.
        Double free = last.get(event.kind());
        if (free != null && to <= free) {
            return;
        }
        last.put(event.kind(), Math.max(to, Math.floor(from) + 1));
        paint(pen, event, clamp(from), clamp(to));
    }

    /** What has no end goes on; a note and a motion's beginning do not. */
    private static boolean lasts(Occurrence event) {
        return switch (event.kind()) {
            case LIMIT, DOOR, POWER, STATE, SENSOR_OUTAGE, RECORDER_OUTAGE -> true;
            case MOTION, NOTE -> false;
        };
    }

    private void paint(GraphicsContext pen, Occurrence event, double from, double to) {
        double top = laneTop(Lane.of(event.kind())) + 2 * scale;
        double high = laneHeight() - 4 * scale;
        double wide = Math.max(1, to - from);
        switch (event.kind()) {
            case LIMIT, STATE, POWER -> {
                // The more urgent is the taller, so that colour is not all that tells them apart.
                double share =
                        switch (event.deviation()) {
                            case NONE -> 0.35;
                            case WARNING -> 0.6;
                            case ALARM -> 1;
                        };
                pen.setFill(colour(event.deviation()));
                pen.fillRect(from, top + high * (1 - share), wide, high * share);
            }
            case MOTION -> {
                pen.setFill(palette.colour(Role.SENSOR_MOTION));
                pen.fillRect(from, top + high * 0.45, wide, high * 0.55);
            }
            case DOOR -> {
                pen.setStroke(palette.colour(Role.DOOR));
                pen.setLineWidth(Math.max(1, scale));
                pen.strokeRect(Math.floor(from) + 0.5, top + 0.5, Math.max(1, wide - 1), high - 1);
            }
            case SENSOR_OUTAGE -> {
                pen.setFill(palette.colour(Role.TRACK));
                pen.fillRect(from, top, wide, high);
                pen.setStroke(palette.colour(Role.UNCERTAIN));
                pen.setLineWidth(Math.max(1, scale));
                pen.setLineDashes(3 * scale, 2 * scale);
                double middle = top + high / 2;
                pen.strokeLine(from, middle, to, middle);
                pen.setLineDashes();
            }
            case RECORDER_OUTAGE -> {
                pen.setFill(palette.colour(Role.GROUND));
                pen.fillRect(from, top, wide, high);
                pen.setStroke(palette.colour(Role.BAD));
                pen.setLineWidth(Math.max(1, scale));
                pen.strokeRect(Math.floor(from) + 0.5, top + 0.5, Math.max(1, wide - 1), high - 1);
                if (wide > high) {
                    pen.strokeLine(from, top + high, from + high, top);
                    pen.strokeLine(to - high, top + high, to, top);
                }
            }
            case NOTE -> {
                pen.setFill(palette.colour(Role.FOCUS));
                // Narrow: it stands for one moment, not for the minutes after it.
                double side = Math.min(high * 0.6, 8 * scale);
                pen.fillRect(from, top, Math.max(1, 1.5 * scale), high);
                pen.fillPolygon(
                        new double[] {from, from + side, from},
                        new double[] {top, top + side * 0.6, top + side * 1.2},
                        3);
            }
        }
    }

    private Color colour(Deviation deviation) {
        return switch (deviation) {
            case NONE -> palette.colour(Role.NORMAL);
            case WARNING -> palette.colour(Role.PRIORITY_2);
            case ALARM -> palette.colour(Role.PRIORITY_1);
        };
    }

    /** Before the first record and after the present nothing is known. */
    private void unknown(GraphicsContext pen, Scene scene, Projection projection) {
        pen.setFill(palette.colour(Role.GROUND, 0.7));
        double from = clamp(projection.x(scene.begins()));
        double to = clamp(projection.x(scene.present()));
        pen.fillRect(left(), top(), from - left(), bottom() - top());
        pen.fillRect(to, top(), right() - to, bottom() - top());
    }

    private double clamp(double x) {
        return Math.clamp(x, left(), right());
    }
}
