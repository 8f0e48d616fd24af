package vigie.console.plan;

import javafx.scene.paint.Color;

import vigie.console.style.Role;
import vigie.plan.Element;
import vigie.text.Words;

import java.util.Optional;

/** The dimension lines of the drawing. */
final class Dimensions {
    private Dimensions() {}

    /** How long and how deep the first room is, outside of its walls, with ticks at the ends. */
    static void paint(Pen pen, Layout layout, Words words) {
        Scale scale = pen.scale();
        Optional<Element.Room> room =
                layout.plan().elements(Element.Room.class).stream().findFirst();
        if (room.isEmpty()) {
            return;
        }
        Extent inside = Layout.extent(room.get());
        Extent outside = layout.extent().times(scale.pixelsPerMetre());
        double away = scale.units(15);
        double tick = scale.units(4);
        Color line = pen.colour(Role.LINE_STRONG, 0.55);
        Color ink = pen.colour(Role.TEXT_MUTED, 0.85);
        double size = scale.small();

        double left = scale.metres(inside.left());
        double right = scale.metres(inside.right());
        double y = outside.top() - away;
        String width = words.say("planview.dimension", inside.width());
        double gap = Lettering.width(width, Lettering.Weight.REGULAR, size) / 2 + scale.units(8);
        double middle = (left + right) / 2;
        pen.line(line, scale.thin(), left, y, middle - gap, y);
        pen.line(line, scale.thin(), middle + gap, y, right, y);
        for (double x : new double[] {left, right}) {
            pen.line(line, scale.thin(), x, y - tick, x, y + tick);
            pen.line(line, scale.thin(), x - tick, y + tick, x + tick, y - tick);
        }
        pen.text(width, middle, y, Pen.Side.CENTRED, Lettering.Weight.REGULAR, size, ink);

        double top = scale.metres(inside.top());
        double bottom = scale.metres(inside.bottom());
        double x = outside.left() - away;
        String depth = words.say("planview.dimension", inside.height());
        double half = Lettering.width(depth, Lettering.Weight.REGULAR, size) / 2 + scale.units(8);
        double centre = (top + bottom) / 2;
        pen.line(line, scale.thin(), x, top, x, centre - half);
        pen.line(line, scale.thin(), x, centre + half, x, bottom);
        for (double at : new double[] {top, bottom}) {
            pen.line(line, scale.thin(), x - tick, at, x + tick, at);
            pen.line(line, scale.thin(), x - tick, at + tick, x + tick, at - tick);
        }
        pen.upwards(depth, x, centre, size, ink);
    }
}
