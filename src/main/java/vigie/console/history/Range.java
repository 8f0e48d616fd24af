package vigie.console.history;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** The ranges that have a button, and a digit: the first has 1. */
public enum Range {
    HOUR("1h", Duration.ofHours(1)),
    SIX_HOURS("6h", Duration.ofHours(6)),
    DAY("1d", Duration.ofDays(1)),
    WEEK("7d", Duration.ofDays(7)),
    TEN_DAYS("10d", Duration.ofDays(10)),
    MONTH("30d", Duration.ofDays(30)),
    QUARTER("90d", Duration.ofDays(90)),
    YEAR("1y", Duration.ofDays(365)),
    TWO_YEARS("2y", Duration.ofDays(730));

    private final String word;
    private final Duration duration;

    Range(String word, Duration duration) {
        this.word = word;
        this.duration = duration;
    }

    /** The end of its key of words. */
    String word() {
        return word;
    }

    public Duration duration() {
        return duration;
    }

    /** The range of a digit, from 1; empty where the digit has none. */
    static Optional<Range> ofDigit(int digit) {
        return digit < 1 ? Optional.empty() : Arrays.stream(values()).skip(digit - 1L).findFirst();
    }
}
