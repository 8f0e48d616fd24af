package vigie.console.plan;

import javafx.scene.paint.Color;

import vigie.console.style.Role;
import vigie.console.words.ChangeWords;
import vigie.picture.Change;
import vigie.picture.ElementDifference;
import vigie.plan.Element;
import vigie.plan.Quantity;
import vigie.plan.SensorRole;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Draws how a piece differs from another moment, in place of its live values: its ground in the
 * colour of its temperature's change, the signed change, and smaller what it was. What cannot be
 * compared is hatched, what is uncertain has a dashed edge.
 */
final class DifferencePainter {
    /** The order in which the UPS zone's changes are told; what does not fit is left out. */
    private static final List<Quantity> OF_UPS =
            List.of(
                    Quantity.ON_BATTERY,
                    Quantity.CHARGE,
                    Quantity.RUNTIME,
                    Quantity.LOAD,
                    Quantity.TEMPERATURE,
                    Quantity.HUMIDITY,
                    Quantity.VOLTAGE);

    /** Of an on/off point or a text where its words have no room. */
    private static final String DIFFERS = "≠";

    /** In smaller letters than this, in sizes of its own, nothing is written. */
    private static final double LEAST_LETTERS = 0.7;

    private final Pen pen;
    private final Scale scale;
    private final Layout layout;
    private final ChangeWords words;
    private final Locale language;

    DifferencePainter(Pen pen, Layout layout, ChangeWords words) {
        this.pen = pen;
        this.scale = pen.scale();
        this.layout = layout;
        this.words = words;
        this.language = words.figures().words().language();
    }

    /**
     * @param label where a sensor's value is written; empty where it has no room
     */
    void paint(Piece piece, ElementDifference difference, Optional<LabelPlaces.Place> label) {
        switch (piece.element()) {
            case Element.Rack rack -> rack(piece, rack, difference);
            case Element.CoolingUnit unit -> cooling(piece, unit, difference);
            case Element.UpsZone _ -> ups(piece, difference);
            case Element.Door door -> door(door, difference);
            case Element.Aisle _ -> aisle(piece, difference);
            case Element.Sensor sensor -> sensor(sensor, difference, label);
            case Element.Room _, Element.Wall _ -> {}
        }
    }

    /** The ground of something that is coloured by its temperature. */
    static void ground(Pen pen, Optional<Change> leading, Extent area, Role calm) {
        Scale scale = pen.scale();
        if (leading.isEmpty()) {
            pen.fill(pen.colour(calm), area);
        } else if (leading.get().isKnown()) {
            pen.fill(pen.difference(leading.get().step()), area);
        } else {
            pen.fill(pen.colour(calm), area);
            pen.hatch(pen.colour(Role.BAD, 0.4), scale.thin(), area, scale.units(6), false);
        }
    }

    private void edge(Optional<Change> leading, Extent body, Role calm) {
        if (leading.isPresent() && leading.get().isKnown() && !leading.get().isCertain()) {
            pen.dashedFrame(pen.colour(Role.TEXT), scale.thin(), body);
        } else {
            pen.frame(pen.colour(calm, 0.8), scale.thin(), body);
        }
    }

    private void rack(Piece piece, Element.Rack rack, ElementDifference difference) {
        RackShape shape = RackShape.of(piece, rack, scale);
        Optional<Change> leading = difference.leading();
        ground(pen, leading, shape.body(), Role.RACK);
        pen.fill(pen.colour(Role.RACK_LINE, 0.42), shape.face());
        edge(leading, shape.body(), Role.RACK_LINE);
        column(rack, shape, difference.inlets());
        Optional<Change> told = leading.or(() -> difference.changes().stream().findFirst());
        Extent content = shape.content();
        String name = shape.name(layout.shortName(rack, language), scale);
        switch (shape.detail()) {
            case MARK -> {}
            case VALUE ->
                    told.flatMap(change -> alone(change, content.width()))
                            .ifPresent(row ->
                                    row.paintCentred(pen, content.centreX(), content.centreY()));
            case LINE -> {
                head(shape, name, Optional.empty());
                double room = content.width() - regular(name, scale.name()) - scale.units(4);
                told.flatMap(change -> alone(change, room))
                        .ifPresent(row ->
                                row.paint(pen, content.left(), content.right(), content.centreY()));
            }
            case TWO_LINES -> {
                head(shape, name, told);
                told.flatMap(change -> alone(change, content.width()))
                        .ifPresent(row ->
                                row.paint(
                                        pen,
                                        content.left(),
                                        content.left() + Row.width(row.right()),
                                        shape.valueY()));
            }
            case ALL -> all(shape, name, difference);
        }
    }

