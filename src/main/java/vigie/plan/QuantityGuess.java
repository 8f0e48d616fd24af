package vigie.plan;

import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.Units;

import java.util.Map;
import java.util.Optional;

/**
 * What a point tells of a sensor, as far as Home Assistant says it: by the device class, the unit,
 * and for on/off points by what the sensor is for. Never by the point's name.
 */
public final class QuantityGuess {
    private static final Map<String, Quantity> CLASSES =
            Map.ofEntries(
                    Map.entry("temperature", Quantity.TEMPERATURE),
                    Map.entry("humidity", Quantity.HUMIDITY),
                    Map.entry("battery", Quantity.CHARGE),
                    Map.entry("duration", Quantity.RUNTIME),
                    Map.entry("power", Quantity.POWER),
                    Map.entry("voltage", Quantity.VOLTAGE),
                    Map.entry("current", Quantity.CURRENT),
                    Map.entry("frequency", Quantity.FREQUENCY),
                    Map.entry("running", Quantity.RUNNING),
                    Map.entry("motion", Quantity.MOTION),
                    Map.entry("occupancy", Quantity.MOTION),
                    Map.entry("presence", Quantity.MOTION),
                    Map.entry("door", Quantity.OPEN),
                    Map.entry("garage_door", Quantity.OPEN),
                    Map.entry("window", Quantity.OPEN),
                    Map.entry("opening", Quantity.OPEN),
                    Map.entry("moisture", Quantity.LEAK));

    private QuantityGuess() {}

    /**
     * The one quantity that fits; empty where none does, or several could.
     *
     * @param said what Home Assistant says of the point; {@link Attributes#MISSING} where that is
     *     not known
     * @param role what the sensor is for; empty where it is not chosen yet
     */
    public static Optional<Quantity> of(PointId point, Attributes said, Optional<SensorRole> role) {
        Optional<Quantity> byClass = said.deviceClass().map(CLASSES::get);
        if (byClass.isPresent()) {
            boolean fits =
                    !byClass.get().isNumber()
                            || said.unit().isEmpty()
                            || Units.convertible(said.unit().get(), byClass.get().unit());
            return byClass.filter(_ -> fits);
        }
        if (said.unit().isPresent()) {
            return byUnit(said.unit().get(), role);
        }
        return isSwitch(point) ? role.flatMap(QuantityGuess::switchOf) : Optional.empty();
    }

    /** Whether Home Assistant has it as something that is on or off. */
    private static boolean isSwitch(PointId point) {
        return point.name().startsWith("binary_sensor.");
    }

    private static Optional<Quantity> byUnit(String unit, Optional<SensorRole> role) {
        if (unit.equals("%")) {
            return role.flatMap(QuantityGuess::percentOf);
        }
        for (Quantity quantity :
                new Quantity[] {
                    Quantity.TEMPERATURE,
                    Quantity.POWER,
                    Quantity.VOLTAGE,
                    Quantity.CURRENT,
                    Quantity.FREQUENCY,
                    Quantity.RUNTIME
                }) {
            if (Units.convertible(unit, quantity.unit())) {
                return Optional.of(quantity);
            }
        }
        return Optional.empty();
    }

    private static Optional<Quantity> percentOf(SensorRole role) {
        return switch (role) {
            case INLET, HOT_SPOT, ROOM, RETURN, SUPPLY -> Optional.of(Quantity.HUMIDITY);
            case UNIT -> Optional.of(Quantity.FAN_SPEED);
            // Load, charge and humidity are all percentages.
            case UPS, MOTION, DOOR, LEAK, POWER -> Optional.empty();
        };
    }

    private static Optional<Quantity> switchOf(SensorRole role) {
        return switch (role) {
            case MOTION -> Optional.of(Quantity.MOTION);
            case DOOR -> Optional.of(Quantity.OPEN);
            case LEAK -> Optional.of(Quantity.LEAK);
            case UNIT -> Optional.of(Quantity.RUNNING);
            case UPS -> Optional.of(Quantity.ON_BATTERY);
            case INLET, HOT_SPOT, ROOM, RETURN, SUPPLY, POWER -> Optional.empty();
        };
    }
}
