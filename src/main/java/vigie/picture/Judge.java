package vigie.picture;

import vigie.plan.Deviation;
import vigie.plan.Element;
import vigie.plan.Limits;
import vigie.plan.Placement;
import vigie.plan.Quantity;
import vigie.point.Quality;
import vigie.point.Reading;
import vigie.point.Units;
import vigie.room.Freshness;
import vigie.room.PointState;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Says what a point tells of its sensor, how far that is from normal, and which is worse. */
public final class Judge {
    /**
     * The worse, the greater: by deviation, then inlets before other temperatures before anything
     * else, then by temperature.
     */
    static final Comparator<PlacedReading> WORSE =
            Comparator.comparing(PlacedReading::deviation)
                    .thenComparingInt(Judge::rank)
                    .thenComparingDouble(one ->
                            rank(one) == 0 ? 0 : one.value().orElse(Double.NEGATIVE_INFINITY));

    private Judge() {}

    /**
     * What a placement shows.
     *
     * @param limits all that can hold, the ones that win first
     * @param state empty: never seen
     */
    public static PlacedReading judge(
            Placement placement,
            Element.Sensor sensor,
            List<Limits> limits,
            Optional<PointState> state,
            Freshness freshness,
            Instant at) {
        Optional<Reading> newest = state.flatMap(PointState::newest);
        Quality quality =
                state.flatMap(point -> point.quality(at, freshness))
                        .orElseGet(() -> Quality.of(Quality.Reason.UNKNOWN));
        Quantity quantity = placement.quantity();
        OptionalDouble value =
                quality.isBad() || newest.isEmpty()
                        ? OptionalDouble.empty()
                        : valueOf(newest.get(), quantity);
        if (newest.isPresent() && !fits(newest.get(), quantity, value)) {
            quality = quality.worse(Quality.of(Quality.Reason.MISMATCH));
        }
        Optional<Limits> inForce =
                limits.stream().filter(one -> one.span().contains(at)).findFirst();
        Deviation deviation = Deviation.NONE;
        int direction = 0;
        if (inForce.isPresent() && !quality.isBad() && newest.isPresent()) {
            if (value.isPresent()) {
                OptionalDouble judged =
                        Units.convert(value.getAsDouble(), quantity.unit(), inForce.get().unit());
                if (judged.isPresent()) {
                    deviation = inForce.get().deviationOf(judged.getAsDouble());
                    direction = inForce.get().directionOf(judged.getAsDouble());
                }
            } else if (!quantity.isNumber() && newest.get().text() != null) {
                deviation = inForce.get().deviationOf(newest.get().text());
            }
        }
        return new PlacedReading(
                placement,
                sensor,
                state,
                value,
                quality,
                newest.map(Reading::time),
                inForce,
                deviation,
                direction);
    }

    private static OptionalDouble valueOf(Reading reading, Quantity quantity) {
        return quantity.isNumber()
                        && reading.value().isPresent()
                        && reading.attributes().unit().isPresent()
                ? Units.convert(
                        reading.value().getAsDouble(),
                        reading.attributes().unit().get(),
                        quantity.unit())
                : OptionalDouble.empty();
    }

    /** Whether a row says anything about the quantity; of what it does not know it says nothing. */
    private static boolean fits(Reading reading, Quantity quantity, OptionalDouble value) {
        if (reading.quality().isBad()) {
            return true;
        }
        if (quantity.isNumber()) {
            return value.isPresent()
                    // Without its attributes the row's unit is not known, rather than wrong.
                    || (!reading.attributes().known() && reading.value().isPresent());
        }
        return !quantity.isSwitch() || "on".equals(reading.text()) || "off".equals(reading.text());
    }

    private static int rank(PlacedReading reading) {
        if (reading.placement().quantity() != Quantity.TEMPERATURE) {
            return 0;
        }
        return switch (reading.sensor().role()) {
            case INLET -> 2;
            case HOT_SPOT, ROOM, RETURN, SUPPLY, MOTION, DOOR, LEAK, UPS, POWER, UNIT -> 1;
        };
    }
}
