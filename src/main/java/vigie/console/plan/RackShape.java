package vigie.console.plan;

import vigie.picture.ElementPicture;
import vigie.picture.PlacedReading;
import vigie.plan.Element;
import vigie.plan.Facing;
import vigie.plan.Quantity;
import vigie.plan.SensorRole;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where everything lies on a drawn rack: the strip of its inlet face, the column that shows its
 * inlets by height, and the lines of text, as many as there is room for. Pixels of the plan.
 *
 * @param body the rack
 * @param face the strip along its inlet
 * @param column one part for each inlet, the highest first; empty where there is no room
 * @param content what is left for text
 * @param detail how much is written
 * @param nameHeight of the name's capitals
 * @param valueHeight of the value's digits
 * @param block height of name and value together
 */
record RackShape(
        Extent body,
        Extent face,
        Optional<Extent> column,
        Extent content,
        Detail detail,
        double nameHeight,
        double valueHeight,
        double block) {
    /** The least width of a value without its unit, in sizes of its letters. */
    private static final double LEAST_VALUE = 2.1;

    /** How much is written on a rack. */
    enum Detail {
        /** Nothing fits: colour and mark only. */
        MARK,
        /** The value alone. */
        VALUE,
        /** Name and value on one line. */
        LINE,
        /** Name over value. */
        TWO_LINES,
        /** Every inlet, humidity and power too. */
        ALL
    }

    static RackShape of(Piece piece, Element.Rack rack, Scale scale) {
        Extent body = piece.extent().times(scale.pixelsPerMetre());
        double strip = Math.min(scale.units(4), Math.min(body.width(), body.height()) / 8);
        Extent face =
                switch (rack.facing()) {
                    case WEST -> Extent.sized(body.left(), body.top(), strip, body.height());
                    case EAST ->
                            Extent.sized(body.right() - strip, body.top(), strip, body.height());
                    case NORTH -> Extent.sized(body.left(), body.top(), body.width(), strip);
                    case SOUTH ->
                            Extent.sized(body.left(), body.bottom() - strip, body.width(), strip);
                };
        double pad = scale.units(5);
        Extent inner =
                switch (rack.facing()) {
                    case WEST -> new Extent(face.right(), body.top(), body.right(), body.bottom());
                    case EAST -> new Extent(body.left(), body.top(), face.left(), body.bottom());
                    case NORTH ->
                            new Extent(body.left(), face.bottom(), body.right(), body.bottom());
                    case SOUTH -> new Extent(body.left(), body.top(), body.right(), face.top());
                };
        double wide = scale.units(5);
        // The value comes first: beside the column there must still be room for it.
        boolean hasColumn =
                inner.width()
                                > Math.max(
                                        scale.units(34),
                                        wide
                                                + scale.units(7)
                                                + pad * 2.6
                                                + scale.value() * LEAST_VALUE)
                        && inner.height() > scale.units(24)
                        && !inlets(piece).isEmpty();
        boolean atRight = rack.facing() == Facing.EAST;
        Optional<Extent> column =
                hasColumn
                        ? Optional.of(
                                Extent.sized(
                                        atRight ? inner.right() - pad - wide : inner.left() + pad,
                                        inner.top() + pad,
                                        wide,
                                        inner.height() - 2 * pad))
                        : Optional.empty();
        double beside = hasColumn ? pad + wide + scale.units(7) : pad;
        Extent content =
                new Extent(
                        inner.left() + (atRight ? pad * 1.6 : beside),
                        inner.top() + pad,
                        inner.right() - (atRight ? beside : pad * 1.2),
                        inner.bottom() - pad);
        double nameHeight = scale.name() * Lettering.CAPITAL;
        double valueHeight = scale.value() * Lettering.CAPITAL;
        double block =
                Math.min(
                        nameHeight + valueHeight + scale.units(10),
                        body.height() - scale.units(10));
        return new RackShape(
                body,
                face,
                column,
                content,
                detail(content, scale),
                nameHeight,
                valueHeight,
                block);
    }

    private static Detail detail(Extent content, Scale scale) {
        double value = scale.value();
        double width = content.width();
        double height = content.height();
        if (height >= scale.units(82) && width >= scale.units(112)) {
            return Detail.ALL;
        }
        if (height >= value * 0.8 + scale.name() + scale.units(5) && width >= value * 3.1) {
            return Detail.TWO_LINES;
        }
        if (height >= value * 0.85 && width >= value * 4.2) {
            return Detail.LINE;
        }
        return height >= value * 0.85 && width >= value * LEAST_VALUE ? Detail.VALUE : Detail.MARK;
    }

    /**
     * What is written of a name: it leaves room for a value with its mark on its line, or for a
     * mark. Maybe "".
     */
    String name(String name, Scale scale) {
        double kept =
                switch (detail) {
                    case LINE ->
                            Lettering.width("88.8", Lettering.Weight.BOLD, scale.value())
                                    + scale.units(8)
                                    + smallMark(scale);
                    case TWO_LINES, ALL -> smallMark(scale) + scale.units(2.5);
                    case VALUE, MARK -> Double.POSITIVE_INFINITY;
                };
        return Lettering.fitting(
                name, Lettering.Weight.REGULAR, scale.name(), content.width() - kept);
    }

    /** The middle of the name's line. */
    double nameY() {
        return switch (detail) {
            case TWO_LINES -> body.centreY() - block / 2 + nameHeight / 2;
            case LINE, VALUE, MARK -> content.centreY();
            case ALL -> content.top() + nameHeight / 2;
        };
    }

    /** The middle of the value's line where it stands under the name. */
    double valueY() {
        return body.centreY() + block / 2 - valueHeight / 2;
    }

    static double markSize(Scale scale) {
        return Math.max(13, scale.units(17));
    }

    /** The width of the smallest mark. */
    static double smallMark(Scale scale) {
        return markSize(scale) * 0.83;
    }

    /** All between the face and the edge: the content, and where the column stands. */
    Extent inside(Scale scale) {
        double edge = scale.thick() + 1;
        Extent within = column.map(content::union).orElse(content).grown(scale.units(3));
        return new Extent(
                Math.max(within.left(), Math.max(body.left() + edge, leftFace() + 1)),
                content.top(),
                Math.min(within.right(), Math.min(body.right() - edge, rightFace() - 1)),
                content.bottom());
    }

    /** The side of the column, also where there is none. */
    boolean isColumnAtRight() {
        return rightFace() < body.right();
    }

    private double leftFace() {
        return isUpright(face) && face.left() <= body.left() ? face.right() : body.left();
    }

    private double rightFace() {
        return isUpright(face) && face.right() >= body.right() ? face.left() : body.right();
    }

    private static boolean isUpright(Extent face) {
        return face.height() > face.width();
    }

    /** The part of the column at a place, 0 the highest; three where there are fewer inlets. */
    Extent part(int index, int parts) {
        Extent whole = column.orElse(face);
        double gap = Math.max(1, whole.width() * 0.3);
        double height = (whole.height() - gap * (parts - 1)) / parts;
        return Extent.sized(
                whole.left(), whole.top() + index * (height + gap), whole.width(), height);
    }

    /** The sensors of a rack's inlet air, the highest first. */
    static List<Element.Sensor> inlets(Piece piece) {
        return piece.sensors().stream()
                .filter(sensor -> sensor.role() == SensorRole.INLET)
                .sorted(Comparator.comparingDouble(sensor -> -sensor.height()))
                .toList();
    }

    /** The inlet temperatures of a picture, the highest first. */
    static List<PlacedReading> temperatures(ElementPicture picture) {
        List<PlacedReading> found = new ArrayList<>();
        for (PlacedReading reading : picture.readings()) {
            if (reading.sensor().role() == SensorRole.INLET
                    && reading.placement().quantity() == Quantity.TEMPERATURE) {
                found.add(reading);
            }
        }
        found.sort(Comparator.comparingDouble(reading -> -reading.sensor().height()));
        return found;
    }

    /**
     * Which third of the column shows a reading: with three inlets each has its own, with fewer the
     * height on the rack says.
     */
    static int third(Element.Rack rack, PlacedReading reading, int index, int count) {
        if (count == 3) {
            return index;
        }
        double share = reading.sensor().height() / Math.max(0.1, rack.height());
        return share > 2.0 / 3 ? 0 : share > 1.0 / 3 ? 1 : 2;
    }
}
