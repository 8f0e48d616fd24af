package vigie.duty;

import vigie.store.Connections;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Opens the connections on which work under the duty is done, one for each worker. */
@FunctionalInterface
public interface DutyConnections {
    /**
     * A new connection to Vigie's own schema on a server that takes writes; the caller's to close.
     *
     * @throws Fault saying what is in the way
     */
    Connection open() throws Fault, SQLException;

    /**
     * Connections whose transactions cannot outlive their process: one that is left open for three
     * seconds without a word, by a process that froze in its middle, is rolled back by the server,
     * so that its row locks keep nobody else from the duty.
     */
    static DutyConnections to(Connections own) {
        return () -> {
            Connection connection = own.writable();
            try (Statement statement = connection.createStatement()) {
                connection.setNetworkTimeout(Runnable::run, 10_000);
                statement.execute(
                        "SET SESSION idle_transaction_timeout=3,innodb_lock_wait_timeout=2");
                return connection;
            } catch (SQLException failed) {
                connection.close();
                throw failed;
            }
        };
    }
}
