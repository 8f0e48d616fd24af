package vigie.history;

import vigie.point.Attributes;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.room.Cadence;
import vigie.room.Cadences;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How long the points of a stretch were silent in it, and the cadences that judge that. */
final class LongestSilences {
    private final Map<PointKey, Duration> longest = new HashMap<>();
    private boolean hasRows;

    LongestSilences() {}

    /** Of points that measure, as far as the silence could make their quality worse. */
    void note(Reading since, Instant until) {
        hasRows |= since.id().isPresent();
        Attributes its = since.attributes();
        if (since.quality().isGood()
                && since.value().isPresent()
                && (its.unit().isPresent() || its.stateClass().isPresent())) {
            longest.merge(
                    since.key(),
                    Duration.between(since.time(), until),
                    (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
    }

    /**
     * What judges them: the version that holds at a moment, of those points only whose quality may
     * depend on it.
     */
    Cadences cadences(Link link, KnownCadences known, Instant at) throws SQLException {
        Instant learnedTo = Cadences.learnedToAt(at);
        if (!hasRows) {
            return new Cadences(learnedTo, Map.of(), Optional.empty());
        }
        Map<PointKey, Cadence> needed =
                known.of(link, known.doubtful(link, longest, learnedTo), learnedTo);
        return new Cadences(learnedTo, needed, known.ofRecorder(link, learnedTo));
    }
}
