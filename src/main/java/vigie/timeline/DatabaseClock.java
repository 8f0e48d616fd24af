package vigie.timeline;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Asks the database for the time once a minute, on a virtual thread of its own. */
final class DatabaseClock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final Duration AGAIN_AFTER_FAILURE = Duration.ofSeconds(10);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    /** An answer that took longer says too little. */
    private static final Duration LONGEST_ROUND_TRIP = Duration.ofSeconds(1);

    private final Connections connections;
    private final Clock clock;
    private final Consumer<Duration> ahead;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param clock this console's
     * @param ahead takes how far the database's clock is ahead of it, on the thread that asks
     */
    DatabaseClock(DatabaseAddress address, Clock clock, Consumer<Duration> ahead) {
        this.connections = new Connections(address, "vigie-clock");
        this.clock = clock;
        this.ahead = ahead;
        thread = Thread.ofVirtual().name("vigie-clock").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            Duration pause = Duration.ZERO;
            while (!closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                pause = ask() ? PERIOD : AGAIN_AFTER_FAILURE;
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ask() {
        try (Connection connection = connections.borrow();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(2);
            // The first answer on a connection would count its set-up.
            statement.executeQuery("SELECT 1").close();
            Instant before = clock.instant();
            long began = System.nanoTime();
            LocalDateTime database;
            try (ResultSet row = statement.executeQuery("SELECT UTC_TIMESTAMP(6)")) {
                row.next();
                database = row.getObject(1, LocalDateTime.class);
            }
            Duration roundTrip = Duration.ofNanos(System.nanoTime() - began);
            if (database == null || roundTrip.compareTo(LONGEST_ROUND_TRIP) > 0) {
                return false;
            }
            Instant middle = before.plus(roundTrip.dividedBy(2));
            ahead.accept(Duration.between(middle, database.toInstant(ZoneOffset.UTC)));
            return true;
        } catch (SQLException | Fault away) {
            LOG.debug("the database was not asked for its time: {}", away.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            if (!thread.join(CLOSE_PATIENCE)) {
                LOG.warn("the clock's thread did not end in time");
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        connections.close();
    }
}
