package vigie.duty;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A transaction that only the one on duty can commit. Its first statement locks the row of the
 * epoch: whoever takes the duty afterwards waits for the commit, and if the duty has been taken
 * before, nothing is written, however sure the writer was.
 */
public final class DutyTransaction {
    private DutyTransaction() {}

    /** What is done in the transaction. */
    @FunctionalInterface
    public interface Work<T> {
        /** Uses the connection, and neither commits nor rolls back. */
        T in(Connection connection) throws SQLException;
    }

    /** How a transaction ended, when it ended by itself. */
    public sealed interface Outcome<T> {
        /** Committed. */
        record Done<T>(T value) implements Outcome<T> {}

        /**
         * Nothing was written.
         *
         * @param epoch of whoever is on duty now; 0 where the row is gone
         */
        record Refused<T>(long epoch) implements Outcome<T> {}
    }

    /**
     * Runs the work under the tenure.
     *
     * @param connection to Vigie's own schema, as {@link DutyConnections} opens them; the caller's
     *     alone; its autocommit is off afterwards
     * @throws SQLException when the server refused something; nothing was written then, unless it
     *     was the commit's answer that got lost
     */
    public static <T> Outcome<T> run(Connection connection, Tenure tenure, Work<T> work)
            throws SQLException {
        boolean over = false;
        try {
            long epoch = begin(connection);
            if (epoch != tenure.epoch()) {
                connection.rollback();
                over = true;
                return new Outcome.Refused<>(epoch);
            }
            T value = work.in(connection);
            connection.commit();
            over = true;
            return new Outcome.Done<>(value);
        } finally {
            if (!over) {
                rollBack(connection);
            }
        }
    }

    /** Begins a transaction with the lock on the row of the epoch, and answers what it says. */
    static long begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT epoch FROM duty WHERE id=1 FOR UPDATE")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** For failures: what made them is the exception that matters. */
    static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            // The server rolls back what a broken connection has begun.
            org.slf4j.LoggerFactory.getLogger(DutyTransaction.class)
                    .debug("while rolling back", broken);
        }
    }
}
