package vigie.console.history.chart;

import javafx.scene.paint.Color;

import vigie.console.style.Palette;
import vigie.console.style.Role;

/** How the curves of a lane are told apart: light and grey, then the same with dashes. */
final class Strokes {
    private static final Role[] GREYS = {Role.TEXT, Role.NORMAL};

    private static final int[][] DASHES = {{0, 0}, {9, 4}, {2, 3}, {16, 3}};

    private Strokes() {}

    static Stroke of(Palette palette, int index) {
        Color colour = palette.colour(GREYS[index % GREYS.length]);
        int[] dash = DASHES[index / GREYS.length % DASHES.length];
        int argb = ChartSurface.argb(colour);
        return new Stroke(argb, dash[0], dash[1], 1.5);
    }
}
