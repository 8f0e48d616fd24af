package vigie.console.plan;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.geometry.Bounds;
import javafx.scene.canvas.Canvas;
import javafx.scene.text.Text;
import javafx.scene.text.TextBoundsType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import vigie.console.style.Palette;
import vigie.console.words.ChangeWords;
import vigie.console.words.Figures;
import vigie.picture.Change;
import vigie.picture.Difference;
import vigie.picture.ElementDifference;
import vigie.picture.ElementPicture;
import vigie.picture.Picture;
import vigie.picture.PlacedReading;
import vigie.plan.Element;
import vigie.plan.ElementId;
import vigie.plan.Label;
import vigie.plan.Placement;
import vigie.plan.Plan;
import vigie.plan.PlanFile;
import vigie.plan.Quantity;
import vigie.plan.SensorRole;
import vigie.text.Words;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Nothing on the plan is ever written over something else, at any size of the window, in any
 * language, whatever the values and however old they are.
 */
class LegibleTest {
    /** Pixels; rounding to whole ones may bring two boxes this close. */
    private static final double ROUNDING = 0.6;

    private static final double[][] SIZES = {
        {600, 400},
        {600, 900},
        {640, 480},
        {700, 420},
        {800, 560},
        {918, 438},
        {960, 470},
        {1000, 640},
        {1100, 480},
        {1200, 700},
        {1380, 930},
        {1450, 630},
        {1450, 960},
        {1920, 1080},
        {2560, 1300},
        {2900, 1260},
        {3000, 1300},
        {3840, 2160}
    };

    /** What the room may say. */
    enum Situation {
        FRESH,
        HOT,
        STALE,
        HOT_AND_STALE,
        ALARMS_AND_STALE,
        EXTREME,
        FROST,
        UNAVAILABLE,
        TEXTS,
        NEVER_SEEN;

        ReferenceRoom of(Plan plan) {
            ReferenceRoom room = new ReferenceRoom(plan);
            return switch (this) {
                case FRESH -> room.calm().later(3);
                case HOT -> hot(room).later(3);
                case STALE -> room.calm().later(3 * 3600);
                case HOT_AND_STALE -> hot(room).later(59 * 60 + 3600 * 23);
                case ALARMS_AND_STALE -> extreme(room, "104.8").later(40 * 86_400);
                case EXTREME -> extreme(room, "104.8").later(2);
                case FROST -> extreme(room, "-12.4").later(2);
                case UNAVAILABLE -> all(room, "unavailable").later(59 * 60);
                case TEXTS -> all(room, "1,5").later(59 * 60);
                case NEVER_SEEN -> room;
            };
        }

        private static ReferenceRoom hot(ReferenceRoom room) {
            Map<String, String> texts = new HashMap<>();
            int i = 0;
            for (Placement placement : room.plan().placements()) {
                if (placement.quantity() == Quantity.TEMPERATURE) {
                    texts.put(placement.point().name(), i++ % 3 == 0 ? "29.4" : "34.2");
                }
            }
            texts.put("binary_sensor.crac_4_running", "off");
            texts.put("binary_sensor.room_motion", "on");
            texts.put("binary_sensor.motion_hot_aisle", "on");
            texts.put("binary_sensor.leak_west", "on");
            texts.put("binary_sensor.ups_on_battery", "on");
            return room.calm().with(texts);
        }

        private static ReferenceRoom extreme(ReferenceRoom room, String temperature) {
            Map<String, String> texts = new HashMap<>();
            for (Placement placement : room.plan().placements()) {
                texts.put(
                        placement.point().name(),
                        switch (placement.quantity()) {
                            case TEMPERATURE, DEW_POINT -> temperature;
                            case HUMIDITY, LOAD, CHARGE, FAN_SPEED -> "100";
                            case RUNTIME, VOLTAGE, CURRENT, FREQUENCY -> "1440";
                            case POWER -> "22800";
                            case RUNNING -> "off";
                            case ON_BATTERY, MOTION, OPEN, LEAK -> "on";
                            case STATUS -> "OB DISCHRG LB";
                        });
            }
            return room.with(texts);
        }

