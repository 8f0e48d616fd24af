package vigie.console.plan;

import javafx.scene.paint.Color;

import vigie.console.style.Role;
import vigie.plan.Deviation;
import vigie.plan.Facing;

/** The signs of the plan, drawn, not taken from a font. Sizes are pixels. */
final class Symbols {
    private Symbols() {}

    /** The colour of a deviation that is not none. */
    static Role role(Deviation deviation) {
        return deviation == Deviation.ALARM ? Role.PRIORITY_1 : Role.PRIORITY_2;
    }

    /**
     * The mark of a priority: square 1 for an alarm, triangle 2 for a warning; an outline where the
     * value under it is not live.
     */
    static void mark(Pen pen, Deviation deviation, double x, double y, double size, boolean live) {
        if (deviation == Deviation.NONE) {
            return;
        }
        Color colour = live ? pen.colour(role(deviation)) : pen.colour(Role.UNCERTAIN);
        Color ink = live ? pen.colour(Role.ON_PRIORITY) : colour;
        double half = size / 2;
        double line = Math.max(1, size / 10);
        if (deviation == Deviation.ALARM) {
            Extent square = Extent.around(x, y, half * 0.92);
            if (live) {
                pen.fillRound(colour, square, size * 0.12);
            } else {
                pen.frameRound(colour, line, square, size * 0.12);
            }
            pen.letter("1", x, y, size * 0.78, ink);
            pen.signed(Ink.Kind.PRIORITY, square);
        } else {
            double[] corners = {
                x, y - half, x + half * 1.12, y + half * 0.92, x - half * 1.12, y + half * 0.92
            };
            if (live) {
                pen.shape(colour, corners);
            } else {
                pen.outline(colour, line, corners);
            }
            pen.letter("2", x, y + half * 0.3, size * 0.66, ink);
            pen.signed(
                    Ink.Kind.PRIORITY,
                    new Extent(x - half * 1.12, y - half, x + half * 1.12, y + half * 0.92));
        }
    }

    /** A small triangle that points up for too high and down for too low. */
    static void direction(Pen pen, int direction, double x, double y, double size, Color colour) {
        if (direction == 0) {
            return;
        }
        double half = size / 2;
        double up = direction > 0 ? -1 : 1;
        pen.shape(
                colour,
                x,
                y + up * half * 0.9,
                x + half,
                y - up * half * 0.7,
                x - half,
                y - up * half * 0.7);
        pen.signed(Ink.Kind.DEVIATION, Extent.around(x, y, half));
    }

    /** A clock: the value beside it is not fresh, and its age has no room. */
    static void clock(Pen pen, double x, double y, double size) {
        Color colour = pen.colour(Role.UNCERTAIN);
        double radius = size / 2;
        double line = Math.max(1, size / 9);
        pen.ring(colour, line, x, y, radius - line / 2);
        pen.path(colour, line, x, y - radius * 0.6, x, y, x + radius * 0.45, y);
        pen.signed(Ink.Kind.NOT_FRESH, Extent.around(x, y, radius));
    }

    /** An arrow along a line, its point at the second end. */
    static void arrow(
            Pen pen,
            Color colour,
            double width,
            double x1,
            double y1,
            double x2,
            double y2,
            double head) {
        double length = Math.hypot(x2 - x1, y2 - y1);
        if (length < 1) {
            return;
        }
        double ux = (x2 - x1) / length;
        double uy = (y2 - y1) / length;
        pen.line(colour, width, x1, y1, x2 - ux * head * 0.6, y2 - uy * head * 0.6);
        pen.shape(
                colour,
                x2,
                y2,
                x2 - ux * head - uy * head * 0.5,
                y2 - uy * head + ux * head * 0.5,
                x2 - ux * head * 0.7,
                y2 - uy * head * 0.7,
                x2 - ux * head + uy * head * 0.5,
                y2 - uy * head - ux * head * 0.5);
    }

    /** An open arrow head, as air is drawn. */
    static void chevron(
            Pen pen, Color colour, double width, double x, double y, Facing facing, double size) {
        double dx = Layout.dx(facing);
        double dy = Layout.dy(facing);
        double half = size / 2;
        pen.path(
                colour,
                width,
                x - dx * half * 0.5 - dy * half,
                y - dy * half * 0.5 - dx * half,
                x + dx * half * 0.5,
                y + dy * half * 0.5,
                x - dx * half * 0.5 + dy * half,
                y - dy * half * 0.5 + dx * half);
    }

