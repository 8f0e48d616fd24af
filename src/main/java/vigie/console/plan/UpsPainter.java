package vigie.console.plan;

import javafx.scene.paint.Color;

import vigie.console.style.Role;
import vigie.picture.ElementPicture;
import vigie.picture.PlacedReading;
import vigie.plan.Deviation;
import vigie.plan.Quantity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws the UPS zone: who carries the load, how much, and for how long. */
final class UpsPainter {
    /** The most telling first: what does not fit is left out from the end. */
    private static final List<Quantity> LINES =
            List.of(
                    Quantity.CHARGE,
                    Quantity.RUNTIME,
                    Quantity.LOAD,
                    Quantity.TEMPERATURE,
                    Quantity.HUMIDITY,
                    Quantity.VOLTAGE);

    private UpsPainter() {}

    static void paint(Pen pen, Live live, Piece piece, ElementPicture picture) {
        Scale scale = pen.scale();
        UpsShape shape = UpsShape.of(piece, scale);
        PiecePainter.edge(pen, live, picture, Live.leading(picture), shape.body());
        boolean loud = live.isLoud(picture);
        Optional<Boolean> onBattery = Phrases.isOn(Live.find(picture, Quantity.ON_BATTERY));
        Extent content = shape.content();
        double size = RackShape.markSize(scale);
        if (picture.deviation() != Deviation.NONE) {
            Symbols.mark(
                    pen,
                    picture.deviation(),
                    content.right() - size * 0.5,
                    content.top() + size * 0.4,
                    size,
                    loud);
        }
        int lines = shape.lines();
        if (lines < 1) {
            return;
        }
        source(pen, live, shape, picture, onBattery);
        List<PlacedReading> shown = new ArrayList<>();
        for (Quantity quantity : LINES) {
            Live.find(picture, quantity).ifPresent(shown::add);
        }
        // Two columns where one would be too long and there is room.
        boolean two = shown.size() > lines - 1 && content.width() > scale.value() * 15;
        double wide = two ? (content.width() - scale.units(16)) / 2 : content.width();
        int room = Math.max(0, lines - 1);
        for (int i = 0; i < Math.min(shown.size(), room * (two ? 2 : 1)); i++) {
            int column = i / Math.max(1, room);
            double left = content.left() + column * (wide + scale.units(16));
            double y = shape.lineY(1 + i % Math.max(1, room), scale);
            entry(pen, live, shown.get(i), left, wide, y);
        }
    }

    private static void source(
            Pen pen,
            Live live,
            UpsShape shape,
            ElementPicture picture,
            Optional<Boolean> onBattery) {
        Scale scale = pen.scale();
        double y = shape.lineY(0, scale);
        double left = shape.content().left();
        boolean known = onBattery.isPresent();
        boolean trusted = live.connected() && known;
        Color ink = pen.colour(trusted ? Role.TEXT : Role.UNCERTAIN);
        double symbol = scale.units(17);
        if (onBattery.orElse(false)) {
            double charge =
                    Live.find(picture, Quantity.CHARGE)
                            .map(PlacedReading::value)
                            .filter(value -> value.isPresent())
                            .map(value -> value.getAsDouble() / 100)
                            .orElse(-1.0);
            Symbols.battery(pen, ink, left + symbol * 0.6, y, symbol * 1.2, charge);
        } else if (known) {
            Symbols.plug(pen, ink, left + symbol * 0.5, y, symbol);
        } else {
            pen.text(
                    "–",
                    left + symbol * 0.5,
                    y,
                    Pen.Side.CENTRED,
                    Lettering.Weight.BOLD,
                    scale.value(),
                    ink);
        }
        String text =
                live.phrases()
                        .say(known ? (onBattery.get() ? "battery" : "mains") : "power-unknown");
        double from = left + symbol * (onBattery.orElse(false) ? 1.2 : 1) + scale.units(7);
        pen.text(
                Lettering.fitting(
                        text, Lettering.Weight.BOLD, scale.value(), shape.content().right() - from),
                from,
                y,
                Pen.Side.RIGHT_OF,
                Lettering.Weight.BOLD,
                scale.value(),
                ink);
    }

