package vigie.console.tiles;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import vigie.console.bridge.Frame;
import vigie.console.marks.LimitBar;
import vigie.console.marks.Mark;
import vigie.console.words.Figures;
import vigie.console.words.RoomZone;
import vigie.console.words.Speech;
import vigie.picture.DewPointReading;
import vigie.picture.Picture;
import vigie.picture.PlacedReading;
import vigie.picture.Summary;
import vigie.plan.Deviation;
import vigie.plan.Element;
import vigie.plan.Quantity;
import vigie.plan.SensorRole;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** What the four tiles show. JavaFX thread only. */
public final class TilesModel {
    private static final Set<Quantity> TEMPERATURES = EnumSet.of(Quantity.TEMPERATURE);
    private static final Set<Quantity> HUMIDITIES = EnumSet.of(Quantity.HUMIDITY);
    private static final Set<Quantity> UPS_NUMBERS = EnumSet.of(Quantity.CHARGE, Quantity.RUNTIME);

    private final Speech speech;
    private final ReadOnlyObjectWrapper<TileContent> inlet;
    private final ReadOnlyObjectWrapper<TileContent> hotAisle;
    private final ReadOnlyObjectWrapper<TileContent> humidity;
    private final ReadOnlyObjectWrapper<TileContent> ups;
    private Optional<Frame> last = Optional.empty();

    public TilesModel(Speech speech) {
        this.speech = speech;
        inlet = new ReadOnlyObjectWrapper<>(waiting());
        hotAisle = new ReadOnlyObjectWrapper<>(waiting());
        humidity = new ReadOnlyObjectWrapper<>(waiting());
        ups = new ReadOnlyObjectWrapper<>(waiting());
        speech.wordsProperty()
                .addListener(language -> last.ifPresentOrElse(this::make, this::showWaiting));
    }

    /** Takes a frame. */
    public void show(Frame frame) {
        last = Optional.of(frame);
        make(frame);
    }