    /** A fan: three blades in a ring; crossed out where it stands still. */
    static void fan(Pen pen, Color colour, double x, double y, double radius, boolean running) {
        double line = Math.max(1, radius / 8);
        pen.signed(Ink.Kind.STATE, Extent.around(x, y, radius));
        pen.ring(colour, line, x, y, radius);
        if (running) {
            for (int blade = 0; blade < 3; blade++) {
                double angle = Math.toRadians(blade * 120 - 90);
                double side = angle + Math.toRadians(62);
                pen.shape(
                        colour,
                        x,
                        y,
                        x + Math.cos(angle) * radius * 0.78,
                        y + Math.sin(angle) * radius * 0.78,
                        x + Math.cos((angle + side) / 2) * radius * 0.84,
                        y + Math.sin((angle + side) / 2) * radius * 0.84,
                        x + Math.cos(side) * radius * 0.62,
                        y + Math.sin(side) * radius * 0.62);
            }
            pen.disc(colour, x, y, radius * 0.18);
        } else {
            double reach = radius * 0.62;
            pen.line(colour, line * 1.6, x - reach, y - reach, x + reach, y + reach);
            pen.line(colour, line * 1.6, x - reach, y + reach, x + reach, y - reach);
        }
    }

    /** A standing figure. */
    static void person(Pen pen, Color colour, double x, double y, double height) {
        double head = height * 0.17;
        pen.disc(colour, x, y - height / 2 + head, head);
        double top = y - height / 2 + head * 2.25;
        double bottom = y + height / 2;
        double shoulder = height * 0.27;
        pen.fillRound(
                colour,
                new Extent(x - shoulder, top, x + shoulder, bottom + shoulder * 0.2),
                shoulder * 0.75);
    }

    /** A drop of water; filled or as an outline. */
    static void drop(Pen pen, Color colour, double x, double y, double height, boolean filled) {
        double radius = height * 0.3;
        double centre = y + height / 2 - radius;
        double top = y - height / 2;
        int steps = 16;
        double[] points = new double[2 * (steps + 2)];
        points[0] = x;
        points[1] = top;
        for (int i = 0; i <= steps; i++) {
            double angle = Math.toRadians(-28 + 236.0 * i / steps);
            points[2 + 2 * i] = x + Math.cos(angle) * radius;
            points[3 + 2 * i] = centre + Math.sin(angle) * radius;
        }
        if (filled) {
            pen.shape(colour, points);
        } else {
            pen.outline(colour, Math.max(1, height / 12), points);
        }
    }

    /** A plug: the mains carries the load. */
    static void plug(Pen pen, Color colour, double x, double y, double size) {
        double u = size / 10;
        pen.signed(Ink.Kind.STATE, Extent.sized(x - 4 * u, y - size / 2, 8 * u, size));
        pen.fill(colour, new Extent(x - 2.6 * u, y - 5 * u, x - 1.4 * u, y - 2 * u));
        pen.fill(colour, new Extent(x + 1.4 * u, y - 5 * u, x + 2.6 * u, y - 2 * u));
        pen.shape(
                colour,
                x - 4 * u,
                y - 2 * u,
                x + 4 * u,
                y - 2 * u,
                x + 4 * u,
                y + 0.2 * u,
                x + 2 * u,
                y + 2.6 * u,
                x - 2 * u,
                y + 2.6 * u,
                x - 4 * u,
                y + 0.2 * u);
        pen.fill(colour, new Extent(x - 0.7 * u, y + 2.4 * u, x + 0.7 * u, y + 5 * u));
    }

    /**
     * A battery lying on its side.
     *
     * @param charge 0 to 1; below 0 for unknown
     */
    static void battery(Pen pen, Color colour, double x, double y, double width, double charge) {
        double height = width * 0.52;
        double line = Math.max(1, width / 14);
        Extent body = Extent.sized(x - width / 2, y - height / 2, width * 0.9, height);
        pen.signed(Ink.Kind.STATE, body);
        pen.frameRound(colour, line, body, line * 1.4);
        pen.fill(
                colour,
                new Extent(
                        body.right(),
                        y - height * 0.2,
                        body.right() + width * 0.09,
                        y + height * 0.2));
        if (charge >= 0) {
            Extent inside = body.grown(-line * 2);
            pen.fill(
                    colour,
                    Extent.sized(
                            inside.left(),
                            inside.top(),
                            inside.width() * Math.min(1, charge),
                            inside.height()));
        }
    }

    /** A movement sensor at rest: a point that looks into the room. */
    static void watcher(Pen pen, Color colour, double x, double y, double size, double line) {
        pen.disc(colour, x, y, size * 0.17);
        for (int ring = 1; ring <= 2; ring++) {
            double radius = size * (0.12 + 0.19 * ring);
            pen.arc(colour, line, x, y, radius, -38, 76);
            pen.arc(colour, line, x, y, radius, 142, 76);
        }
    }
}