    /** Name on the left, value on the right, and a thin bar under percentages. */
    private static void entry(
            Pen pen, Live live, PlacedReading reading, double left, double wide, double y) {
        Scale scale = pen.scale();
        Phrases.Figure figure = live.figure(reading);
        Quantity quantity = reading.placement().quantity();
        double size = scale.value() * 0.9;
        double small = scale.small();
        String name =
                switch (quantity) {
                    case LOAD -> live.phrases().say("load");
                    case CHARGE -> live.phrases().say("charge");
                    case RUNTIME -> live.phrases().say("runtime");
                    case TEMPERATURE -> live.phrases().say("temperature");
                    case HUMIDITY -> live.phrases().say("humidity");
                    case VOLTAGE -> live.phrases().say("voltage");
                    default -> live.phrases().name(reading.sensor());
                };
        String value = figure.whole();
        boolean bar = quantity == Quantity.CHARGE || quantity == Quantity.LOAD;
        double barLeft = left + scale.small() * 5.1;
        double barRight = left + wide - scale.units(66);
        boolean aged = figure.trust() == Phrases.Trust.AGED && figure.age().isPresent();
        if (bar && !aged && barRight - barLeft > scale.units(30)) {
            bar(
                    pen,
                    reading,
                    figure,
                    new Extent(barLeft, y - scale.units(2.5), barRight, y + scale.units(2.5)));
        }
        double valueWidth = Lettering.width(value, Lettering.Weight.BOLD, size);
        pen.text(
                Lettering.fitting(
                        name, Lettering.Weight.REGULAR, small, wide - valueWidth - scale.units(14)),
                left,
                y,
                Pen.Side.RIGHT_OF,
                Lettering.Weight.REGULAR,
                small,
                pen.colour(Role.TEXT_MUTED));
        pen.text(
                value,
                left + wide,
                y,
                Pen.Side.LEFT_OF,
                Lettering.Weight.BOLD,
                size,
                PiecePainter.ink(pen, figure.trust()));
        if (aged) {
            // In place of the bar: an old number may not stand without its age.
            pen.text(
                    figure.age().orElse(""),
                    left + wide - valueWidth - scale.units(figure.direction() == 0 ? 10 : 20),
                    y,
                    Pen.Side.LEFT_OF,
                    Lettering.Weight.REGULAR,
                    small,
                    pen.colour(Role.UNCERTAIN));
        }
        if (figure.deviation() != Deviation.NONE) {
            Color colour =
                    pen.colour(figure.loud() ? Symbols.role(figure.deviation()) : Role.UNCERTAIN);
            double x = left + wide - valueWidth - scale.units(8);
            if (figure.direction() == 0) {
                pen.disc(colour, x, y, scale.units(3));
            } else {
                Symbols.direction(pen, figure.direction(), x, y, scale.units(9), colour);
            }
        }
    }

    /** A percentage against its whole range. */
    private static void bar(Pen pen, PlacedReading reading, Phrases.Figure figure, Extent track) {
        if (reading.value().isEmpty()) {
            return;
        }
        double share = Math.clamp(reading.value().getAsDouble() / 100, 0, 1);
        pen.fill(pen.colour(Role.TRACK), track);
        Color colour =
                figure.trust() != Phrases.Trust.LIVE
                        ? pen.colour(Role.UNCERTAIN, 0.6)
                        : figure.loud()
                                ? pen.colour(Symbols.role(figure.deviation()))
                                : pen.colour(Role.NORMAL);
        pen.fill(
                colour,
                Extent.sized(track.left(), track.top(), track.width() * share, track.height()));
    }
}
