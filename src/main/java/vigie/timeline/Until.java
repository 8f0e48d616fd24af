package vigie.timeline;

import vigie.point.PointId;

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
}
