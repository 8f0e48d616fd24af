package vigie.picture;

import vigie.plan.Deviation;
import vigie.plan.Element;
import vigie.plan.Limits;
import vigie.plan.Quantity;
import vigie.plan.SensorRole;
import vigie.point.Quality;
import vigie.point.Units;
import vigie.room.DewPoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * A picture in a few figures, for tiles and for reading from afar. Only trustworthy readings are in
 * it; {@code blind} counts the others.
 *
 * @param worstInlet the inlet temperature farthest from normal, of those equally far the highest
 * @param hotAisle the highest temperature of the hot aisles
 * @param driest the lowest humidity of inlets and rooms
 * @param dampest the highest humidity of inlets and rooms
 * @param lowestDewPoint of inlets and rooms
 * @param highestDewPoint of inlets and rooms
 * @param ups the supply's state
 * @param readings how many readings the picture shows
 * @param warnings how many of them are at {@link Deviation#WARNING}
 * @param alarms how many of them are at {@link Deviation#ALARM}
 * @param blind how many of them are bad or were never seen
 * @param stale how many of them are silent for longer than their history allows
 */
public record Summary(
        Optional<PlacedReading> worstInlet,
        Optional<PlacedReading> hotAisle,
        Optional<PlacedReading> driest,
        Optional<PlacedReading> dampest,
        Optional<DewPointReading> lowestDewPoint,
        Optional<DewPointReading> highestDewPoint,
        Ups ups,
        int readings,
        int warnings,
        int alarms,
        int blind,
        int stale) {

    /**
     * The uninterruptible power supply; of several the worst of each.
     *
     * @param load the highest, %
     * @param charge the lowest, %
     * @param runtime the shortest, minutes
     * @param onBattery the reading that says {@code on}, else any of them
     * @param status the first in plan order
     */
    public record Ups(
            Optional<PlacedReading> load,
            Optional<PlacedReading> charge,
            Optional<PlacedReading> runtime,
            Optional<PlacedReading> onBattery,
            Optional<PlacedReading> status) {

        /** Whether the batteries carry the load; empty where nobody says so. */
        public Optional<Boolean> isOnBattery() {
            return onBattery.map(PlacedReading::isOn);
        }
    }

    private static final Quality STALE = Quality.of(Quality.Reason.STALE);

    private static final Comparator<PlacedReading> BY_VALUE =
            Comparator.comparingDouble(reading -> reading.value().orElse(Double.NaN));

    /** The summary of a picture. */
    public static Summary of(Picture picture) {
        List<PlacedReading> all = new ArrayList<>();
        for (Element.Sensor sensor : picture.plan().elements(Element.Sensor.class)) {
            picture.element(sensor.id()).ifPresent(shown -> all.addAll(shown.readings()));
        }
        List<PlacedReading> sound = all.stream().filter(PlacedReading::isTrustworthy).toList();
        List<PlacedReading> damp =
                sound.stream()
                        .filter(
                                is(SensorRole.INLET, Quantity.HUMIDITY)
                                        .or(is(SensorRole.ROOM, Quantity.HUMIDITY)))
                        .toList();
        List<DewPointReading> dewPoints =
                damp.stream().flatMap(one -> dewPoint(picture, one).stream()).toList();
        Comparator<DewPointReading> byDewPoint =
                Comparator.comparingDouble(DewPointReading::celsius);
        return new Summary(
                sound.stream().filter(is(SensorRole.INLET, Quantity.TEMPERATURE)).max(Judge.WORSE),
                sound.stream().filter(is(SensorRole.HOT_SPOT, Quantity.TEMPERATURE)).max(BY_VALUE),
                damp.stream().min(BY_VALUE),
                damp.stream().max(BY_VALUE),
                dewPoints.stream().min(byDewPoint),
                dewPoints.stream().max(byDewPoint),
                ups(sound),
                all.size(),
                count(all, Deviation.WARNING),
                count(all, Deviation.ALARM),
                all.size() - sound.size(),
                (int) all.stream().filter(one -> one.quality().equals(STALE)).count());
    }

    private static Ups ups(List<PlacedReading> sound) {
        return new Ups(
                sound.stream().filter(is(SensorRole.UPS, Quantity.LOAD)).max(BY_VALUE),
                sound.stream().filter(is(SensorRole.UPS, Quantity.CHARGE)).min(BY_VALUE),
                sound.stream().filter(is(SensorRole.UPS, Quantity.RUNTIME)).min(BY_VALUE),
                sound.stream()
                        .filter(is(SensorRole.UPS, Quantity.ON_BATTERY))
                        .max(Comparator.comparing(PlacedReading::isOn)),
                sound.stream().filter(is(SensorRole.UPS, Quantity.STATUS)).findFirst());
    }

    /** The dew point at a humidity sensor, where a temperature beside it is known. */
    private static Optional<DewPointReading> dewPoint(Picture picture, PlacedReading humidity) {
        Optional<PlacedReading> temperature = temperatureBeside(picture, humidity);
        if (temperature.isEmpty()) {
            return Optional.empty();
        }
        OptionalDouble dewPoint =
                DewPoint.of(
                        temperature.get().value().orElse(Double.NaN),
                        humidity.value().orElse(Double.NaN));
        if (dewPoint.isEmpty()) {
            return Optional.empty();
        }
        double celsius = dewPoint.getAsDouble();
        Optional<Limits> limits =
                picture.plan().limits(humidity.sensor(), Quantity.DEW_POINT, picture.at());
        OptionalDouble judged =
                limits.map(one -> Units.convert(celsius, Quantity.DEW_POINT.unit(), one.unit()))
                        .orElse(OptionalDouble.empty());
        boolean known = limits.isPresent() && judged.isPresent();
        return Optional.of(
                new DewPointReading(
                        humidity,
                        temperature.get(),
                        celsius,
                        limits,
                        known ? limits.get().deviationOf(judged.getAsDouble()) : Deviation.NONE,
                        known ? limits.get().directionOf(judged.getAsDouble()) : 0));
    }

    private static Optional<PlacedReading> temperatureBeside(
            Picture picture, PlacedReading humidity) {
        Element.Sensor sensor = humidity.sensor();
        Predicate<PlacedReading> temperature =
                is(sensor.role(), Quantity.TEMPERATURE).and(PlacedReading::isTrustworthy);
        return picture.element(sensor.id()).stream()
                .flatMap(own -> own.readings().stream())
                .filter(temperature)
                .findFirst()
                .or(() ->
                        sensor.of().flatMap(picture::element).stream()
                                .flatMap(element -> element.readings().stream())
                                .filter(temperature)
                                .min(
                                        Comparator.comparingDouble(one ->
                                                Math.abs(
                                                        one.sensor().height() - sensor.height()))));
    }

    private static Predicate<PlacedReading> is(SensorRole role, Quantity quantity) {
        return reading ->
                reading.sensor().role() == role && reading.placement().quantity() == quantity;
    }

    private static int count(List<PlacedReading> readings, Deviation deviation) {
        return (int) readings.stream().filter(one -> one.deviation() == deviation).count();
    }
}
