package vigie.console.plan;

import javafx.scene.paint.Color;

import vigie.console.style.Role;
import vigie.picture.ElementPicture;
import vigie.picture.PlacedReading;
import vigie.plan.Deviation;
import vigie.plan.Element;
import vigie.plan.Quantity;
import vigie.plan.SensorRole;

import java.util.Comparator;
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
        line(pen, live, shape, picture, runs);
        mark(pen, picture, shape, loud);
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
    private static void line(
            Pen pen,
            Live live,
            CoolingShape shape,
            ElementPicture picture,
            Optional<Boolean> runs) {
        Scale scale = pen.scale();
        double size = scale.value() * 0.94;
        double small = scale.small();
        Extent content = shape.content();
        if (!Double.isNaN(shape.airY())) {
            Optional<Phrases.Figure> supply =
                    live.figure(Live.find(picture, SensorRole.SUPPLY, Quantity.TEMPERATURE));
            Optional<Phrases.Figure> back =
                    live.figure(Live.find(picture, SensorRole.RETURN, Quantity.TEMPERATURE));
            double x = content.left();
            double arrow = scale.units(12);
            double gap = scale.units(4);
            if (supply.isPresent() && back.isPresent()) {
                String from = supply.get().number();
                String to = back.get().whole();
                double fromWidth = Lettering.width(from, Lettering.Weight.BOLD, size);
                double all =
                        fromWidth
                                + 2 * gap
                                + arrow
                                + Lettering.width(to, Lettering.Weight.REGULAR, size);
                if (all > content.width()) {
                    to = back.get().number();
                }
                number(pen, supply.get(), from, x, shape.airY(), Lettering.Weight.BOLD, size);
                Symbols.arrow(
                        pen,
                        pen.colour(Role.TEXT_MUTED),
                        scale.thin(),
                        x + fromWidth + gap,
                        shape.airY(),
                        x + fromWidth + gap + arrow,
                        shape.airY(),
                        scale.units(6));
                number(
                        pen,
                        back.get(),
                        to,
                        x + fromWidth + 2 * gap + arrow,
                        shape.airY(),
                        Lettering.Weight.REGULAR,
                        size);
            } else {
                supply.or(() -> back)
                        .ifPresent(figure ->
                                number(
                                        pen,
                                        figure,
                                        figure.whole(),
                                        x,
                                        shape.airY(),
                                        Lettering.Weight.BOLD,
                                        size));
            }
        }
        if (!Double.isNaN(shape.speedY())) {
            double y = shape.speedY();
            age(pen, live, shape, picture, y);
            if (runs.isPresent() && !runs.get()) {
                pen.text(
                        live.phrases().say("stopped"),
                        content.left(),
                        y,
                        Pen.Side.RIGHT_OF,
                        Lettering.Weight.BOLD,
                        scale.value() * 0.94,
                        pen.colour(live.connected() ? Role.TEXT : Role.UNCERTAIN));
                return;
            }
            live.figure(Live.find(picture, Quantity.FAN_SPEED))
                    .ifPresent(figure -> {
                        String name = live.phrases().say("fan");
                        pen.text(
                                name,
                                content.left(),
                                y,
                                Pen.Side.RIGHT_OF,
                                Lettering.Weight.REGULAR,
                                small,
                                pen.colour(Role.TEXT_MUTED));
                        pen.text(
                                figure.whole(),
                                content.left()
                                        + Lettering.width(name, Lettering.Weight.REGULAR, small)
                                        + scale.units(6),
                                y,
                                Pen.Side.RIGHT_OF,
                                Lettering.Weight.REGULAR,
                                small * 1.1,
                                PiecePainter.ink(pen, figure.trust()));
                    });
        }
    }

    /**
     * Old numbers may not stand without an age: that of the oldest, at the end of the last line.
     */
    private static void age(
            Pen pen, Live live, CoolingShape shape, ElementPicture picture, double y) {
        picture.readings().stream()
                .filter(reading -> reading.value().isPresent() && reading.time().isPresent())
                .filter(reading -> live.figure(reading).trust() == Phrases.Trust.AGED)
                .min(Comparator.comparing(reading -> reading.time().orElseThrow()))
                .flatMap(reading -> live.figure(reading).age())
                .ifPresent(age ->
                        pen.text(
                                age,
                                shape.content().right(),
                                y,
                                Pen.Side.LEFT_OF,
                                Lettering.Weight.REGULAR,
                                pen.scale().small(),
                                pen.colour(Role.UNCERTAIN)));
    }

    private static void number(
            Pen pen,
            Phrases.Figure figure,
            String text,
            double x,
            double y,
            Lettering.Weight weight,
            double size) {
        pen.text(
                text, x, y, Pen.Side.RIGHT_OF, weight, size, PiecePainter.ink(pen, figure.trust()));
    }

    private static void mark(Pen pen, ElementPicture picture, CoolingShape shape, boolean loud) {
        if (picture.deviation() == Deviation.NONE) {
            return;
        }
        Scale scale = pen.scale();
        double size = RackShape.markSize(scale);
        Extent content = shape.content();
        boolean low = !Double.isNaN(shape.speedY());
        double x = content.right() - size * 0.56;
        double y = low ? shape.speedY() : content.bottom() - size * 0.5;
        Symbols.mark(pen, picture.deviation(), x, y, size, loud);
        picture.worst()
                .ifPresent(worst ->
                        Symbols.direction(
                                pen,
                                worst.direction(),
                                x - size * 1.02,
                                y,
                                size * 0.56,
                                loud
                                        ? pen.colour(Symbols.role(picture.deviation()))
                                        : pen.colour(Role.UNCERTAIN)));
    }
}
