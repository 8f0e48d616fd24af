package vigie.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.jspecify.annotations.Nullable;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The ways to one database: a small read-only pool for questions, and single connections for those
 * who need one for themselves. Every session speaks UTC and utf8mb4.
 *
 * <p>Nothing is opened before it is asked for, and the pool outlives the server: while the server
 * is away each request is answered by a {@link Fault}, afterwards it works again. All methods may
 * be called by any thread.
 */
public final class Connections implements AutoCloseable {
    private static final int LARGEST_POOL = 4;

    /**
     * The longest wait for a pooled connection: two attempts to connect, for on a machine that is
     * busy the first may come to nothing.
     */
    private static final Duration PATIENCE =
            Connector.CONNECT_TIMEOUT.multipliedBy(2).plusMillis(500);

    private final Connector connector;
    private final String name;
    private final Object poolLock = new Object();
    private @Nullable HikariDataSource pool;
    private boolean closed;

    /** Whether this account was let in once. */
    private volatile boolean known;

    /**
     * @param name what the pool's threads are called
     */
    public Connections(DatabaseAddress address, String name) {
        this.connector = new Connector(address);
        this.name = name;
    }

    /** Where these connections lead. */
    public DatabaseAddress address() {
        return connector.address();
    }

    /**
     * A connection from the pool: read only, autocommit on. Closing it gives it back.
     *
     * @throws Fault saying what is in the way, {@code PASSING} when a later call may succeed
     */
    public Connection borrow() throws Fault {
        if (!known) {
            probe();
        }
        try {
            return pool().getConnection();
        } catch (SQLException failed) {
            // The pool tells its own waiting; what the server said is the cause.
            if (failed instanceof SQLTransientConnectionException) {
                throw failed.getCause() instanceof SQLException reason
                        ? fault(reason)
                        : new Fault(
                                Fault.Kind.PASSING,
                                Sentence.of("store.db.slow", address().shownHosts()),
                                "no connection became free: " + failed.getMessage(),
                                failed);
            }
            throw fault(failed);
        }
    }

    /**
     * A pool asks again until its patience ends, also where the answer was no: before it has had
     * its first connection, somebody asks once.
     */
    private void probe() throws Fault {
        try {
            connector.connect().close();
            known = true;
        } catch (SQLException failed) {
            Fault fault = fault(failed);
            if (fault.kind() == Fault.Kind.BLOCKED) {
                throw fault;
            }
        }
    }

    /**
     * A new connection outside the pool, to the first host that answers. It may write where the
     * account may. The caller closes it.
     */
    public Connection single() throws Fault {
        try {
            return connector.connect();
        } catch (SQLException failed) {
            throw fault(failed);
        }
    }

    /**
     * A new connection outside the pool to this host and no other: a snapshot and the stream that
     * goes on from it must come from one server.
     */
    public Connection single(HostPort host) throws Fault {
        try {
            return connector.connect(host);
        } catch (SQLException failed) {
            throw DatabaseFaults.of(failed, address().at(host));
        }
    }

    /**
     * A new connection outside the pool to the first host that takes writes: the primary where
     * others are its replicas. The caller closes it.
     *
     * @throws Fault also where every host that answers is read only
     */
    public Connection writable() throws Fault {
        try {
            return connector.writable().connection();
        } catch (SQLException failed) {
            throw fault(failed);
        }
    }

    /** What an answer of a server means to people, whichever client it was given to. */
    public static Fault fault(SQLException answer, DatabaseAddress address) {
        return DatabaseFaults.of(answer, address);
    }

    /** What an exception from one of these connections means to people. */
    public Fault fault(SQLException failed) {
        return DatabaseFaults.of(failed, address());
    }

    private HikariDataSource pool() throws SQLException {
        synchronized (poolLock) {
            if (closed) {
                throw new SQLException("closed", "08003");
            }
            HikariDataSource open = pool;
            if (open == null) {
                open = new HikariDataSource(configuration());
                pool = open;
            }
            return open;
        }
    }

    private HikariConfig configuration() {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(connector);
        config.setReadOnly(true);
        config.setMaximumPoolSize(LARGEST_POOL);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setValidationTimeout(1_000);
        config.setIdleTimeout(Duration.ofMinutes(2).toMillis());
        config.setMaxLifetime(Duration.ofMinutes(20).toMillis());
        // Start without a server: whoever borrows learns of it.
        config.setInitializationFailTimeout(-1);
        AtomicInteger count = new AtomicInteger();
        config.setThreadFactory(work ->
                Thread.ofPlatform()
                        .daemon()
                        .name(name + "-pool-" + count.incrementAndGet())
                        .unstarted(work));
        return config;
    }

    /** Closes the pool; single connections are their owners' to close. */
    @Override
    public void close() {
        HikariDataSource open;
        synchronized (poolLock) {
            closed = true;
            open = pool;
            pool = null;
        }
        if (open != null) {
            open.close();
        }
    }
}
