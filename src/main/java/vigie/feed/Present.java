package vigie.feed;

import vigie.recorder.MissLoader;
import vigie.recorder.RecorderCatalog;
import vigie.recorder.RecorderSchema;
import vigie.recorder.RecorderSnapshot;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state of the tables at one moment, for who does not want the stream.
 *
 * @param group every point's name and newest reading; its position is empty where the server writes
 *     no log
 * @param now the database's clock at that moment
 */
public record Present(Group group, Instant now) {
    /**
     * Reads it. Needs neither the log nor the right to read it.
     *
     * @throws Fault that says what is in the way and what to do
     */
    public static Present read(DatabaseAddress address) throws Fault {
        try (Connections connections = new Connections(address, "vigie-present");
                Connection connection = connections.single()) {
            try {
                return read(connection, address.shownHosts());
            } catch (SQLException failed) {
                throw connections.fault(failed);
            }
        } catch (SQLException closing) {
            throw new Fault(
                    Fault.Kind.PASSING,
                    Sentence.of("feed.lost", address.shownHosts()),
                    "while closing: " + closing.getMessage(),
                    closing);
        }
    }

    private static Present read(Connection connection, String host) throws SQLException, Fault {
        RecorderCatalog catalog = new RecorderCatalog(MissLoader.NONE);
        if (hasLog(connection)) {
            Handover taken =
                    Handover.take(
                            connection,
                            host,
                            catalog,
                            true,
                            GtidPosition.NONE,
                            Handover.Within.NOTHING);
            return new Present(taken.group(), taken.now());
        }
        RecorderSchema schema = RecorderSchema.read(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
            List<Fact> facts = RecorderSnapshot.read(connection, schema, catalog, "");
            statement.execute("COMMIT");
            return new Present(new Group("", Optional.empty(), facts), Handover.now(connection));
        }
    }

    /** Whether the server writes a binlog. */
    static boolean hasLog(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@global.log_bin")) {
            return row.next() && row.getInt(1) == 1;
        }
    }
}
