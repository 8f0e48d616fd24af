package vigie.history.series;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * Where buckets begin and end. Below a day they are equal and begin at whole multiples of their
 * width since 1970 (UTC), so that smaller ones fit into larger ones. From a day on they begin at
 * midnight of the room's zone: a day then has 23, 24 or 25 hours.
 *
 * @param micros the width below a day; the nominal width from a day on
 * @param days whole days; 0 below a day
 * @param zone whose midnights count
 */
public record Grid(long micros, int days, ZoneId zone) {
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private static final long[] WIDTHS = {
        1_000,
        2_000,
        5_000,
        10_000,
        20_000,
        50_000,
        100_000,
        200_000,
        500_000,
        SECOND,
        2 * SECOND,
        5 * SECOND,
        10 * SECOND,
        15 * SECOND,
        30 * SECOND,
        MINUTE,
        2 * MINUTE,
        5 * MINUTE,
        10 * MINUTE,
        15 * MINUTE,
        30 * MINUTE,
        HOUR,
        2 * HOUR,
        3 * HOUR,
        4 * HOUR,
        6 * HOUR,
        8 * HOUR,
        12 * HOUR
    };

    private static final int[] DAYS = {1, 2, 5, 7, 14, 28, 56, 91, 182, 364};

    public Grid {
        if (micros <= 0 || days < 0) {
            throw new IllegalArgumentException("a bucket has a width");
        }
    }

    /** Equal buckets of a width below a day. */
    public static Grid of(long micros) {
        return new Grid(micros, 0, java.time.ZoneOffset.UTC);
    }

    /**
     * The finest grid that needs at most so many buckets, the ones cut by either end not counted.
     *
     * @param from first microsecond
     * @param to first microsecond after; later than {@code from}
     * @param wanted at least 1
     */
    public static Grid fitting(long from, long to, int wanted, ZoneId zone) {
        long length = to - from;
        for (long width : WIDTHS) {
            if (length <= width * wanted) {
                return new Grid(width, 0, zone);
            }
        }
        // Days are counted by the calendar: one of 25 hours is one.
        long local =
                ChronoUnit.MICROS.between(
                        instant(from).atZone(zone).toLocalDateTime(),
                        instant(to).atZone(zone).toLocalDateTime());
        for (int days : DAYS) {
            if (local <= days * DAY * wanted) {
                return new Grid(days * DAY, days, zone);
            }
        }
        int days = DAYS[DAYS.length - 1];
        while (local > days * DAY * wanted) {
            days *= 2;
        }
        return new Grid(days * DAY, days, zone);
    }

    /** The beginning of the bucket that holds a moment. */
    public long floor(long micros) {
        if (days == 0) {
            return Math.floorDiv(micros, this.micros) * this.micros;
        }
        LocalDate date = instant(micros).atZone(zone).toLocalDate();
        return midnight(Math.floorDiv(date.toEpochDay(), days) * days);
    }

    /** The end of the bucket that begins at a moment. */
    public long next(long start) {
        if (days == 0) {
            return start + micros;
        }
        // Noon is in the day whatever the clocks did at midnight.
        LocalDate date = instant(start + DAY / 2).atZone(zone).toLocalDate();
        return midnight(date.toEpochDay() + days);
    }

    /** The beginning of a bucket at or after a moment. */
    public long ceiling(long micros) {
        long floor = floor(micros);
        return floor == micros ? floor : next(floor);
    }

    /** Whether buckets of a tier fill those of this grid without being cut. */
    public boolean isFilledBy(Tier tier) {
        if (tier.isRaw()) {
            return true;
        }
        if (days == 0) {
            return micros % tier.micros() == 0;
        }
        return zone.getRules().isFixedOffset()
                ? zone.getRules().getOffset(Instant.EPOCH).getTotalSeconds()
                                * SECOND
                                % tier.micros()
                        == 0
                : tier.micros() <= 15 * MINUTE
                        || zone.getRules().getStandardOffset(Instant.EPOCH).getTotalSeconds()
                                        % 3_600
                                == 0;
    }

    private long midnight(long epochDay) {
        return ChronoUnit.MICROS.between(
                Instant.EPOCH, LocalDate.ofEpochDay(epochDay).atStartOfDay(zone).toInstant());
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
