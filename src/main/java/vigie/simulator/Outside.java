package vigie.simulator;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.SplittableRandom;

/** What the room does not decide: the local time of day, the weather, the sun. Not thread-safe. */
final class Outside {
    private static final double CALENDAR = 300;
    private static final double LATITUDE = Math.toRadians(50.85);
    private static final double LONGITUDE = 4.35;

    private final ZoneId zone;
    private final Wander wander = new Wander(4 * 3600, 1.2);
    private double time;
    private double noise;
    private double calendarFrom;
    private ZonedDateTime calendar;

    /** Outside at a time, seconds since the epoch. */
    Outside(ZoneId zone, double time) {
        this.zone = zone;
        this.time = time;
        this.calendarFrom = Math.floor(time / CALENDAR) * CALENDAR;
        this.calendar = Instant.ofEpochSecond((long) calendarFrom).atZone(zone);
    }

    /** Moves on by {@code dt} seconds to {@code now}. */
    void step(double dt, double now, SplittableRandom random) {
        time = now;
        noise = wander.step(noise, dt, random);
        if (time >= calendarFrom + CALENDAR) {
            // Calendars are dear: asked once in five minutes, in between only seconds are added.
            calendarFrom = Math.floor(time / CALENDAR) * CALENDAR;
            calendar = Instant.ofEpochSecond((long) calendarFrom).atZone(zone);
        }
    }

    /** Local time of day in hours, 0 to 24. */
    double hour() {
        return calendar.getHour() + calendar.getMinute() / 60.0 + (time - calendarFrom) / 3600;
    }

    boolean weekend() {
        DayOfWeek day = calendar.getDayOfWeek();
        return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
    }

    /** A mild sea climate at 51° north, °C. */
    double temperature() {
        double season = Math.cos((calendar.getDayOfYear() - 20) * 2 * Math.PI / 365.25);
        return 10.8
                - 7.4 * season
                + (3.4 - 1.6 * season) * Math.cos((hour() - 15.2) * Math.PI / 12)
                + noise;
    }

    /** Whether the sun is above the horizon in Brussels; good to some minutes. */
    boolean sunUp() {
        double utcHour = (time % 86_400) / 3_600;
        double declination =
                Math.toRadians(-23.44)
                        * Math.cos(2 * Math.PI * (calendar.getDayOfYear() + 10) / 365.25);
        double angle = Math.toRadians(15 * (utcHour + LONGITUDE / 15 - 12));
        return Math.sin(LATITUDE) * Math.sin(declination)
                        + Math.cos(LATITUDE) * Math.cos(declination) * Math.cos(angle)
                > Math.sin(Math.toRadians(-0.83));
    }
}
