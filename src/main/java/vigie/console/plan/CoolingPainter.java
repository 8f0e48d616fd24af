package vigie.console.plan;

import javafx.scene.paint.Color;

import vigie.console.style.Role;
import vigie.picture.ElementPicture;
import vigie.picture.PlacedReading;
import vigie.plan.Deviation;
import vigie.plan.Element;
import vigie.plan.Quantity;
import vigie.plan.SensorRole;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Draws a cooling unit: its fan, the air in and out, and where it blows. */
final class CoolingPainter {
    private CoolingPainter() {}

    static void paint(
            Pen pen, Live live, Piece piece, Element.CoolingUnit unit, ElementPicture picture) {
        Scale scale = pen.scale();
        CoolingShape shape = CoolingShape.of(piece, unit, scale);
        PiecePainter.edge(pen, live, picture, Live.leading(picture), shape.body());
        Optional<PlacedReading> running = Live.find(picture, Quantity.RUNNING);
        Optional<Boolean> runs = Phrases.isOn(running);
        boolean loud = live.isLoud(picture);
        if (shape.fanRadius() > 0) {
            Color colour =
                    runs.isEmpty() || !live.connected()
                            ? pen.colour(Role.UNCERTAIN)
                            : runs.get()
                                    ? pen.colour(Role.NORMAL)
                                    : loud
                                            ? pen.colour(Symbols.role(picture.deviation()))
                                            : pen.colour(Role.BAD);
            fan(
                    pen,
                    colour,
                    shape,
                    runs,
                    live.figure(running).map(Phrases.Figure::number).orElse(""));
        }
        if (runs.orElse(false)) {
            air(pen, live, unit, shape);
        }
        lines(pen, live, shape, picture, runs);
    }

    private static void fan(
            Pen pen, Color colour, CoolingShape shape, Optional<Boolean> runs, String sign) {
        if (runs.isPresent()) {
            Symbols.fan(pen, colour, shape.fanX(), shape.fanY(), shape.fanRadius(), runs.get());
        } else {
            pen.dashes(3, 3);
            pen.ring(colour, pen.scale().thin(), shape.fanX(), shape.fanY(), shape.fanRadius());
            pen.dashes();
            pen.text(
                    sign,
                    shape.fanX(),
                    shape.fanY(),
                    Pen.Side.CENTRED,
                    Lettering.Weight.BOLD,
                    pen.scale().value(),
                    pen.colour(Role.BAD));
        }
    }

    /** Three arrows of cold air in front of the grille, each fainter than the one before. */
    private static void air(Pen pen, Live live, Element.CoolingUnit unit, CoolingShape shape) {
        Scale scale = pen.scale();
        Extent body = shape.body();
        double dx = Layout.dx(unit.facing());
        double dy = Layout.dy(unit.facing());
        double opacity = live.connected() ? 1 : 0.4;
        for (int i = 0; i < 3; i++) {
            double away = scale.units(9 + 9.0 * i);
            Symbols.chevron(
                    pen,
                    pen.colour(Role.AIR_COLD, opacity * (1 - 0.28 * i)),
                    scale.thick() * 0.75,
                    body.centreX() + dx * (body.width() / 2 + away),
                    body.centreY() + dy * (body.height() / 2 + away),
                    unit.facing(),
                    scale.units(15));
        }
    }

    /** Supply → return, and under it the fan's speed, or that it stands still. */
    private static void lines(
            Pen pen,
            Live live,
            CoolingShape shape,
            ElementPicture picture,
            Optional<Boolean> runs) {
        Parts parts = new Parts(pen);
        Aside aside = Aside.of(parts, live, picture, shape.markSize(pen.scale()));
        boolean two = !Double.isNaN(shape.speedY());
        if (!Double.isNaN(shape.airY())) {
            List<List<Part>> air = air(pen, parts, live, picture);
            paint(pen, shape, shape.airY(), air, two ? Aside.NONE : aside);
        }
        if (two) {
            paint(pen, shape, shape.speedY(), speed(pen, parts, live, picture, runs), aside);
        }
    }

    /**
     * The first of the wishes that fits beside the age and the marks. Words and units give way to
     * the age, the age to all values; what stays without its age has a clock, or the dashed edge.
     */
    private static void paint(
            Pen pen, CoolingShape shape, double y, List<List<Part>> wishes, Aside aside) {
        double gap = pen.scale().units(5);
        List<Row> rows = new ArrayList<>();
        List<List<Part>> ends = aside.wishes(pen.scale().units(3));
        int whole = Math.min(2, Math.max(1, wishes.size() - 1));
        for (List<List<Part>> lefts :
                List.of(wishes.subList(0, whole), wishes.subList(whole, wishes.size()))) {
            for (List<Part> right : ends) {
                for (List<Part> left : lefts) {
                    rows.add(new Row(left, right));
                }
            }
        }
        for (List<Part> left : wishes) {
            rows.add(Row.left(left));
        }
        List<Part> last = wishes.getLast();
        if (last.size() == 1 && last.getFirst() instanceof Part.Word word) {
            rows.addAll(Parts.squeezed(word, shape.content().width()));
        }
        Row.first(shape.content().width(), gap, rows)
                .ifPresent(
                        row -> row.paint(pen, shape.content().left(), shape.content().right(), y));
    }

