package vigie.feed;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.recorder.RecorderCatalog;
import vigie.recorder.RecorderSchema;
import vigie.recorder.RecorderSnapshot;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The state of the tables, and the place in the log from which the stream joins it exactly.
 *
 * @param schema the tables
 * @param group every point's name and newest reading
 * @param position of the snapshot
 * @param start where the stream begins
 * @param overlap ids of rows that the stream may bring although the snapshot knows them; empty
 *     except after the recipe for servers that cannot tell a snapshot's position
 * @param overlapEnds from here on the stream brings only what is new
 */
record Handover(
        RecorderSchema schema,
        Group group,
        GtidPosition position,
        StreamStart start,
        Set<Long> overlap,
        GtidPosition overlapEnds) {
    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

    /** Between the log and the visibility of a commit; measured well below 50 ms. */
    private static final String VISIBILITY_PAUSE = "DO SLEEP(1)";

    /** Ids that a transaction under way may have been given before those that are committed. */
    private static final long IDS_UNDER_WAY = 2_000;

    Handover {
        overlap = Set.copyOf(overlap);
    }

    /**
     * Takes a snapshot. The position comes from the transaction itself: reading
     * {@code @@gtid_binlog_pos} before or after it loses or doubles groups.
     *
     * @param connection used by nobody else; its session is changed
     * @param host the one the stream will come from, for sentences
     * @param exact false to use the recipe for servers that cannot tell a snapshot's position
     */
    static Handover take(Connection connection, String host, RecorderCatalog catalog, boolean exact)
            throws SQLException, Fault {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            GtidPosition before = ServerCheck.end(connection);
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
            String file = "";
            long offset = 0;
            try (ResultSet rows = statement.executeQuery("SHOW STATUS LIKE 'binlog_snapshot_%'")) {
                while (rows.next()) {
                    switch (rows.getString(1)) {
                        case "Binlog_snapshot_file" -> file = rows.getString(2);
                        case "Binlog_snapshot_position" -> offset = rows.getLong(2);
                        default -> {
                            // Nothing else is asked of it.
                        }
                    }
                }
            }
            String gtids = exact ? gtids(connection, file, offset) : null;
            if (gtids == null) {
                statement.execute("COMMIT");
                return guarded(connection, host, catalog, before);
            }
            GtidPosition position = GtidPosition.parse(gtids).orElse(GtidPosition.NONE);
            StreamStart start =
                    position.isEmpty()
                            ? new StreamStart.AtFile(file, offset)
                            : new StreamStart.AtGtid(position);
            RecorderSchema schema = RecorderSchema.read(connection);
            List<Fact> facts =
                    RecorderSnapshot.read(connection, schema, catalog, position.toString());
            statement.execute("COMMIT");
            return new Handover(
                    schema,
                    new Group(position.toString(), Optional.empty(), facts),
                    position,
                    start,
                    Set.of(),
                    GtidPosition.NONE);
        }
    }

    private static @Nullable String gtids(Connection connection, String file, long offset)
            throws SQLException {
        if (file.isEmpty()) {
            return null;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT BINLOG_GTID_POS(?, ?)")) {
            statement.setString(1, file);
            statement.setLong(2, offset);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        } catch (SQLException unsupported) {
            LOG.info("BINLOG_GTID_POS is not to be had: {}", unsupported.getMessage());
            return null;
        }
    }

    /**
     * For servers that cannot tell a snapshot's position: the stream begins at a position read
     * before, late enough for everything up to it to be visible, and what both bring is told by its
     * id.
     */
    private static Handover guarded(
            Connection connection, String host, RecorderCatalog catalog, GtidPosition before)
            throws SQLException, Fault {
        if (before.isEmpty()) {
            throw new SQLException("neither a snapshot position nor a GTID on " + host, "08000");
        }
        try (Statement statement = connection.createStatement()) {
            long seen = number(statement, "SELECT COALESCE(MAX(state_id), 0) FROM states");
            statement.execute(VISIBILITY_PAUSE);
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
            RecorderSchema schema = RecorderSchema.read(connection);
            List<Fact> facts =
                    RecorderSnapshot.read(connection, schema, catalog, before.toString());
            Set<Long> overlap = new HashSet<>();
            try (ResultSet rows =
                    statement.executeQuery(
                            "SELECT state_id FROM states WHERE state_id > "
                                    + (seen - IDS_UNDER_WAY))) {
                while (rows.next()) {
                    overlap.add(rows.getLong(1));
                }
            }
            statement.execute("COMMIT");
            return new Handover(
                    schema,
                    new Group(before.toString(), Optional.empty(), facts),
                    before,
                    new StreamStart.AtGtid(before),
                    overlap,
                    ServerCheck.end(connection));
        }
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /**
     * The group without the rows that the snapshot knows.
     *
     * @param after where the stream stands after it
     */
    Group withoutOverlap(Group streamed, GtidPosition after) {
        if (overlap.isEmpty() || !overlapEnds.covers(after)) {
            return streamed;
        }
        List<Fact> fresh =
                streamed.facts().stream()
                        .filter(fact ->
                                !(fact instanceof Fact.Observed(var reading)
                                        && reading.id().isPresent()
                                        && overlap.contains(reading.id().getAsLong())))
                        .toList();
        return new Group(streamed.position(), streamed.committed(), fresh);
    }
}
