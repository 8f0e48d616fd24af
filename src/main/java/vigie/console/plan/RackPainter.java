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

/** Draws a rack's inlets: the column by height, the worst value, the mark. */
final class RackPainter {
    private RackPainter() {}

    static void paint(Pen pen, Live live, Piece piece, Element.Rack rack, ElementPicture picture) {
        Scale scale = pen.scale();
        RackShape shape = RackShape.of(piece, rack, scale);
        List<PlacedReading> inlets = RackShape.temperatures(picture);
        Optional<PlacedReading> leading =
                picture.worst()
                        .filter(worst -> worst.deviation() != Deviation.NONE)
                        .or(() -> hottest(inlets))
                        .or(() -> Live.leading(picture));
        PiecePainter.edge(pen, live, picture, leading, shape.body());
        column(pen, live, rack, shape, inlets);
        if (leading.isEmpty()) {
            return;
        }
        Phrases.Figure figure = live.figure(leading.get());
        boolean loud = live.isLoud(picture);
        switch (shape.detail()) {
            case MARK ->
                    Symbols.mark(
                            pen,
                            picture.deviation(),
                            shape.body().centreX(),
                            shape.body().centreY(),
                            Math.min(
                                    RackShape.markSize(scale),
                                    Math.min(shape.body().width(), shape.body().height()) * 0.8),
                            loud);
            case VALUE -> {
                value(
                        pen,
                        small(live, figure),
                        figure,
                        shape.content().centreX(),
                        shape.content().centreY(),
                        Pen.Side.CENTRED,
                        scale.value());
                corner(pen, picture.deviation(), shape, loud);
            }
            case LINE -> {
                value(
                        pen,
                        small(live, figure),
                        figure,
                        shape.content().right(),
                        shape.content().centreY(),
                        Pen.Side.LEFT_OF,
                        scale.value());
                corner(pen, picture.deviation(), shape, loud);
            }
            case TWO_LINES -> twoLines(pen, shape, live.shortName(rack), picture, figure, loud);
            case ALL -> all(pen, live, rack, shape, picture, inlets, figure, loud);
        }
    }

    /**
     * What stands on a rack with room for one word: of a value gone stale by itself its age, since
     * it may not be shown without; of one that only lost its connection the value, whose age the
     * whole picture tells.
     */
    private static String small(Live live, Phrases.Figure figure) {
        return live.connected() && figure.trust() == Phrases.Trust.AGED
                ? figure.age().orElse(figure.number())
                : figure.number();
    }

    /** Name and mark over the value; the direction behind the value. */
    private static void twoLines(
            Pen pen,
            RackShape shape,
            String shortName,
            ElementPicture picture,
            Phrases.Figure figure,
            boolean loud) {
        Scale scale = pen.scale();
        Extent content = shape.content();
        double y = shape.valueY();
        boolean pointed = figure.direction() != 0;
        double arrow = scale.units(9);
        double room = content.width() - (pointed ? arrow + scale.units(4) : 0);
        String text = fitting(figure, room, scale.value());
        value(pen, text, figure, content.left(), y, Pen.Side.RIGHT_OF, scale.value());
        if (pointed) {
            Symbols.direction(
                    pen,
                    figure.direction(),
                    content.left()
                            + Lettering.width(text, weight(figure), scale.value())
                            + scale.units(4)
                            + arrow / 2,
                    y,
                    arrow,
                    sign(pen, picture, loud));
        }
        aside(pen, shape, shortName, picture, figure, loud);
    }

