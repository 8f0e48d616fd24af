package vigie.picture;

import vigie.plan.Deviation;
import vigie.plan.Element;
import vigie.plan.Limits;
import vigie.plan.Placement;
import vigie.point.Quality;
import vigie.point.Reading;
import vigie.room.PointState;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one placement shows at a moment. It changes only when its data change; the age is reckoned
 * from {@link #time} when it is drawn.
 *
 * @param placement the binding
 * @param sensor where it is
 * @param state the bound point; empty: never seen
 * @param value in the quantity's own unit ({@code placement.quantity().unit()}); empty where there
 *     is no trustworthy number, and always where the quality is bad
 * @param quality the reading's quality at the moment of the picture; bad with reason {@code
 *     unknown} where the point was never seen, and with {@code mismatch} where the reading is not
 *     of the placement's quantity
 * @param time when the reading was true; empty where never seen
 * @param limits the limits in force
 * @param deviation {@link Deviation#NONE} where the quality is bad
 * @param direction −1 below a low limit, +1 above a high one, 0 otherwise
 */
public record PlacedReading(
        Placement placement,
        Element.Sensor sensor,
        Optional<PointState> state,
        OptionalDouble value,
        Quality quality,
        Optional<Instant> time,
        Optional<Limits> limits,
        Deviation deviation,
        int direction) {

    /** The state as recorded, for on/off points and texts; empty where bad or never seen. */
    public Optional<String> text() {
        return quality.isBad()
                ? Optional.empty()
                : state.flatMap(PointState::newest).map(Reading::text);
    }

    /** Whether an on/off point is on, and trustworthy. */
    public boolean isOn() {
        return placement.quantity().isSwitch() && text().filter("on"::equals).isPresent();
    }

    /** Whether it says something: its quality is not bad, and a number is there if one should. */
    public boolean isTrustworthy() {
        return !quality.isBad() && (value.isPresent() || !placement.quantity().isNumber());
    }
}
