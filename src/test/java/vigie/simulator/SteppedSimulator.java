package vigie.simulator;

import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.testing.TestDatabase;
import vigie.text.Fault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A simulator that lives as far as it is told, as fast as it can. One thread. */
public final class SteppedSimulator implements AutoCloseable {
    private final Connections connections;
    private final HandClock clock;
    private final Simulator simulator;
    private final Duration commits;

    /** Home Assistant's present, moved by hand. */
    private static final class HandClock extends Clock {
        private volatile Instant now;

        HandClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /**
     * Home Assistant starts.
     *
     * @param commits how long it collects before it commits
     * @param rowsPerSecond about how many it writes
     */
    public SteppedSimulator(
            DatabaseAddress writer,
            Scenario scenario,
            Instant start,
            Duration commits,
            double rowsPerSecond)
            throws Fault {
        connections = new Connections(writer, "stepped-simulator");
        clock = new HandClock(start);
        this.commits = commits;
        simulator =
                Simulator.open(
                        connections,
                        Options.usual()
                                .withPastDays(0)
                                .withZone(ZoneOffset.UTC)
                                .withScenario(scenario)
                                .withCommitInterval(commits)
                                .withRowsPerSecond(rowsPerSecond),
                        clock,
                        _ -> {});
    }

    /**
     * The database's clock follows that of the rows, as far as the log shows it, in sessions that
     * say nothing else by {@code @said}. The tables must be there.
     */
    public static void letTheLogFollowTheRows(TestDatabase database) {
        String clock = " IF @said IS NULL THEN SET @now=";
        String set = ", SESSION timestamp=@now; END IF";
        database.asRoot(
                "USE " + database.schema(),
                "CREATE TRIGGER clock_of_states BEFORE INSERT ON states FOR EACH ROW"
                        + clock
                        + "GREATEST(COALESCE(@now,0),NEW.last_updated_ts)"
                        + set,
                "CREATE TRIGGER clock_of_starts BEFORE INSERT ON recorder_runs FOR EACH ROW"
                        + clock
                        + "UNIX_TIMESTAMP(NEW.start)"
                        + set,
                "CREATE TRIGGER clock_of_ends BEFORE UPDATE ON recorder_runs FOR EACH ROW"
                        + clock
                        + "UNIX_TIMESTAMP(NEW.`end`)"
                        + set);
    }

    /** Lives on. */
    public void liveTo(Instant end) {
        while (clock.now.isBefore(end)) {
            clock.now = clock.now.plus(commits);
            simulator.turn(clock.now);
        }
    }

    /** The present. */
    public Instant now() {
        return clock.now;
    }

    /** Its connection breaks. What it does then, its next turn shows. */
    public void cutOff(TestDatabase database) {
        String session =
                database.column(
                                "SELECT IS_USED_LOCK(CONCAT('vigie-simulator-', MD5('"
                                        + database.schema()
                                        + "')))")
                        .getFirst();
        database.asRoot("KILL " + session);
    }

    /** It stops in order; once it is cut off, it is gone without a word. */
    @Override
    public void close() {
        simulator.close();
        connections.close();
    }
}