        private static ReferenceRoom all(ReferenceRoom room, String text) {
            Map<String, String> texts = new HashMap<>();
            room.plan().placements().forEach(one -> texts.put(one.point().name(), text));
            return room.calm().with(texts);
        }
    }

    @ParameterizedTest
    @EnumSource(Situation.class)
    void nothing_is_written_over_something_else(Situation situation) throws Exception {
        assertLegible(situation, PlanFile.builtIn(), true, true);
    }

    @ParameterizedTest
    @EnumSource(Situation.class)
    void nor_where_the_room_is_not_followed(Situation situation) throws Exception {
        assertLegible(situation, PlanFile.builtIn(), false, true);
    }

    @ParameterizedTest
    @EnumSource(Situation.class)
    void nor_where_everything_has_a_long_name(Situation situation) throws Exception {
        assertLegible(situation, longNames(PlanFile.builtIn()), true, true);
    }

    @ParameterizedTest
    @EnumSource(Situation.class)
    void nor_in_a_hall_of_small_racks(Situation situation) throws Exception {
        assertLegible(situation, Halls.plan(6, 24), true, false);
    }

    @ParameterizedTest
    @EnumSource(Situation.class)
    void nor_where_two_moments_are_compared(Situation situation) throws Exception {
        List<String> wrong = new ArrayList<>();
        Toolkit.call(() -> {
            for (Plan plan : List.of(PlanFile.builtIn(), longNames(PlanFile.builtIn()))) {
                ReferenceRoom room = situation.of(plan);
                Picture now = room.picture();
                Picture then = new ReferenceRoom(plan).calm().picture();
                Difference difference = Difference.of(now, then);
                each((words, size) -> {
                    Sight sight = new Sight(plan, words, size, DifferenceLegend.HEIGHT - 17);
                    sight.difference(difference);
                    String where = situation + " compared " + size + " " + words.language();
                    sight.report(where, wrong);
                    sight.whole(where, difference, wrong);
                });
            }
            return true;
        });
        assertThat(wrong).isEmpty();
    }

    /**
     * @param readable whether every value must be there too
     */
    private static void assertLegible(
            Situation situation, Plan plan, boolean connected, boolean readable) throws Exception {
        List<String> wrong = new ArrayList<>();
        Toolkit.call(() -> {
            ReferenceRoom room = situation.of(plan);
            Picture picture = room.picture();
            each((words, size) -> {
                Sight sight = new Sight(plan, words, size, Viewport.SCALE_BAR);
                Live live = new Live(new Phrases(words), sight.layout, room.now(), connected);
                sight.paint(live, picture);
                String where = situation + " " + size + " " + words.language();
                sight.report(where, wrong);
                sight.fresh(where, live, picture, wrong);
                if (readable) {
                    sight.values(where, live, picture, wrong);
                    sight.priorities(where, picture, wrong);
                }
            });
            return true;
        });
        assertThat(wrong).isEmpty();
    }

    private interface Look {
        void at(Words words, Size size);
    }

    private record Size(double width, double height, double zoom) {}

    private static void each(Look look) {
        for (Locale language : List.of(Locale.ENGLISH, Locale.FRENCH)) {
            Words words = Words.in(language);
            for (double[] size : SIZES) {
                look.at(words, new Size(size[0], size[1], 1));
            }
            for (double zoom : new double[] {1.25, 1.9, 2.8, 5}) {
                look.at(words, new Size(600, 400, zoom));
                look.at(words, new Size(1450, 630, zoom));
            }
        }
    }

