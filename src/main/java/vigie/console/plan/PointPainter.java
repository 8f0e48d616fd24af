package vigie.console.plan;

import javafx.scene.paint.Color;

import vigie.console.style.Role;
import vigie.picture.ElementPicture;
import vigie.picture.PlacedReading;
import vigie.plan.Deviation;
import vigie.plan.Element;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws a sensor that stands alone: its mark, and beside it what it says. */
final class PointPainter {
    private PointPainter() {}

    /** How far a sensor's mark reaches, pixels. */
    static double reach(Scale scale) {
        return scale.units(14);
    }

    /** How much room a sensor's text may need, pixels: its width and its height. */
    static double[] room(Element.Sensor sensor, int readings, Scale scale) {
        double value = scale.value();
        double line = value * 1.15;
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

    static void paint(
            Pen pen,
            Live live,
            Element.Sensor sensor,
            ElementPicture picture,
            Optional<Extent> label) {
        double x = pen.scale().metres(sensor.at().x());
        double y = pen.scale().metres(sensor.at().y());
        switch (sensor.role()) {
            case MOTION -> motion(pen, live, picture, x, y, label);
            case LEAK -> leak(pen, live, picture, x, y, label);
            case HOT_SPOT -> {
                point(pen, live, picture, x, y, Role.SENSOR_HOT_SPOT, true);
                values(pen, live, picture, x, y, label);
            }
            case INLET, ROOM, RETURN, SUPPLY, UPS, POWER, UNIT, DOOR -> {
                point(pen, live, picture, x, y, Role.SENSOR, false);
                values(pen, live, picture, x, y, label);
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
        boolean loud = live.isLoud(picture);
        Phrases.Trust trust = trust(live, picture);
        Color colour =
                loud
                        ? pen.colour(Symbols.role(picture.deviation()))
                        : trust == Phrases.Trust.LIVE
                                ? pen.colour(calm)
                                : pen.colour(Role.UNCERTAIN);
        double radius = scale.units(5);
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
            double y,
            Optional<Extent> label) {
        if (label.isEmpty()) {
            return;
        }
        Scale scale = pen.scale();
        List<Line> lines = new ArrayList<>();
        List<Phrases.Figure> figures = picture.readings().stream().map(live::figure).toList();
        for (int i = 0; i < figures.size(); i++) {
            Phrases.Figure figure = figures.get(i);
            lines.add(
                    new Line(
                            figure.whole(),
                            figure.trust(),
                            i == 0 ? Lettering.Weight.BOLD : Lettering.Weight.REGULAR,
                            i == 0 ? scale.value() : scale.value() * 0.9,
                            figure.deviation(),
                            figure.direction(),
                            figure.loud()));
            // One age under all that share it: each value has its own, or stands over it.
            boolean last = i == figures.size() - 1;
            if (last || !figures.get(i + 1).age().equals(figure.age())) {
                figure.age()
                        .ifPresent(age ->
                                lines.add(
                                        new Line(
                                                age,
                                                Phrases.Trust.AGED,
                                                Lettering.Weight.REGULAR,
                                                scale.small(),
                                                Deviation.NONE,
                                                0,
                                                false)));
            }
        }
        block(pen, lines, x, y, label.get());
    }

    /** Lines of text in a label's place, on the side that looks at the mark. */
    private static void block(Pen pen, List<Line> lines, double x, double sensorY, Extent label) {
        Scale scale = pen.scale();
        double height = lines.stream().mapToDouble(line -> line.size() * 1.18).sum();
        // Under a mark more lines grow downwards, not into it.
        double y =
                label.top() > sensorY && height > label.height()
                        ? label.top()
                        : label.centreY() - height / 2;
        boolean left = label.centreX() < x - label.width() * 0.3;
        boolean centred = Math.abs(label.centreX() - x) <= label.width() * 0.3;
        for (Line line : lines) {
            double middle = y + line.size() * 0.59;
            double width = Lettering.width(line.text(), line.weight(), line.size());
            double mark = line.deviation() == Deviation.NONE ? 0 : RackShape.markSize(scale);
            double arrow = line.direction() == 0 ? 0 : mark * 0.76;
            double more = mark == 0 ? 0 : mark * 1.05 + arrow + scale.units(4);
            double from =
                    left
                            ? label.right() - width - more
                            : centred ? label.centreX() - (width + more) / 2 : label.left();
            pen.text(
                    line.text(),
                    from,
                    middle,
                    Pen.Side.RIGHT_OF,
                    line.weight(),
                    line.size(),
                    PiecePainter.ink(pen, line.trust()));
            if (mark > 0) {
                double at = from + width + scale.units(4);
                Symbols.direction(
                        pen,
                        line.direction(),
                        at + mark * 0.38,
                        middle,
                        mark * 0.56,
                        pen.colour(line.loud() ? Symbols.role(line.deviation()) : Role.UNCERTAIN));
                Symbols.mark(
                        pen,
                        line.deviation(),
                        at + arrow + mark * 0.5,
                        middle,
                        mark * 0.94,
                        line.loud());
            }
            y += line.size() * 1.18;
        }
    }

    private static void motion(
            Pen pen,
            Live live,
            ElementPicture picture,
            double x,
            double y,
            Optional<Extent> label) {
        Scale scale = pen.scale();
        Optional<PlacedReading> reading = picture.readings().stream().findFirst();
        Optional<Boolean> moved = Phrases.isOn(reading);
        boolean loud = live.isLoud(picture);
        Phrases.Trust trust = trust(live, picture);
        double radius = scale.units(11);
        pen.disc(pen.colour(Role.FLOOR), x, y, radius);
        if (moved.orElse(false)) {
            Color colour =
                    loud
                            ? pen.colour(Symbols.role(picture.deviation()))
                            : pen.colour(live.connected() ? Role.TEXT : Role.UNCERTAIN);
            pen.ring(colour, scale.thin(), x, y, radius);
            Symbols.person(pen, colour, x, y, radius * 1.35);
            if (label.isPresent()) {
                List<Line> lines = new ArrayList<>();
                lines.add(
                        new Line(
                                live.phrases().say("somebody"),
                                trust,
                                Lettering.Weight.BOLD,
                                scale.value() * 0.94,
                                picture.deviation(),
                                0,
                                loud));
                reading.flatMap(read -> live.phrases().since(read, live.now(), live.zone()))
                        .ifPresent(since ->
                                lines.add(
                                        new Line(
                                                since,
                                                trust,
                                                Lettering.Weight.REGULAR,
                                                scale.small(),
                                                Deviation.NONE,
                                                0,
                                                false)));
                block(pen, lines, x, y, label.get());
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
                sign(pen, live, picture, x, y, label);
            }
        }
    }

    private static void leak(
            Pen pen,
            Live live,
            ElementPicture picture,
            double x,
            double y,
            Optional<Extent> label) {
        Scale scale = pen.scale();
        Optional<PlacedReading> reading = picture.readings().stream().findFirst();
        Optional<Boolean> wet = Phrases.isOn(reading);
        boolean loud = live.isLoud(picture);
        Phrases.Trust trust = trust(live, picture);
        Color colour =
                loud
                        ? pen.colour(Symbols.role(picture.deviation()))
                        : pen.colour(
                                trust == Phrases.Trust.LIVE ? Role.SENSOR : Role.UNCERTAIN,
                                wet.orElse(false) ? 1 : 0.8);
        if (trust != Phrases.Trust.LIVE) {
            pen.dashes(scale.units(2.5), scale.units(2));
        }
        Symbols.drop(
                pen, colour, x, y, scale.units(wet.orElse(false) ? 18 : 15), wet.orElse(false));
        pen.dashes();
        if (wet.orElse(false) && label.isPresent()) {
            block(
                    pen,
                    List.of(
                            new Line(
                                    live.phrases().say("water"),
                                    trust,
                                    Lettering.Weight.BOLD,
                                    scale.value() * 0.94,
                                    picture.deviation(),
                                    0,
                                    loud)),
                    x,
                    y,
                    label.get());
        } else if (wet.isEmpty()) {
            sign(
                    pen,
                    live,
                    picture,
                    x,
                    y,
                    Optional.of(
                            Extent.sized(
                                    x + scale.units(10),
                                    y - scale.units(8),
                                    scale.units(16),
                                    scale.units(16))));
        }
    }

    /** The sign in place of what cannot be told. */
    private static void sign(
            Pen pen,
            Live live,
            ElementPicture picture,
            double x,
            double y,
            Optional<Extent> label) {
        if (label.isPresent() && !picture.readings().isEmpty()) {
            Phrases.Figure figure = live.figure(picture.readings().getFirst());
            block(
                    pen,
                    List.of(
                            new Line(
                                    figure.number(),
                                    figure.trust(),
                                    Lettering.Weight.BOLD,
                                    pen.scale().value(),
                                    Deviation.NONE,
                                    0,
                                    false)),
                    x,
                    y,
                    label.get());
        }
    }

    private static Phrases.Trust trust(Live live, ElementPicture picture) {
        return Live.leading(picture)
                .map(live::figure)
                .map(Phrases.Figure::trust)
                .orElse(Phrases.Trust.NEVER);
    }

    /** One line beside a sensor. */
    private record Line(
            String text,
            Phrases.Trust trust,
            Lettering.Weight weight,
            double size,
            Deviation deviation,
            int direction,
            boolean loud) {}
}
