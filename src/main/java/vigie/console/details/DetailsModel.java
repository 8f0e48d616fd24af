package vigie.console.details;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

import vigie.console.bridge.Frame;
import vigie.console.marks.LimitBar;
import vigie.console.marks.Mark;
import vigie.console.words.ChangeWords;
import vigie.console.words.Figures;
import vigie.console.words.LimitWords;
import vigie.console.words.ReadingWords;
import vigie.console.words.RoomZone;
import vigie.console.words.Speech;
import vigie.picture.Difference;
import vigie.picture.ElementPicture;
import vigie.picture.PlacedReading;
import vigie.plan.Deviation;
import vigie.plan.Element;
import vigie.plan.ElementId;
import vigie.plan.Placement;
import vigie.point.Quality;
import vigie.point.Reading;
import vigie.room.PointState;
import vigie.text.Sentence;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The readings of one element: of what the pointer is over, else of what is selected. JavaFX thread
 * only.
 */
public final class DetailsModel {
    /**
     * What the panel shows.
     *
     * @param title the element's name; empty: nothing is pointed at or selected
     * @param kind what it is
     * @param summary how its readings are; without a title, what to do
     * @param readings one line each
     */
    public record Content(String title, String kind, String summary, List<Detail> readings) {
        /** Nothing to show but a word on how to use the panel. */
        static Content hint(String words) {
            return new Content("", "", words, List.of());
        }

        public Content {
            readings = List.copyOf(readings);
        }
    }

    /** More would be a list nobody reads; the plan shows them all. */
    private static final int MOST = 30;

    private static final Quality STALE = Quality.of(Quality.Reason.STALE);

    /** A longer step from frame to frame is a jump. */
    private static final Duration JUMP = Duration.ofMinutes(10);

    private static final Duration PACE = Duration.ofMillis(250);

    private final Speech speech;
    private final ObjectProperty<Optional<ElementId>> selected =
            new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<ElementId>> hovered =
            new SimpleObjectProperty<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Content> content;
    private Optional<Frame> last = Optional.empty();
    private Instant made = Instant.MIN;
    private boolean past;
    private Optional<Difference> difference = Optional.empty();
    private final Map<Placement, Instant> since = new HashMap<>();

    public DetailsModel(Speech speech) {
        this.speech = speech;
        content = new ReadOnlyObjectWrapper<>(Content.hint(speech.say("details.hint")));
        selected.addListener(change -> make());
        hovered.addListener(change -> make());
        speech.wordsProperty().addListener(change -> make());
    }

    /** Whether the frames to come are of the past: there a step may be as short as it likes. */
    public void setPast(boolean isPast) {
        past = isPast;
    }

    /** Tells of every reading what it was at another moment; empty: no longer. */
    public void compare(Optional<Difference> shown) {
        difference = shown;
        make();
    }

    /** Takes a frame; at present the panel follows a few times a second. */
    public void show(Frame frame) {
        watch(frame);
        last = Optional.of(frame);
        if (past || Duration.between(made, frame.now()).abs().compareTo(PACE) >= 0) {
            make();
        }
    }

    public ObjectProperty<Optional<ElementId>> selectedProperty() {
        return selected;
    }

    public ObjectProperty<Optional<ElementId>> hoveredProperty() {
        return hovered;
    }

    public ReadOnlyObjectProperty<Content> contentProperty() {
        return content.getReadOnlyProperty();
    }

    private void make() {
        Optional<ElementId> wanted = hovered.get().or(selected::get);
        if (last.isEmpty()) {
            content.set(Content.hint(speech.say("details.hint")));
            return;
        }
        Frame frame = last.get();
        made = frame.now();
        if (wanted.isEmpty()) {
            content.set(attention(frame));
            return;
        }
        content.set(
                frame.picture().plan().elements().stream()
                        .filter(element -> element.id().equals(wanted.get()))
                        .findFirst()
                        .map(element -> content(element, frame))
                        .orElseGet(() -> Content.hint(speech.say("details.hint"))));
    }

