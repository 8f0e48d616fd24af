package vigie.console.plan;

import javafx.scene.paint.Color;

import vigie.console.style.Role;
import vigie.picture.ElementPicture;
import vigie.picture.PlacedReading;
import vigie.plan.Deviation;
import vigie.plan.Element;
import vigie.plan.Quantity;
import vigie.plan.Spot;

import java.util.Optional;

/** Draws a door's leaf as it stands. */
final class DoorPainter {
    /** A door that may be open or shut is drawn in between, dashed. */
    private static final double UNKNOWN = 0.5;

    private DoorPainter() {}

    static void paint(Pen pen, Live live, Element.Door door, ElementPicture picture) {
        Scale scale = pen.scale();
        Optional<PlacedReading> reading = Live.find(picture, Quantity.OPEN);
        Optional<Boolean> open = Phrases.isOn(reading);
        boolean loud = live.isLoud(picture);
        Phrases.Trust trust =
                reading.map(live::figure).map(Phrases.Figure::trust).orElse(Phrases.Trust.NEVER);
        boolean follows = trust == Phrases.Trust.LIVE;
        Color colour =
                live.isEdgeLoud(picture)
                        ? pen.colour(Symbols.role(picture.deviation()))
                        : pen.colour(follows ? Role.DOOR : Role.UNCERTAIN);
        if (!follows) {
            pen.signed(Ink.Kind.EDGE, Layout.extent(door).times(scale.pixelsPerMetre()));
            pen.dashes(scale.units(4), scale.units(3));
        }
        leaf(pen, door, open.map(is -> is ? 1.0 : 0.0).orElse(UNKNOWN), colour);
        pen.dashes();
        if (open.orElse(false)) {
            Spot end = Layout.leafEnd(door);
            double x = scale.metres((end.x() + door.latch().x()) / 2);
            double y = scale.metres((end.y() + door.latch().y()) / 2);
            double size = RackShape.markSize(scale);
            if (picture.deviation() != Deviation.NONE) {
                Symbols.mark(pen, picture.deviation(), x, y, size, loud);
            }
        }
        if (open.isEmpty()) {
            Phrases.Figure figure = reading.map(live::figure).orElse(null);
            double x = scale.metres((door.hinge().x() + door.latch().x()) / 2);
            double y = scale.metres((door.hinge().y() + door.latch().y()) / 2);
            pen.text(
                    figure == null ? "–" : figure.number(),
                    x + Layout.dx(door.opens()) * scale.units(14),
                    y + Layout.dy(door.opens()) * scale.units(14),
                    Pen.Side.CENTRED,
                    Lettering.Weight.BOLD,
                    scale.value(),
                    pen.colour(Role.BAD));
        }
    }

    /**
     * The leaf, a thin bar from the hinge.
     *
     * @param open 0 shut, 1 wide open
     */
    static void leaf(Pen pen, Element.Door door, double open, Color colour) {
        Scale scale = pen.scale();
        double hx = scale.metres(door.hinge().x());
        double hy = scale.metres(door.hinge().y());
        Spot end = Layout.leafEnd(door);
        double shut =
                Math.atan2(
                        door.latch().y() - door.hinge().y(), door.latch().x() - door.hinge().x());
        double wide = Math.atan2(end.y() - door.hinge().y(), end.x() - door.hinge().x());
        double turn = Math.IEEEremainder(wide - shut, 2 * Math.PI);
        double angle = shut + turn * open;
        double length =
                scale.metres(
                        Math.hypot(
                                door.latch().x() - door.hinge().x(),
                                door.latch().y() - door.hinge().y()));
        double width = Math.max(2, scale.metres(0.045));
        double ex = hx + Math.cos(angle) * length;
        double ey = hy + Math.sin(angle) * length;
        // Exactly upright lines stay crisp.
        pen.line(
                colour,
                width,
                hx,
                hy,
                Math.abs(ex - hx) < 0.01 ? hx : ex,
                Math.abs(ey - hy) < 0.01 ? hy : ey);
        pen.disc(colour, hx, hy, width * 0.9);
    }
}
