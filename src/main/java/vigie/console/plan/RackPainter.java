package vigie.console.plan;

import javafx.scene.paint.Color;

import vigie.console.style.Role;
import vigie.picture.ElementPicture;
import vigie.picture.PlacedReading;
import vigie.plan.Deviation;
import vigie.plan.Element;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Draws a rack's inlets: the column by height, its edge; {@link RackText} writes on it. */
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
        if (leading.isEmpty()) {
            column(pen, live, rack, shape, inlets);
            return;
        }
        Phrases.Figure figure = live.figure(leading.get());
        boolean loud = live.isLoud(picture);
        RackText text = new RackText(pen, live, shape, picture, figure);
        if (!text.needsColumn()) {
            column(pen, live, rack, shape, inlets);
        }
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
            case VALUE -> text.value();
            case LINE -> text.line(live.shortName(rack));
            case TWO_LINES -> text.twoLines(live.shortName(rack));
            case ALL -> text.all(live.shortName(rack), inlets);
        }
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

    static Optional<PlacedReading> hottest(List<PlacedReading> inlets) {
        return inlets.stream()
                .filter(reading -> reading.value().isPresent())
                .max(Comparator.comparingDouble(reading -> reading.value().getAsDouble()))
                .or(() -> inlets.stream().findFirst());
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