    /**
     * What needs a look: readings outside their limits, then those without a value or gone stale.
     */
    private Content attention(Frame frame) {
        Figures figures = RoomZone.figures(speech.words(), frame.picture().plan());
        List<PlacedReading> readings =
                frame.picture().plan().elements(Element.Sensor.class).stream()
                        .flatMap(sensor -> frame.picture().element(sensor.id()).stream())
                        .flatMap(sensor -> sensor.readings().stream())
                        .filter(reading ->
                                reading.deviation() != Deviation.NONE
                                        || !reading.isTrustworthy()
                                        || reading.quality().equals(STALE))
                        .sorted(
                                Comparator.comparing(PlacedReading::deviation)
                                        .reversed()
                                        .thenComparing(reading -> since(reading, frame)))
                        .limit(MOST)
                        .toList();
        if (readings.isEmpty()) {
            // Without a feed, or without bound points, nobody knows.
            boolean known = frame.current() && frame.summary().readings() > 0;
            String hint = speech.say("details.hint");
            return Content.hint(known ? speech.say("details.all-normal") + " " + hint : hint);
        }
        return new Content(
                speech.say("details.attention"),
                "",
                "",
                readings.stream()
                        .map(reading -> detail(Optional.empty(), reading, figures, frame))
                        .toList());
    }

    /**
     * Remembers since when each reading is outside its limits, so that a cause stands before what
     * followed it. What time jumped over nobody saw.
     */
    private void watch(Frame frame) {
        Instant before = last.map(Frame::now).orElse(frame.now());
        Duration step = Duration.between(before, frame.now());
        if (step.isNegative() || step.compareTo(JUMP) > 0) {
            since.clear();
        }
        for (Element.Sensor sensor : frame.picture().plan().elements(Element.Sensor.class)) {
            for (PlacedReading reading :
                    frame.picture()
                            .element(sensor.id())
                            .map(ElementPicture::readings)
                            .orElse(List.of())) {
                if (reading.deviation() == Deviation.NONE) {
                    since.remove(reading.placement());
                } else {
                    since.computeIfAbsent(reading.placement(), _ -> began(reading, frame));
                }
            }
        }
    }

    /** A switch says itself when it changed; a number counts from when it was first seen so. */
    private static Instant began(PlacedReading reading, Frame frame) {
        return reading.state()
                .filter(_ -> !reading.placement().quantity().isNumber())
                .flatMap(PointState::newest)
                .map(Reading::changed)
                .orElse(frame.now());
    }

    private Instant since(PlacedReading reading, Frame frame) {
        return since.getOrDefault(reading.placement(), frame.now());
    }

    private Content content(Element element, Frame frame) {
        Figures figures = RoomZone.figures(speech.words(), frame.picture().plan());
        List<PlacedReading> readings =
                frame.picture()
                        .element(element.id())
                        .map(ElementPicture::readings)
                        .orElse(List.of());
        return new Content(
                element.label().in(speech.words().locale()),
                speech.say("element." + kind(element)),
                summary(readings),
                readings.stream()
                        .map(reading -> detail(Optional.of(element), reading, figures, frame))
                        .toList());
    }

    private String summary(List<PlacedReading> readings) {
        if (readings.isEmpty()) {
            return speech.say("details.no-sensors");
        }
        long abnormal =
                readings.stream().filter(reading -> reading.deviation() != Deviation.NONE).count();
        long silent = readings.stream().filter(reading -> reading.quality().isBad()).count();
        return speech.say("details.summary", readings.size(), abnormal, silent);
    }

