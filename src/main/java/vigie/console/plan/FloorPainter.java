package vigie.console.plan;

import javafx.scene.paint.Color;

import vigie.console.style.Role;
import vigie.plan.Element;
import vigie.plan.Facing;
import vigie.plan.Spot;
import vigie.text.Words;

import java.util.List;
import java.util.Locale;

/**
 * Draws what does not change: floor, grid, aisles, walls, doors, furniture and its names. Nothing
 * of it depends on a reading.
 */
final class FloorPainter {
    private static final double GRID = 1;

    /** A name is written smaller, to this share of its size, before any of it is cut off. */
    private static final double LEAST_LETTERS = 0.75;

    private final Layout layout;
    private final Words words;
    private final boolean printed;
    private final WallPainter walls;

    /** For the live view, whose values are painted over it. */
    FloorPainter(Layout layout, Words words) {
        this(layout, words, false);
    }

    private FloorPainter(Layout layout, Words words, boolean printed) {
        this.layout = layout;
        this.words = words;
        this.printed = printed;
        this.walls = new WallPainter(layout);
    }

    /**
     * For paper: no values will come, so that names stand in the middle and every leaf is drawn.
     */
    static FloorPainter printed(Layout layout, Words words) {
        return new FloorPainter(layout, words, true);
    }

    /**
     * Everything that lies in a part of the plan; the canvas must be empty there.
     *
     * @param labels what the values of sensors may cover; nothing is written there
     */
    void paint(Pen pen, Extent part, List<Extent> labels) {
        Scale scale = pen.scale();
        for (Element.Room room : layout.plan().elements(Element.Room.class)) {
            room(pen, room, part);
        }
        for (Piece piece : layout.pieces()) {
            if (piece.element() instanceof Element.Aisle aisle
                    && reach(piece, scale).overlaps(part)) {
                aisle(pen, piece, aisle, part, labels);
            }
        }
        walls.paint(pen);
        for (Piece piece : layout.pieces()) {
            if (!reach(piece, scale).overlaps(part)) {
                continue;
            }
            switch (piece.element()) {
                case Element.Door door -> walls.door(pen, piece, door, printed);
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
            Dimensions.paint(pen, layout, words);
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

    private void aisle(
            Pen pen, Piece piece, Element.Aisle aisle, Extent part, List<Extent> labels) {
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
        AisleTitle.of(layout, piece, scale, words, labels)
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
        String written = shape.name(name, scale);
        if (!written.isEmpty()) {
            pen.text(
                    written,
                    content.left(),
                    shape.nameY(),
                    Pen.Side.RIGHT_OF,
                    Lettering.Weight.REGULAR,
                    scale.name(),
                    ink);
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
            double room = shape.content().width() - RackShape.markSize(scale) * 1.6;
            double whole = Lettering.width(name(zone), Lettering.Weight.REGULAR, scale.name());
            double size = scale.name() * Math.clamp(room / whole, LEAST_LETTERS, 1);
            pen.text(
                    Lettering.fitting(name(zone), Lettering.Weight.REGULAR, size, room + 0.01),
                    shape.content().left(),
                    shape.nameY(scale),
                    Pen.Side.RIGHT_OF,
                    Lettering.Weight.REGULAR,
                    size,
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

    private String name(Element element) {
        return element.label().in(words.language());
    }

    /** A name as a title is written. */
    static String capitals(String name, Words words) {
        return name.toUpperCase(Locale.forLanguageTag(words.language().toLanguageTag()));
    }
}
