package vigie.console.plan;

import vigie.console.style.Role;
import vigie.picture.ElementPicture;
import vigie.picture.PlacedReading;
import vigie.plan.Deviation;
import vigie.plan.Quantity;
import vigie.plan.SensorRole;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes on a rack what there is room for. The value always stays, and the sign of its priority; of
 * a value that is not live the age gives way to a clock, and the dashed edge stays.
 */
final class RackText {
    private static final List<String> HEIGHTS = List.of("top", "middle", "bottom");

    private final Pen pen;
    private final Scale scale;
    private final Parts parts;
    private final Live live;
    private final RackShape shape;
    private final Extent content;
    private final ElementPicture picture;
    private final Phrases.Figure figure;
    private final boolean loud;

    /**
     * @param figure what the rack is judged by
     */
    RackText(Pen pen, Live live, RackShape shape, ElementPicture picture, Phrases.Figure figure) {
        this.pen = pen;
        this.scale = pen.scale();
        this.parts = new Parts(pen);
        this.live = live;
        this.shape = shape;
        this.content = shape.content();
        this.picture = picture;
        this.figure = figure;
        this.loud = live.isLoud(picture);
    }

    /**
     * Whether a rack too small for its name has room beside its value for the sign only where the
     * column stands: the sign comes before the column.
     */
    boolean needsColumn() {
        return shape.detail() == RackShape.Detail.VALUE
                && picture.deviation() != Deviation.NONE
                && Row.first(content.width(), 0, values()).isEmpty();
    }

    /** The value in the middle of a rack too small for its name. */
    void value() {
        if (needsColumn()) {
            besideSign();
        } else {
            first(content.width(), values())
                    .ifPresent(row -> row.paintCentred(pen, content.centreX(), content.centreY()));
        }
    }

    /** The sign in the column's place, so that the value stays where it is without one. */
    private void besideSign() {
        Extent inside = shape.inside(scale);
        Optional<Part> sign = parts.smallMark(picture.deviation(), loud);
        double wide = sign.map(Part::width).orElse(0.0);
        double gap = scale.units(2);
        Part.Word number = parts.number(figure, weight(figure), scale.value());
        double room = inside.width() - wide - gap;
        double y = content.centreY();
        boolean atRight = shape.isColumnAtRight();
        sign.ifPresent(part -> part.paint(pen, atRight ? inside.right() - wide : inside.left(), y));
        Parts.squeezed(number, room).stream()
                .findFirst()
                .ifPresent(row -> {
                    double width = Row.width(row.right());
                    double from = inside.left() + (atRight ? 0 : wide + gap);
                    double to = inside.right() - (atRight ? wide + gap : 0);
                    double start =
                            Math.clamp(
                                    content.centreX() - width / 2,
                                    from,
                                    Math.max(from, to - width));
                    row.paint(pen, start, start + width, y);
                });
    }

    /** The value behind the name. */
    void line(String name) {
        double room = content.width() - nameWidth(name) - scale.units(4);
        first(room, values(), parts.smallMark(picture.deviation(), loud))
                .ifPresent(
                        row -> row.paint(pen, content.left(), content.right(), content.centreY()));
    }

    /** Name, age and mark over the value; the direction behind the value. */
    void twoLines(String name) {
        boolean told = aside(name);
        double size = scale.value();
        Optional<Part> whole = Optional.of(parts.whole(figure, weight(figure), size));
        Optional<Part> number = Optional.of(parts.number(figure, weight(figure), size));
        Optional<Part> none = Optional.empty();
        Optional<Part> direction = parts.direction(figure.direction(), picture.deviation(), loud);
        Optional<Part> clock = told ? none : parts.clock(figure);
        double gap = scale.units(4);
        List<Row> wishes =
                List.of(
                        Row.left(Row.apart(gap, whole, direction, clock)),
                        Row.left(Row.apart(gap, number, direction, clock)),
                        Row.left(Row.apart(gap, number, clock)),
                        Row.left(Row.apart(gap, number)));
        first(content.width(), wishes)
                .ifPresent(row -> row.paint(pen, content.left(), content.right(), shape.valueY()));
    }

    /** Every inlet, and at the lower right humidity and power. */
    void all(String name, List<PlacedReading> inlets) {
        boolean told = aside(name);
        double first = content.top() + scale.name() + scale.units(14);
        double pitch = Math.min((content.bottom() - first) / 3, scale.value() * 1.6);
        List<Extent> taken = new ArrayList<>();
        if (inlets.size() <= 1 || inlets.size() > 3) {
            double size = scale.value() * 1.25;
            double y = first + pitch * 0.5;
            List<Row> wishes =
                    parts.value(figure, Deviation.NONE, loud, weight(figure), size, !told);
            first(content.width(), wishes)
                    .ifPresent(row -> {
                        double end = content.left() + Row.width(row.right());
                        row.paint(pen, content.left(), end, y);
                        taken.add(line(content.left(), end, y, size));
                    });
        } else {
            for (int i = 0; i < inlets.size(); i++) {
                double y = first + pitch * (i + 0.1);
                taken.add(
                        inlet(
                                HEIGHTS.get(inlets.size() == 2 ? 2 * i : i),
                                live.figure(inlets.get(i)),
                                y));
            }
        }
        double y = content.bottom() - scale.small() * 0.5;
        secondary(Live.find(picture, SensorRole.POWER, Quantity.POWER), y, taken);
        secondary(
                Live.find(picture, SensorRole.INLET, Quantity.HUMIDITY),
                y - scale.small() * 1.5,
                taken);
    }