    private static Plan longNames(Plan plan) {
        List<Element> elements = new ArrayList<>();
        int i = 0;
        for (Element element : plan.elements()) {
            i++;
            Label label =
                    new Label(
                            Map.of(
                                    "en",
                                    "Emergency equipment of the northern wing " + i,
                                    "fr",
                                    "Équipement de secours général de l’aile nord " + i));
            elements.add(
                    switch (element) {
                        case Element.Rack it ->
                                new Element.Rack(
                                        it.id(),
                                        i % 2 == 0 ? label : Label.of("Étagère à câbles " + i),
                                        it.row(),
                                        it.area(),
                                        it.facing(),
                                        it.height());
                        case Element.Aisle it ->
                                new Element.Aisle(it.id(), label, it.kind(), it.area());
                        case Element.CoolingUnit it ->
                                new Element.CoolingUnit(it.id(), label, it.area(), it.facing());
                        case Element.UpsZone it -> new Element.UpsZone(it.id(), label, it.area());
                        case Element.Room it -> it;
                        case Element.Wall it -> it;
                        case Element.Door it -> it;
                        case Element.Sensor it -> it;
                    });
        }
        return new Plan(plan.label(), elements, plan.placements(), plan.limits());
    }

    /** A box that something is drawn in. */
    private record Mark(Optional<ElementId> owner, String text, Extent box) {
        @Override
        public String toString() {
            return "'%s' of %s at %.1f…%.1f × %.1f…%.1f"
                    .formatted(
                            text,
                            owner.map(ElementId::value).orElse("the floor"),
                            box.left(),
                            box.right(),
                            box.top(),
                            box.bottom());
        }
    }

    /** What is drawn at one size. */
    private static final class Sight implements Ink {
        private static final Map<String, Bounds> MEASURED = new HashMap<>();

        private final Layout layout;
        private final Words words;
        private final Size size;
        private final Viewport viewport;
        private final Scale scale;
        private final LabelPlaces labels;
        private final Pen pen;
        private final List<Mark> marks = new ArrayList<>();
        private final Map<ElementId, List<Kind>> signs = new LinkedHashMap<>();
        private Optional<ElementId> owner = Optional.empty();

        Sight(Plan plan, Words words, Size size, double under) {
            this.layout = new Layout(plan);
            this.words = words;
            this.size = size;
            Viewport whole = Viewport.whole(layout.extent(), size.width(), size.height(), under);
            this.viewport = whole.zoomedAt(0, 0, size.zoom());
            this.scale = Scale.of(viewport.scale(), size.width(), size.height());
            this.labels = new LabelPlaces(layout, scale, ReferenceRoom.START);
            this.pen = pen(scale);
            Extent all = layout.extent().times(scale.pixelsPerMetre()).grown(200);
            new FloorPainter(layout, words).paint(pen, all, labels.all());
        }

        private Pen pen(Scale its) {
            return new Pen(
                    new Canvas(1, 1).getGraphicsContext2D(), Palette.dark(), its, 0, 0, 1, this);
        }

        void paint(Live live, Picture picture) {
            for (Piece piece : layout.pieces()) {
                ElementPicture its = picture.elements().get(piece.id());
                if (its != null) {
                    owner = Optional.of(piece.id());
                    PiecePainter.paint(pen, live, piece, its, labels.of(piece.id()));
                }
            }
            owner = Optional.empty();
            if (size.zoom() == 1) {
                double unit = Scale.windowUnit(size.width(), size.height());
                Corner.draw(
                        pen(new Scale(scale.pixelsPerMetre(), unit)),
                        words,
                        size.width() - viewport.left() - 14 * unit,
                        size.height() - viewport.top() - 12 * unit);
            }
        }

        void difference(Difference difference) {
            DifferencePainter painter =
                    new DifferencePainter(
                            pen, layout, new ChangeWords(new Figures(words, layout.zone())));
            for (Piece piece : layout.pieces()) {
                owner = Optional.of(piece.id());
                marks.removeIf(mark -> isWithin(mark, piece) && mark.owner().isEmpty());
                difference
                        .element(piece.id())
                        .ifPresent(its -> painter.paint(piece, its, labels.of(piece.id())));
            }
            owner = Optional.empty();
        }

        /** What the comparison paints over: the names on things it gives another ground. */
        private boolean isWithin(Mark mark, Piece piece) {
            return switch (piece.element()) {
                case Element.Rack _, Element.CoolingUnit _ ->
                        body(piece).contains(mark.box().centreX(), mark.box().centreY());
                case Element.UpsZone _,
                        Element.Room _,
                        Element.Aisle _,
                        Element.Door _,
                        Element.Wall _,
                        Element.Sensor _ ->
                        false;
            };
        }

