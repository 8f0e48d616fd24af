package vigie.simulator;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.store.Connections;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleConsumer;

/**
 * A simulated room that writes into a database what Home Assistant's recorder would write. {@link
 * #open} prepares the database (with a past where it is empty), {@link #run} writes until {@link
 * #close}.
 *
 * <p>A database that goes away is waited for: what happens meanwhile is lost, as with Home
 * Assistant. Time in which no simulator runs stays a gap; {@code recorder_runs} tells of it.
 *
 * <p>{@code run} belongs to one thread; {@code close} may be called from any.
 */
public final class Simulator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);
    private static final LocalTime PURGE = LocalTime.of(4, 12);

    private static final double LONGEST_BACKLOG = 60;
    private static final double CLOCK_STEP = 2;
    private static final double LONGEST_WAIT = 10;
    private static final Duration CLOSE_WAITS = Duration.ofSeconds(10);

    private final Connections connections;
    private final Options options;
    private final Clock clock;
    private final Simulation simulation;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean taken = new AtomicBoolean();
    private final SplittableRandom contexts;

    // Owned by the thread in run(), or by whoever closes a simulator that never ran.
    private @Nullable Session session;
    private double nextPeriod;
    private ZonedDateTime nextPurge;
    private double retryAt;
    private double retryWait;
    private final long run;

    /** What hangs on one connection. */
    private record Session(
            Connection connection,
            RecorderWriter writer,
            StatisticsWriter statistics,
            Purge purge) {}

    private Simulator(
            Connections connections,
            Options options,
            Clock clock,
            Simulation simulation,
            Session session,
            long run,
            double nextPeriod) {
        this.connections = connections;
        this.options = options;
        this.clock = clock;
        this.simulation = simulation;
        this.session = session;
        this.run = run;
        this.nextPeriod = nextPeriod;
        this.contexts =
                new SplittableRandom(options.seed() ^ Double.doubleToLongBits(simulation.wall()));
        this.nextPurge = purgeAfter(Utc.instant(simulation.wall()));
    }

    /**
     * Takes hold of a database: an empty one is filled, one of an earlier simulator goes on.
     *
     * @param connections where connections come from; the database must exist
     * @param clock tells the wall time that rows carry
     * @param progress told the share of the filling that is done, 0 to 1, on the calling thread;
     *     nothing where nothing is filled
     * @throws Fault where the database cannot be reached or written, holds tables that are not a
     *     simulator's, or another simulator writes it
     */
    public static Simulator open(
            Connections connections, Options options, Clock clock, DoubleConsumer progress)
            throws Fault {
        @Nullable Connection connection = null;
        boolean done = false;
        try {
            connection = Database.connect(connections);
            Simulator simulator =
                    switch (Schema.look(connection)) {
                        case EMPTY, BROKEN_OFF ->
                                first(connections, connection, options, clock, progress);
                        case OURS -> again(connections, connection, options, clock);
                    };
            done = true;
            return simulator;
        } catch (SQLException failed) {
            throw Database.fault(connections, failed);
        } finally {
            if (!done && connection != null) {
                Database.quietly(connection);
            }
        }
    }

    private static Simulator first(
            Connections connections,
            Connection connection,
            Options options,
            Clock clock,
            DoubleConsumer progress)
            throws SQLException {
        Schema.create(connection);
        double now = Utc.seconds(clock.instant());
        if (options.pastDays() > 0) {
            Past.Written past = Past.write(connection, options, now, progress);
            Simulator simulator =
                    begin(connections, connection, options, clock, past.simulation(), past.run());
            simulator.writer().adopt(past.newest());
            return simulator;
        }
        long run = Database.newRun(connection, now, now + 0.1);
        Schema.complete(connection, Utc.text(now));
        connection.commit();
        Simulation simulation = new Simulation(options.seed(), options.zone(), now);
        Simulator simulator = begin(connections, connection, options, clock, simulation, run);
        simulator.started();
        return simulator;
    }

    private static Simulator again(
            Connections connections, Connection connection, Options options, Clock clock)
            throws SQLException {
        double now = Utc.seconds(clock.instant());
        try (PreparedStatement close =
                connection.prepareStatement(
                        "UPDATE recorder_runs SET `end` = ?, closed_incorrect = 1 WHERE `end` IS"
                                + " NULL")) {
            close.setString(1, Utc.text(now));
            close.executeUpdate();
        }
        long run = Database.newRun(connection, now, now + 0.1);
        connection.commit();
        Simulation simulation = new Simulation(options.seed(), options.zone(), now);
        double meter = meter(connection);
        if (!Double.isNaN(meter)) {
            simulation.room().energy(meter);
        }
        connection.commit();
        Simulator simulator = begin(connections, connection, options, clock, simulation, run);
        simulator.started();
        return simulator;
    }

    private static Simulator begin(
            Connections connections,
            Connection connection,
            Options options,
            Clock clock,
            Simulation simulation,
            long run)
            throws SQLException {
        simulation.pace(options.pace());
        simulation.tick(Math.min(0.25, Utc.inSeconds(options.commitInterval())));
        simulation.slowness(Options.USUAL_RATE / options.rowsPerSecond());
        simulation.add(options.scenario().incidents(simulation.room().time()));
        Session session =
                session(
                        connection,
                        simulation,
                        new SplittableRandom(options.seed() ^ (long) simulation.wall()));
        double now = simulation.wall();
        double last = session.statistics.lastRun();
        connection.commit();
        double oldest = now - options.purgeKeepDays() * 86_400.0;
        double period =
                Math.floor(
                                Math.max(Double.isNaN(last) ? now : last + Statistics.SHORT, oldest)
                                        / Statistics.SHORT)
                        * Statistics.SHORT;
        return new Simulator(connections, options, clock, simulation, session, run, period);
    }

    private static Session session(
            Connection connection, Simulation simulation, SplittableRandom random) {
        var writer = new RecorderWriter(connection, random);
        return new Session(
                connection,
                writer,
                new StatisticsWriter(connection, simulation.attributes()),
                new Purge(connection, writer));
    }

    private RecorderWriter writer() {
        if (session == null) {
            throw new IllegalStateException("no connection");
        }
        return session.writer;
    }

    /** Home Assistant has started: all entities appear. */
    private void started() {
        writer().addEvent("homeassistant_start", simulation.wall());
        simulation.start(writer()::add);
        writer().addEvent("homeassistant_started", simulation.wall() + 0.3);
    }

    /** Where the energy meter stood last; NaN where nothing tells. */
    private static double meter(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT s.state FROM states s JOIN states_meta m USING"
                                        + " (metadata_id) WHERE m.entity_id ="
                                        + " 'sensor.server_room_energy' AND s.state REGEXP '^[0-9]'"
                                        + " ORDER BY s.last_updated_ts DESC LIMIT 1")) {
            @Nullable Double number = rows.next() ? Statistics.number(rows.getString(1)) : null;
            return number == null ? Double.NaN : number;
        }
    }

    private ZonedDateTime purgeAfter(Instant now) {
        ZonedDateTime local = now.atZone(options.zone());
        ZonedDateTime today = local.with(PURGE);
        return today.isAfter(local) ? today : local.plusDays(1).with(PURGE);
    }

    /** Starts {@link #run} on a thread of its own. */
    public void start() {
        Thread.ofPlatform().name("simulator").daemon(true).start(this::run);
    }

    /**
     * Writes until {@link #close}, on the calling thread. At the end the run is closed in the
     * database as an orderly stop does.
     */
    public void run() {
        if (!taken.compareAndSet(false, true)) {
            throw new IllegalStateException("a simulator runs once");
        }
        try {
            long interval = options.commitInterval().toNanos();
            long next = System.nanoTime();
            boolean stopped = false;
            while (!stopped) {
                turn(clock.instant());
                next = Math.max(next + interval, System.nanoTime());
                stopped = stop.await(next - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            finish();
            ended.countDown();
        }
    }

    /** Lives up to {@code now} and commits; what fails is waited for. */
    void turn(Instant now) {
        double wall = Utc.seconds(now);
        if (wall < simulation.wall() - CLOCK_STEP || wall > simulation.wall() + LONGEST_BACKLOG) {
            LOG.info("the clock jumped from {} to {}", Utc.instant(simulation.wall()), now);
            simulation.jump(wall);
        }
        if (session == null && wall >= retryAt) {
            reconnect(wall);
        }
        Session live = session;
        if (live == null) {
            simulation.advance(wall, _ -> {});
            return;
        }
        simulation.advance(wall, live.writer::add);
        try {
            if (!live.writer.idle()) {
                live.writer.commit(RecorderWriter.Extra.NONE);
            }
            while (nextPeriod + Statistics.SHORT + StatisticsWriter.DELAY <= wall) {
                live.statistics.compile(nextPeriod, wall);
                nextPeriod += Statistics.SHORT;
            }
            if (!now.isBefore(nextPurge.toInstant())) {
                live.purge.run(wall - options.purgeKeepDays() * 86_400.0, run);
                nextPurge = purgeAfter(now);
            }
        } catch (SQLException failed) {
            LOG.warn("the database is away: what happens meanwhile is lost", failed);
            Database.quietly(live.connection);
            session = null;
            retryWait = 0.5;
            retryAt = wall + retryWait;
        }
    }

    private void reconnect(double wall) {
        try {
            Connection connection = Database.connect(connections);
            session = session(connection, simulation, contexts.split());
            LOG.info("the database is back");
        } catch (SQLException | Fault still) {
            LOG.debug("still away", still);
            retryWait = Math.min(2 * retryWait, LONGEST_WAIT);
            retryAt = wall + retryWait;
        }
    }

    /** Writes what is left and closes the run. */
    private void finish() {
        Session live = session;
        if (live == null) {
            return;
        }
        double end = Utc.seconds(clock.instant());
        try {
            live.writer.addEvent("homeassistant_stop", end);
            live.writer.commit(connection -> {
                try (PreparedStatement statement =
                        connection.prepareStatement(
                                "UPDATE recorder_runs SET `end` = ? WHERE run_id = ?")) {
                    statement.setString(1, Utc.text(end));
                    statement.setLong(2, run);
                    statement.executeUpdate();
                }
            });
        } catch (SQLException failed) {
            LOG.warn("the run could not be closed in the database", failed);
        } finally {
            Database.quietly(live.connection);
            session = null;
        }
    }

    /** Stops writing, in order; waits at most ten seconds for it. */
    @Override
    public void close() {
        stop.countDown();
        if (taken.compareAndSet(false, true)) {
            finish();
            return;
        }
        try {
            if (!ended.await(CLOSE_WAITS.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the simulator did not stop within {}", CLOSE_WAITS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
