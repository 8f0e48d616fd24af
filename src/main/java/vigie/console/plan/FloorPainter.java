package vigie.console.plan;

import javafx.scene.paint.Color;

import vigie.console.style.Role;
import vigie.plan.Element;
import vigie.plan.Facing;
import vigie.plan.Spot;
import vigie.text.Words;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Draws what does not change: floor, grid, aisles, walls, doors, furniture and its names. Nothing
 * of it depends on a reading.
 */
final class FloorPainter {
    private static final double GRID = 1;

    private final Layout layout;
    private final Words words;
    private final boolean printed;

    /** For the live view, whose values are painted over it. */
    FloorPainter(Layout layout, Words words) {
        this(layout, words, false);
    }

    private FloorPainter(Layout layout, Words words, boolean printed) {
        this.layout = layout;
        this.words = words;
        this.printed = printed;
    }

    /**
     * For paper: no values will come, so that names stand in the middle and every leaf is drawn.
     */
    static FloorPainter printed(Layout layout, Words words) {
        return new FloorPainter(layout, words, true);
    }

    /** Everything that lies in a part of the plan; the canvas must be empty there. */
    void paint(Pen pen, Extent part) {
        Scale scale = pen.scale();
        for (Element.Room room : layout.plan().elements(Element.Room.class)) {
            room(pen, room, part);
        }
        for (Piece piece : layout.pieces()) {
            if (piece.element() instanceof Element.Aisle aisle
                    && reach(piece, scale).overlaps(part)) {
                aisle(pen, piece, aisle, part);
            }
        }
        walls(pen);
        for (Piece piece : layout.pieces()) {
            if (!reach(piece, scale).overlaps(part)) {
                continue;
            }
            switch (piece.element()) {
                case Element.Door door -> door(pen, piece, door);
                case Element.Rack rack -> rack(pen, piece, rack);
                case Element.CoolingUnit unit -> cooling(pen, piece, unit);
                case Element.UpsZone zone -> ups(pen, piece, zone);
                case Element.Room _, Element.Wall _, Element.Aisle _, Element.Sensor _ -> {}
            }
        }
        if (!part.overlaps(layout.extent().times(scale.pixelsPerMetre()).grown(-1))
                || !layout.extent()
                        .times(scale.pixelsPerMetre())
                        .contains(part.left(), part.top())) {
            dimensions(pen);
        }
    }

    /** What a piece covers with everything drawn for it, pixels. */
    static Extent reach(Piece piece, Scale scale) {
        return piece.extent().times(scale.pixelsPerMetre()).grown(scale.units(3) + 2);
    }

    private void room(Pen pen, Element.Room room, Extent part) {
        Scale scale = pen.scale();
        double[] corners = new double[room.outline().size() * 2];
        for (int i = 0; i < room.outline().size(); i++) {
            corners[2 * i] = scale.metres(room.outline().get(i).x());
            corners[2 * i + 1] = scale.metres(room.outline().get(i).y());
        }
        Extent around = Layout.extent(room);
        if (isUpright(room.outline())) {
            pen.fill(
                    pen.colour(Role.FLOOR),
                    around.times(scale.pixelsPerMetre()).shared(part.grown(2)));
        } else {
            pen.shape(pen.colour(Role.FLOOR), corners);
        }
        double step = scale.metres(GRID) >= scale.units(22) ? GRID : 5 * GRID;
        Color colour = pen.colour(Role.GRID);
        for (double x = around.left() + step; x < around.right(); x += step) {
            double at = scale.metres(x);
            if (at > part.left() - 2 && at < part.right() + 2) {
                double[] inside = RoomLines.upright(room.outline(), x);
                for (int i = 0; i + 1 < inside.length; i += 2) {
                    double from = Math.max(part.top() - 2, scale.metres(inside[i]));
                    double to = Math.min(part.bottom() + 2, scale.metres(inside[i + 1]));
                    if (from < to) {
                        pen.line(colour, scale.thin(), at, from, at, to);
                    }
                }
            }
        }
        for (double y = around.top() + step; y < around.bottom(); y += step) {
            double at = scale.metres(y);
            if (at > part.top() - 2 && at < part.bottom() + 2) {
                double[] inside = RoomLines.level(room.outline(), y);
                for (int i = 0; i + 1 < inside.length; i += 2) {
                    double from = Math.max(part.left() - 2, scale.metres(inside[i]));
                    double to = Math.min(part.right() + 2, scale.metres(inside[i + 1]));
                    if (from < to) {
                        pen.line(colour, scale.thin(), from, at, to, at);
                    }
                }
            }
        }
    }