    /** A change with its unit, without it, in smaller letters. */
    private Optional<Row> alone(Change change, double room) {
        return alone(change, room, scale.value());
    }

    private Optional<Row> alone(Change change, double room, double size) {
        Part.Word whole = bold(words.amount(change), size, ink(change));
        Part.Word number = bold(number(change), size, ink(change));
        List<Row> wishes = new ArrayList<>();
        wishes.add(Row.right(List.of(whole)));
        wishes.addAll(Parts.squeezed(number, room));
        return Row.first(room, 0, wishes);
    }

    private static Part.Word bold(String text, double size, Color colour) {
        return new Part.Word(text, Lettering.Weight.BOLD, size, colour);
    }

    private static double regular(String text, double size) {
        return Lettering.width(text, Lettering.Weight.REGULAR, size);
    }

    /** The name as it is written, and at the right end what the value was. */
    private void head(RackShape shape, String name, Optional<Change> told) {
        Extent content = shape.content();
        text(
                name,
                content.left(),
                shape.nameY(),
                Pen.Side.RIGHT_OF,
                false,
                scale.name(),
                pen.colour(Role.ON_RACK, 0.85));
        double used = regular(name, scale.name());
        told.map(this::ghost)
                .filter(ghost ->
                        regular(ghost, scale.small()) <= content.width() - used - scale.units(4))
                .ifPresent(ghost ->
                        text(
                                ghost,
                                content.right(),
                                shape.nameY(),
                                Pen.Side.LEFT_OF,
                                false,
                                scale.small(),
                                pen.colour(Role.ON_RACK, 0.85)));
    }

    private void all(RackShape shape, String name, ElementDifference difference) {
        Extent content = shape.content();
        List<Change> lines = new ArrayList<>(difference.inlets());
        difference.find(SensorRole.INLET, Quantity.HUMIDITY).ifPresent(lines::add);
        difference.find(Quantity.POWER).ifPresent(lines::add);
        head(shape, name, Optional.empty());
        double first = content.top() + scale.name() + scale.units(14);
        double pitch = scale.value() * 1.35;
        for (int i = 0; i < lines.size(); i++) {
            double y = first + pitch * i;
            if (y + scale.value() / 2 > content.bottom()) {
                return;
            }
            Change change = lines.get(i);
            boolean main = change.quantity() == Quantity.TEMPERATURE;
            double size = main ? scale.value() : scale.small() * 1.1;
            text(
                    words.amount(change),
                    content.left(),
                    y,
                    Pen.Side.RIGHT_OF,
                    main,
                    size,
                    ink(change));
            String ghost = words.before(change);
            double used =
                    Lettering.width(
                            words.amount(change),
                            main ? Lettering.Weight.BOLD : Lettering.Weight.REGULAR,
                            size);
            if (Lettering.width(ghost, Lettering.Weight.REGULAR, scale.small())
                    <= content.width() - used - scale.units(8)) {
                text(
                        ghost,
                        content.right(),
                        y,
                        Pen.Side.LEFT_OF,
                        false,
                        scale.small(),
                        pen.colour(Role.ON_RACK, 0.85));
            }
        }
    }

    private void column(Element.Rack rack, RackShape shape, List<Change> inlets) {
        if (shape.column().isEmpty()) {
            return;
        }
        for (int i = 0; i < inlets.size(); i++) {
            Change change = inlets.get(i);
            double share = change.sensor().height() / Math.max(0.1, rack.height());
            int third = inlets.size() == 3 ? i : share > 2.0 / 3 ? 0 : share > 1.0 / 3 ? 1 : 2;
            Extent part = shape.part(third, 3);
            ground(pen, Optional.of(change), part, Role.TRACK);
            pen.frame(pen.colour(Role.ON_RACK, 0.7), scale.thin(), part);
        }
    }

