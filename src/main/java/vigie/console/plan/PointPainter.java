package vigie.console.plan;

import javafx.scene.paint.Color;

import vigie.console.style.Role;
import vigie.picture.ElementPicture;
import vigie.picture.PlacedReading;
import vigie.plan.Element;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws a sensor that stands alone: its mark, and beside it what it says. */
final class PointPainter {
    /** From line to line, in sizes of their letters. */
    static final double PITCH = 1.18;

    private PointPainter() {}

    /** How far a sensor's mark reaches, pixels. */
    static double reach(Scale scale) {
        return scale.units(14);
    }

    /** How much room a sensor's text may need, pixels: its width and its height. */
    static double[] room(Element.Sensor sensor, int readings, Scale scale) {
        double value = scale.value();
        double line = value * PITCH;
        return switch (sensor.role()) {
            case MOTION -> new double[] {value * 6, line * 2};
            case LEAK -> new double[] {value * 2.7 + RackShape.markSize(scale), line};
            case DOOR -> new double[] {value * 4, line};
            case INLET, HOT_SPOT, ROOM, RETURN, SUPPLY, UPS, POWER, UNIT ->
                    new double[] {
                        value * 3.7 + RackShape.markSize(scale) * 2.1, line * Math.max(1, readings)
                    };
        };
    }

    /** For the first value without its unit, with the sign of its priority. */
    static double[] signedRoom(Scale scale) {
        double[] least = leastRoom(scale);
        return new double[] {least[0] + scale.units(4) + RackShape.smallMark(scale), least[1]};
    }

    /** With less a value is left out: for the value alone, without its unit. */
    static double[] leastRoom(Scale scale) {
        return new double[] {scale.value() * 2.8, scale.value() * PITCH};
    }

    static void paint(
            Pen pen,
            Live live,
            Element.Sensor sensor,
            ElementPicture picture,
            Optional<LabelPlaces.Place> label) {
        double x = pen.scale().metres(sensor.at().x());
        double y = pen.scale().metres(sensor.at().y());
        switch (sensor.role()) {
            case MOTION -> motion(pen, live, picture, x, y, label);
            case LEAK -> leak(pen, live, picture, x, y, label);
            case HOT_SPOT -> {
                point(pen, live, picture, x, y, Role.SENSOR_HOT_SPOT, true);
                values(pen, live, picture, x, label);
            }
            case INLET, ROOM, RETURN, SUPPLY, UPS, POWER, UNIT, DOOR -> {
                point(pen, live, picture, x, y, Role.SENSOR, false);
                values(pen, live, picture, x, label);
            }
        }
    }

    /** A ring with a point; a hot spot has a second ring. */
    private static void point(
            Pen pen,
            Live live,
            ElementPicture picture,
            double x,
            double y,
            Role calm,
            boolean twice) {
        Scale scale = pen.scale();
        Phrases.Trust trust = trust(live, picture);
        Color colour =
                live.isEdgeLoud(picture)
                        ? pen.colour(Symbols.role(picture.deviation()))
                        : trust == Phrases.Trust.LIVE
                                ? pen.colour(calm)
                                : pen.colour(Role.UNCERTAIN);
        double radius = scale.units(5);
        if (trust != Phrases.Trust.LIVE) {
            pen.signed(Ink.Kind.EDGE, Extent.around(x, y, radius));
        }
        pen.disc(pen.colour(Role.FLOOR), x, y, radius + scale.units(twice ? 5 : 3));
        if (trust == Phrases.Trust.LIVE) {
            pen.ring(colour, Math.max(1.5, scale.units(1.5)), x, y, radius);
            if (twice) {
                pen.ring(colour, scale.thin(), x, y, radius + scale.units(4));
            }
        } else {
            // One dashed ring: two would swim before the eyes.
            double outer = radius + scale.units(twice ? 3 : 1.5);
            double arc = 2 * Math.PI * outer / 12;
            pen.dashes(arc, arc);
            pen.ring(colour, Math.max(1.5, scale.units(1.5)), x, y, outer);
            pen.dashes();
        }
        if (trust.hasValue()) {
            pen.disc(colour, x, y, radius * 0.42);
        }
    }

    private static void values(
            Pen pen,
            Live live,
            ElementPicture picture,
            double x,
            Optional<LabelPlaces.Place> label) {
        if (label.isEmpty()) {
            return;
        }
        Parts parts = new Parts(pen);
        List<Phrases.Figure> figures = picture.readings().stream().map(live::figure).toList();
        List<Line> under = lines(pen, parts, figures, true);
        double room = label.get().all().height();
        if (height(under) <= room) {
            block(pen, under, x, label.get());
            return;
        }
        int shown = figures.size();
        while (shown > 1 && height(lines(pen, parts, figures.subList(0, shown), false)) > room) {
            shown--;
        }
        block(pen, lines(pen, parts, figures.subList(0, shown), false), x, label.get());
    }

