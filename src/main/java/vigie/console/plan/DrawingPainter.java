package vigie.console.plan;

import javafx.scene.canvas.GraphicsContext;

import vigie.console.style.Palette;
import vigie.console.style.Role;
import vigie.plan.Element;
import vigie.plan.Facing;
import vigie.plan.Plan;
import vigie.text.Words;

import java.util.List;
import java.util.function.BiConsumer;

/** Lays the drawing out on its page: title, plan, legend. */
final class DrawingPainter {
    private static final int WIDTH = 1800;
    private static final double SIDE = 92;
    private static final double ABOVE = 172;
    private static final double BELOW = 46;
    private static final double LEGEND_LINE = 38;
    private static final int LEGEND_COLUMNS = 3;

    private final Layout layout;
    private final Words words;
    private final Palette palette = Palette.drawing();
    private final Scale scale;
    private final List<Entry> legend =
            List.of(
                    new Entry("planview.drawing-rack", DrawingPainter::rack),
                    new Entry("planview.drawing-ups", DrawingPainter::ups),
                    new Entry("planview.drawing-cooling", DrawingPainter::cooling),
                    new Entry("planview.drawing-hot-aisle", (pen, x) -> aisle(pen, x, true)),
                    new Entry("planview.drawing-cold-aisle", (pen, x) -> aisle(pen, x, false)),
                    new Entry("planview.drawing-hot-air", (pen, x) -> air(pen, x, Role.AIR_HOT)),
                    new Entry("planview.drawing-cold-air", (pen, x) -> air(pen, x, Role.AIR_COLD)),
                    new Entry(
                            "planview.drawing-climate",
                            (pen, x) -> point(pen, x[0], x[1], Role.SENSOR)),
                    new Entry("planview.drawing-hot-spot", (pen, x) -> hotSpot(pen, x[0], x[1])),
                    new Entry(
                            "planview.drawing-motion",
                            (pen, x) -> point(pen, x[0], x[1], Role.SENSOR_MOTION)),
                    new Entry("planview.drawing-leak", (pen, x) -> leak(pen, x[0], x[1])),
                    new Entry("planview.drawing-door", DrawingPainter::contact));

    /** A line of the legend: the key of its words, and its sign, drawn at a point. */
    private record Entry(String key, BiConsumer<Pen, double[]> sign) {}

    DrawingPainter(Plan plan, Words words) {
        this.layout = new Layout(plan);
        this.words = words;
        double perMetre = (WIDTH - 2 * SIDE) / layout.extent().width();
        // Written for paper: all of it is read from the same distance.
        this.scale = new Scale(perMetre, Math.clamp(perMetre / 94, 0.7, 1.6));
    }

    int width() {
        return WIDTH;
    }

    int height() {
        return (int)
                Math.ceil(
                        ABOVE
                                + layout.extent().height() * scale.pixelsPerMetre()
                                + BELOW
                                + legendHeight()
                                + 40);
    }

    void paint(GraphicsContext context) {
        Pen page = new Pen(context, palette, new Scale(scale.pixelsPerMetre(), 1.3), 0, 0, 1);
        page.fill(page.colour(Role.GROUND), Extent.sized(0, 0, WIDTH, height()));
        title(page);

        Extent walls = layout.extent().times(scale.pixelsPerMetre());
        Pen pen = new Pen(context, palette, scale, walls.left() - SIDE, walls.top() - ABOVE, 1);
        Extent all = walls.grown(scale.units(40));
        FloorPainter.printed(layout, words).paint(pen, all, List.of());
        blow(pen);
        sensors(pen);

        Pen again = new Pen(context, palette, new Scale(scale.pixelsPerMetre(), 1.3), 0, 0, 1);
        legend(again, ABOVE + walls.height() + BELOW);
        Corner.draw(again, words, WIDTH - SIDE, ABOVE - 62);
    }

