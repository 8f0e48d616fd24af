package vigie.console.plan;

import javafx.scene.canvas.Canvas;
import javafx.scene.paint.Color;

import vigie.console.style.Palette;
import vigie.console.style.Role;
import vigie.text.Words;

/** The scale bar and the north arrow, fixed in the view's lower right corner. */
final class Corner {
    private static final double WIDTH = 250;
    private static final double HEIGHT = 52;
    private static final double[] STEPS = {0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500};

    private final Canvas canvas = new Canvas(WIDTH, HEIGHT);

    Corner() {
        canvas.setManaged(false);
        canvas.setMouseTransparent(true);
    }

    Canvas node() {
        return canvas;
    }

    void paint(Scale scale, Palette palette, Words words, double density, double unit) {
        canvas.setWidth(WIDTH * unit);
        canvas.setHeight(HEIGHT * unit);
        var context = canvas.getGraphicsContext2D();
        context.setTransform(1, 0, 0, 1, 0, 0);
        context.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        Pen pen = new Pen(context, palette, new Scale(scale.pixelsPerMetre(), unit), 0, 0, density);
        draw(pen, words, canvas.getWidth() - 14 * unit, canvas.getHeight() - 14 * unit);
    }

    /** Draws both with their lower right end at a point. */
    static void draw(Pen pen, Words words, double right, double bottom) {
        Scale scale = pen.scale();
        double unit = scale.unit();
        Color line = pen.colour(Role.TEXT_MUTED);
        double most = 130 * unit;
        double metres = STEPS[0];
        for (double step : STEPS) {
            if (step * scale.pixelsPerMetre() <= most) {
                metres = step;
            }
        }
        double length = metres * scale.pixelsPerMetre();
        double northX = right - 9 * unit;
        double x2 = northX - 26 * unit;
        double x1 = x2 - length;
        double height = 4 * unit;
        // Two halves, filled and open, as on a map.
        pen.frame(line, scale.thin(), new Extent(x1, bottom - height, x2, bottom));
        pen.fill(line, new Extent(x1, bottom - height, (x1 + x2) / 2, bottom));
        double size = Math.max(10.5, 11 * unit);
        pen.text(
                "0",
                x1,
                bottom - height - size * 0.85,
                Pen.Side.CENTRED,
                Lettering.Weight.REGULAR,
                size,
                line);
        pen.text(
                metres < 1
                        ? words.say("planview.tenths", metres)
                        : words.say("planview.metres", metres),
                x2,
                bottom - height - size * 0.85,
                Pen.Side.CENTRED,
                Lettering.Weight.REGULAR,
                size,
                line);
        // North is up.
        double top = bottom - 26 * unit;
        pen.shape(line, northX, top, northX, bottom - 5 * unit, northX - 6.5 * unit, bottom);
        pen.outline(
                line,
                scale.thin(),
                northX,
                top,
                northX + 6.5 * unit,
                bottom,
                northX,
                bottom - 5 * unit);
        pen.text(
                words.say("planview.north"),
                northX,
                top - size * 0.7,
                Pen.Side.CENTRED,
                Lettering.Weight.BOLD,
                size,
                line);
    }
}