        private Extent body(Piece piece) {
            return piece.extent().times(scale.pixelsPerMetre());
        }

        @Override
        public void text(
                String text,
                Lettering.Weight weight,
                double size,
                double x,
                double baseline,
                boolean upwards) {
            Bounds ink =
                    MEASURED.computeIfAbsent(
                            weight + " " + size + " " + text,
                            _ -> {
                                Text node = new Text(text);
                                node.setFont(Lettering.font(weight, size));
                                node.setBoundsType(TextBoundsType.VISUAL);
                                return node.getLayoutBounds();
                            });
            marks.add(
                    new Mark(
                            owner,
                            text,
                            upwards
                                    ? new Extent(
                                            x + ink.getMinY(),
                                            baseline - ink.getMaxX(),
                                            x + ink.getMaxY(),
                                            baseline - ink.getMinX())
                                    : new Extent(
                                            x + ink.getMinX(),
                                            baseline + ink.getMinY(),
                                            x + ink.getMaxX(),
                                            baseline + ink.getMaxY())));
        }

        @Override
        public void sign(Kind kind, Extent box) {
            owner.ifPresent(its -> signs.computeIfAbsent(its, _ -> new ArrayList<>()).add(kind));
            if (kind != Kind.EDGE) {
                marks.add(new Mark(owner, "(" + kind + ")", box));
            }
        }

        void report(String where, List<String> wrong) {
            Extent sheet =
                    size.zoom() == 1
                            ? Extent.sized(
                                    -viewport.left(), -viewport.top(), size.width(), size.height())
                            : layout.extent().times(scale.pixelsPerMetre()).grown(scale.units(34));
            for (int i = 0; i < marks.size(); i++) {
                Mark one = marks.get(i);
                for (int j = i + 1; j < marks.size(); j++) {
                    if (one.box()
                            .grown(-ROUNDING / 2)
                            .overlaps(marks.get(j).box().grown(-ROUNDING / 2))) {
                        wrong.add(where + ": " + one + " and " + marks.get(j));
                    }
                }
                if (!isInside(one.box(), sheet)) {
                    wrong.add(where + ": " + one + " leaves the sheet");
                }
                one.owner()
                        .flatMap(layout::piece)
                        .filter(piece -> !isInside(one.box(), room(piece, sheet)))
                        .ifPresent(
                                piece -> wrong.add(where + ": " + one + " leaves " + piece.id()));
            }
        }

        private Extent room(Piece piece, Extent sheet) {
            return switch (piece.element()) {
                case Element.Rack _, Element.CoolingUnit _, Element.UpsZone _ -> body(piece);
                case Element.Sensor _,
                        Element.Door _,
                        Element.Aisle _,
                        Element.Room _,
                        Element.Wall _ ->
                        sheet;
            };
        }

        private static boolean isInside(Extent box, Extent room) {
            Extent least = box.grown(-ROUNDING);
            return least.left() >= room.left()
                    && least.right() <= room.right()
                    && least.top() >= room.top()
                    && least.bottom() <= room.bottom();
        }

        /** No change is cut off, and what an element is coloured by is written on it. */
        void whole(String where, Difference difference, List<String> wrong) {
            ChangeWords says = new ChangeWords(new Figures(words, layout.zone()));
            for (Mark mark : marks) {
                if (mark.text().endsWith("…") && mark.owner().isPresent()) {
                    Piece piece = layout.piece(mark.owner().get()).orElseThrow();
                    String name = piece.element().label().in(words.language());
                    String begins = mark.text().substring(0, mark.text().length() - 1);
                    // A name that somebody gave may have any length.
                    if (!name.contains(begins)) {
                        wrong.add(where + ": cut off: " + mark);
                    }
                }
            }
            for (Piece piece : layout.pieces()) {
                Optional<Change> leading =
                        difference.element(piece.id()).flatMap(ElementDifference::leading);
                boolean tells =
                        piece.element() instanceof Element.Rack
                                || piece.element() instanceof Element.CoolingUnit
                                || (piece.element() instanceof Element.Sensor
                                        && labels.of(piece.id()).isPresent());
                if (tells
                        && leading.isPresent()
                        && leading.get().outcome() instanceof Change.Outcome.Amount amount) {
                    String number = says.number(leading.get().quantity(), amount.amount());
                    boolean written =
                            marks.stream()
                                    .filter(mark -> mark.owner().equals(Optional.of(piece.id())))
                                    .anyMatch(mark -> mark.text().startsWith(number));
                    if (!written) {
                        wrong.add(where + ": " + number + " is not written on " + piece.id());
                    }
                }
            }
        }