    private void title(Pen pen) {
        pen.text(
                layout.plan().label().in(words.language()),
                SIDE,
                58,
                Pen.Side.RIGHT_OF,
                Lettering.Weight.BOLD,
                40,
                pen.colour(Role.TEXT));
        Extent room =
                layout.plan().elements(Element.Room.class).stream()
                        .findFirst()
                        .map(Layout::extent)
                        .orElse(layout.extent());
        String facts =
                words.say("planview.drawing-size", room.width(), room.height())
                        + "   ·   "
                        + words.say(
                                "planview.drawing-counts",
                                layout.plan().elements(Element.Rack.class).size(),
                                layout.plan().elements(Element.CoolingUnit.class).size(),
                                layout.plan().placements().size());
        pen.text(
                facts,
                SIDE,
                103,
                Pen.Side.RIGHT_OF,
                Lettering.Weight.REGULAR,
                20,
                pen.colour(Role.TEXT_MUTED));
    }

    /** Cold air from the units. */
    private void blow(Pen pen) {
        for (Piece piece : layout.pieces()) {
            if (piece.element() instanceof Element.CoolingUnit unit) {
                Extent body = piece.extent().times(scale.pixelsPerMetre());
                Facing to = unit.facing();
                boolean down = Layout.dx(to) == 0;
                for (int i = -1; i <= 1; i += 2) {
                    double aside = i * (down ? body.width() : body.height()) * 0.26;
                    double x =
                            body.centreX()
                                    + Layout.dx(to) * (body.width() / 2 + scale.units(5))
                                    + (down ? aside : 0);
                    double y =
                            body.centreY()
                                    + Layout.dy(to) * (body.height() / 2 + scale.units(5))
                                    + (down ? 0 : aside);
                    double length = scale.units(34);
                    Symbols.arrow(
                            pen,
                            pen.colour(Role.AIR_COLD),
                            scale.thick(),
                            x,
                            y,
                            x + Layout.dx(to) * length,
                            y + Layout.dy(to) * length,
                            scale.units(11));
                }
            }
        }
    }

    private void sensors(Pen pen) {
        for (Element.Sensor sensor : layout.plan().elements(Element.Sensor.class)) {
            double x = scale.metres(sensor.at().x());
            double y = scale.metres(sensor.at().y());
            switch (sensor.role()) {
                case HOT_SPOT -> {
                    hotSpot(pen, x, y);
                }
                case MOTION -> {
                    cone(pen, x, y);
                    point(pen, x, y, Role.SENSOR_MOTION);
                }
                case LEAK -> leak(pen, x, y);
                case DOOR -> contact(pen, new double[] {x, y});
                case INLET, ROOM, RETURN, SUPPLY -> point(pen, x, y, Role.SENSOR);
                case UPS -> {
                    if (measuresAir(sensor)) {
                        point(pen, x, y, Role.SENSOR);
                    }
                }
                case POWER, UNIT -> {}
            }
        }
    }

    private boolean measuresAir(Element.Sensor sensor) {
        return layout.plan().placementsOf(sensor.id()).stream()
                .anyMatch(placement ->
                        switch (placement.quantity()) {
                            case TEMPERATURE, HUMIDITY, DEW_POINT -> true;
                            default -> false;
                        });
    }

    /** Where the motion sensor looks: a faint circle around it. */
    private static void cone(Pen pen, double x, double y) {
        Scale scale = pen.scale();
        pen.disc(pen.colour(Role.SENSOR_MOTION, 0.18), x, y, scale.units(30));
        pen.dashes(scale.units(4), scale.units(4));
        pen.ring(pen.colour(Role.SENSOR_MOTION), scale.thin(), x, y, scale.units(30));
        pen.dashes();
    }

    private static void point(Pen pen, double x, double y, Role role) {
        double radius = pen.scale().units(role == Role.SENSOR_MOTION ? 9 : 5.5);
        pen.disc(pen.colour(Role.GROUND), x, y, radius + 1.5);
        pen.disc(pen.colour(role), x, y, radius);
        pen.ring(pen.colour(Role.TEXT, 0.55), 1, x, y, radius);
    }

