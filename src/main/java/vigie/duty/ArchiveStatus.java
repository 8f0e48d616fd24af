package vigie.duty;

import vigie.text.Sentence;

import java.util.Optional;

/**
 * How the archiving of a database stands.
 *
 * @param phase what is done
 * @param share of the work of {@link Phase#FILLING} and {@link Phase#ROLLING} that is done, 0 to 1
 * @param tooOld readings that were left out, since this process is on duty, because they were older
 *     than what is kept
 * @param reason what is in the way, for the operator; the work is tried again by itself
 */
public record ArchiveStatus(Phase phase, double share, long tooOld, Optional<Sentence> reason) {
    /** Before this process is on duty. */
    static final ArchiveStatus RESTING = new ArchiveStatus(Phase.RESTING, 0, 0, Optional.empty());

    /** What is done. */
    public enum Phase {
        /** Nothing: this process is not on duty. */
        RESTING,
        /** Looks at the tables. */
        BEGINNING,
        /** Archives what comes, and copies what was recorded before the archive began. */
        FILLING,
        /** Archives what comes, and makes roll-ups of what is archived. */
        ROLLING,
        /** Archives what comes; all else is done. */
        CURRENT
    }

    ArchiveStatus in(Phase next, double itsShare) {
        return new ArchiveStatus(next, itsShare, tooOld, Optional.empty());
    }
}