    /** One inlet: how high it is, its value, which way it deviates, its age; what it covers. */
    private Extent inlet(String height, Phrases.Figure inlet, double y) {
        double size = scale.value();
        double wide = 0;
        for (String each : HEIGHTS) {
            wide =
                    Math.max(
                            wide,
                            Lettering.width(
                                    live.phrases().say(each),
                                    Lettering.Weight.REGULAR,
                                    scale.small()));
        }
        pen.text(
                live.phrases().say(height),
                content.left(),
                y,
                Pen.Side.RIGHT_OF,
                Lettering.Weight.REGULAR,
                scale.small(),
                pen.colour(Role.ON_RACK, 0.6));
        double from = content.left() + wide + scale.units(7);
        double gap = scale.units(5);
        Optional<Part> whole = Optional.of(parts.whole(inlet, weight(inlet), size));
        Optional<Part> number = Optional.of(parts.number(inlet, weight(inlet), size));
        Optional<Part> direction =
                inlet.deviation() == Deviation.NONE
                        ? Optional.empty()
                        : parts.direction(inlet.direction(), inlet.deviation(), inlet.loud());
        List<Row> wishes =
                List.of(
                        Row.left(Row.apart(gap, whole, direction, parts.age(inlet))),
                        Row.left(Row.apart(gap, whole, direction, parts.clock(inlet))),
                        Row.left(Row.apart(gap, number, direction, parts.clock(inlet))),
                        Row.left(Row.apart(gap, number)));
        Optional<Row> fitting = Row.first(content.right() - from, 0, wishes);
        fitting.ifPresent(row -> row.paint(pen, from, content.right(), y));
        double end = fitting.map(row -> from + Row.width(row.left())).orElse(from);
        return line(content.left(), end, y, size);
    }

    /** What is read last, where nothing else stands: its age before it. */
    private void secondary(Optional<PlacedReading> reading, double y, List<Extent> taken) {
        if (reading.isEmpty()) {
            return;
        }
        Phrases.Figure told = live.figure(reading.get());
        double size = scale.small();
        Part.Word value =
                parts.word(
                        told.whole(),
                        Lettering.Weight.REGULAR,
                        size,
                        told.trust() == Phrases.Trust.LIVE
                                ? pen.colour(Role.ON_RACK, 0.78)
                                : pen.colour(Role.UNCERTAIN, 0.8));
        Optional<Part> age =
                told.trust() == Phrases.Trust.AGED ? parts.age(told) : Optional.empty();
        double gap = scale.units(5);
        double room = content.width();
        for (Extent other : taken) {
            if (other.overlaps(line(content.left(), content.right(), y, size))) {
                room = Math.min(room, content.right() - other.right() - gap);
            }
        }
        Row.first(
                        room,
                        0,
                        List.of(
                                Row.right(Row.apart(gap, age, Optional.of(value))),
                                Row.right(Row.apart(gap, parts.clock(told), Optional.of(value)))))
                .ifPresent(row -> {
                    row.paint(pen, content.left(), content.right(), y);
                    taken.add(
                            line(
                                    content.right() - Row.width(row.right()),
                                    content.right(),
                                    y,
                                    size));
                });
    }

    /**
     * The mark and the age, at the right of the name's line.
     *
     * @return whether it is told here that the value is not fresh
     */
    private boolean aside(String name) {
        double least = scale.units(2.5);
        double room = content.width() - nameWidth(name) - least;
        Optional<Part> age = parts.age(figure);
        Optional<Part> clock = parts.clock(figure);
        Optional<Part> mark = parts.mark(picture.deviation(), loud);
        Optional<Part> small = parts.smallMark(picture.deviation(), loud);
        List<Row> wishes = new ArrayList<>();
        wishes.add(Row.right(Row.apart(least, age, mark)));
        wishes.add(Row.right(Row.apart(least, age, small)));
        int told = wishes.size();
        // Alone it stands under the name, behind the value.
        if (mark.isPresent()) {
            wishes.add(Row.right(Row.apart(least, mark)));
            wishes.add(Row.right(Row.apart(least, small)));
        } else if (clock.isPresent()) {
            wishes.add(Row.right(Row.apart(least, clock)));
        }
        Optional<Row> row = Row.first(room, 0, wishes);
        row.ifPresent(its -> its.paint(pen, content.left(), content.right(), shape.nameY()));
        return row.map(its -> wishes.indexOf(its) < told || mark.isEmpty()).orElse(false);
    }

    private double nameWidth(String name) {
        String written = shape.name(name, scale);
        return Lettering.width(written, Lettering.Weight.REGULAR, scale.name());
    }

    private List<Row> values() {
        return parts.value(figure, picture.deviation(), loud, weight(figure), scale.value(), true);
    }

    /** The first that fits; else the value alone, in smaller letters. */
    private Optional<Row> first(double room, List<Row> wishes) {
        return first(room, wishes, Optional.empty());
    }

    /** The first that fits; else the value in smaller letters, with its sign. */
    private Optional<Row> first(double room, List<Row> wishes, Optional<Part> sign) {
        Part.Word number = parts.number(figure, weight(figure), scale.value());
        return Row.first(room, 0, wishes)
                .or(() -> Parts.squeezed(number, sign, scale.units(2), room).map(Row::right));
    }

    private static Extent line(double left, double right, double y, double size) {
        return new Extent(left, y - size * 0.6, right, y + size * 0.6);
    }

    private static Lettering.Weight weight(Phrases.Figure figure) {
        return figure.trust() == Phrases.Trust.AGED
                ? Lettering.Weight.REGULAR
                : Lettering.Weight.BOLD;
    }
}
