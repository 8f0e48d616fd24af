package vigie.history;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Between moments, the history's microseconds and the recorder's seconds. */
public final class Times {
    private static final long MICROS = 1_000_000;
    private static final double MICROS_PER_SECOND = 1e6;

    private Times() {}

    /** Microseconds since 1970; what is finer is cut off. */
    public static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    /** The moment of so many microseconds since 1970. */
    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /**
     * Seconds as {@code last_updated_ts} holds them, rounded as {@link vigie.recorder.SourceTime}
     * does.
     */
    public static long micros(double seconds) {
        double whole = Math.floor(seconds);
        return ((long) whole) * MICROS + Math.round((seconds - whole) * MICROS);
    }

    /** The last whole microsecond not after so many seconds: for the beginning of what there is. */
    public static long microsBelow(double seconds) {
        long micros = micros(seconds);
        return seconds(micros) > seconds ? micros - 1 : micros;
    }

    /** The double that the recorder writes for the moment: the nearest one. */
    public static double seconds(long micros) {
        return micros / MICROS_PER_SECOND;
    }
}
