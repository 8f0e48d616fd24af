package vigie.point;

import java.util.Optional;

/**
 * What Home Assistant says about a point beside its state, as far as Vigie uses it. It belongs to
 * the row, not to the point: a unit may change over time.
 *
 * @param friendlyName the name people gave the entity
 * @param unit {@code unit_of_measurement} as recorded, for example {@code °C}
 * @param deviceClass for example {@code temperature}
 * @param stateClass for example {@code measurement}; present for points that have statistics
 * @param known false where the attributes row never came or is not a JSON object
 */
public record Attributes(
        Optional<String> friendlyName,
        Optional<String> unit,
        Optional<String> deviceClass,
        Optional<String> stateClass,
        boolean known) {

    /** The row's attributes are an object without any of the keys we use. */
    public static final Attributes NONE =
            new Attributes(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true);

    /** The row's attributes could not be had or read. */
    public static final Attributes MISSING =
            new Attributes(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
}
