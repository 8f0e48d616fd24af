package vigie.history;

import org.jspecify.annotations.Nullable;

import vigie.history.series.Tier;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * Something that happened to a point.
 *
 * @param point to which
 * @param kind what
 * @param at when; where only roll-ups are left the beginning of the bucket in which it happened
 * @param within zero, or the width of that bucket
 * @param value after it; empty for gaps and texts
 * @param text after it, as it was recorded; null for gaps, and for numbers that were not recorded
 *     like that: of roll-ups, or in another unit
 * @param limit that was crossed; empty for all other kinds
 * @param tier where it was found
 */
public record PastEvent(
        HistoryPoint point,
        Kind kind,
        Instant at,
        Duration within,
        OptionalDouble value,
        @Nullable String text,
        OptionalDouble limit,
        Tier tier) {
    /** What can happen. */
    public enum Kind {
        /** From at or below the limit to above it. */
        ABOVE("above"),
        /** From at or above the limit to below it. */
        BELOW("below"),
        /** Trustworthy values end. */
        GAP_BEGINS("gap-begins"),
        /** There is a trustworthy value again. */
        GAP_ENDS("gap-ends"),
        /** A text or on/off point changes. */
        CHANGE("change");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word used by {@code events --kind} and in JSON; never translated. */
        public String word() {
            return word;
        }
    }
}
