package vigie.console.plan;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.TextAlignment;

import vigie.console.style.Palette;
import vigie.console.style.Role;

/**
 * Draws crisp lines, shapes and text on a canvas, in pixels of the plan: the plan's origin is (0,
 * 0), whichever part of it the canvas shows. Upright edges fall on whole pixels of the device.
 * JavaFX thread only.
 */
final class Pen {
    /** On which side of a point a text lies. */
    enum Side {
        LEFT_OF,
        CENTRED,
        RIGHT_OF
    }

    private final GraphicsContext context;
    private final Palette palette;
    private final Scale scale;
    private final double density;
    private final Ink ink;
    private boolean dashed;

    /**
     * @param left the canvas's left edge in pixels of the plan
     * @param top its top edge
     * @param density device pixels for one pixel
     */
    Pen(
            GraphicsContext context,
            Palette palette,
            Scale scale,
            double left,
            double top,
            double density) {
        this(context, palette, scale, left, top, density, Ink.NONE);
    }

    /**
     * @param ink is told of texts and signs
     */
    Pen(
            GraphicsContext context,
            Palette palette,
            Scale scale,
            double left,
            double top,
            double density,
            Ink ink) {
        this.ink = ink;
        this.context = context;
        this.palette = palette;
        this.scale = scale;
        this.density = density;
        context.setTransform(1, 0, 0, 1, -left, -top);
        context.setLineCap(StrokeLineCap.BUTT);
        context.setLineJoin(StrokeLineJoin.MITER);
    }

    Scale scale() {
        return scale;
    }

    Color colour(Role role) {
        return palette.colour(role);
    }

    Color colour(Role role, double opacity) {
        return palette.colour(role, opacity);
    }

    /** The colour of a step of {@link vigie.picture.Change}. */
    Color difference(int step) {
        return palette.difference(step, vigie.picture.Change.MOST_STEPS);
    }

    /** The nearest edge between two device pixels. */
    double edge(double at) {
        return Math.round(at * density) / density;
    }

    /** Where the middle of a line of a width must lie to fill whole device pixels. */
    double middle(double at, double width) {
        double half = Math.max(1, Math.round(width * density)) / density / 2;
        return edge(at - half) + half;
    }

    void fill(Color colour, Extent area) {
        double left = edge(area.left());
        double top = edge(area.top());
        context.setFill(colour);
        context.fillRect(left, top, edge(area.right()) - left, edge(area.bottom()) - top);
    }

    void fillRound(Color colour, Extent area, double radius) {
        double left = edge(area.left());
        double top = edge(area.top());
        context.setFill(colour);
        context.fillRoundRect(
                left,
                top,
                edge(area.right()) - left,
                edge(area.bottom()) - top,
                2 * radius,
                2 * radius);
    }

    /**
     * A frame whose line lies inside the area. Whole lines are filled bars: measured, a software
     * pipeline fills a bar many times faster than it strokes one.
     */
    void frame(Color colour, double width, Extent area) {
        double line = Math.max(1, Math.round(width * density)) / density;
        double left = edge(area.left());
        double top = edge(area.top());
        double wide = edge(area.right()) - left;
        double high = edge(area.bottom()) - top;
        if (dashed) {
            stroke(colour, width);
            context.strokeRect(left + line / 2, top + line / 2, wide - line, high - line);
            return;
        }
        context.setFill(colour);
        context.fillRect(left, top, wide, line);
        context.fillRect(left, top + high - line, wide, line);
        context.fillRect(left, top + line, line, high - 2 * line);
        context.fillRect(left + wide - line, top + line, line, high - 2 * line);
    }

    void frameRound(Color colour, double width, Extent area, double radius) {
        stroke(colour, width);
        double line = Math.max(1, Math.round(width * density)) / density;
        double left = edge(area.left()) + line / 2;
        double top = edge(area.top()) + line / 2;
        context.strokeRoundRect(
                left,
                top,
                edge(area.right()) - line / 2 - left,
                edge(area.bottom()) - line / 2 - top,
                2 * radius,
                2 * radius);
    }

