package vigie.room;

import java.time.Instant;
import java.util.Optional;

/**
 * What Home Assistant's recorder says of itself, by its tables {@code recorder_runs} and {@code
 * schema_changes} and the statements that change its schema. It is a fact of the database, so a
 * replay has it too; that it has been silent for long depends on the moment of looking and is not
 * in here.
 *
 * @param phase what it is doing
 * @param since when it began to, by the clock of Home Assistant's host, for {@link Phase#MIGRATING}
 *     by the database's; empty where unknown
 */
public record RecorderState(Phase phase, Optional<Instant> since) {
    /** What the recorder is doing. */
    public enum Phase {
        /** Its tables do not tell. */
        UNKNOWN,
        /** It runs, or died without a word. */
        RUNNING,
        /** It changes its tables; no readings come meanwhile. */
        MIGRATING,
        /** It was stopped in order: its run has an end. */
        STOPPED
    }

    /** Before anything is known. */
    public static final RecorderState UNKNOWN = new RecorderState(Phase.UNKNOWN, Optional.empty());

    /** Whether readings are to be expected from it. */
    public boolean mayWrite() {
        return phase == Phase.UNKNOWN || phase == Phase.RUNNING;
    }
}
