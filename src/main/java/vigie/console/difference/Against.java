package vigie.console.difference;

import java.time.Duration;
import java.time.Instant;

/** What a moment is held against. */
public sealed interface Against {
    /** The day before, at the same time. */
    static Against day() {
        return new Back(Duration.ofDays(1));
    }

    /** The week before, at the same time. */
    static Against week() {
        return new Back(Duration.ofDays(7));
    }

    /**
     * A moment that stays as far behind as it is.
     *
     * @param distance positive
     */
    record Back(Duration distance) implements Against {
        public Back {
            if (distance.isNegative() || distance.isZero()) {
                throw new IllegalArgumentException("not back: " + distance);
            }
        }
    }

    /**
     * One moment, whatever is shown.
     *
     * @param at by the clock of Home Assistant's host
     */
    record Fixed(Instant at) implements Against {}

    /** The moment that one is held against. */
    default Instant of(Instant shown) {
        return switch (this) {
            case Back back -> shown.minus(back.distance());
            case Fixed fixed -> fixed.at();
        };
    }
}
