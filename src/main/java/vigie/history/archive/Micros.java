package vigie.history.archive;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Between moments and microseconds since 1970: the queries know the archive, and not it them. */
final class Micros {
    private Micros() {}

    static long of(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
