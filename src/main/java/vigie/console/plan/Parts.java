package vigie.console.plan;

import javafx.scene.paint.Color;

import vigie.console.style.Role;
import vigie.plan.Deviation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts from which painters put together what stands on a line. */
final class Parts {
    private final Pen pen;
    private final Scale scale;

    Parts(Pen pen) {
        this.pen = pen;
        this.scale = pen.scale();
    }

    Scale scale() {
        return scale;
    }

    /** Between neighbours on a line. */
    double gap() {
        return scale.units(4);
    }

    Part.Word word(String text, Lettering.Weight weight, double size, Color colour) {
        return new Part.Word(text, weight, size, colour);
    }

    /** A value with its unit, in the ink of its trust. */
    Part.Word whole(Phrases.Figure figure, Lettering.Weight weight, double size) {
        return word(figure.whole(), weight, size, PiecePainter.ink(pen, figure.trust()));
    }

    /** A value without its unit. */
    Part.Word number(Phrases.Figure figure, Lettering.Weight weight, double size) {
        return word(figure.number(), weight, size, PiecePainter.ink(pen, figure.trust()));
    }

    /** A word in the ink of a trust. */
    Part.Word said(String text, double size, Phrases.Trust trust) {
        return word(text, Lettering.Weight.BOLD, size, PiecePainter.ink(pen, trust));
    }

    /** How old a value is; empty where it is live or nobody knows. */
    Optional<Part> age(Phrases.Figure figure) {
        return figure.age().map(this::age);
    }

    Part age(String age) {
        return word(age, Lettering.Weight.REGULAR, scale.small(), pen.colour(Role.UNCERTAIN));
    }

    /** In place of the age of an old value where only this has room; empty for all others. */
    Optional<Part> clock(Phrases.Figure figure) {
        return figure.trust() == Phrases.Trust.AGED ? Optional.of(clock()) : Optional.empty();
    }

    Part clock() {
        double size = Math.max(8, scale.units(9));
        return new Part.Sign(size, (on, x, y) -> Symbols.clock(on, x, y, size));
    }

    /** The mark of a deviation; empty where there is none. */
    Optional<Part> mark(Deviation deviation, boolean loud) {
        return mark(deviation, loud, RackShape.markSize(scale));
    }

    Optional<Part> smallMark(Deviation deviation, boolean loud) {
        return mark(deviation, loud, RackShape.markSize(scale) * 0.72);
    }

    /** The mark in a size. */
    static Optional<Part> mark(Deviation deviation, boolean loud, double size) {
        return deviation == Deviation.NONE
                ? Optional.empty()
                : Optional.of(
                        new Part.Sign(
                                size * (deviation == Deviation.ALARM ? 0.94 : 1.14),
                                (on, x, y) -> Symbols.mark(on, deviation, x, y, size, loud)));
    }

    /** Which way a value deviates; empty where it does not, or has no direction. */
    Optional<Part> direction(int direction, Deviation deviation, boolean loud) {
        double size = scale.units(9);
        Color colour =
                pen.colour(
                        loud && deviation != Deviation.NONE
                                ? Symbols.role(deviation)
                                : Role.UNCERTAIN);
        return direction == 0
                ? Optional.empty()
                : Optional.of(
                        new Part.Sign(
                                size,
                                (on, x, y) ->
                                        Symbols.direction(on, direction, x, y, size, colour)));
    }

    /**
     * Rows with one value and what belongs to it, best first: the age gives way to a clock, then
     * the unit goes, then the sign gets smaller and the direction goes; the value and the sign of
     * its priority stay.
     *
     * @param withAge false: its age stands elsewhere
     */
    List<Row> value(
            Phrases.Figure figure,
            Deviation deviation,
            boolean loud,
            Lettering.Weight weight,
            double size,
            boolean withAge) {
        Optional<Part> whole = Optional.of(whole(figure, weight, size));
        Optional<Part> number = Optional.of(number(figure, weight, size));
        Optional<Part> none = Optional.empty();
        Optional<Part> age = withAge ? age(figure) : none;
        Optional<Part> clock = withAge ? clock(figure) : none;
        Optional<Part> direction = direction(figure.direction(), deviation, loud);
        Optional<Part> mark = mark(deviation, loud);
        Optional<Part> small = smallMark(deviation, loud);
        List<Row> rows = new ArrayList<>();
        for (List<Optional<Part>> wish :
                List.of(
                        List.of(age, whole, direction, mark),
                        List.of(age, number, direction, mark),
                        List.of(age, number, direction, small),
                        List.of(clock, whole, direction, mark),
                        List.of(clock, number, direction, mark),
                        List.of(clock, number, direction, small),
                        List.of(clock, number, none, small),
                        List.of(none, number, none, small))) {
            rows.add(
                    Row.right(
                            Row.apart(gap(), wish.get(0), wish.get(1), wish.get(2), wish.get(3))));
        }
        return rows;
    }

    /**
     * A value with a sign behind it where nothing else fits: in smaller letters, down to seven
     * tenths.
     */
    static Optional<List<Part>> squeezed(
            Part.Word word, Optional<Part> sign, double gap, double room) {
        double left = room - sign.map(part -> gap + part.width()).orElse(0.0);
        return squeezed(word, left).stream()
                .map(row -> Row.apart(gap, Optional.of(row.right().getFirst()), sign))
                .findFirst();
    }

    /** A value alone where nothing else fits: in smaller letters, down to seven tenths. */
    static List<Row> squeezed(Part.Word word, double room) {
        double factor = room / word.width();
        return factor >= 1
                ? List.of(Row.right(List.of(word)))
                : factor >= 0.7 ? List.of(Row.right(List.of(word.smaller(factor)))) : List.of();
    }
}
