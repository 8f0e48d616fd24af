package vigie.simulator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.store.Accounts;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/** Connections of writers: set up as Home Assistant's, and one writer at a time. */
final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** Error numbers of MariaDB: no right on a schema, a table, a column, or at all. */
    private static final Set<Integer> NO_RIGHT = Set.of(1044, 1142, 1143, 1227);

    private Database() {}

    /** A missing right gets the remedy of a writing account, all else the sentence of the store. */
    static Fault fault(Connections connections, SQLException failed) {
        if (!NO_RIGHT.contains(failed.getErrorCode())) {
            return connections.fault(failed);
        }
        DatabaseAddress address = connections.address();
        return new Fault(
                Fault.Kind.BLOCKED,
                Sentence.of(
                        "simulator.no-right",
                        address.user(),
                        address.schema(),
                        address.shownHosts(),
                        String.join(
                                "; ",
                                Accounts.writerGrants(
                                        Accounts.account(address.user(), "%"), address.schema()))),
                "simulator: " + failed.getMessage(),
                failed);
    }

    /** A connection with autocommit off that holds the writer's lock of its database. */
    static Connection connect(Connections connections) throws SQLException, Fault {
        Connection connection = connections.single();
        boolean done = false;
        try {
            prepare(connection);
            if (!lock(connection)) {
                throw new Fault(
                        Fault.Kind.BLOCKED,
                        Sentence.of("simulator.busy", String.valueOf(connection.getCatalog())),
                        "another simulator holds the lock on " + connection.getCatalog());
            }
            done = true;
            return connection;
        } finally {
            if (!done) {
                quietly(connection);
            }
        }
    }

    /** A connection with autocommit off, beside whoever holds the lock. */
    static Connection beside(Connections connections) throws SQLException, Fault {
        Connection connection = connections.single();
        boolean done = false;
        try {
            prepare(connection);
            done = true;
            return connection;
        } finally {
            if (!done) {
                quietly(connection);
            }
        }
    }

    private static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET time_zone = '+00:00', SESSION wait_timeout = 28800");
        }
        connection.setAutoCommit(false);
    }

    /**
     * Two writers would tear each other's rows apart; the server frees the lock when we are gone.
     */
    private static boolean lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT GET_LOCK(CONCAT('vigie-simulator-', MD5(DATABASE())), 2)")) {
            return rows.next() && rows.getInt(1) == 1;
        }
    }

    /** Opens a run of the recorder; answers its id. */
    static long newRun(Connection connection, double start, double created) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO recorder_runs (start, `end`, closed_incorrect, created)"
                                + " VALUES (?, NULL, 0, ?) RETURNING run_id")) {
            insert.setString(1, Utc.text(start));
            insert.setString(2, Utc.text(created));
            try (ResultSet rows = insert.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** Closes what is given up. */
    static void quietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException closing) {
            LOG.debug("closing a connection", closing);
        }
    }
}
