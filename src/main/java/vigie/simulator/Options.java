package vigie.simulator;

import java.time.Duration;
import java.time.ZoneId;

/**
 * What to simulate and how to write it.
 *
 * @param seed the same seed gives the same room
 * @param scenario what happens once it runs
 * @param pace simulated seconds per second; rows carry the wall clock all the same
 * @param commitInterval time between two commits; Home Assistant's {@code commit_interval}
 * @param purgeKeepDays Home Assistant's {@code purge_keep_days}
 * @param zone the room's time zone: days, nights and the purge at 04:12 follow it
 * @param pastDays days of statistics to write into an empty database, with one day of states; 0 for
 *     none
 * @param rowsPerSecond about how many rows a quiet room writes
 */
public record Options(
        long seed,
        Scenario scenario,
        double pace,
        Duration commitInterval,
        int purgeKeepDays,
        ZoneId zone,
        int pastDays,
        double rowsPerSecond) {

    /** Rows per second of a quiet room whose devices measure at their usual periods. */
    static final double USUAL_RATE = 10;

    public Options {
        if (!(pace > 0 && pace <= 3_600)) {
            throw new IllegalArgumentException("pace of " + pace);
        }
        if (commitInterval.compareTo(Duration.ofMillis(10)) < 0
                || commitInterval.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("commit interval of " + commitInterval);
        }
        if (purgeKeepDays < 1 || pastDays < 0 || pastDays > 365) {
            throw new IllegalArgumentException("days");
        }
        if (!(rowsPerSecond >= 0.5 && rowsPerSecond <= 200)) {
            throw new IllegalArgumentException("rows per second of " + rowsPerSecond);
        }
    }

    /** The demo's room: ten days of past, a commit a second, nothing special happens. */
    public static Options usual() {
        return new Options(
                1,
                Scenario.NORMAL,
                1,
                Duration.ofSeconds(1),
                1,
                ZoneId.of("Europe/Brussels"),
                10,
                USUAL_RATE);
    }

    public Options withSeed(long other) {
        return new Options(
                other,
                scenario,
                pace,
                commitInterval,
                purgeKeepDays,
                zone,
                pastDays,
                rowsPerSecond);
    }

    public Options withScenario(Scenario other) {
        return new Options(
                seed, other, pace, commitInterval, purgeKeepDays, zone, pastDays, rowsPerSecond);
    }

    public Options withPace(double other) {
        return new Options(
                seed,
                scenario,
                other,
                commitInterval,
                purgeKeepDays,
                zone,
                pastDays,
                rowsPerSecond);
    }

    public Options withCommitInterval(Duration other) {
        return new Options(
                seed, scenario, pace, other, purgeKeepDays, zone, pastDays, rowsPerSecond);
    }

    public Options withPastDays(int other) {
        return new Options(
                seed, scenario, pace, commitInterval, purgeKeepDays, zone, other, rowsPerSecond);
    }

    public Options withZone(ZoneId other) {
        return new Options(
                seed,
                scenario,
                pace,
                commitInterval,
                purgeKeepDays,
                other,
                pastDays,
                rowsPerSecond);
    }

    public Options withRowsPerSecond(double other) {
        return new Options(
                seed, scenario, pace, commitInterval, purgeKeepDays, zone, pastDays, other);
    }
}