    private static void hotSpot(Pen pen, double x, double y) {
        Scale scale = pen.scale();
        pen.disc(pen.colour(Role.SENSOR_HOT_SPOT, 0.16), x, y, scale.units(19));
        pen.ring(pen.colour(Role.SENSOR_HOT_SPOT), scale.thin(), x, y, scale.units(13));
        pen.disc(pen.colour(Role.SENSOR_HOT_SPOT), x, y, scale.units(7));
    }

    private static void leak(Pen pen, double x, double y) {
        double height = pen.scale().units(19);
        Symbols.drop(pen, pen.colour(Role.AIR_COLD), x, y, height, true);
        Symbols.drop(pen, pen.colour(Role.TEXT, 0.6), x, y, height, false);
    }

    private static void contact(Pen pen, double[] at) {
        double half = pen.scale().units(6);
        Extent square = Extent.around(at[0], at[1], half);
        pen.fill(pen.colour(Role.GROUND), square);
        pen.frame(pen.colour(Role.DOOR), 2, square);
        pen.disc(pen.colour(Role.DOOR), at[0], at[1], half * 0.35);
    }

    private double legendHeight() {
        int lines = (legend.size() + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS;
        return 52 + lines * LEGEND_LINE;
    }

    private void legend(Pen pen, double top) {
        pen.line(pen.colour(Role.LINE), 1, SIDE, top, WIDTH - SIDE, top);
        pen.text(
                words.say("planview.drawing-legend"),
                SIDE,
                top + 26,
                Pen.Side.RIGHT_OF,
                Lettering.Weight.BOLD,
                19,
                pen.colour(Role.TEXT));
        int lines = (legend.size() + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS;
        double wide = (WIDTH - 2 * SIDE) / LEGEND_COLUMNS;
        for (int i = 0; i < legend.size(); i++) {
            int column = i / lines;
            double x = SIDE + column * wide;
            double y = top + 62 + (i % lines) * LEGEND_LINE;
            legend.get(i).sign().accept(pen, new double[] {x + 24, y});
            pen.text(
                    words.say(legend.get(i).key()),
                    x + 64,
                    y,
                    Pen.Side.RIGHT_OF,
                    Lettering.Weight.REGULAR,
                    18,
                    pen.colour(Role.TEXT));
        }
    }

    private static Extent swatch(double[] at) {
        return new Extent(at[0] - 22, at[1] - 12, at[0] + 22, at[1] + 12);
    }

    private static void rack(Pen pen, double[] at) {
        Extent area = swatch(at);
        pen.fill(pen.colour(Role.RACK), area);
        pen.fill(
                pen.colour(Role.RACK_LINE),
                new Extent(area.left(), area.top(), area.left() + 5, area.bottom()));
        pen.frame(pen.colour(Role.RACK_LINE), 1, area);
    }

    private static void ups(Pen pen, double[] at) {
        Extent area = swatch(at);
        pen.fill(pen.colour(Role.UPS), area);
        pen.frame(pen.colour(Role.UPS_LINE), 2, area);
    }

    private static void cooling(Pen pen, double[] at) {
        Extent area = swatch(at);
        pen.fill(pen.colour(Role.COOLING), area);
        pen.frame(pen.colour(Role.COOLING_LINE), 1, area);
        Symbols.fan(pen, pen.colour(Role.COOLING_LINE), at[0], at[1], 9, true);
    }

    private static void aisle(Pen pen, double[] at, boolean hot) {
        Extent area = swatch(at);
        pen.fill(pen.colour(hot ? Role.AISLE_HOT : Role.AISLE_COLD), area);
        pen.hatch(pen.colour(hot ? Role.HATCH_HOT : Role.HATCH_COLD), 1, area, hot ? 7 : 12, true);
        pen.frame(pen.colour(hot ? Role.HATCH_HOT : Role.HATCH_COLD), 1, area);
    }

    private static void air(Pen pen, double[] at, Role role) {
        Symbols.arrow(pen, pen.colour(role), 2, at[0] - 20, at[1], at[0] + 20, at[1], 12);
    }
}