    /** Whether an outline is a rectangle along the axes. */
    private static boolean isUpright(List<Spot> outline) {
        Extent around = Extent.EMPTY;
        for (Spot corner : outline) {
            around = around.union(Extent.around(corner, 0));
        }
        double left = around.left();
        double right = around.right();
        double top = around.top();
        double bottom = around.bottom();
        return outline.size() == 4
                && outline.stream().distinct().count() == 4
                && outline.stream()
                        .allMatch(spot ->
                                (spot.x() == left || spot.x() == right)
                                        && (spot.y() == top || spot.y() == bottom));
    }

    private void walls(Pen pen) {
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
    private void door(Pen pen, Piece piece, Element.Door door) {
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

    private void aisle(Pen pen, Piece piece, Element.Aisle aisle, Extent part) {
        Scale scale = pen.scale();
        Extent area = piece.extent().times(scale.pixelsPerMetre());
        boolean hot = aisle.kind() == Element.Aisle.Kind.HOT;
        pen.fill(pen.colour(hot ? Role.AISLE_HOT : Role.AISLE_COLD), area);
        Color hatch = pen.colour(hot ? Role.HATCH_HOT : Role.HATCH_COLD);
        Extent seen = area.shared(part.grown(2));
        if (!seen.isEmpty()) {
            pen.hatch(hatch, scale.thin(), seen, scale.units(hot ? 9 : 18), true);
        }
        air(pen, area, aisle, part);
        AisleTitle.of(layout, piece, scale, words)
                .filter(title -> title.reach().overlaps(part))
                .ifPresent(title ->
                        pen.title(
                                title.text(),
                                title.x(),
                                title.y(),
                                title.upwards(),
                                title.size(),
                                pen.colour(Role.TEXT_MUTED)));
    }

    /** Arrows of air: from a cold aisle into the racks beside it, from racks into a hot one. */
    private void air(Pen pen, Extent area, Element.Aisle aisle, Extent part) {
        Scale scale = pen.scale();
        boolean hot = aisle.kind() == Element.Aisle.Kind.HOT;
        double reach = scale.metres(0.35);
        double size = scale.units(printed ? 13 : 7);
        if (scale.metres(0.5) < scale.units(26)) {
            return;
        }
        Color colour = pen.colour(hot ? Role.AIR_HOT : Role.AIR_COLD, printed ? 1 : 0.75);
        for (Piece piece : layout.pieces()) {
            if (!(piece.element() instanceof Element.Rack rack)) {
                continue;
            }
            Extent body = piece.extent().times(scale.pixelsPerMetre());
            // Air enters at the inlet and leaves at the opposite face, always in the same
            // direction.
            Facing flow = opposite(rack.facing());
            double side = hot ? 1 : -1;
            double x =
                    body.centreX() + Layout.dx(flow) * side * (body.width() / 2 + scale.units(9));
            double y =
                    body.centreY() + Layout.dy(flow) * side * (body.height() / 2 + scale.units(9));
            if (area.grown(reach * 0.2).contains(x, y)
                    && part.grown(scale.units(printed ? 90 : 9)).contains(x, y)) {
                if (printed) {
                    // Before the sensors at the inlets, so that the arrows can be seen.
                    double near = scale.metres(hot ? 0.1 : 0.32);
                    double far = scale.metres(hot ? 0.4 : 0.62);
                    double from = hot ? near : far;
                    double to = hot ? far : near;
                    double faceX = body.centreX() + Layout.dx(flow) * side * body.width() / 2;
                    double faceY = body.centreY() + Layout.dy(flow) * side * body.height() / 2;
                    Symbols.arrow(
                            pen,
                            colour,
                            scale.thick(),
                            faceX + Layout.dx(flow) * side * from,
                            faceY + Layout.dy(flow) * side * from,
                            faceX + Layout.dx(flow) * side * to,
                            faceY + Layout.dy(flow) * side * to,
                            size * 0.7);
                } else {
                    Symbols.chevron(pen, colour, scale.thin(), x, y, flow, size);
                }
            }
        }
    }

    static Facing opposite(Facing facing) {
        return switch (facing) {
            case NORTH -> Facing.SOUTH;
            case SOUTH -> Facing.NORTH;
            case EAST -> Facing.WEST;
            case WEST -> Facing.EAST;
        };
    }

    private void rack(Pen pen, Piece piece, Element.Rack rack) {
        Scale scale = pen.scale();
        RackShape shape = RackShape.of(piece, rack, scale);
        pen.fill(pen.colour(Role.RACK), shape.body());
        pen.fill(pen.colour(Role.RACK_LINE, 0.42), shape.face());
        pen.frame(pen.colour(Role.RACK_LINE, 0.8), scale.thin(), shape.body());
        String name = layout.shortName(rack, words.language());
        if (printed) {
            pen.text(
                    name,
                    shape.content().centreX(),
                    shape.body().centreY(),
                    Pen.Side.CENTRED,
                    Lettering.Weight.BOLD,
                    scale.value(),
                    pen.colour(Role.ON_RACK));
            return;
        }
        Color ink = pen.colour(Role.ON_RACK, 0.78);
        Extent content = shape.content();
        switch (shape.detail()) {
            case ALL, TWO_LINES ->
                    pen.text(
                            Lettering.fitting(
                                    name, Lettering.Weight.REGULAR, scale.name(), content.width()),
                            content.left(),
                            shape.nameY(),
                            Pen.Side.RIGHT_OF,
                            Lettering.Weight.REGULAR,
                            scale.name(),
                            ink);
            case LINE ->
                    pen.text(
                            Lettering.fitting(
                                    name,
                                    Lettering.Weight.REGULAR,
                                    scale.name(),
                                    content.width() - scale.value() * 2.2),
                            content.left(),
                            content.centreY(),
                            Pen.Side.RIGHT_OF,
                            Lettering.Weight.REGULAR,
                            scale.name(),
                            ink);
            case VALUE, MARK -> {}
        }
    }

    private void cooling(Pen pen, Piece piece, Element.CoolingUnit unit) {
        Scale scale = pen.scale();
        Extent body = piece.extent().times(scale.pixelsPerMetre());
        pen.fill(pen.colour(Role.COOLING), body);
        double strip = Math.min(scale.units(6), Math.min(body.width(), body.height()) / 6);
        Extent grille =
                switch (unit.facing()) {
                    case NORTH -> Extent.sized(body.left(), body.top(), body.width(), strip);
                    case SOUTH ->
                            Extent.sized(body.left(), body.bottom() - strip, body.width(), strip);
                    case WEST -> Extent.sized(body.left(), body.top(), strip, body.height());
                    case EAST ->
                            Extent.sized(body.right() - strip, body.top(), strip, body.height());
                };
        Color line = pen.colour(Role.COOLING_LINE, 0.55);
        boolean across = grille.width() > grille.height();
        double step = scale.units(5);
        for (double at = across ? grille.left() + step : grille.top() + step;
                at < (across ? grille.right() : grille.bottom()) - 1;
                at += step) {
            if (across) {
                pen.line(line, scale.thin(), at, grille.top(), at, grille.bottom());
            } else {
                pen.line(line, scale.thin(), grille.left(), at, grille.right(), at);
            }
        }
        pen.frame(line, scale.thin(), grille);
        pen.frame(pen.colour(Role.COOLING_LINE, 0.8), scale.thin(), body);
        if (printed) {
            printedUnit(pen, unit, body);
            return;
        }
        CoolingShape shape = CoolingShape.of(piece, unit, scale);
        if (shape.hasName()) {
            String name = name(unit);
            double wide = Lettering.width(name, Lettering.Weight.REGULAR, scale.name());
            pen.text(
                    wide <= shape.nameWidth()
                            ? name
                            : Lettering.fitting(
                                    layout.shortName(unit, words.language()),
                                    Lettering.Weight.REGULAR,
                                    scale.name(),
                                    shape.nameWidth()),
                    shape.content().left(),
                    shape.nameY(),
                    Pen.Side.RIGHT_OF,
                    Lettering.Weight.REGULAR,
                    scale.name(),
                    pen.colour(Role.TEXT, 0.78));
        }
    }

    private void ups(Pen pen, Piece piece, Element.UpsZone zone) {
        Scale scale = pen.scale();
        Extent body = piece.extent().times(scale.pixelsPerMetre());
        pen.fill(pen.colour(Role.UPS), body);
        pen.frame(pen.colour(Role.UPS_LINE, 0.8), scale.thin(), body);
        double inset = scale.units(3);
        pen.frame(pen.colour(Role.UPS_LINE, 0.25), scale.thin(), body.grown(-inset));
        if (printed) {
            printedUps(pen, zone, body);
            return;
        }
        UpsShape shape = UpsShape.of(piece, scale);
        if (shape.lines() > 0) {
            pen.text(
                    Lettering.fitting(
                            name(zone),
                            Lettering.Weight.REGULAR,
                            scale.name(),
                            shape.content().width() - scale.units(26)),
                    shape.content().left(),
                    shape.nameY(scale),
                    Pen.Side.RIGHT_OF,
                    Lettering.Weight.REGULAR,
                    scale.name(),
                    pen.colour(Role.TEXT, 0.78));
        }
    }

    private void printedUnit(Pen pen, Element.CoolingUnit unit, Extent body) {
        Scale scale = pen.scale();
        double radius = scale.units(15);
        double middle = body.centreY() - scale.units(2);
        Symbols.fan(
                pen,
                pen.colour(Role.COOLING_LINE),
                body.centreX(),
                middle - scale.units(11),
                radius,
                true);
        pen.text(
                Lettering.fitting(
                        name(unit),
                        Lettering.Weight.BOLD,
                        scale.name() * 1.1,
                        body.width() - scale.units(8)),
                body.centreX(),
                middle + scale.units(21),
                Pen.Side.CENTRED,
                Lettering.Weight.BOLD,
                scale.name() * 1.1,
                pen.colour(Role.TEXT));
    }

    private void printedUps(Pen pen, Element.UpsZone zone, Extent body) {
        Scale scale = pen.scale();
        Color ink = pen.colour(Role.UPS_LINE);
        pen.text(
                name(zone),
                body.centreX(),
                body.centreY() - scale.units(30),
                Pen.Side.CENTRED,
                Lettering.Weight.BOLD,
                scale.value() * 1.1,
                pen.colour(Role.TEXT));
        Symbols.battery(
                pen, ink, body.centreX(), body.centreY() + scale.units(10), scale.units(64), 1);
    }

    /** How long and how deep the first room is, outside of its walls, with ticks at the ends. */
    private void dimensions(Pen pen) {
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

    private String name(Element element) {
        return element.label().in(words.language());
    }

    /** A name as a title is written. */
    static String capitals(String name, Words words) {
        return name.toUpperCase(Locale.forLanguageTag(words.language().toLanguageTag()));
    }
}