    /** Supply → return with the unit, without it, the supply alone. */
    private static List<List<Part>> air(Pen pen, Parts parts, Live live, ElementPicture picture) {
        Scale scale = pen.scale();
        double size = scale.value() * 0.94;
        Optional<Phrases.Figure> supply =
                live.figure(Live.find(picture, SensorRole.SUPPLY, Quantity.TEMPERATURE));
        Optional<Phrases.Figure> back =
                live.figure(Live.find(picture, SensorRole.RETURN, Quantity.TEMPERATURE));
        if (supply.isEmpty() || back.isEmpty()) {
            return supply.or(() -> back)
                    .map(figure ->
                            List.<List<Part>>of(
                                    List.of(parts.whole(figure, Lettering.Weight.BOLD, size)),
                                    List.of(parts.number(figure, Lettering.Weight.BOLD, size))))
                    .orElse(List.of(List.of()));
        }
        double length = scale.units(12);
        Optional<Part> from = Optional.of(parts.number(supply.get(), Lettering.Weight.BOLD, size));
        Optional<Part> arrow =
                Optional.of(
                        new Part.Sign(
                                length,
                                (on, x, y) ->
                                        Symbols.arrow(
                                                on,
                                                on.colour(Role.TEXT_MUTED),
                                                scale.thin(),
                                                x - length / 2,
                                                y,
                                                x + length / 2,
                                                y,
                                                scale.units(6))));
        double gap = scale.units(4);
        return List.of(
                Row.apart(
                        gap,
                        from,
                        arrow,
                        Optional.of(parts.whole(back.get(), Lettering.Weight.REGULAR, size))),
                Row.apart(
                        gap,
                        from,
                        arrow,
                        Optional.of(parts.number(back.get(), Lettering.Weight.REGULAR, size))),
                List.of(parts.number(supply.get(), Lettering.Weight.BOLD, size)));
    }

    /** That it stands still, or the fan's speed with its word, without it; at last nothing. */
    private static List<List<Part>> speed(
            Pen pen, Parts parts, Live live, ElementPicture picture, Optional<Boolean> runs) {
        Scale scale = pen.scale();
        double small = scale.small();
        if (runs.isPresent() && !runs.get()) {
            Part word =
                    parts.word(
                            live.phrases().say("stopped"),
                            Lettering.Weight.BOLD,
                            scale.value() * 0.94,
                            pen.colour(live.connected() ? Role.TEXT : Role.UNCERTAIN));
            return List.of(List.of(word), List.of());
        }
        Optional<Phrases.Figure> figure = live.figure(Live.find(picture, Quantity.FAN_SPEED));
        if (figure.isEmpty()) {
            return List.of(List.of());
        }
        Part name =
                parts.word(
                        live.phrases().say("fan"),
                        Lettering.Weight.REGULAR,
                        small,
                        pen.colour(Role.TEXT_MUTED));
        Part value = parts.whole(figure.get(), Lettering.Weight.REGULAR, small * 1.1);
        return List.of(
                Row.apart(scale.units(6), Optional.of(name), Optional.of(value)),
                List.of(value),
                List.of());
    }

    /**
     * What stands at the end of the last line: how old the oldest of the old numbers is, and how
     * far the unit is from normal.
     */
    private record Aside(
            Optional<Part> age,
            Optional<Part> clock,
            Optional<Part> direction,
            Optional<Part> mark,
            Optional<Part> small) {
        static final Aside NONE =
                new Aside(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());

        static Aside of(Parts parts, Live live, ElementPicture picture, double size) {
            boolean loud = live.isLoud(picture);
            Optional<Phrases.Figure> oldest =
                    picture.readings().stream()
                            .filter(reading ->
                                    reading.value().isPresent() && reading.time().isPresent())
                            .filter(reading -> live.figure(reading).trust() == Phrases.Trust.AGED)
                            .min(Comparator.comparing(reading -> reading.time().orElseThrow()))
                            .map(live::figure);
            return new Aside(
                    oldest.flatMap(parts::age),
                    oldest.flatMap(parts::clock),
                    picture.worst()
                            .filter(worst -> picture.deviation() != Deviation.NONE)
                            .flatMap(worst ->
                                    parts.direction(worst.direction(), picture.deviation(), loud)),
                    Parts.mark(picture.deviation(), loud, size),
                    Parts.mark(picture.deviation(), loud, size * 0.8));
        }

        /** Best first. */
        List<List<Part>> wishes(double gap) {
            return List.of(
                    Row.apart(gap, age, direction, mark),
                    Row.apart(gap, age, direction, small),
                    Row.apart(gap, clock, direction, mark),
                    Row.apart(gap, clock, direction, small),
                    Row.apart(gap, clock, small),
                    Row.apart(gap, small));
        }
    }
}
