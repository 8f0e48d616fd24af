package vigie.console.marks;

import vigie.picture.PlacedReading;
import vigie.plan.Deviation;
import vigie.point.Quality;

/** What a sign says; told by its shape first, then by its colour. */
public enum Mark {
    /** Nothing to say. */
    NONE,
    /** Outside the allowable range: a square with 1. */
    ALARM,
    /** Outside the recommended range: a triangle with 2. */
    WARNING,
    /** Uncertain: a broken circle. */
    UNCERTAIN,
    /** No value to trust: a cross. */
    BAD;

    /** What there is to say of a reading. */
    public static Mark of(PlacedReading reading) {
        Mark mark = of(reading.deviation());
        return mark != NONE ? mark : of(reading.quality());
    }

    public static Mark of(Deviation deviation) {
        return switch (deviation) {
            case NONE -> NONE;
            case WARNING -> WARNING;
            case ALARM -> ALARM;
        };
    }

    public static Mark of(Quality quality) {
        return switch (quality.grade()) {
            case GOOD -> NONE;
            case UNCERTAIN -> UNCERTAIN;
            case BAD -> BAD;
        };
    }
}
