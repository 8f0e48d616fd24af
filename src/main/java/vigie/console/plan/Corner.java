package vigie.console.plan;

import javafx.scene.canvas.Canvas;
import javafx.scene.paint.Color;

import vigie.console.style.Palette;
import vigie.console.style.Role;
import vigie.text.Words;

/** The scale bar and the north arrow, fixed in the view's lower right corner. */
final class Corner {
    private static final double WIDTH = 250;
    private static final double HEIGHT = 44;
    private static final double LONGEST = 130;
    private static final double[] STEPS = {0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500};

    private final Canvas canvas = new Canvas(WIDTH, HEIGHT);
    private double unit = 1;
    private boolean overPlan;
    private boolean painted;

    Corner() {
        canvas.setManaged(false);
        canvas.setMouseTransparent(true);
    }

    Canvas node() {
        return canvas;
    }

    /** It has to be painted anew. */
    void outdate() {
        painted = false;
    }

    /**
     * Lies down in a view's corner; over bare ground it needs no plate under it.
     *
     * @param plan what is drawn, metres
     */
    void place(Extent plan, Viewport viewport, double width, double height) {
        unit = Scale.windowUnit(width, height);
        Extent drawn = plan.times(viewport.scale());
        boolean over =
                Extent.sized(
                                drawn.left() + viewport.left(),
                                drawn.top() + viewport.top(),
                                drawn.width(),
                                drawn.height())
                        .overlaps(area(width, height, unit).grown(-9 * unit));
        painted &= over == overPlan;
        overPlan = over;
        canvas.setLayoutX(width - WIDTH * unit);
        canvas.setLayoutY(height - HEIGHT * unit);
    }

    /** Paints where something has changed. */
    void paint(Scale scale, Palette palette, Words words, double density) {
        if (painted) {
            return;
        }
        painted = true;
        canvas.setWidth(WIDTH * unit);
        canvas.setHeight(HEIGHT * unit);
        var context = canvas.getGraphicsContext2D();
        context.setTransform(1, 0, 0, 1, 0, 0);
        context.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        Scale own = new Scale(scale.pixelsPerMetre(), unit);
        Pen pen = new Pen(context, palette, own, 0, 0, density);
        double right = canvas.getWidth() - 14 * unit;
        double bottom = canvas.getHeight() - 12 * unit;
        if (overPlan) {
            pen.fillRound(
                    pen.colour(Role.GROUND, 0.85),
                    new Extent(
                            right - length(own) - 48 * unit,
                            bottom - 32 * unit,
                            right + 6 * unit,
                            bottom + 6 * unit),
                    4 * unit);
        }
        draw(pen, words, right, bottom);
    }

    /** Draws both with their lower right end at a point. */
    static void draw(Pen pen, Words words, double right, double bottom) {
        Scale scale = pen.scale();
        double unit = scale.unit();
        Color line = pen.colour(Role.TEXT_MUTED);
        double metres = metres(scale);
        double length = length(scale);
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
        double top = bottom - 19 * unit;
        pen.shape(line, northX, top, northX, bottom - 4 * unit, northX - 5.5 * unit, bottom);
        pen.outline(
                line,
                scale.thin(),
                northX,
                top,
                northX + 5.5 * unit,
                bottom,
                northX,
                bottom - 4 * unit);
        pen.text(
                words.say("planview.north"),
                northX,
                top - size * 0.7,
                Pen.Side.CENTRED,
                Lettering.Weight.BOLD,
                size,
                line);
    }

    /** What it covers of a view, pixels. */
    private static Extent area(double width, double height, double unit) {
        return new Extent(width - WIDTH * unit, height - HEIGHT * unit, width, height);
    }

    /** The longest round length that is not too long. */
    private static double metres(Scale scale) {
        double metres = STEPS[0];
        for (double step : STEPS) {
            if (step * scale.pixelsPerMetre() <= LONGEST * scale.unit()) {
                metres = step;
            }
        }
        return metres;
    }

    private static double length(Scale scale) {
        return metres(scale) * scale.pixelsPerMetre();
    }
}
