package vigie.duty;

import vigie.history.archive.RolledPoints;

import java.time.Duration;

/**
 * What is archived and for how long.
 *
 * @param rawDays for how many days readings are kept; {@link #FEWEST_DAYS} to {@link #MOST_DAYS}
 * @param rolled of which points roll-ups are kept
 * @param settling how long after its end an hour is rolled up: the recorder commits late
 */
public record ArchiveSettings(int rawDays, RolledPoints rolled, Duration settling) {
    /** Readings are kept so long where nothing else is said. */
    public static final int USUAL_DAYS = 90;

    /** Less would not outlast a weekend. */
    public static final int FEWEST_DAYS = 3;

    /** Each day is a partition, and a table of more than some hundred of them is slow to open. */
    public static final int MOST_DAYS = 731;

    private static final Duration SETTLING = Duration.ofSeconds(90);

    public ArchiveSettings {
        if (rawDays < FEWEST_DAYS || rawDays > MOST_DAYS) {
            throw new IllegalArgumentException("readings are not kept for " + rawDays + " days");
        }
    }

    public ArchiveSettings(int rawDays, RolledPoints rolled) {
        this(rawDays, rolled, SETTLING);
    }
}