    void dashedFrame(Color colour, double width, Extent area) {
        dashes(scale.units(4), scale.units(3));
        frame(colour, width, area);
        dashes();
    }

    /** Lengths of line and gap for what is drawn next; none: whole lines. */
    void dashes(double... lengths) {
        dashed = lengths.length > 0;
        context.setLineDashes(lengths);
    }

    void line(Color colour, double width, double x1, double y1, double x2, double y2) {
        double line = Math.max(1, Math.round(width * density)) / density;
        if (!dashed && x1 == x2) {
            double top = edge(Math.min(y1, y2));
            context.setFill(colour);
            context.fillRect(middle(x1, width) - line / 2, top, line, edge(Math.max(y1, y2)) - top);
        } else if (!dashed && y1 == y2) {
            double left = edge(Math.min(x1, x2));
            context.setFill(colour);
            context.fillRect(
                    left, middle(y1, width) - line / 2, edge(Math.max(x1, x2)) - left, line);
        } else {
            stroke(colour, width);
            context.strokeLine(x1, y1, x2, y2);
        }
    }

    /** An open line through points given as x, y, x, y, … */
    void path(Color colour, double width, double... points) {
        stroke(colour, width);
        trace(points);
        context.stroke();
    }

    /** A filled shape with corners given as x, y, x, y, … */
    void shape(Color colour, double... points) {
        context.setFill(colour);
        trace(points);
        context.closePath();
        context.fill();
    }

    /** The outline of a shape with corners given as x, y, x, y, … */
    void outline(Color colour, double width, double... points) {
        stroke(colour, width);
        trace(points);
        context.closePath();
        context.stroke();
    }