    /**
     * A line for each value.
     *
     * @param under whether ages stand on lines of their own, else behind the values
     */
    private static List<Line> lines(
            Pen pen, Parts parts, List<Phrases.Figure> figures, boolean under) {
        Scale scale = pen.scale();
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < figures.size(); i++) {
            Phrases.Figure figure = figures.get(i);
            double size = i == 0 ? scale.value() : scale.value() * 0.9;
            Lettering.Weight weight = i == 0 ? Lettering.Weight.BOLD : Lettering.Weight.REGULAR;
            lines.add(new Line(wishes(parts, figure, weight, size, !under), size));
            // One age under all that share it: each value has its own, or stands over it.
            boolean last = i == figures.size() - 1;
            if (under && (last || !figures.get(i + 1).age().equals(figure.age()))) {
                parts.age(figure)
                        .ifPresent(
                                age -> lines.add(new Line(List.of(List.of(age)), scale.small())));
            }
        }
        return lines;
    }

    private static List<List<Part>> wishes(
            Parts parts,
            Phrases.Figure figure,
            Lettering.Weight weight,
            double size,
            boolean withAge) {
        Optional<Part> whole = Optional.of(parts.whole(figure, weight, size));
        Optional<Part> number = Optional.of(parts.number(figure, weight, size));
        Optional<Part> none = Optional.empty();
        Optional<Part> age = withAge ? parts.age(figure) : none;
        Optional<Part> clock = withAge ? parts.clock(figure) : none;
        Optional<Part> direction =
                parts.direction(figure.direction(), figure.deviation(), figure.loud());
        Optional<Part> mark = parts.mark(figure.deviation(), figure.loud());
        Optional<Part> small = parts.smallMark(figure.deviation(), figure.loud());
        double gap = parts.gap();
        return List.of(
                Row.apart(gap, whole, direction, mark, age),
                Row.apart(gap, number, direction, mark, age),
                Row.apart(gap, whole, direction, mark, clock),
                Row.apart(gap, number, direction, mark, clock),
                Row.apart(gap, number, direction, small, clock),
                Row.apart(gap, number, small, clock),
                Row.apart(gap, number, small));
    }

    private static double height(List<Line> lines) {
        return lines.stream().mapToDouble(line -> line.size() * PITCH).sum() - 0.01;
    }

    /**
     * Lines of text in a label's place, on the side that looks at the mark. Lines for which the
     * values' place is too low begin where the values would and go on below: the values do not jump
     * when their age is told.
     */
    private static void block(Pen pen, List<Line> lines, double x, LabelPlaces.Place place) {
        Extent label = place.values();
        double height = height(lines);
        double y = height <= label.height() ? label.centreY() - height / 2 : label.top();
        boolean left = label.centreX() < x - label.width() * 0.3;
        boolean centred = Math.abs(label.centreX() - x) <= label.width() * 0.3;
        for (Line line : lines) {
            double high = line.size() * PITCH;
            if (y + high > place.all().bottom() + 0.02) {
                return;
            }
            double middle = y + high / 2;
            line.wishes().stream()
                    .filter(parts -> Row.width(parts) <= label.width())
                    .findFirst()
                    .or(() -> squeezed(line, pen.scale().units(2), label.width()))
                    .map(Row::left)
                    .ifPresent(row -> {
                        double width = Row.width(row.left());
                        double from =
                                left
                                        ? label.right() - width
                                        : centred ? label.centreX() - width / 2 : label.left();
                        row.paint(pen, from, from + width, middle);
                    });
            y += high;
        }
    }

    /** The last wish with its words in smaller letters, its sign as large as it is. */
    private static Optional<List<Part>> squeezed(Line line, double gap, double room) {
        List<Part> last = line.wishes().getLast();
        Optional<Part> sign = last.stream().filter(Part.Sign.class::isInstance).findFirst();
        return last.stream()
                .filter(Part.Word.class::isInstance)
                .map(Part.Word.class::cast)
                .flatMap(word -> Parts.squeezed(word, sign, gap, room).stream())
                .findFirst();
    }

    private static void motion(
            Pen pen,
            Live live,
            ElementPicture picture,
            double x,
            double y,
            Optional<LabelPlaces.Place> label) {
        Scale scale = pen.scale();
        Optional<PlacedReading> reading = picture.readings().stream().findFirst();
        Optional<Boolean> moved = Phrases.isOn(reading);
        boolean loud = live.isEdgeLoud(picture);
        Phrases.Trust trust = trust(live, picture);
        double radius = scale.units(11);
        pen.disc(pen.colour(Role.FLOOR), x, y, radius);
        if (trust != Phrases.Trust.LIVE) {
            pen.signed(Ink.Kind.EDGE, Extent.around(x, y, radius));
        }
        if (moved.orElse(false)) {
            Color colour =
                    loud
                            ? pen.colour(Symbols.role(picture.deviation()))
                            : pen.colour(live.connected() ? Role.TEXT : Role.UNCERTAIN);
            if (trust != Phrases.Trust.LIVE) {
                pen.dashes(scale.units(3), scale.units(2.5));
            }
            pen.ring(colour, scale.thin(), x, y, radius);
            pen.dashes();
            Symbols.person(pen, colour, x, y, radius * 1.35);
            if (label.isPresent()) {
                Parts parts = new Parts(pen);
                List<Line> lines = new ArrayList<>();
                lines.add(said(parts, live, picture, "somebody", trust));
                reading.flatMap(read -> live.phrases().since(read, live.now(), live.zone()))
                        .map(since ->
                                parts.word(
                                        since,
                                        Lettering.Weight.REGULAR,
                                        scale.small(),
                                        PiecePainter.ink(pen, trust)))
                        .ifPresent(since ->
                                lines.add(new Line(List.of(List.of(since)), scale.small())));
                block(pen, lines, x, label.get());
            }
        } else {
            boolean known = moved.isPresent();
            Color colour =
                    pen.colour(
                            known && live.connected() ? Role.SENSOR_MOTION : Role.UNCERTAIN,
                            known ? 0.85 : 1);
            if (trust != Phrases.Trust.LIVE) {
                pen.dashes(scale.units(2.5), scale.units(2.5));
            }
            Symbols.watcher(pen, colour, x, y, scale.units(20), Math.max(1, scale.units(1.3)));
            pen.dashes();
            if (!known) {
                sign(pen, live, picture, x, label);
            }
        }
    }

    private static void leak(
            Pen pen,
            Live live,
            ElementPicture picture,
            double x,
            double y,
            Optional<LabelPlaces.Place> label) {
        Scale scale = pen.scale();
        Optional<PlacedReading> reading = picture.readings().stream().findFirst();
        Optional<Boolean> wet = Phrases.isOn(reading);
        boolean loud = live.isEdgeLoud(picture);
        Phrases.Trust trust = trust(live, picture);
        Color colour =
                loud
                        ? pen.colour(Symbols.role(picture.deviation()))
                        : pen.colour(
                                trust == Phrases.Trust.LIVE ? Role.SENSOR : Role.UNCERTAIN,
                                wet.orElse(false) ? 1 : 0.8);
        if (trust != Phrases.Trust.LIVE) {
            pen.signed(Ink.Kind.EDGE, Extent.around(x, y, scale.units(8)));
            pen.dashes(scale.units(2.5), scale.units(2));
        }
        Symbols.drop(
                pen, colour, x, y, scale.units(wet.orElse(false) ? 18 : 15), wet.orElse(false));
        pen.dashes();
        if (wet.orElse(false) && label.isPresent()) {
            block(
                    pen,
                    List.of(said(new Parts(pen), live, picture, "water", trust)),
                    x,
                    label.get());
        } else if (wet.isEmpty()) {
            sign(pen, live, picture, x, label.map(LabelPlaces.Place::ofSign));
        }
    }

    /** A word about what a switch says, with its mark. */
    private static Line said(
            Parts parts, Live live, ElementPicture picture, String key, Phrases.Trust trust) {
        double size = parts.scale().value() * 0.94;
        boolean loud = live.isLoud(picture);
        Optional<Part> word = Optional.of(parts.said(live.phrases().say(key), size, trust));
        Optional<Part> mark = parts.mark(picture.deviation(), loud);
        Optional<Part> small = parts.smallMark(picture.deviation(), loud);
        Optional<Part> clock =
                trust == Phrases.Trust.AGED ? Optional.of(parts.clock()) : Optional.empty();
        double gap = parts.gap();
        return new Line(
                List.of(
                        Row.apart(gap, word, mark, clock),
                        Row.apart(gap, word, small, clock),
                        Row.apart(gap, word, small),
                        Row.apart(gap, word),
                        Row.apart(gap, mark, clock)),
                size);
    }

    /** The sign in place of what cannot be told. */
    private static void sign(
            Pen pen,
            Live live,
            ElementPicture picture,
            double x,
            Optional<LabelPlaces.Place> label) {
        if (label.isPresent() && !picture.readings().isEmpty()) {
            Phrases.Figure figure = live.figure(picture.readings().getFirst());
            double size = pen.scale().value();
            Part number = new Parts(pen).number(figure, Lettering.Weight.BOLD, size);
            block(pen, List.of(new Line(List.of(List.of(number)), size)), x, label.get());
        }
    }

    private static Phrases.Trust trust(Live live, ElementPicture picture) {
        return Live.leading(picture)
                .map(live::figure)
                .map(Phrases.Figure::trust)
                .orElse(Phrases.Trust.NEVER);
    }

    /**
     * One line beside a sensor.
     *
     * @param wishes what it would like to hold, best first
     * @param size of its letters
     */
    private record Line(List<List<Part>> wishes, double size) {}
}