    private Detail detail(
            Optional<Element> of, PlacedReading reading, Figures figures, Frame frame) {
        Instant now = frame.now();
        Locale locale = speech.words().locale();
        String quantity = figures.name(reading.placement().quantity());
        String name =
                of.filter(element -> element.id().equals(reading.sensor().id())).isPresent()
                        ? quantity
                        : place(of, reading, locale) + " · " + quantity;
        String when =
                reading.time()
                        .map(time -> {
                            Duration age = Duration.between(time, now);
                            return speech.say(
                                    "details.when",
                                    figures.time(time, now),
                                    figures.age(age.isNegative() ? Duration.ZERO : age));
                        })
                        .orElseGet(() -> speech.say("points.never-seen"));
        return new Detail(
                name,
                ReadingWords.value(reading, figures),
                Mark.of(reading),
                reading.deviation(),
                quality(reading, figures) + width(reading, frame, figures),
                when,
                reading.limits()
                        .map(limits ->
                                LimitWords.of(limits, reading.placement().quantity(), figures))
                        .orElse(""),
                reading.placement().quantity().isNumber()
                        ? reading.limits().flatMap(LimitBar.Range::of)
                        : Optional.empty(),
                reading.value(),
                against(reading, figures),
                reading.state().map(PointState::id).orElse(reading.placement().point()).name(),
                reading.sensor().id());
    }

    private String against(PlacedReading reading, Figures figures) {
        return difference
                .flatMap(its ->
                        its.element(reading.sensor().id())
                                .flatMap(element ->
                                        element.changes().stream()
                                                .filter(change ->
                                                        change.quantity()
                                                                == reading.placement().quantity())
                                                .findFirst())
                                .map(change ->
                                        new ChangeWords(figures).against(change, its.then().at())))
                .orElse("");
    }

    /** A sensor's place within the element: "A4, top" is only "top" in A4's own panel. */
    private static String place(Optional<Element> of, PlacedReading reading, Locale locale) {
        String sensor = reading.sensor().label().in(locale);
        String element = of.map(one -> one.label().in(locale)).orElse(sensor);
        if (!sensor.startsWith(element) || sensor.length() == element.length()) {
            return sensor;
        }
        String rest = sensor.substring(element.length()).replaceFirst("^[\\s,·:–-]+", "");
        return rest.isEmpty() ? sensor : rest;
    }

    private String quality(PlacedReading reading, Figures figures) {
        String quality = figures.quality(reading.quality());
        return switch (reading.deviation()) {
            case NONE -> quality;
            case WARNING -> speech.say("deviation.warning" + side(reading)) + " · " + quality;
            case ALARM -> speech.say("deviation.alarm" + side(reading)) + " · " + quality;
        };
    }

    /** In the far past there are roll-ups only: how long a time the value stands for. */
    private String width(PlacedReading reading, Frame frame, Figures figures) {
        return reading.state()
                .map(PointState::key)
                .flatMap(key -> Optional.ofNullable(frame.moment().widths().get(key)))
                .map(width ->
                        " · "
                                + speech.words()
                                        .say(
                                                Sentence.of(
                                                        isMean(reading)
                                                                ? "replay.mean"
                                                                : "replay.last",
                                                        figures.age(width))))
                .orElse("");
    }

    /** Of numbers the mean is kept, of texts and meters the last. */
    private static boolean isMean(PlacedReading reading) {
        return reading.placement().quantity().isNumber()
                && reading.state()
                        .flatMap(PointState::newest)
                        .flatMap(newest -> newest.attributes().stateClass())
                        .filter(kind -> kind.startsWith("total"))
                        .isEmpty();
    }

    private static String side(PlacedReading reading) {
        return reading.direction() < 0 ? "-low" : reading.direction() > 0 ? "-high" : "";
    }

    private static String kind(Element element) {
        return switch (element) {
            case Element.Room room -> "room";
            case Element.Wall wall -> "wall";
            case Element.Door door -> "door";
            case Element.Rack rack -> "rack";
            case Element.Aisle aisle ->
                    switch (aisle.kind()) {
                        case HOT -> "aisle-hot";
                        case COLD -> "aisle-cold";
                    };
            case Element.CoolingUnit unit -> "cooling-unit";
            case Element.UpsZone zone -> "ups-zone";
            case Element.Sensor sensor -> "sensor";
        };
    }
}
