package vigie.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * What happened last night, for those who look into the past: a humidity sensor dropped out in the
 * evening and came back late at night, unit 3 stood still for forty minutes, and somebody who was
 * not expected was in the room.
 *
 * @param incidents what happened
 * @param begin when it began, seconds since the epoch
 */
record Story(List<Incident> incidents, double begin) {
    private static final LocalTime DROPOUT = LocalTime.of(22, 40);
    private static final LocalTime BACK = LocalTime.of(1, 55);
    private static final LocalTime STOP = LocalTime.of(2, 10);
    private static final LocalTime INTRUSION = LocalTime.of(3, 35);
    private static final double LEAST_AGE = 900;

    /** The last night that is over at {@code now}, seconds since the epoch. */
    static Story before(double now, ZoneId zone) {
        LocalDate day = Instant.ofEpochSecond((long) now).atZone(zone).toLocalDate();
        if (at(day, INTRUSION, zone) > now - LEAST_AGE) {
            day = day.minusDays(1);
        }
        double dropout = at(day.minusDays(1), DROPOUT, zone);
        double stop = at(day, STOP, zone);
        double intrusion = at(day, INTRUSION, zone);
        return new Story(
                List.of(
                        new Incident.SensorTrouble(
                                "sensor.rack_b7_inlet_humidity",
                                Incident.Trouble.UNAVAILABLE,
                                dropout,
                                at(day, BACK, zone)),
                        new Incident.CoolingStops(3, stop, stop + 2_400),
                        new Incident.Intruder(intrusion, intrusion + 260)),
                dropout);
    }

    private static double at(LocalDate day, LocalTime time, ZoneId zone) {
        return day.atTime(time).atZone(zone).toEpochSecond();
    }
}
