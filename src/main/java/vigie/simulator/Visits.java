package vigie.simulator;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * When technicians are in the room: now and then during work hours, rarely on a weekend. The visits
 * of a day depend on the seed and the date alone, so a restart finds the same day.
 */
final class Visits {
    /** How long the door stands open when somebody comes or goes, in seconds. */
    static final double DOOR_OPEN = 11;

    private record Visit(double from, double to) {}

    private final long seed;
    private final ZoneId zone;
    private List<Visit> today = List.of();
    private double dayStart = Double.POSITIVE_INFINITY;
    private double dayEnd = Double.NEGATIVE_INFINITY;

    Visits(long seed, ZoneId zone) {
        this.seed = seed;
        this.zone = zone;
    }

    /** True while somebody is in the room. */
    boolean present(double time) {
        for (Visit visit : day(time)) {
            if (time >= visit.from && time < visit.to) {
                return true;
            }
        }
        return false;
    }

    /** True while a visitor holds the door open. */
    boolean doorOpen(double time) {
        for (Visit visit : day(time)) {
            if ((time >= visit.from && time < visit.from + DOOR_OPEN)
                    || (time >= visit.to - DOOR_OPEN && time < visit.to)) {
                return true;
            }
        }
        return false;
    }

    private List<Visit> day(double time) {
        if (time < dayStart || time >= dayEnd) {
            LocalDate date =
                    Instant.ofEpochSecond((long) Math.floor(time)).atZone(zone).toLocalDate();
            dayStart = date.atStartOfDay(zone).toEpochSecond();
            dayEnd = date.plusDays(1).atStartOfDay(zone).toEpochSecond();
            today = visitsOf(date);
        }
        return today;
    }

    private List<Visit> visitsOf(LocalDate date) {
        var random = new SplittableRandom(seed * 1_000_003 + date.toEpochDay());
        boolean weekend =
                date.getDayOfWeek() == DayOfWeek.SATURDAY
                        || date.getDayOfWeek() == DayOfWeek.SUNDAY;
        double meanGap = weekend ? 6 * 3600 : 50 * 60;
        double time = date.atTime(8, 0).atZone(zone).toEpochSecond();
        double close = date.atTime(18, 0).atZone(zone).toEpochSecond();
        List<Visit> visits = new ArrayList<>();
        while (true) {
            time += 600 - meanGap * Math.log(1 - random.nextDouble());
            double length = 180 + 900 * random.nextDouble();
            if (time + length >= close) {
                return List.copyOf(visits);
            }
            visits.add(new Visit(time, time + length));
            time += length;
        }
    }
}
