package vigie.history;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * One piece of asking, which whoever asked may cancel when nobody waits for it any more: a
 * statement that runs is killed on the server. Any thread may cancel.
 */
public final class Work {
    private final Set<Statement> running = new HashSet<>();
    private boolean cancelled;

    public Work() {}

    /** Ends it: what runs is killed, what comes later does not begin. */
    public void cancel() {
        Set<Statement> left;
        synchronized (running) {
            cancelled = true;
            left = Set.copyOf(running);
        }
        for (Statement statement : left) {
            try {
                statement.cancel();
            } catch (SQLException ended) {
                org.slf4j.LoggerFactory.getLogger(Work.class)
                        .debug("cancelling a statement that had ended", ended);
            }
        }
    }

    /** Whether nobody waits any more. */
    public boolean isCancelled() {
        synchronized (running) {
            return cancelled;
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
        }
    }
}