    public ReadOnlyObjectProperty<TileContent> inletProperty() {
        return inlet.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<TileContent> hotAisleProperty() {
        return hotAisle.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<TileContent> humidityProperty() {
        return humidity.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<TileContent> upsProperty() {
        return ups.getReadOnlyProperty();
    }

    private void make(Frame frame) {
        Summary summary = frame.summary();
        Figures figures = RoomZone.figures(speech.words(), frame.picture().plan());
        inlet.set(
                temperature(
                        summary.worstInlet(),
                        readings(frame.picture(), SensorRole.INLET, TEMPERATURES),
                        figures));
        hotAisle.set(
                temperature(
                        summary.hotAisle(),
                        readings(frame.picture(), SensorRole.HOT_SPOT, TEMPERATURES),
                        figures));
        humidity.set(humidity(frame, figures));
        ups.set(ups(frame, figures));
        tiles().stream()
                .filter(tile -> !frame.current() || !tile.get().good())
                .forEach(tile -> tile.set(aged(tile.get(), frame, figures)));
    }

    private void showWaiting() {
        tiles().forEach(tile -> tile.set(waiting()));
    }

    private List<ReadOnlyObjectWrapper<TileContent>> tiles() {
        return List.of(inlet, hotAisle, humidity, ups);
    }

    /** A number that is not of now is shown with its age only, and with the reason. */
    private TileContent aged(TileContent content, Frame frame, Figures figures) {
        if (content.time().isEmpty()) {
            return content;
        }
        Duration age = Duration.between(content.time().get(), frame.now());
        String old = speech.say("tiles.old", figures.roughAge(age));
        String why = frame.connected() ? content.second() : speech.say("tiles.not-followed");
        return content.aged(old + " · " + why);
    }

    private TileContent waiting() {
        return without(speech.say("tiles.waiting"), Mark.NONE);
    }

    private TileContent temperature(
            Optional<PlacedReading> worst, List<PlacedReading> all, Figures figures) {
        return worst.map(reading -> number(reading, figures, coverage(all)))
                .orElseGet(() -> silent(all, figures));
    }

    private TileContent humidity(Frame frame, Figures figures) {
        Summary summary = frame.summary();
        List<PlacedReading> all = new ArrayList<>();
        all.addAll(readings(frame.picture(), SensorRole.ROOM, HUMIDITIES));
        all.addAll(readings(frame.picture(), SensorRole.INLET, HUMIDITIES));
        if (summary.driest().isEmpty() || summary.dampest().isEmpty()) {
            return silent(all, figures);
        }
        PlacedReading driest = summary.driest().get();
        PlacedReading dampest = summary.dampest().get();
        boolean dry = driest.deviation().compareTo(dampest.deviation()) > 0;
        List<String> parts = new ArrayList<>();
        if (all.size() > 1) {
            parts.add(
                    speech.say(
                            dry ? "tiles.highest" : "tiles.lowest",
                            figures.value(
                                    (dry ? dampest : driest).value().orElseThrow(),
                                    Quantity.HUMIDITY)));
        }
        summary.highestDewPoint()
                .ifPresent(point ->
                        parts.add(speech.say("tiles.dew-point", dewPoint(point, figures))));
        return number(dry ? driest : dampest, figures, String.join(" · ", parts));
    }

    /** To half a degree: humidity sensors allow no more. */
    private static String dewPoint(DewPointReading point, Figures figures) {
        return figures.value(Math.round(point.celsius() * 2) / 2.0, Quantity.DEW_POINT);
    }

    private TileContent ups(Frame frame, Figures figures) {
        Summary.Ups supply = frame.summary().ups();
        boolean onBattery = supply.isOnBattery().orElse(false);
        // On battery the minutes left are what counts. The load is no figure of a battery's.
        Optional<PlacedReading> main =
                onBattery
                        ? supply.runtime().or(supply::charge)
                        : supply.charge().or(supply::runtime);
        if (main.isEmpty()) {
            return silent(readings(frame.picture(), SensorRole.UPS, UPS_NUMBERS), figures);
        }
        PlacedReading shown = main.get();
        Deviation worst =
                Stream.of(supply.charge(), supply.load(), supply.runtime(), supply.onBattery())
                        .flatMap(Optional::stream)
                        .map(PlacedReading::deviation)
                        .max(Comparator.naturalOrder())
                        .orElse(Deviation.NONE);
        List<String> others = new ArrayList<>();
        other("tiles.charge", supply.charge(), shown, figures).ifPresent(others::add);
        other("tiles.load", supply.load(), shown, figures).ifPresent(others::add);
        other("tiles.runtime", supply.runtime(), shown, figures).ifPresent(others::add);
        String source =
                speech.say(
                        supply.isOnBattery()
                                .map(on -> on ? "tiles.on-battery" : "tiles.on-mains")
                                .orElse("tiles.supply-unknown"));
        return new TileContent(
                figures.number(shown.value().orElseThrow(), shown.placement().quantity()),
                figures.unit(shown.placement().quantity()),
                source,
                shown.quality().isGood()
                        ? String.join(" · ", others)
                        : figures.quality(shown.quality()),
                worst == Deviation.NONE ? Mark.of(shown) : Mark.of(worst),
                worst,
                shown.limits().flatMap(LimitBar.Range::of),
                shown.value(),
                shown.time(),
                shown.quality().isGood(),
                Optional.of(shown.sensor().id()));
    }

    private Optional<String> other(
            String key, Optional<PlacedReading> reading, PlacedReading shown, Figures figures) {
        return reading.filter(one -> !one.equals(shown))
                .map(one ->
                        speech.say(
                                key,
                                figures.value(
                                        one.value().orElseThrow(), one.placement().quantity())));
    }

    private TileContent number(PlacedReading reading, Figures figures, String second) {
        String where = reading.sensor().label().in(speech.words().locale());
        return new TileContent(
                figures.number(reading.value().orElseThrow(), reading.placement().quantity()),
                figures.unit(reading.placement().quantity()),
                where,
                reading.quality().isGood() ? second : why(reading, figures),
                Mark.of(reading),
                reading.deviation(),
                reading.limits().flatMap(LimitBar.Range::of),
                reading.value(),
                reading.time(),
                reading.quality().isGood(),
                Optional.of(reading.sensor().id()));
    }

    /** Since when it is unchanged the age beside it says. */
    private String why(PlacedReading reading, Figures figures) {
        String why = figures.quality(reading.quality());
        return why.equals(speech.say("reason.unchanged")) ? speech.say("tiles.unchanged") : why;
    }

    /** No number: says why. */
    private TileContent silent(List<PlacedReading> readings, Figures figures) {
        if (readings.isEmpty()) {
            return without(speech.say("tiles.no-sensor"), Mark.NONE);
        }
        return without(
                speech.say(
                        "tiles.silent",
                        readings.size(),
                        figures.quality(readings.getFirst().quality())),
                Mark.BAD);
    }

    private static TileContent without(String why, Mark mark) {
        return new TileContent(
                Figures.NOTHING,
                "",
                why,
                "",
                mark,
                Deviation.NONE,
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                true,
                Optional.empty());
    }

    private String coverage(List<PlacedReading> readings) {
        long silent = readings.stream().filter(reading -> !reading.isTrustworthy()).count();
        return silent == 0
                ? speech.say("tiles.sensors", readings.size())
                : speech.say("tiles.sensors-silent", readings.size(), silent);
    }

    private static List<PlacedReading> readings(
            Picture picture, SensorRole role, Set<Quantity> quantities) {
        return picture.plan().elements(Element.Sensor.class).stream()
                .filter(sensor -> sensor.role() == role)
                .flatMap(sensor -> picture.element(sensor.id()).stream())
                .flatMap(element -> element.readings().stream())
                .filter(reading -> quantities.contains(reading.placement().quantity()))
                .toList();
    }
}
