package vigie.console.history;

import vigie.console.history.chart.Stretch;
import vigie.history.Times;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;

/** With which earlier period a chart is compared. */
public enum Comparison {
    NONE("none"),
    /** As long as what is shown, just before it. */
    PREVIOUS("previous"),
    DAY("day"),
    WEEK("week"),
    YEAR("year");

    private final String word;

    Comparison(String word) {
        this.word = word;
    }

    /** The word in saved charts, and the end of its key of words. */
    String word() {
        return word;
    }

    static Comparison of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word.equals(word))
                .findFirst()
                .orElse(NONE);
    }

    /**
     * How much earlier the compared period is, microseconds. Days and years are those of the
     * calendar: eight in the morning is compared with eight in the morning, also across a change of
     * the clocks.
     */
    long shift(Stretch stretch, ZoneId zone) {
        ZonedDateTime end = Times.instant(stretch.to()).atZone(zone);
        return switch (this) {
            case NONE -> 0;
            case PREVIOUS -> stretch.width();
            case DAY -> stretch.to() - Times.micros(end.minusDays(1).toInstant());
            case WEEK -> stretch.to() - Times.micros(end.minusWeeks(1).toInstant());
            case YEAR -> stretch.to() - Times.micros(end.minusYears(1).toInstant());
        };
    }
}