        /** Where a value stands that is not fresh, it is seen that it is not. */
        void fresh(String where, Live live, Picture picture, List<String> wrong) {
            for (Piece piece : layout.pieces()) {
                ElementPicture its = picture.elements().get(piece.id());
                if (its == null || its.readings().isEmpty() || isSurface(piece)) {
                    continue;
                }
                Phrases.Trust trust = live.figure(Live.leading(its).orElseThrow()).trust();
                if (trust == Phrases.Trust.LIVE) {
                    continue;
                }
                List<Kind> seen = signs.getOrDefault(piece.id(), List.of());
                if (!seen.contains(Kind.EDGE) && !seen.contains(Kind.NOT_FRESH)) {
                    wrong.add(where + ": nothing says that " + piece.id() + " is not fresh");
                }
            }
        }

        /** What is not as it should be has the sign of its priority, not the colour alone. */
        void priorities(String where, Picture picture, List<String> wrong) {
            for (Piece piece : layout.pieces()) {
                ElementPicture its = picture.elements().get(piece.id());
                if (its == null
                        || isSurface(piece)
                        || its.deviation() == vigie.plan.Deviation.NONE
                        || (piece.element() instanceof Element.Sensor
                                && labels.of(piece.id()).isEmpty())) {
                    continue;
                }
                if (!signs.getOrDefault(piece.id(), List.of()).contains(Kind.PRIORITY)) {
                    wrong.add(where + ": the priority is not written on " + piece.id());
                }
            }
        }

        /** Every element has the value it is judged by written on it or beside it. */
        void values(String where, Live live, Picture picture, List<String> wrong) {
            for (Piece piece : layout.pieces()) {
                ElementPicture its = picture.elements().get(piece.id());
                if (its == null || isSurface(piece)) {
                    continue;
                }
                Optional<PlacedReading> told = told(piece, its);
                if (told.isEmpty()) {
                    continue;
                }
                String number = live.figure(told.get()).number();
                boolean written =
                        marks.stream()
                                .filter(mark -> mark.owner().equals(Optional.of(piece.id())))
                                .anyMatch(mark -> mark.text().startsWith(number));
                if (!written) {
                    wrong.add(where + ": " + number + " is not written on " + piece.id());
                }
            }
        }

        private static boolean isSurface(Piece piece) {
            return piece.element() instanceof Element.Aisle
                    || piece.element() instanceof Element.Room;
        }

        private static Optional<PlacedReading> told(Piece piece, ElementPicture picture) {
            return switch (piece.element()) {
                case Element.Rack _ -> {
                    Optional<PlacedReading> worst =
                            picture.worst()
                                    .filter(its -> its.deviation() != vigie.plan.Deviation.NONE);
                    yield worst.or(() -> RackPainter.hottest(RackShape.temperatures(picture)));
                }
                case Element.CoolingUnit _ ->
                        Live.find(picture, SensorRole.SUPPLY, Quantity.TEMPERATURE);
                case Element.UpsZone _ -> Live.find(picture, Quantity.CHARGE);
                case Element.Sensor sensor ->
                        picture.readings().stream()
                                .findFirst()
                                .filter(its -> its.placement().quantity().isNumber())
                                .filter(_ -> Objects.nonNull(sensor));
                case Element.Door _, Element.Aisle _, Element.Room _, Element.Wall _ ->
                        Optional.empty();
            };
        }
    }
}
