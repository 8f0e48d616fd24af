package vigie.room;

import vigie.point.Quality;
import vigie.point.Reading;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What must be known beside a point's own row to say how fresh it is. Only the silence of a point
 * that measures says anything, and only as much as its history allows:
 *
 * <ul>
 *   <li>a point whose history shows regular change is <em>stale</em> after three times the 99th
 *       percentile that it keeps to ({@link Cadence});
 *   <li>any other point that measures is <em>unchanged</em> after an hour, or after three times the
 *       99th percentile of its silences where that is longer: it cannot be told from a dead one. In
 *       an hour the air of a room has moved by more than a sensor's last digit, and an operator has
 *       walked his round;
 *   <li>on/off points, texts, and numbers that people set, say something only when it happens:
 *       their silence says nothing.
 * </ul>
 *
 * <p>While Home Assistant itself is not heard, every value is in doubt for that one reason.
 *
 * @param cadences the version that holds at the moment
 * @param voice whether Home Assistant is heard
 * @param followedUntil since when nothing is followed any more, by Home Assistant's clock: a
 *     silence after it is not the sensor's; empty: followed
 * @param commitEvery how often the recorder commits; its readings are this late when they come
 */
public record Freshness(
        Cadences cadences, Voice voice, Optional<Instant> followedUntil, Duration commitEvery) {
    /** Home Assistant's default. */
    public static final Duration USUAL_COMMIT = Duration.ofSeconds(5);

    /** Nothing is known of anybody's habits. */
    public static final Freshness UNKNOWN =
            new Freshness(Cadences.NONE, Voice.HEARD, Optional.empty(), USUAL_COMMIT);

    private static final Duration UNCHANGED_AFTER = Duration.ofHours(1);

    /** What people set stays as they set it. */
    private static final Set<String> SET_BY_PEOPLE =
            Set.of("number", "input_number", "counter", "zone");

    /**
     * How long a point may be silent, and what it is then.
     *
     * @param longest by Home Assistant's clock
     */
    record Patience(Duration longest, Quality.Reason then) {}

    /**
     * What holds at a moment.
     *
     * @param commitEvery at least {@link #USUAL_COMMIT} unless it is known to be less
     * @param followedUntil see the record
     * @param at by Home Assistant's clock
     */
    public static Freshness of(
            RoomState state,
            Cadences cadences,
            Duration commitEvery,
            Optional<Instant> followedUntil,
            Instant at) {
        return new Freshness(
                cadences,
                Voice.of(state, cadences, commitEvery, earlier(followedUntil, at), at),
                followedUntil,
                commitEvery);
    }

    /** How long a silence is that begins with a reading. */
    Duration silence(Reading since, Instant at) {
        return Duration.between(since.time(), earlier(followedUntil, at));
    }

    /** How long a point may be silent after a reading; empty: for ever. */
    Optional<Patience> patience(Reading newest) {
        if (!measures(newest)) {
            return Optional.empty();
        }
        Optional<Cadence> cadence = cadences.of(newest.key());
        if (cadence.isPresent() && cadence.get().regular()) {
            // The next report may have to wait for two commits before anybody can see it.
            Duration committed = cadence.get().p99().plus(commitEvery.multipliedBy(2));
            return Optional.of(
                    new Patience(
                            longer(cadence.get().staleAfter(), committed), Quality.Reason.STALE));
        }
        Duration unchanged =
                cadence.map(known -> longer(known.staleAfter(), UNCHANGED_AFTER))
                        .orElse(UNCHANGED_AFTER);
        return Optional.of(new Patience(unchanged, Quality.Reason.UNCHANGED));
    }

    /** Whether a reading is a measurement: a number with a unit, or one that has statistics. */
    static boolean measures(Reading reading) {
        String name = reading.point().name();
        int dot = name.indexOf('.');
        return !reading.quality().isBad()
                && reading.value().isPresent()
                && (reading.attributes().unit().isPresent()
                        || reading.attributes().stateClass().isPresent())
                && !(dot > 0 && SET_BY_PEOPLE.contains(name.substring(0, dot)));
    }

    static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Instant earlier(Optional<Instant> one, Instant other) {
        return one.filter(time -> time.isBefore(other)).orElse(other);
    }
}
