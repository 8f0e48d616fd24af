package vigie.console.plan;

import javafx.scene.canvas.Canvas;

import vigie.console.style.Palette;
import vigie.console.style.Role;
import vigie.console.words.ChangeWords;
import vigie.picture.Change;
import vigie.plan.Quantity;

import java.time.Instant;

/** Says which two moments are held against each other, and what the colours mean. */
final class DifferenceLegend {
    /** What is kept free under the plan for it, in pixels of the reference window. */
    static final double HEIGHT = 68;

    /** The corner beside it belongs to the scale bar. */
    private static final double BESIDE = 250;

    private static final double SWATCH = 34;

    private final Canvas canvas = new Canvas(10, 10);
    private String painted = "";

    DifferenceLegend() {
        canvas.setManaged(false);
        canvas.setMouseTransparent(true);
        canvas.setVisible(false);
    }

    Canvas node() {
        return canvas;
    }

    void hide() {
        canvas.setVisible(false);
    }

    /** Lies down at the lower left of a view, and paints where something is not as before. */
    void show(
            Instant now,
            Instant then,
            ChangeWords words,
            Palette palette,
            double width,
            double height,
            double density) {
        double unit = Scale.windowUnit(width, height);
        canvas.setVisible(true);
        String title = words.title(then);
        String shown = words.shown(now, then);
        String wanted =
                title
                        + '\n'
                        + shown
                        + '\n'
                        + width
                        + ' '
                        + height
                        + ' '
                        + density
                        + ' '
                        + palette.stylesheet();
        if (wanted.equals(painted)) {
            return;
        }
        painted = wanted;
        double wide = Math.max(1, width - BESIDE * unit);
        canvas.setWidth(wide);
        canvas.setHeight(HEIGHT * unit);
        canvas.setLayoutX(0);
        canvas.setLayoutY(height - HEIGHT * unit);
        var context = canvas.getGraphicsContext2D();
        context.setTransform(1, 0, 0, 1, 0, 0);
        context.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        Pen pen = new Pen(context, palette, new Scale(1, unit), 0, 0, density);
        pen.fill(pen.colour(Role.GROUND, 0.9), Extent.sized(0, 0, wide, HEIGHT * unit));
        paint(pen, title, shown, words, wide);
    }

    private static void paint(Pen pen, String title, String shown, ChangeWords words, double wide) {
        Scale scale = pen.scale();
        double left = scale.units(16);
        double size = Math.max(12, scale.units(14));
        double small = scale.small();
        double room = wide - left - scale.units(8);
        double titleWidth = Lettering.width(title, Lettering.Weight.BOLD, size);
        double shownWidth = Lettering.width(shown, Lettering.Weight.REGULAR, small);
        boolean oneLine = titleWidth + shownWidth + scale.units(16) <= room;
        double y = scale.units(12);
        pen.text(
                Lettering.fitting(title, Lettering.Weight.BOLD, size, room),
                left,
                y,
                Pen.Side.RIGHT_OF,
                Lettering.Weight.BOLD,
                size,
                pen.colour(Role.TEXT));
        if (oneLine) {
            pen.text(
                    shown,
                    left + titleWidth + scale.units(16),
                    y,
                    Pen.Side.RIGHT_OF,
                    Lettering.Weight.REGULAR,
                    small,
                    pen.colour(Role.TEXT_MUTED));
        }
        swatches(pen, words, left, scale.units(25), small, room);
    }

    private static void swatches(
            Pen pen, ChangeWords words, double from, double top, double small, double room) {
        Scale scale = pen.scale();
        double[] steps = Change.steps(Quantity.TEMPERATURE);
        double wide = scale.units(SWATCH);
        double high = scale.units(14);
        double middle = top + high / 2;
        String cooler = say(words, "cooler");
        double left =
                from + Lettering.width(cooler, Lettering.Weight.REGULAR, small) + scale.units(8);
        word(pen, cooler, from, middle, small);
        for (int step = -steps.length; step <= steps.length; step++) {
            int place = step + steps.length;
            Extent swatch = Extent.sized(left + place * wide, top, wide, high);
            pen.fill(pen.difference(step), swatch);
            pen.frame(pen.colour(Role.LINE_STRONG, 0.6), scale.thin(), swatch);
            if (step < steps.length) {
                int border = step < 0 ? -step : step + 1;
                double value = words.shown(Quantity.TEMPERATURE, steps[border - 1]);
                String text =
                        words.signed(step < 0 ? -value : value, value == Math.rint(value) ? 0 : 1)
                                + (step == steps.length - 1
                                        ? " " + words.unit(Quantity.TEMPERATURE)
                                        : "");
                pen.text(
                        text,
                        left + (place + 1) * wide,
                        top + high + small * 0.85,
                        Pen.Side.CENTRED,
                        Lettering.Weight.REGULAR,
                        small,
                        pen.colour(Role.TEXT_MUTED));
            }
        }
        double x = left + (2 * steps.length + 1) * wide + scale.units(8);
        String warmer = say(words, "warmer");
        word(pen, warmer, x, middle, small);
        x += Lettering.width(warmer, Lettering.Weight.REGULAR, small) + scale.units(20);
        for (boolean known : new boolean[] {false, true}) {
            String text = say(words, known ? "uncertain" : "none");
            double needed =
                    wide + scale.units(8) + Lettering.width(text, Lettering.Weight.REGULAR, small);
            if (x + needed > from + room) {
                return;
            }
            Extent swatch = Extent.sized(x, top, wide, high);
            if (known) {
                pen.fill(pen.colour(Role.DIFFERENCE_SAME), swatch);
                pen.dashedFrame(pen.colour(Role.TEXT), scale.thin(), swatch);
            } else {
                pen.fill(pen.colour(Role.RACK), swatch);
                pen.hatch(pen.colour(Role.BAD, 0.4), scale.thin(), swatch, scale.units(6), false);
                pen.frame(pen.colour(Role.LINE_STRONG, 0.6), scale.thin(), swatch);
            }
            word(pen, text, x + wide + scale.units(8), middle, small);
            x += needed + scale.units(16);
        }
    }

    private static void word(Pen pen, String text, double x, double y, double size) {
        pen.text(
                text,
                x,
                y,
                Pen.Side.RIGHT_OF,
                Lettering.Weight.REGULAR,
                size,
                pen.colour(Role.TEXT));
    }

    private static String say(ChangeWords words, String key) {
        return words.figures().words().say("difference." + key);
    }
}
