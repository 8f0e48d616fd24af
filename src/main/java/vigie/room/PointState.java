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
     * The quality of the newest reading seen at a moment.
     *
     * @param now by the corrected clock of Home Assistant's host
     * @return empty where there is no reading
     */
    public Optional<Quality> quality(Instant now) {
        return newest.map(reading ->
                reading.time().isAfter(now.plus(CLOCK_TOLERANCE))
                        ? reading.quality().worse(Quality.of(Quality.Reason.FUTURE))
                        : reading.quality());
    }
}