    /** The mark, or the age, at the right of the name's line. */
    private static void aside(
            Pen pen,
            RackShape shape,
            String shortName,
            ElementPicture picture,
            Phrases.Figure figure,
            boolean loud) {
        Scale scale = pen.scale();
        Extent content = shape.content();
        double middle = shape.nameY();
        double name = Lettering.width(shortName, Lettering.Weight.REGULAR, scale.name());
        double least = scale.units(2.5);
        double age =
                figure.age()
                        .map(text ->
                                Lettering.width(text, Lettering.Weight.REGULAR, scale.small())
                                        + least)
                        .orElse(0.0);
        double right = content.right();
        if (picture.deviation() != Deviation.NONE) {
            double mark = RackShape.markSize(scale);
            // A value that is not live is only shown with its age: the mark makes room for it.
            if (age > 0 && name + least + age + mark * 1.15 > content.width()) {
                mark *= 0.72;
            }
            Symbols.mark(
                    pen, picture.deviation(), right - mark * 0.54, middle + mark * 0.1, mark, loud);
            right -= mark * 1.15 + least;
        }
        double room = right - content.left() - name - least;
        double end = right;
        figure.age()
                .filter(text ->
                        Lettering.width(text, Lettering.Weight.REGULAR, scale.small()) <= room)
                .ifPresent(text ->
                        pen.text(
                                text,
                                end,
                                middle,
                                Pen.Side.LEFT_OF,
                                Lettering.Weight.REGULAR,
                                scale.small(),
                                pen.colour(Role.UNCERTAIN)));
    }

    private static Color sign(Pen pen, ElementPicture picture, boolean loud) {
        return pen.colour(
                loud && picture.deviation() != Deviation.NONE
                        ? Symbols.role(picture.deviation())
                        : Role.UNCERTAIN);
    }

    private static void all(
            Pen pen,
            Live live,
            Element.Rack rack,
            RackShape shape,
            ElementPicture picture,
            List<PlacedReading> inlets,
            Phrases.Figure figure,
            boolean loud) {
        Scale scale = pen.scale();
        Extent content = shape.content();
        aside(pen, shape, live.shortName(rack), picture, figure, loud);
        double first = content.top() + scale.name() + scale.units(14);
        double pitch = Math.min((content.bottom() - first) / 3, scale.value() * 1.6);
        if (inlets.size() <= 1 || inlets.size() > 3) {
            value(
                    pen,
                    figure.whole(),
                    figure,
                    content.left(),
                    first + pitch * 0.5,
                    Pen.Side.RIGHT_OF,
                    scale.value() * 1.25);
        } else {
            String[] names = {"top", "middle", "bottom"};
            double wide = 0;
            for (String name : names) {
                wide =
                        Math.max(
                                wide,
                                Lettering.width(
                                        live.phrases().say(name),
                                        Lettering.Weight.REGULAR,
                                        scale.small()));
            }
            for (int i = 0; i < Math.min(3, inlets.size()); i++) {
                double y = first + pitch * (i + 0.1);
                Phrases.Figure inlet = live.figure(inlets.get(i));
                pen.text(
                        live.phrases().say(names[inlets.size() == 2 ? 2 * i : i]),
                        content.left(),
                        y,
                        Pen.Side.RIGHT_OF,
                        Lettering.Weight.REGULAR,
                        scale.small(),
                        pen.colour(Role.ON_RACK, 0.6));
                double x = content.left() + wide + scale.units(7);
                value(pen, inlet.whole(), inlet, x, y, Pen.Side.RIGHT_OF, scale.value());
                if (inlet.deviation() != Deviation.NONE) {
                    Symbols.direction(
                            pen,
                            inlet.direction(),
                            x
                                    + Lettering.width(
                                            inlet.whole(), Lettering.Weight.BOLD, scale.value())
                                    + scale.units(9),
                            y,
                            scale.units(8),
                            inlet.loud()
                                    ? pen.colour(Symbols.role(inlet.deviation()))
                                    : pen.colour(Role.UNCERTAIN));
                }
            }
        }
        double right = content.right();
        double y = content.bottom() - scale.small() * 0.5;
        secondary(pen, live, Live.find(picture, SensorRole.POWER, Quantity.POWER), right, y);
        secondary(
                pen,
                live,
                Live.find(picture, SensorRole.INLET, Quantity.HUMIDITY),
                right,
                y - scale.small() * 1.5);
    }

    private static String withAge(Phrases.Figure figure) {
        return figure.age()
                .filter(age -> figure.trust() == Phrases.Trust.AGED)
                .map(age -> age + " · " + figure.whole())
                .orElseGet(figure::whole);
    }

    private static void secondary(
            Pen pen, Live live, Optional<PlacedReading> reading, double right, double y) {
        live.figure(reading)
                .ifPresent(figure ->
                        pen.text(
                                withAge(figure),
                                right,
                                y,
                                Pen.Side.LEFT_OF,
                                Lettering.Weight.REGULAR,
                                pen.scale().small(),
                                figure.trust() == Phrases.Trust.LIVE
                                        ? pen.colour(Role.ON_RACK, 0.78)
                                        : pen.colour(Role.UNCERTAIN, 0.8)));
    }

