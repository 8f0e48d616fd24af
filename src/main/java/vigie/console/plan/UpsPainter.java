package vigie.console.plan;

import javafx.scene.paint.Color;

import vigie.console.style.Role;
import vigie.picture.ElementPicture;
import vigie.picture.PlacedReading;
import vigie.plan.Deviation;
import vigie.plan.Quantity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private static final Map<Quantity, String> KEYS =
            Map.of(
                    Quantity.LOAD, "load",
                    Quantity.CHARGE, "charge",
                    Quantity.RUNTIME, "runtime",
                    Quantity.TEMPERATURE, "temperature",
                    Quantity.HUMIDITY, "humidity",
                    Quantity.VOLTAGE, "voltage");

    private UpsPainter() {}

    static void paint(Pen pen, Live live, Piece piece, ElementPicture picture) {
        Scale scale = pen.scale();
        UpsShape shape = UpsShape.of(piece, scale);
        PiecePainter.edge(pen, live, picture, Live.leading(picture), shape.body());
        boolean loud = live.isLoud(picture);
        Optional<Boolean> onBattery = Phrases.isOn(Live.find(picture, Quantity.ON_BATTERY));
        Extent content = shape.content();
        double size = RackShape.markSize(scale);
        int lines = shape.lines();
        if (lines < 1) {
            compact(pen, live, picture, content);
            return;
        }
        if (picture.deviation() != Deviation.NONE) {
            Symbols.mark(
                    pen,
                    picture.deviation(),
                    content.right() - size * 0.5,
                    content.top() + size * 0.4,
                    size,
                    loud);
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
        double room = shape.content().right() - from;
        Parts parts = new Parts(pen);
        Optional<Phrases.Figure> figure = live.figure(Live.find(picture, Quantity.ON_BATTERY));
        Optional<Part> age =
                figure.filter(its -> its.trust() == Phrases.Trust.AGED).flatMap(parts::age);
        Optional<Part> clock = figure.flatMap(parts::clock);
        double width = Lettering.width(text, Lettering.Weight.BOLD, scale.value());
        double gap = scale.units(6);
        List<Row> wishes = new ArrayList<>();
        for (Optional<Part> fresh : List.of(age, clock)) {
            double kept = fresh.map(part -> part.width() + gap).orElse(0.0);
            if (width + kept <= room || fresh.equals(clock)) {
                String fitting =
                        Lettering.fitting(text, Lettering.Weight.BOLD, scale.value(), room - kept);
                wishes.add(
                        new Row(
                                List.of(
                                        parts.word(
                                                fitting,
                                                Lettering.Weight.BOLD,
                                                scale.value(),
                                                ink)),
                                fresh.stream().toList()));
            }
        }
        Row.first(room, gap, wishes)
                .ifPresent(row -> row.paint(pen, from, shape.content().right(), y));
    }

    /** The one value that tells most, on a zone too small for its name. */
    private static void compact(Pen pen, Live live, ElementPicture picture, Extent content) {
        double size = pen.scale().value();
        if (content.height() < size * 0.5) {
            return;
        }
        Parts parts = new Parts(pen);
        LINES.stream()
                .flatMap(quantity -> Live.find(picture, quantity).stream())
                .findFirst()
                .map(live::figure)
                .flatMap(figure ->
                        Row.first(
                                content.width(),
                                0,
                                parts.value(
                                        figure,
                                        picture.deviation(),
                                        live.isLoud(picture),
                                        Lettering.Weight.BOLD,
                                        size,
                                        true)))
                .ifPresent(row -> row.paintCentred(pen, content.centreX(), content.centreY()));
    }

    /**
     * Name on the left, value on the right, and a thin bar between under percentages. The bar gives
     * way to the age, the age to a clock, the name last.
     */
    private static void entry(
            Pen pen, Live live, PlacedReading reading, double left, double wide, double y) {
        Scale scale = pen.scale();
        Phrases.Figure figure = live.figure(reading);
        Quantity quantity = reading.placement().quantity();
        Parts parts = new Parts(pen);
        String name = name(live, reading);
        double small = scale.small();
        Optional<Part> value =
                Optional.of(parts.whole(figure, Lettering.Weight.BOLD, scale.value() * 0.9));
        Optional<Part> sign = sign(pen, parts, figure);
        boolean aged = figure.trust() == Phrases.Trust.AGED;
        Optional<Part> age = aged ? parts.age(figure) : Optional.empty();
        double near = scale.units(4);
        double gap = scale.units(8);
        List<Part> best = Row.apart(near, age, sign, value);
        List<Part> least = Row.apart(near, parts.clock(figure), sign, value);
        if (Lettering.width(name, Lettering.Weight.REGULAR, small) + gap + Row.width(least)
                > wide) {
            name = key(quantity).map(key -> live.phrases().say("short-" + key)).orElse(name);
        }
        double nameWidth = Lettering.width(name, Lettering.Weight.REGULAR, small);
        List<Part> right =
                nameWidth + gap + Row.width(best) <= wide
                        ? best
                        : Row.width(least) <= wide ? least : Row.apart(near, value);
        double room = wide - gap - Row.width(right);
        String written = Lettering.fitting(name, Lettering.Weight.REGULAR, small, room);
        if (!written.isEmpty()) {
            pen.text(
                    written,
                    left,
                    y,
                    Pen.Side.RIGHT_OF,
                    Lettering.Weight.REGULAR,
                    small,
                    pen.colour(Role.TEXT_MUTED));
        }
        Row.right(right).paint(pen, left, left + wide, y);
        boolean bar = quantity == Quantity.CHARGE || quantity == Quantity.LOAD;
        // All bars begin and end at the same places, whatever their names and values.
        double barLeft = left + Math.max(nameWidth + gap, small * 5.1);
        double barRight = left + wide - scale.units(66);
        if (bar && !aged && barRight <= left + room && barRight - barLeft > scale.units(30)) {
            bar(
                    pen,
                    reading,
                    figure,
                    new Extent(barLeft, y - scale.units(2.5), barRight, y + scale.units(2.5)));
        }
    }

    /** Which way a value deviates, or that it does. */
    private static Optional<Part> sign(Pen pen, Parts parts, Phrases.Figure figure) {
        if (figure.deviation() == Deviation.NONE || figure.direction() != 0) {
            return parts.direction(figure.direction(), figure.deviation(), figure.loud());
        }
        Color colour =
                pen.colour(figure.loud() ? Symbols.role(figure.deviation()) : Role.UNCERTAIN);
        double radius = pen.scale().units(3);
        return Optional.of(new Part.Sign(2 * radius, (on, x, y) -> on.disc(colour, x, y, radius)));
    }

    private static String name(Live live, PlacedReading reading) {
        return key(reading.placement().quantity())
                .map(key -> live.phrases().say(key))
                .orElseGet(() -> live.phrases().name(reading.sensor()));
    }

    /** The key of the short name that a quantity has on the zone; empty where it has none. */
    static Optional<String> key(Quantity quantity) {
        return Optional.ofNullable(KEYS.get(quantity));
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