    void disc(Color colour, double x, double y, double radius) {
        context.setFill(colour);
        context.fillOval(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    void ring(Color colour, double width, double x, double y, double radius) {
        stroke(colour, width);
        context.strokeOval(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    /** A part of a circle, degrees counter-clockwise from the east. */
    void arc(
            Color colour,
            double width,
            double x,
            double y,
            double radius,
            double start,
            double length) {
        stroke(colour, width);
        context.strokeArc(
                x - radius,
                y - radius,
                2 * radius,
                2 * radius,
                start,
                length,
                javafx.scene.shape.ArcType.OPEN);
    }

    /**
     * Parallel lines over an area, at 45° rising to the right or to the left. They lie on one grid
     * over the whole plan, so that areas side by side continue each other.
     */
    void hatch(Color colour, double width, Extent area, double distance, boolean rising) {
        stroke(colour, width);
        context.beginPath();
        double slope = rising ? 1 : -1;
        // The lines are x·slope + y = c; c runs over the multiples of the distance that cut the
        // area.
        double least = rising ? area.left() + area.top() : area.top() - area.right();
        double most = rising ? area.right() + area.bottom() : area.bottom() - area.left();
        for (double c = Math.ceil(least / distance) * distance; c < most; c += distance) {
            double yLeft = c - slope * area.left();
            double yRight = c - slope * area.right();
            double y1 = Math.clamp(yLeft, area.top(), area.bottom());
            double y2 = Math.clamp(yRight, area.top(), area.bottom());
            context.moveTo((c - y1) / slope, y1);
            context.lineTo((c - y2) / slope, y2);
        }
        context.stroke();
    }

    /** Text on a line whose capitals are centred on y. */
    void text(
            String text,
            double x,
            double y,
            Side side,
            Lettering.Weight weight,
            double size,
            Color colour) {
        double width = Lettering.width(text, weight, size);
        double from =
                switch (side) {
                    case LEFT_OF -> x - width;
                    case CENTRED -> x - width / 2;
                    case RIGHT_OF -> x;
                };
        double baseline = y + size * Lettering.CAPITAL / 2;
        letters(text, from, baseline, weight, size, colour);
        ink.text(text, weight, size, edge(from), edge(baseline), false);
    }

    /** A letter that is part of a sign, centred on a point. */
    void letter(String letter, double x, double y, double size, Color colour) {
        letters(
                letter,
                x - Lettering.width(letter, Lettering.Weight.BOLD, size) / 2,
                y + size * Lettering.CAPITAL / 2,
                Lettering.Weight.BOLD,
                size,
                colour);
    }

    /** Says that a sign has been drawn which stands where a text could. */
    void signed(Ink.Kind kind, Extent box) {
        ink.sign(kind, box);
    }

    private void letters(
            String text,
            double from,
            double baseline,
            Lettering.Weight weight,
            double size,
            Color colour) {
        context.setFill(colour);
        context.setFont(Lettering.font(weight, size));
        context.setTextAlign(TextAlignment.LEFT);
        context.fillText(text, edge(from), edge(baseline));
    }

    /** Spaced capitals centred on a point, read upwards where {@code upwards} is true. */
    void title(String text, double x, double y, boolean upwards, double size, Color colour) {
        double gap = size * 0.22;
        double length = titleLength(text, size);
        titled(text, x, y, upwards, size);
        context.save();
        context.translate(x, y);
        if (upwards) {
            context.rotate(-90);
        }
        context.setFill(colour);
        context.setFont(Lettering.font(Lettering.Weight.REGULAR, size));
        context.setTextAlign(TextAlignment.LEFT);
        double at = -length / 2;
        double baseline = size * Lettering.CAPITAL / 2;
        for (int i = 0; i < text.length(); ) {
            String letter = Character.toString(text.codePointAt(i));
            context.fillText(letter, at, baseline);
            at += Lettering.width(letter, Lettering.Weight.REGULAR, size) + gap;
            i += letter.length();
        }
        context.restore();
    }

    /** Text read upwards, centred on a point. */
    void upwards(String text, double x, double y, double size, Color colour) {
        context.save();
        context.translate(edge(x + size * Lettering.CAPITAL / 2), edge(y));
        context.rotate(-90);
        context.setFill(colour);
        context.setFont(Lettering.font(Lettering.Weight.REGULAR, size));
        context.setTextAlign(TextAlignment.LEFT);
        double half = Lettering.width(text, Lettering.Weight.REGULAR, size) / 2;
        context.fillText(text, -half, 0);
        context.restore();
        ink.text(
                text,
                Lettering.Weight.REGULAR,
                size,
                edge(x + size * Lettering.CAPITAL / 2),
                edge(y) + half,
                true);
    }

    /** Each letter of a title for itself: they are spaced. */
    private void titled(String text, double x, double y, boolean upwards, double size) {
        double at = -titleLength(text, size) / 2;
        double aside = size * Lettering.CAPITAL / 2;
        for (int i = 0; i < text.length(); ) {
            String letter = Character.toString(text.codePointAt(i));
            ink.text(
                    letter,
                    Lettering.Weight.REGULAR,
                    size,
                    upwards ? x + aside : x + at,
                    upwards ? y - at : y + aside,
                    upwards);
            at += Lettering.width(letter, Lettering.Weight.REGULAR, size) + size * 0.22;
            i += letter.length();
        }
    }

    /** How long {@link #title} is. */
    static double titleLength(String text, double size) {
        double letters = text.codePointCount(0, text.length());
        return Lettering.width(text, Lettering.Weight.REGULAR, size)
                + Math.max(0, letters - 1) * size * 0.22;
    }

    private void stroke(Color colour, double width) {
        context.setStroke(colour);
        context.setLineWidth(Math.max(1, Math.round(width * density)) / density);
    }

    private void trace(double... points) {
        context.beginPath();
        context.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            context.lineTo(points[i], points[i + 1]);
        }
    }
}
