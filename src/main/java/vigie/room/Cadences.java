package vigie.room;

import vigie.point.PointKey;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One version of all cadences. A version is learned from the rows before a whole hour of Home
 * Assistant's clock and from nothing else, and holds from five minutes after that hour to five
 * minutes after the next, so that every row of before is committed when it is learned. Therefore
 * whoever asks for a moment, now or years later, finds the version of that moment, as long as the
 * rows of the day before it are there.
 *
 * @param learnedTo the rows before this moment count
 * @param points by point; those of which nothing can be said are not in it
 * @param recorder the 99th percentile of the pauses of the whole recorder; empty where it wrote
 *     nothing in that day
 */
public record Cadences(
        Instant learnedTo, Map<PointKey, Cadence> points, Optional<Duration> recorder) {
    /** Before anything is learned. */
    public static final Cadences NONE = new Cadences(Instant.EPOCH, Map.of(), Optional.empty());

    /** So far back rows are looked at. */
    public static final Duration HISTORY = Duration.ofDays(1);

    /** So many rows of a point are looked at, the newest. */
    public static final int MOST_ROWS = 501;

    /** So many rows of the whole recorder are looked at, the newest. */
    public static final int MOST_ROWS_OF_ALL = 5_000;

    /** A recorder may commit this late. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    /** Rows of one breath are less than this apart. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    public Cadences {
        points = Map.copyOf(points);
    }

    /**
     * To which moment the version is learned that holds at a moment.
     *
     * @param at by Home Assistant's clock
     */
    public static Instant learnedToAt(Instant at) {
        return at.minus(GRACE).truncatedTo(ChronoUnit.HOURS);
    }

    /** The points that measure, or may turn out to; plain texts never do. By key. */
    public static List<PointKey> learnable(RoomState room) {
        return room.points().stream()
                .filter(point ->
                        point.newest()
                                .filter(newest ->
                                        newest.quality().isBad() || newest.value().isPresent())
                                .isPresent())
                .map(PointState::key)
                .sorted(Comparator.comparingLong(PointKey::value))
                .toList();
    }

    /** From when on this version holds, by Home Assistant's clock. */
    public Instant validFrom() {
        return validFrom(learnedTo);
    }

    /** From when on a version holds that is learned to a moment. */
    public static Instant validFrom(Instant learnedTo) {
        return learnedTo.plus(GRACE);
    }

    /** Whether this is the version of a moment. */
    public boolean holdAt(Instant at) {
        return learnedTo.equals(learnedToAt(at));
    }

    /** How often a point has something to say; empty where nothing can be said of it. */
    public Optional<Cadence> of(PointKey key) {
        return Optional.ofNullable(points.get(key));
    }

    /**
     * The 99th percentile of the pauses between rows. What comes within a second counts as one
     * breath: else a hundred entities that all report at the full minute would hide the minute.
     *
     * @param times of rows of any points, ascending
     * @return zero where no pause was as long as a second; empty where there are no two rows
     */
    public static Optional<Duration> pauses(List<Instant> times) {
        if (times.size() < 2) {
            return Optional.empty();
        }
        List<Duration> pauses = new ArrayList<>();
        for (int i = 1; i < times.size(); i++) {
            Duration pause = Duration.between(times.get(i - 1), times.get(i));
            if (pause.compareTo(PAUSE) >= 0) {
                pauses.add(pause);
            }
        }
        pauses.sort(null);
        return Optional.of(pauses.isEmpty() ? Duration.ZERO : Cadence.p99(pauses));
    }
}
