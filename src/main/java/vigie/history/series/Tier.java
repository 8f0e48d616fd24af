package vigie.history.series;

import java.time.Duration;

/** Where a stretch of history comes from. */
public enum Tier {
    /** The rows of Home Assistant's {@code states}. */
    STATES("states", Duration.ZERO),
    /** The readings in Vigie's own archive. */
    READINGS("archive", Duration.ZERO),
    /** Vigie's roll-ups of a minute. */
    MINUTES("archive-1min", Duration.ofMinutes(1)),
    /** Vigie's roll-ups of a quarter of an hour. */
    QUARTERS("archive-15min", Duration.ofMinutes(15)),
    /** Vigie's roll-ups of an hour. */
    HOURS("archive-1h", Duration.ofHours(1)),
    /** Home Assistant's {@code statistics_short_term}. */
    STATISTICS_SHORT("statistics-5min", Duration.ofMinutes(5)),
    /** Home Assistant's {@code statistics}. */
    STATISTICS("statistics-1h", Duration.ofHours(1));

    private static final long NANOS_PER_MICRO = 1_000;

    private final String word;
    private final Duration width;

    Tier(String word, Duration width) {
        this.word = word;
        this.width = width;
    }

    /** The word used in JSON and CSV as {@code source}; never translated. */
    public String word() {
        return word;
    }

    /** How wide its buckets are; zero where it holds single readings. */
    public Duration width() {
        return width;
    }

    /** The width in microseconds. */
    public long micros() {
        return width.toNanos() / NANOS_PER_MICRO;
    }

    /** Whether it holds single readings. */
    public boolean isRaw() {
        return width.isZero();
    }
}
