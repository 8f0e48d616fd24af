package vigie.room;

import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Quality;
import vigie.point.Reading;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the room knows of one point.
 *
 * @param key its identity
 * @param id the name it has now; {@code newest} keeps the name it had then
 * @param newest the reading that counts; empty where the point has a name but no row yet
 */
public record PointState(PointKey key, PointId id, Optional<Reading> newest) {
    /** Clocks of two machines may differ by this much without a remark. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

    /**
     * How long ago the newest reading was true.
     *
     * @param now by the corrected clock of Home Assistant's host
     * @return zero for a reading from the future; empty where there is none
     */
    public Optional<Duration> age(Instant now) {
        return newest.map(reading -> {
            Duration age = Duration.between(reading.time(), now);
            return age.isNegative() ? Duration.ZERO : age;
        });
    }

    /**
     * The quality of the newest reading at a moment, as far as the reading itself tells: its
     * silence is not judged.
     *
     * @param now by the corrected clock of Home Assistant's host
     * @return empty where there is no reading
     */
    public Optional<Quality> quality(Instant now) {
        return newest.map(reading ->
                isFuture(reading, now)
                        ? reading.quality().worse(Quality.of(Quality.Reason.FUTURE))
                        : reading.quality());
    }

    /**
     * The quality of the newest reading at a moment, its silence judged.
     *
     * @param now by the corrected clock of Home Assistant's host
     * @return empty where there is no reading
     */
    public Optional<Quality> quality(Instant now, Freshness freshness) {
        return newest.flatMap(
                reading -> quality(now).map(own -> own.worse(ofSilence(reading, now, freshness))));
    }

    /**
     * When time alone next changes {@link #quality(Instant, Freshness)}, if all else stays.
     *
     * @return a moment after {@code now}; empty: never
     */
    public Optional<Instant> turn(Instant now, Freshness freshness) {
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        Reading reading = newest.get();
        if (isFuture(reading, now)) {
            return Optional.of(reading.time().minus(CLOCK_TOLERANCE));
        }
        // Cut off, no silence grows; the voice's own turn is not the point's.
        return freshness.followedUntil().isPresent()
                ? Optional.empty()
                : freshness
                        .patience(reading)
                        .map(patience -> reading.time().plus(patience.longest()).plusNanos(1))
                        .filter(turn -> turn.isAfter(now));
    }

    private static Quality ofSilence(Reading reading, Instant now, Freshness freshness) {
        Optional<Quality.Reason> doubt = freshness.voice().doubt();
        if (doubt.isPresent()) {
            return Quality.of(doubt.get());
        }
        return freshness
                .patience(reading)
                .filter(patience ->
                        freshness.silence(reading, now).compareTo(patience.longest()) > 0)
                .map(patience -> Quality.of(patience.then()))
                .orElse(Quality.GOOD);
    }

    private static boolean isFuture(Reading reading, Instant now) {
        return reading.time().isAfter(now.plus(CLOCK_TOLERANCE));
    }
}
