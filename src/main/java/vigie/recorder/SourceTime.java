package vigie.recorder;

import java.time.Instant;
import java.util.Optional;

/** The recorder's times: Unix seconds, UTC, as a double. */
public final class SourceTime {
    private static final double LAST_SECOND = 253_402_300_799.0;
    private static final long MICROS = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private SourceTime() {}

    /**
     * The moment, rounded to the nearest microsecond: a double of this size has a resolution of a
     * quarter of one, so what is below it was never measured.
     *
     * @return empty where the number is no time between the years 1970 and 9999
     */
    public static Optional<Instant> of(double seconds) {
        if (!(seconds >= 0 && seconds <= LAST_SECOND)) {
            return Optional.empty();
        }
        double whole = Math.floor(seconds);
        // The difference is exact, so the rounding below is the only one.
        long micros = Math.round((seconds - whole) * MICROS);
        return Optional.of(
                Instant.ofEpochSecond(
                        (long) whole + micros / MICROS, micros % MICROS * NANOS_PER_MICRO));
    }
}