    private void cooling(Piece piece, Element.CoolingUnit unit, ElementDifference difference) {
        CoolingShape shape = CoolingShape.of(piece, unit, scale);
        Extent body = shape.body();
        double strip = Math.min(scale.units(6), Math.min(body.width(), body.height()) / 6);
        Extent inside =
                switch (unit.facing()) {
                    case NORTH ->
                            new Extent(
                                    body.left(), body.top() + strip, body.right(), body.bottom());
                    case SOUTH ->
                            new Extent(
                                    body.left(), body.top(), body.right(), body.bottom() - strip);
                    case WEST ->
                            new Extent(
                                    body.left() + strip, body.top(), body.right(), body.bottom());
                    case EAST ->
                            new Extent(
                                    body.left(), body.top(), body.right() - strip, body.bottom());
                };
        ground(pen, difference.leading(), inside, Role.COOLING);
        edge(difference.leading(), body, Role.COOLING_LINE);
        Extent content = shape.content();
        if (shape.hasName()) {
            String name = unit.label().in(language);
            text(
                    regular(name, scale.name()) <= content.width()
                            ? name
                            : Lettering.fitting(
                                    layout.shortName(unit, language),
                                    Lettering.Weight.REGULAR,
                                    scale.name(),
                                    content.width()),
                    content.left(),
                    shape.nameY(),
                    Pen.Side.RIGHT_OF,
                    false,
                    scale.name(),
                    pen.colour(Role.TEXT, 0.85));
        }
        if (!Double.isNaN(shape.airY())) {
            air(shape, difference);
        }
        if (!Double.isNaN(shape.speedY())) {
            Optional<Change> told =
                    difference
                            .find(Quantity.RUNNING)
                            .filter(change -> change.differs() || !change.isKnown())
                            .or(() -> difference.find(Quantity.FAN_SPEED));
            told.ifPresent(change -> {
                boolean state = change.quantity() == Quantity.RUNNING;
                List<String> wishes =
                        state
                                ? states(change)
                                : List.of(
                                        phrase("fan") + " " + words.amount(change),
                                        words.amount(change),
                                        number(change));
                whole(
                        wishes,
                        content.left(),
                        shape.speedY(),
                        Pen.Side.RIGHT_OF,
                        state,
                        scale.small(),
                        ink(change),
                        content.width());
            });
        }
    }

    /** The change of the supply's air, an arrow, that of the return's. */
    private void air(CoolingShape shape, ElementDifference difference) {
        Optional<Change> supply = difference.find(SensorRole.SUPPLY, Quantity.TEMPERATURE);
        Optional<Change> back = difference.find(SensorRole.RETURN, Quantity.TEMPERATURE);
        double size = scale.value() * 0.94;
        double x = shape.content().left();
        if (supply.isPresent() && back.isPresent()) {
            double gap = scale.units(4);
            double arrow = scale.units(12);
            Part from = bold(number(supply.get()), size, ink(supply.get()));
            Part between =
                    new Part.Sign(
                            arrow,
                            (on, at, y) ->
                                    Symbols.arrow(
                                            on,
                                            on.colour(Role.TEXT, 0.85),
                                            scale.thin(),
                                            at - arrow / 2,
                                            y,
                                            at + arrow / 2,
                                            y,
                                            scale.units(6)));
            List<Row> wishes = new ArrayList<>();
            for (String to : List.of(words.amount(back.get()), number(back.get()))) {
                wishes.add(
                        Row.left(
                                Row.apart(
                                        gap,
                                        Optional.of(from),
                                        Optional.of(between),
                                        Optional.of(bold(to, size, ink(back.get()))))));
            }
            // Where only one has room it is the one that gives the ground its colour.
            if (difference.leading().equals(back)) {
                Part alone = bold(number(back.get()), size, ink(back.get()));
                wishes.add(Row.left(Row.apart(gap, Optional.of(between), Optional.of(alone))));
                wishes.add(Row.left(List.of(alone)));
            }
            wishes.add(Row.left(List.of(from)));
            Row.first(shape.content().width(), 0, wishes)
                    .ifPresent(row -> row.paint(pen, x, shape.content().right(), shape.airY()));
            return;
        }
        supply.or(() -> back)
                .flatMap(change -> alone(change, shape.content().width(), size))
                .ifPresent(row -> row.paint(pen, x, x + Row.width(row.right()), shape.airY()));
    }

    private void ups(Piece piece, ElementDifference difference) {
        UpsShape shape = UpsShape.of(piece, scale);
        Extent content = shape.content();
        int line = 0;
        for (Quantity quantity : OF_UPS) {
            Optional<Change> found = difference.find(quantity);
            if (found.isEmpty() || line >= shape.lines()) {
                continue;
            }
            Change change = found.get();
            double y = shape.lineY(line++, scale);
            if (quantity.isSwitch()) {
                whole(
                        states(change),
                        content.left(),
                        y,
                        Pen.Side.RIGHT_OF,
                        true,
                        scale.value() * 0.94,
                        ink(change),
                        content.width());
                continue;
            }
            entry(change, content, y);
        }
    }

