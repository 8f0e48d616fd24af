package vigie.simulator;

import java.io.Serial;
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
    static final double USUAL_RATE = 7;

    public Options {
        check("pace", pace, pace > 0 && pace <= 3_600);
        double interval = Utc.inSeconds(commitInterval);
        check("commit-interval", interval, interval >= 0.01 && interval <= 60);
        check("purge-keep-days", purgeKeepDays, purgeKeepDays >= 1 && purgeKeepDays <= 3_650);
        check("past", pastDays, pastDays >= 0 && pastDays <= 365);
        check("rows-per-second", rowsPerSecond, rowsPerSecond >= 0.5 && rowsPerSecond <= 200);
    }

    private static void check(String option, double value, boolean good) {
        if (!good) {
            throw new OutOfRange(option, Double.toString(value).replaceFirst("\\.0$", ""));
        }
    }

    /** A number is not one that can be simulated. */
    public static final class OutOfRange extends IllegalArgumentException {
        @Serial private static final long serialVersionUID = 1L;

        private final String option;
        private final String value;

        private OutOfRange(String option, String value) {
            super(option + ": " + value);
            this.option = option;
            this.value = value;
        }

        /** Which one, by its name on the command line, without dashes. */
        public String option() {
            return option;
        }

        /** What was given. */
        public String value() {
            return value;
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
                10);
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
