package vigie.console.replay;

import vigie.timeline.Occurrence;

import java.util.Locale;

/** The lanes of the timeline, from the top. Alarms will join. */
public enum Lane {
    /** Limits crossed, and on/off points that are not as they should be. */
    LIMITS(0),
    /** Whether there is anything to see: outages of sensors and of the recorder. */
    DATA(1),
    /** Motion and doors. */
    MOTION(2),
    POWER(3),
    NOTES(4);

    private final int row;

    Lane(int row) {
        this.row = row;
    }

    /** Its place, from 0 at the top. */
    int row() {
        return row;
    }

    /** The lane of a kind. */
    static Lane of(Occurrence.Kind kind) {
        return switch (kind) {
            case LIMIT, STATE -> LIMITS;
            case SENSOR_OUTAGE, RECORDER_OUTAGE -> DATA;
            case MOTION, DOOR -> MOTION;
            case POWER -> POWER;
            case NOTE -> NOTES;
        };
    }

    /** The end of its key of words. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