    /**
     * One value of the UPS zone: its name, the change, and between them what it was. Where that is
     * too long the name gets short first, then the unit goes.
     */
    private void entry(Change change, Extent content, double y) {
        double gap = scale.units(8);
        Optional<String> key = UpsPainter.key(change.quantity());
        String name = key.map(this::phrase).orElse("");
        String brief = key.map(its -> phrase("short-" + its)).orElse("");
        String amount = words.amount(change);
        String number = number(change);
        String written = "";
        String told = amount;
        for (String[] wish :
                new String[][] {
                    {name, amount}, {brief, amount}, {name, number}, {brief, number}, {"", amount}
                }) {
            written = wish[0];
            told = wish[1];
            if (regular(written, scale.small()) + gap + bold(told) <= content.width()) {
                break;
            }
        }
        text(
                written,
                content.left(),
                y,
                Pen.Side.RIGHT_OF,
                false,
                scale.small(),
                pen.colour(Role.TEXT_MUTED));
        double used = regular(written, scale.small()) + gap;
        whole(
                List.of(told, number),
                content.right(),
                y,
                Pen.Side.LEFT_OF,
                true,
                scale.value(),
                ink(change),
                content.width() - (written.isEmpty() ? 0 : used));
        String ghost = words.before(change);
        double width = bold(told) + scale.units(10);
        if (regular(ghost, scale.small()) <= content.width() - used - width) {
            text(
                    ghost,
                    content.right() - width,
                    y,
                    Pen.Side.LEFT_OF,
                    false,
                    scale.small(),
                    pen.colour(Role.TEXT_MUTED));
        }
    }

    private double bold(String text) {
        return Lettering.width(text, Lettering.Weight.BOLD, scale.value());
    }

    /** The leaf as it is now, and dashed as it was. */
    private void door(Element.Door door, ElementDifference difference) {
        Optional<Change> change = difference.find(Quantity.OPEN);
        if (change.isEmpty()) {
            return;
        }
        switch (change.get().outcome()) {
            case Change.Outcome.State state -> {
                if (state.differs()) {
                    pen.dashes(scale.units(3), scale.units(3));
                    DoorPainter.leaf(
                            pen,
                            door,
                            state.from().equals("on") ? 1 : 0,
                            pen.colour(Role.TEXT_MUTED));
                    pen.dashes();
                }
                DoorPainter.leaf(
                        pen,
                        door,
                        state.to().equals("on") ? 1 : 0,
                        pen.colour(state.differs() ? Role.TEXT : Role.DOOR));
            }
            case Change.Outcome.Unknown _, Change.Outcome.Amount _ -> {
                pen.dashes(scale.units(4), scale.units(3));
                DoorPainter.leaf(pen, door, 0.5, pen.colour(Role.BAD));
                pen.dashes();
            }
        }
    }

    private void aisle(Piece piece, ElementDifference difference) {
        Extent body = piece.extent().times(scale.pixelsPerMetre());
        difference
                .leading()
                .filter(change -> change.step() != 0)
                .ifPresent(change ->
                        pen.fill(pen.difference(change.step()).deriveColor(0, 1, 1, 0.45), body));
    }

    private void sensor(
            Element.Sensor sensor,
            ElementDifference difference,
            Optional<LabelPlaces.Place> label) {
        double x = scale.metres(sensor.at().x());
        double y = scale.metres(sensor.at().y());
        if (difference.changes().isEmpty()) {
            return;
        }
        Change first = difference.leading().orElseGet(() -> difference.changes().getFirst());
        double radius = scale.units(7);
        boolean known = first.isKnown();
        pen.disc(pen.colour(Role.FLOOR), x, y, radius + scale.units(3));
        pen.disc(
                first.quantity() == Quantity.TEMPERATURE && known
                        ? pen.difference(first.step())
                        : pen.colour(first.differs() ? Role.LINE_STRONG : Role.DIFFERENCE_SAME),
                x,
                y,
                radius);
        if (!first.isCertain()) {
            pen.dashes(scale.units(3), scale.units(2.5));
        }
        pen.ring(
                pen.colour(first.differs() ? Role.TEXT : Role.SENSOR),
                Math.max(1, scale.units(1.3)),
                x,
                y,
                radius);
        pen.dashes();
        boolean quiet = first.isKnown() && !first.differs() && !first.quantity().isNumber();
        if (label.isPresent() && !quiet) {
            labels(difference, first, x, label.get().all());
        }
    }

