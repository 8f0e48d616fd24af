package vigie.duty;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.text.Fault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Writes the heartbeat row while this process is on duty: an end-to-end proof that the database
 * takes writes and that they come through the log, for every console. The row's time is the
 * database's, so no other clock is in it.
 *
 * <p>One virtual thread, one connection, one transaction per beat. While the database is away beats
 * are left out, not made up for.
 */
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    /**
     * Between two beats: half of what makes people doubt, and with some 400 bytes of log each far
     * from the 20,000 a minute that an idle room may cost.
     */
    static final Duration PERIOD = Duration.ofSeconds(5);

    private static final int LONGEST_WRITER = 64;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final DutyConnections connections;
    private final Supplier<Optional<Tenure>> held;
    private final Duration period;
    private final Semaphore poke = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closing;

    // What follows belongs to the thread.
    private @Nullable Connection connection;
    private long named = -1;
    private boolean saidAway;

    /**
     * @param held the tenure while this process is surely on duty
     * @param period {@link #PERIOD}, but for tests
     */
    Heartbeat(DutyConnections connections, Supplier<Optional<Tenure>> held, Duration period) {
        this.connections = connections;
        this.held = held;
        this.period = period;
        thread = Thread.ofVirtual().name("vigie-heartbeat").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Beats at once if on duty, for example because the duty has just been taken. Any thread. */
    void poke() {
        poke.release();
    }

    private void run() {
        try {
            while (!closing) {
                held.get().ifPresent(this::beat);
                if (poke.tryAcquire(period.toNanos(), TimeUnit.NANOSECONDS)) {
                    poke.drainPermits();
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } finally {
            leave();
        }
    }

    private void beat(Tenure tenure) {
        try {
            Connection open = connection;
            if (open == null) {
                open = connections.open();
                connection = open;
                named = -1;
            }
            switch (DutyTransaction.run(open, tenure, writing -> write(writing, tenure))) {
                case DutyTransaction.Outcome.Done<Boolean>(Boolean _) -> {
                    named = tenure.epoch();
                    saidAway = false;
                }
                case DutyTransaction.Outcome.Refused<Boolean>(long epoch) ->
                        LOG.info("no heartbeat: epoch {} is on duty", epoch);
            }
        } catch (SQLException | Fault failed) {
            leave();
            if (!saidAway && !closing) {
                saidAway = true;
                LOG.info("no heartbeat: {}", failed.getMessage());
            }
        }
    }

    private boolean write(Connection writing, Tenure tenure) throws SQLException {
        if (named == tenure.epoch()) {
            // Short, for servers log the text of each statement beside its rows.
            try (Statement beat = writing.createStatement()) {
                if (beat.executeUpdate("UPDATE heartbeat SET written_at=UTC_TIMESTAMP(6)") > 0) {
                    return true;
                }
            }
        }
        try (PreparedStatement first =
                writing.prepareStatement(
                        "INSERT INTO heartbeat(id,epoch,writer,written_at)"
                                + " VALUES(1,?,?,UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE"
                                + " epoch=VALUES(epoch),writer=VALUES(writer),written_at=VALUES(written_at)")) {
            first.setLong(1, tenure.epoch());
            String writer = tenure.holder();
            first.setString(2, writer.substring(0, Math.min(LONGEST_WRITER, writer.length())));
            first.executeUpdate();
        }
        return true;
    }

    private void leave() {
        Connection left = connection;
        connection = null;
        if (left != null) {
            try {
                left.close();
            } catch (SQLException closed) {
                LOG.debug("while closing the heartbeat's connection", closed);
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        poke.release();
        try {
            if (thread.getState() != Thread.State.NEW && !thread.join(CLOSE_PATIENCE)) {
                // Ends the reading of an answer that does not come.
                thread.interrupt();
            }
        } catch (InterruptedException hurried) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
