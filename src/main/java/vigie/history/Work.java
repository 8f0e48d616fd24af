package vigie.history;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * One piece of asking, which whoever asked may cancel when nobody waits for it any more: a
 * statement that runs is killed on the server. Any thread may cancel.
 */
public final class Work {
    private static final Logger LOG = LoggerFactory.getLogger(Work.class);

    /** A server that kills a statement does so at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Set<Statement> running = new HashSet<>();
    private boolean cancelled;

    public Work() {}

    /**
     * Ends it: what runs is killed, what comes later does not begin. Returns at once; the killing
     * is done by a thread of its own, and where the server does not answer, the connection is cut.
     */
    public void cancel() {
        Set<Statement> left;
        synchronized (running) {
            left = cancelled ? Set.of() : Set.copyOf(running);
            cancelled = true;
        }
        if (!left.isEmpty()) {
            Thread.ofVirtual().name("vigie-history-cancel").start(() -> left.forEach(this::kill));
        }
    }

    private void kill(Statement statement) {
        try {
            // The pool's own face gives a connection up at the first failure and then cuts nothing.
            Connection connection = statement.getConnection().unwrap(Connection.class);
            Thread killer =
                    Thread.ofVirtual()
                            .name("vigie-history-kill")
                            .start(() -> {
                                try {
                                    statement.cancel();
                                } catch (SQLException ended) {
                                    LOG.debug("cancelling what had ended", ended);
                                }
                            });
            killer.join(PATIENCE);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            synchronized (running) {
                while (running.contains(statement) && System.nanoTime() < deadline) {
                    running.wait(100);
                }
                if (!running.contains(statement)) {
                    return;
                }
            }
            connection.abort(Runnable::run);
        } catch (SQLException gone) {
            LOG.debug("cancelling on a connection that is gone", gone);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether nobody waits any more. */
    public boolean isCancelled() {
        synchronized (running) {
            return cancelled;
        }
    }

    /** Whether a statement of it runs on the server. */
    boolean isRunning() {
        synchronized (running) {
            return !running.isEmpty();
        }
    }

    /**
     * @throws CancellationException nobody waits any more
     */
    public void check() {
        if (isCancelled()) {
            throw new CancellationException("cancelled");
        }
    }

    /**
     * To be called around each statement, so that it can be killed.
     *
     * @throws CancellationException nobody waits any more
     */
    public void begins(Statement statement) {
        synchronized (running) {
            check();
            running.add(statement);
        }
    }

    /** The statement has ended, one way or the other. */
    public void ended(Statement statement) {
        synchronized (running) {
            running.remove(statement);
            running.notifyAll();
        }
    }
}