    /** A mark in the corner of a rack too small for it beside the text. */
    private static void corner(Pen pen, Deviation deviation, RackShape shape, boolean loud) {
        double size = Math.min(RackShape.markSize(pen.scale()), shape.body().height() * 0.5);
        Symbols.mark(
                pen,
                deviation,
                shape.body().right() - size * 0.4,
                shape.body().top() + size * 0.4,
                size,
                loud);
    }

    private static void column(
            Pen pen, Live live, Element.Rack rack, RackShape shape, List<PlacedReading> inlets) {
        if (shape.column().isEmpty()) {
            return;
        }
        Scale scale = pen.scale();
        boolean[] told = new boolean[3];
        for (int i : worstLast(inlets)) {
            PlacedReading reading = inlets.get(i);
            int third = RackShape.third(rack, reading, i, inlets.size());
            told[third] = true;
            Extent part = shape.part(third, 3);
            Phrases.Figure figure = live.figure(reading);
            switch (figure.trust()) {
                case LIVE -> {
                    if (figure.deviation() == Deviation.NONE) {
                        pen.fill(pen.colour(Role.NORMAL, 0.75), part);
                    } else {
                        // Wider too: colour is never the only difference.
                        Extent wide =
                                new Extent(
                                        part.left() - scale.units(1.5),
                                        part.top(),
                                        part.right() + scale.units(1.5),
                                        part.bottom());
                        pen.fill(pen.colour(Symbols.role(figure.deviation())), wide);
                    }
                }
                case AGED -> pen.frame(pen.colour(Role.UNCERTAIN), scale.thin(), part);
                case LOST, REMOVED -> {
                    pen.frame(pen.colour(Role.BAD, 0.8), scale.thin(), part);
                    Color colour = pen.colour(Role.BAD, 0.8);
                    pen.line(
                            colour,
                            scale.thin(),
                            part.left(),
                            part.top(),
                            part.right(),
                            part.bottom());
                    pen.line(
                            colour,
                            scale.thin(),
                            part.left(),
                            part.bottom(),
                            part.right(),
                            part.top());
                }
                case NEVER -> pen.dashedFrame(pen.colour(Role.BAD, 0.5), scale.thin(), part);
                case ODD ->
                        pen.hatch(
                                pen.colour(Role.BAD, 0.8),
                                scale.thin(),
                                part,
                                scale.units(3),
                                false);
            }
        }
        for (int third = 0; third < 3; third++) {
            if (!told[third]) {
                pen.fill(pen.colour(Role.TRACK, 0.7), shape.part(third, 3));
            }
        }
    }

    private static Optional<PlacedReading> hottest(List<PlacedReading> inlets) {
        return inlets.stream()
                .filter(reading -> reading.value().isPresent())
                .max(Comparator.comparingDouble(reading -> reading.value().getAsDouble()))
                .or(() -> inlets.stream().findFirst());
    }

    private static String fitting(Phrases.Figure figure, double room, double size) {
        String whole = figure.whole();
        return Lettering.width(whole, Lettering.Weight.BOLD, size) <= room
                ? whole
                : figure.number();
    }

    private static void value(
            Pen pen,
            String text,
            Phrases.Figure figure,
            double x,
            double y,
            Pen.Side side,
            double size) {
        pen.text(text, x, y, side, weight(figure), size, PiecePainter.ink(pen, figure.trust()));
    }

    private static Lettering.Weight weight(Phrases.Figure figure) {
        return figure.trust() == Phrases.Trust.AGED
                ? Lettering.Weight.REGULAR
                : Lettering.Weight.BOLD;
    }

    /** Where two inlets share a part of the column the worse is drawn over the other. */
    private static List<Integer> worstLast(List<PlacedReading> inlets) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < inlets.size(); i++) {
            order.add(i);
        }
        order.sort(
                Comparator.comparing((Integer i) -> inlets.get(i).deviation())
                        .thenComparing(i -> inlets.get(i).quality().grade()));
        return order;
    }
}
