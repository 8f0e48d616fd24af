package vigie.timeline;

import java.time.Duration;

/**
 * How far two clocks are from this console's.
 *
 * @param database what must be added to the console's clock to get the database's
 * @param homeAssistant what must be added to the database's clock to get that of Home Assistant's
 *     host
 */
public record Clocks(Duration database, Duration homeAssistant) {
    /** Before anything is known, the three are taken for one. */
    public static final Clocks EQUAL = new Clocks(Duration.ZERO, Duration.ZERO);

    /** Differences above are said to the operator. */
    public static final Duration TOLERANCE = Duration.ofSeconds(2);

    /** What must be added to the console's clock to get that of Home Assistant's host. */
    public Duration total() {
        return database.plus(homeAssistant);
    }

    /** Whether the database's clock differs from the console's by more than is tolerated. */
    public boolean isDatabaseOff() {
        return database.abs().compareTo(TOLERANCE) > 0;
    }

    /** Whether Home Assistant's clock differs from the database's by more than is tolerated. */
    public boolean isHomeAssistantOff() {
        return homeAssistant.abs().compareTo(TOLERANCE) > 0;
    }
}
