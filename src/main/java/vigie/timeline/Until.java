package vigie.timeline;

import vigie.point.PointId;
import vigie.point.Reading;
import vigie.room.PointState;
import vigie.room.RoomState;

/**
 * Until when a replay plays: the moment at which a comparison that did not hold becomes true.
 *
 * @param point of which the value is compared, in the point's own unit of then, or the text
 * @param comparison how
 * @param value the number, or the text for {@link Comparison#IS}
 */
public record Until(PointId point, Comparison comparison, String value) {
    /** How a value is compared. */
    public enum Comparison {
        ABOVE(">"),
        BELOW("<"),
        IS("=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        /** The sign people write. */
        public String sign() {
            return sign;
        }
    }

    /** Whether it holds in a room. */
    boolean holds(RoomState state) {
        return state.point(point).flatMap(PointState::newest).filter(this::holds).isPresent();
    }

    /**
     * Whether it holds for a reading of its point. A value that cannot be trusted at all fulfils
     * nothing; a text is what was recorded.
     */
    boolean holds(Reading reading) {
        double wanted = Reading.number(value).orElse(Double.NaN);
        double number = reading.quality().isBad() ? Double.NaN : reading.value().orElse(Double.NaN);
        return switch (comparison) {
            case ABOVE -> number > wanted;
            case BELOW -> number < wanted;
            case IS -> value.equals(reading.text()) || number == wanted;
        };
    }
}
