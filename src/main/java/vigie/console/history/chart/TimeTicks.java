package vigie.console.history.chart;

import vigie.history.Times;
import vigie.text.Words;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines of a time axis: at whole seconds, minutes, hours, days, months or years of the room's
 * zone. An hour that the clocks go through twice is there twice, each time with its distance from
 * UTC; one that they leave out is not there.
 */
public final class TimeTicks {
    private static final int MINUTE = 60;
    private static final int HOUR = 3_600;
    private static final int DAY = 86_400;

    /** Every zone's distance from UTC is a multiple of it. */
    private static final int QUARTER = 900;

    private static final int[] SECONDS = {
        1,
        2,
        5,
        10,
        15,
        30,
        MINUTE,
        2 * MINUTE,
        5 * MINUTE,
        10 * MINUTE,
        QUARTER,
        2 * QUARTER,
        HOUR,
        2 * HOUR,
        3 * HOUR,
        6 * HOUR,
        12 * HOUR
    };

    private enum Calendar {
        DAY(1),
        TWO_DAYS(2),
        WEEK(7),
        TWO_WEEKS(14),
        MONTH(30),
        QUARTER(91),
        HALF_YEAR(182),
        YEAR(365),
        TWO_YEARS(730),
        FIVE_YEARS(1826);

        private final int days;

        Calendar(int days) {
            this.days = days;
        }
    }

    private final ZoneId zone;
    private final Words words;

    public TimeTicks(ZoneId zone, Words words) {
        this.zone = zone;
        this.words = words;
    }

    /**
     * The ticks of a stretch.
     *
     * @param most about how many find room; at least 1
     * @return in order of time; the first has a context even where it is not strong
     */
    public List<Tick> of(Stretch stretch, int most) {
        double seconds = stretch.width() / 1e6;
        for (int step : SECONDS) {
            if (seconds / step <= most) {
                return withinDays(stretch, step);
            }
        }
        for (Calendar step : Calendar.values()) {
            if (seconds / DAY / step.days <= most) {
                return ofCalendar(stretch, step);
            }
        }
        return ofCalendar(stretch, Calendar.FIVE_YEARS);
    }

    private List<Tick> withinDays(Stretch stretch, int step) {
        // By small steps of true time: what the clocks do in between then needs no thought.
        long walk = Math.min(step, QUARTER) * 1_000_000L;
        List<Tick> ticks = new ArrayList<>();
        Optional<LocalDate> day = Optional.empty();
        for (long at = Math.ceilDiv(stretch.from(), walk) * walk; at < stretch.to(); at += walk) {
            ZonedDateTime local = Times.instant(at).atZone(zone);
            if (local.toLocalTime().toSecondOfDay() % step != 0) {
                continue;
            }
            boolean midnight = local.toLocalDate().atStartOfDay(zone).isEqual(local);
            boolean isNew = !day.equals(Optional.of(local.toLocalDate()));
            day = Optional.of(local.toLocalDate());
            ticks.add(
                    new Tick(
                            at,
                            clock(local, step < MINUTE),
                            isNew ? format("EEE d MMM", "d MMM yyyy", local) : "",
                            midnight));
        }
        return ticks;
    }

    /** The first day of the chart is told with its year, the others with the day of the week. */
    private String format(String usual, String january, ZonedDateTime local) {
        boolean first = local.getDayOfYear() == 1;
        return local.format(DateTimeFormatter.ofPattern(first ? january : usual, words.locale()));
    }

    private String clock(ZonedDateTime local, boolean seconds) {
        String time = local.format(DateTimeFormatter.ofPattern(seconds ? "HH:mm:ss" : "HH:mm"));
        LocalDateTime wall = local.toLocalDateTime();
        return zone.getRules().getValidOffsets(wall).size() > 1
                ? time + " " + offset(local.getOffset())
                : time;
    }

    /** For example {@code UTC+1}, {@code UTC−3:30}. */
    public static String offset(ZoneOffset offset) {
        int minutes = Math.abs(offset.getTotalSeconds()) / MINUTE;
        if (minutes == 0) {
            return "UTC";
        }
        String rest = minutes % MINUTE == 0 ? "" : ":%02d".formatted(minutes % MINUTE);
        return "UTC" + (offset.getTotalSeconds() < 0 ? "−" : "+") + minutes / MINUTE + rest;
    }

    private List<Tick> ofCalendar(Stretch stretch, Calendar step) {
        LocalDate date = floor(local(stretch.from()).toLocalDate(), step);
        List<Tick> ticks = new ArrayList<>();
        Optional<String> before = Optional.empty();
        while (true) {
            long at = micros(date);
            if (at >= stretch.to()) {
                return ticks;
            }
            if (at >= stretch.from()) {
                boolean years = step.days >= Calendar.YEAR.days;
                boolean months = step.days >= Calendar.MONTH.days;
                String context = years ? "" : say(months ? "yyyy" : "MMMM yyyy", date);
                ticks.add(
                        new Tick(
                                at,
                                say(years ? "yyyy" : months ? "MMM" : "d", date),
                                before.equals(Optional.of(context)) ? "" : context,
                                !years && (months ? date.getDayOfYear() == 1 : isFirst(date))));
                before = Optional.of(context);
            }
            date = next(date, step);
        }
    }

    private static boolean isFirst(LocalDate date) {
        return date.getDayOfMonth() == 1;
    }

    private static LocalDate floor(LocalDate date, Calendar step) {
        return switch (step) {
            case DAY -> date;
            case TWO_DAYS -> LocalDate.ofEpochDay(Math.floorDiv(date.toEpochDay(), 2) * 2);
            case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case TWO_WEEKS -> {
                LocalDate monday = date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                // 1970-01-05 was a Monday.
                yield Math.floorMod(monday.toEpochDay() - 4, 14) == 0
                        ? monday
                        : monday.minusDays(7);
            }
            case MONTH -> date.withDayOfMonth(1);
            case QUARTER -> date.withDayOfMonth(1).minusMonths((date.getMonthValue() - 1) % 3);
            case HALF_YEAR -> date.withDayOfMonth(1).minusMonths((date.getMonthValue() - 1) % 6);
            case YEAR -> date.withDayOfYear(1);
            case TWO_YEARS -> date.withDayOfYear(1).minusYears(Math.floorMod(date.getYear(), 2));
            case FIVE_YEARS -> date.withDayOfYear(1).minusYears(Math.floorMod(date.getYear(), 5));
        };
    }

    private static LocalDate next(LocalDate date, Calendar step) {
        return switch (step) {
            case DAY -> date.plusDays(1);
            case TWO_DAYS -> date.plusDays(2);
            case WEEK -> date.plusDays(7);
            case TWO_WEEKS -> date.plusDays(14);
            case MONTH -> date.plusMonths(1);
            case QUARTER -> date.plusMonths(3);
            case HALF_YEAR -> date.plusMonths(6);
            case YEAR -> date.plusYears(1);
            case TWO_YEARS -> date.plusYears(2);
            case FIVE_YEARS -> date.plusYears(5);
        };
    }

    private String say(String pattern, LocalDate date) {
        return date.format(DateTimeFormatter.ofPattern(pattern, words.locale()));
    }

    private ZonedDateTime local(long at) {
        return Times.instant(at).atZone(zone);
    }

    private long micros(LocalDate date) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, date.atStartOfDay(zone).toInstant());
    }
}
