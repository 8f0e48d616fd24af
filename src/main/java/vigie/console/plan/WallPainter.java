package vigie.console.plan;

import javafx.scene.paint.Color;

import vigie.console.style.Role;
import vigie.plan.Element;
import vigie.plan.Spot;

import java.util.List;

/** Draws walls, and doors as openings in them. */
final class WallPainter {
    private final Layout layout;

    WallPainter(Layout layout) {
        this.layout = layout;
    }

    /** All walls; corners close. */
    void paint(Pen pen) {
        Scale scale = pen.scale();
        List<Element.Wall> walls = layout.plan().elements(Element.Wall.class);
        Color edge = pen.colour(Role.WALL);
        Color core = edge.interpolate(pen.colour(Role.FLOOR), 0.68);
        double line = scale.thin();
        for (Element.Wall wall : walls) {
            wall(pen, edge, wall, Math.max(3 * line, scale.metres(wall.thickness())), 0);
        }
        for (Element.Wall wall : walls) {
            double thickness = Math.max(3 * line, scale.metres(wall.thickness())) - 2 * line;
            wall(pen, core, wall, thickness, -line);
        }
    }

    /**
     * A straight wall as a filled bar.
     *
     * @param more how far the outer ends go beyond the corners, pixels
     */
    private void wall(Pen pen, Color colour, Element.Wall wall, double thickness, double more) {
        Scale scale = pen.scale();
        double length =
                Math.hypot(wall.to().x() - wall.from().x(), wall.to().y() - wall.from().y());
        if (length == 0) {
            return;
        }
        double ux = (wall.to().x() - wall.from().x()) / length;
        double uy = (wall.to().y() - wall.from().y()) / length;
        double before = scale.metres(reachBeyond(wall, wall.from(), -ux, -uy)) + more;
        double after = scale.metres(reachBeyond(wall, wall.to(), ux, uy)) + more;
        double x1 = scale.metres(wall.from().x()) - ux * before;
        double y1 = scale.metres(wall.from().y()) - uy * before;
        double x2 = scale.metres(wall.to().x()) + ux * after;
        double y2 = scale.metres(wall.to().y()) + uy * after;
        double half = thickness / 2;
        if (ux == 0 || uy == 0) {
            double sideX = half * Math.abs(uy);
            double sideY = half * Math.abs(ux);
            pen.fill(
                    colour,
                    new Extent(
                            Math.min(x1, x2) - sideX,
                            Math.min(y1, y2) - sideY,
                            Math.max(x1, x2) + sideX,
                            Math.max(y1, y2) + sideY));
        } else {
            pen.line(colour, thickness, x1, y1, x2, y2);
        }
    }

    /**
     * How far a wall must go on beyond its end to reach the far face of a wall it meets there,
     * metres. Plans draw corners to the middle of the other wall, or to its face; both close.
     */
    private double reachBeyond(Element.Wall wall, Spot end, double ux, double uy) {
        double most = 0;
        for (Element.Wall other : layout.plan().elements(Element.Wall.class)) {
            if (other.id().equals(wall.id())
                    || distance(other, end) > other.thickness() / 2 + 1e-6) {
                continue;
            }
            double dx = other.to().x() - other.from().x();
            double dy = other.to().y() - other.from().y();
            double length = Math.hypot(dx, dy);
            double turned = length == 0 ? 0 : (dx * uy - dy * ux) / length;
            if (Math.abs(turned) < 0.5) {
                continue;
            }
            double past =
                    ((end.x() - other.from().x()) * dy - (end.y() - other.from().y()) * dx)
                            / length
                            * -Math.signum(turned);
            most = Math.max(most, other.thickness() / 2 - past);
        }
        return most;
    }

    /**
     * The gap in the wall, its jambs, and the way of the leaf; the leaf itself where it is not
     * live.
     */
    void door(Pen pen, Piece piece, Element.Door door, boolean printed) {
        Scale scale = pen.scale();
        double hx = scale.metres(door.hinge().x());
        double hy = scale.metres(door.hinge().y());
        double lx = scale.metres(door.latch().x());
        double ly = scale.metres(door.latch().y());
        double length = Math.hypot(lx - hx, ly - hy);
        if (length < 1) {
            return;
        }
        double ux = (lx - hx) / length;
        double uy = (ly - hy) / length;
        double thickness = Math.max(3 * scale.thin(), scale.metres(thicknessAt(door)));
        double half = thickness / 2;
        pen.line(pen.colour(Role.FLOOR), thickness + 2, hx, hy, lx, ly);
        for (double[] end : new double[][] {{hx, hy}, {lx, ly}}) {
            pen.line(
                    pen.colour(Role.WALL),
                    scale.thin(),
                    end[0] - uy * half,
                    end[1] + ux * half,
                    end[0] + uy * half,
                    end[1] - ux * half);
        }
        // The sill, two faint lines across the opening.
        for (double side : new double[] {-half, half}) {
            pen.line(
                    pen.colour(Role.DOOR, 0.35),
                    scale.thin(),
                    hx - uy * side,
                    hy + ux * side,
                    lx - uy * side,
                    ly + ux * side);
        }
        Spot end = Layout.leafEnd(door);
        double open =
                Math.toDegrees(
                        Math.atan2(
                                -(end.y() * scale.pixelsPerMetre() - hy),
                                end.x() * scale.pixelsPerMetre() - hx));
        double shut = Math.toDegrees(Math.atan2(-(ly - hy), lx - hx));
        double sweep = ((open - shut) % 360 + 540) % 360 - 180;
        pen.dashes(scale.units(4), scale.units(4));
        pen.arc(pen.colour(Role.DOOR, 0.6), scale.thin(), hx, hy, length, shut, sweep);
        pen.dashes();
        if (printed || piece.sensors().isEmpty()) {
            DoorPainter.leaf(pen, door, 1, pen.colour(Role.DOOR));
        }
    }

    private double thicknessAt(Element.Door door) {
        Spot middle =
                new Spot(
                        (door.hinge().x() + door.latch().x()) / 2,
                        (door.hinge().y() + door.latch().y()) / 2);
        double nearest = 0.5;
        double thickness = 0.1;
        for (Element.Wall wall : layout.plan().elements(Element.Wall.class)) {
            double distance = distance(wall, middle);
            if (distance < nearest) {
                nearest = distance;
                thickness = wall.thickness();
            }
        }
        return thickness;
    }

    private static double distance(Element.Wall wall, Spot spot) {
        double dx = wall.to().x() - wall.from().x();
        double dy = wall.to().y() - wall.from().y();
        double square = dx * dx + dy * dy;
        double share =
                square == 0
                        ? 0
                        : Math.clamp(
                                ((spot.x() - wall.from().x()) * dx
                                                + (spot.y() - wall.from().y()) * dy)
                                        / square,
                                0,
                                1);
        return Math.hypot(
                wall.from().x() + share * dx - spot.x(), wall.from().y() + share * dy - spot.y());
    }
}
