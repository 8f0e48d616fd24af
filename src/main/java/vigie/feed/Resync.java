package vigie.feed;

import vigie.text.Sentence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The stream was left at one position and is taken up at another; what lies between was not
 * streamed.
 *
 * @param reason why, for the operator
 * @param fromPosition the last whole group before, of every domain; empty where there was none
 * @param toPosition where the stream goes on
 * @param fromTime when the group at {@code fromPosition} was committed (the database's clock);
 *     empty where unknown
 * @param toTime the moment of the state that was read anew (the database's clock)
 * @param undone ids of rows that were handed out and that the database does not hold: they never
 *     happened, or something else happened under the same id; ascending
 */
public record Resync(
        Sentence reason,
        String fromPosition,
        String toPosition,
        Optional<Instant> fromTime,
        Instant toTime,
        List<Long> undone) {
    public Resync {
        undone = List.copyOf(undone);
    }
}