    private void labels(ElementDifference difference, Change first, double x, Extent label) {
        List<Change> shown = new ArrayList<>();
        shown.add(first);
        difference.changes().stream().filter(change -> !change.equals(first)).forEach(shown::add);
        List<List<String>> texts = new ArrayList<>();
        List<Color> inks = new ArrayList<>();
        for (Change change : shown) {
            texts.add(
                    change.quantity().isNumber()
                            ? List.of(words.amount(change), number(change))
                            : states(change));
            inks.add(ink(change));
        }
        if (shown.size() == 1 && first.quantity().isNumber() && first.isKnown()) {
            texts.add(List.of(phraseOf("was", words.before(first))));
            inks.add(pen.colour(Role.TEXT_MUTED));
        }
        boolean centred = Math.abs(label.centreX() - x) <= label.width() * 0.3;
        boolean left = !centred && label.centreX() < x;
        double[] heights = new double[texts.size()];
        double high = 0;
        int fitting = 0;
        for (int i = 0; i < texts.size(); i++) {
            heights[i] = (i == 0 ? scale.value() : scale.small()) * PointPainter.PITCH;
            if (high + heights[i] <= label.height() + 0.02) {
                high += heights[i];
                fitting++;
            }
        }
        double y = label.top() + (label.height() - high) / 2;
        for (int i = 0; i < fitting; i++) {
            // What it was may be left out; what changed is told in smaller letters before.
            boolean beside = i == texts.size() - 1 && texts.size() > shown.size();
            double size = i == 0 ? scale.value() : scale.small();
            List<String> wishes = texts.get(i);
            if (!beside || regular(wishes.getFirst(), size) <= label.width()) {
                whole(
                        wishes,
                        centred ? label.centreX() : left ? label.right() : label.left(),
                        y + heights[i] / 2,
                        centred ? Pen.Side.CENTRED : left ? Pen.Side.LEFT_OF : Pen.Side.RIGHT_OF,
                        i == 0,
                        size,
                        inks.get(i),
                        label.width());
            }
            y += heights[i];
        }
    }

    /**
     * Writes the first that fits; else the last in smaller letters. Nothing is cut off: what does
     * not fit even so is not written, and is told beside the plan.
     */
    private void whole(
            List<String> wishes,
            double x,
            double y,
            Pen.Side side,
            boolean bold,
            double size,
            Color colour,
            double room) {
        Lettering.Weight weight = bold ? Lettering.Weight.BOLD : Lettering.Weight.REGULAR;
        for (String wish : wishes) {
            if (Lettering.width(wish, weight, size) <= room) {
                text(wish, x, y, side, bold, size, colour);
                return;
            }
        }
        double factor = room / Lettering.width(wishes.getLast(), weight, size);
        if (factor >= LEAST_LETTERS) {
            text(wishes.getLast(), x, y, side, bold, size * factor, colour);
        }
    }

    /** What may be said of an on/off point or a text, the longest first. */
    private List<String> states(Change change) {
        if (!(change.outcome() instanceof Change.Outcome.State state)) {
            return List.of(phraseOf("none"), words.amount(change));
        }
        return state.differs()
                ? List.of(from(change), words.amount(change), DIFFERS)
                : List.of(from(change));
    }

    /** From what to what, of an on/off point or a text. */
    private String from(Change change) {
        return change.outcome() instanceof Change.Outcome.State state
                ? state.differs()
                        ? words.figures().text(change.quantity(), state.from())
                                + " → "
                                + words.figures().text(change.quantity(), state.to())
                        : words.figures().text(change.quantity(), state.to())
                : phraseOf("none");
    }

    private String ghost(Change change) {
        return change.then().isPresent() && change.isKnown() ? words.before(change) : "";
    }

    /** Without its unit. */
    private String number(Change change) {
        return change.outcome() instanceof Change.Outcome.Amount amount
                ? words.number(change.quantity(), amount.amount())
                : words.amount(change);
    }

    private Color ink(Change change) {
        return !change.isKnown()
                ? pen.colour(Role.BAD)
                : pen.colour(Role.TEXT, change.differs() ? 1 : 0.75);
    }

    private String phrase(String key) {
        return words.figures().words().say("planview." + key);
    }

    private String phraseOf(String key, Object... values) {
        return words.figures().words().say("difference." + key, values);
    }

    private void text(
            String text,
            double x,
            double y,
            Pen.Side side,
            boolean bold,
            double size,
            Color colour) {
        if (text.isEmpty()) {
            return;
        }
        pen.text(
                text,
                x,
                y,
                side,
                bold ? Lettering.Weight.BOLD : Lettering.Weight.REGULAR,
                size,
                colour);
    }
}
