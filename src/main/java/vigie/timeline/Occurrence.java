package vigie.timeline;

import org.jspecify.annotations.Nullable;

import vigie.plan.Deviation;
import vigie.plan.ElementId;
import vigie.point.PointId;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Something that happened in the room's past and is worth a line in the list of events.
 *
 * @param kind what kind of thing
 * @param at when it began, which may be before what was looked at
 * @param to when it was over; empty where it was not by the end of what was looked at, or where it
 *     has no length
 * @param within zero, or how exactly {@code at} is known: the width of the bucket it was found in
 * @param element where on the plan; empty where nowhere
 * @param point which point; empty for the recorder's outages and for notes
 * @param deviation how far from normal it was; {@code NONE} for what is none. The crossing of a
 *     warning limit and of the alarm limit behind it are two
 * @param value for limits the first value beyond it, or where the plan began to ask for it later,
 *     the value of that moment; empty where that is not known, and for all others
 * @param limit for limits which was crossed, in the unit of {@code value}; otherwise empty
 * @param unit of both; null where they are empty
 * @param text what an on/off point said, or what a note says; null otherwise
 * @param author who wrote a note; null otherwise
 */
public record Occurrence(
        Kind kind,
        Instant at,
        Optional<Instant> to,
        Duration within,
        Optional<ElementId> element,
        Optional<PointId> point,
        Deviation deviation,
        OptionalDouble value,
        OptionalDouble limit,
        @Nullable String unit,
        @Nullable String text,
        @Nullable String author) {
    /** What kind of thing. Alarms will join. */
    public enum Kind {
        /** A value beyond a limit. */
        LIMIT("limit"),
        /** Somebody moves. */
        MOTION("motion"),
        /** A door stands open. */
        DOOR("door"),
        /** Mains lost, a UPS on battery, and what else power says. */
        POWER("power"),
        /** Water, smoke and other on/off points that are not as they should be. */
        STATE("state"),
        /** A sensor has no trustworthy value. */
        SENSOR_OUTAGE("sensor-outage"),
        /** Nothing was recorded: Home Assistant was stopped, or silent. */
        RECORDER_OUTAGE("recorder-outage"),
        /** Somebody wrote a note. */
        NOTE("note");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word used by options and in files; never translated. */
        public String word() {
            return word;
        }

        /** The one with this word. */
        public static Optional<Kind> of(String word) {
            return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
        }
    }
}
