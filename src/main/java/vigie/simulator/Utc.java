package vigie.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as the recorder's DATETIME columns hold them: UTC, microseconds. */
final class Utc {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private Utc() {}

    static String text(double epochSeconds) {
        return FORMAT.format(instant(epochSeconds));
    }

    static Instant instant(double epochSeconds) {
        long micros = Math.round(epochSeconds * 1e6);
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    /** The last whole microsecond at or before a moment, as the double that is nearest to it. */
    static double wholeMicros(double epochSeconds) {
        double micros = Math.rint(epochSeconds * 1e6);
        return micros / 1e6 > epochSeconds ? (micros - 1) / 1e6 : micros / 1e6;
    }

    static double inSeconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    static double seconds(Instant instant) {
        return instant.getEpochSecond() + Math.floor(instant.getNano() / 1e3) / 1e6;
    }
}
