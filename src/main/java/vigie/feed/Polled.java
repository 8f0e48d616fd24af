package vigie.feed;

import vigie.recorder.RecorderCatalog;
import vigie.recorder.RecorderSchema;
import vigie.recorder.RecorderSnapshot;
import vigie.room.Fact;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables of a server without a log, at one moment.
 *
 * @param schema their shape
 * @param facts every point's name and newest reading, and what the recorder says of itself
 */
record Polled(RecorderSchema schema, List<Fact> facts) {
    Polled {
        facts = List.copyOf(facts);
    }

    /**
     * Reads them.
     *
     * @param within done in the same transaction, with an empty position
     */
    static Polled read(Connection connection, RecorderCatalog catalog, Handover.Within within)
            throws SQLException, Fault {
        RecorderSchema schema = RecorderSchema.read(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
            List<Fact> facts = RecorderSnapshot.read(connection, schema, catalog, "");
            within.run(connection, schema, GtidPosition.NONE, Handover.now(connection));
            statement.execute("COMMIT");
            return new Polled(schema, facts);
        }
    }
}
