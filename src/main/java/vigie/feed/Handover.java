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
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
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
 * @param now the database's clock at the moment of the snapshot
 */
record Handover(
        RecorderSchema schema,
        Group group,
        GtidPosition position,
        StreamStart start,
        Set<Long> overlap,
        GtidPosition overlapEnds,
        Instant now) {
    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

    /** Between the log and the visibility of a commit; measured well below 50 ms. */
    private static final String VISIBILITY_PAUSE = "DO SLEEP(1)";

    /** A commit that is in the log is visible some milliseconds later. */
    private static final int MOST_TRIES = 50;

    private static final String TRY_AGAIN_PAUSE = "DO SLEEP(0.02)";

    /** Work in the transaction of the snapshot, before it ends. */
    @FunctionalInterface
    interface Within {
        /** Nothing. */
        Within NOTHING = (connection, schema, position, now) -> {};

        /**
         * Does it.
         *
         * @param position of the snapshot
         * @param now the database's clock
         */
        void run(Connection connection, RecorderSchema schema, GtidPosition position, Instant now)
                throws SQLException, Fault;
    }

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
     * @param atLeast the snapshot holds these groups, where the server has them at all: the log may
     *     bring a group some milliseconds before other sessions see it
     * @param within done in the transaction
     */
    static Handover take(
            Connection connection,
            String host,
            RecorderCatalog catalog,
            boolean exact,
            GtidPosition atLeast,
            Within within)
            throws SQLException, Fault {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            GtidPosition before = ServerCheck.end(connection);
            Place place = place(connection, exact, atLeast);
            GtidPosition position = place.position();
            if (position == null) {
                statement.execute("COMMIT");
                return guarded(connection, host, catalog, before, within);
            }
            StreamStart start =
                    position.isEmpty()
                            ? new StreamStart.AtFile(place.file(), place.offset())
                            : new StreamStart.AtGtid(position);
            Instant now = now(connection);
            RecorderSchema schema = RecorderSchema.read(connection);
            List<Fact> facts =
                    RecorderSnapshot.read(connection, schema, catalog, position.toString());
            within.run(connection, schema, position, now);
            statement.execute("COMMIT");
            return new Handover(
                    schema,
                    new Group(position.toString(), Optional.empty(), facts),
                    position,
                    start,
                    Set.of(),
                    GtidPosition.NONE,
                    now);
        }
    }

    /**
     * Where a transaction sees the tables.
     *
     * @param position null where the server cannot tell
     */
    private record Place(String file, long offset, @Nullable GtidPosition position) {
        boolean hasNot(GtidPosition wanted, GtidPosition log) {
            return position != null && !position.covers(wanted) && log.covers(wanted);
        }
    }

    /** Questions to the tables. */
    @FunctionalInterface
    interface Questions {
        /** Asks them. */
        void ask() throws SQLException;
    }

    /**
     * Looks at the tables at one moment.
     *
     * @param atLeast as in {@link #take}
     * @param questions asked in a transaction that sees this moment
     * @return a position that a stream has come to when it has brought all that the questions saw;
     *     where the server can tell, exactly that and no more
     */
    static GtidPosition look(Connection connection, GtidPosition atLeast, Questions questions)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            Place place = place(connection, true, atLeast);
            questions.ask();
            GtidPosition position = place.position();
            statement.execute("COMMIT");
            return position == null ? ServerCheck.end(connection) : position;
        }
    }

    /** Begins the transaction, once it sees the groups asked for. */
    private static Place place(Connection connection, boolean exact, GtidPosition atLeast)
            throws SQLException {
        GtidPosition log = ServerCheck.end(connection);
        Place place = place(connection, exact);
        for (int i = 1; i < MOST_TRIES && place.hasNot(atLeast, log); i++) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("ROLLBACK");
                statement.execute(TRY_AGAIN_PAUSE);
            }
            place = place(connection, exact);
        }
        return place;
    }

    private static Place place(Connection connection, boolean exact) throws SQLException {
        String file = "";
        long offset = 0;
        try (Statement statement = connection.createStatement()) {
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
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
        }
        String gtids = exact ? gtids(connection, file, offset) : null;
        return new Place(
                file,
                offset,
                gtids == null ? null : GtidPosition.parse(gtids).orElse(GtidPosition.NONE));
    }

    /** The database's clock. */
    static Instant now(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT UTC_TIMESTAMP(6)")) {
            LocalDateTime now = row.next() ? row.getObject(1, LocalDateTime.class) : null;
            if (now == null) {
                throw new SQLException("no answer to the question for the time", "08000");
            }
            return now.toInstant(ZoneOffset.UTC);
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
            Connection connection,
            String host,
            RecorderCatalog catalog,
            GtidPosition before,
            Within within)
            throws SQLException, Fault {
        if (before.isEmpty()) {
            throw new SQLException("neither a snapshot position nor a GTID on " + host, "08000");
        }
        try (Statement statement = connection.createStatement()) {
            long seen = number(statement, "SELECT COALESCE(MAX(state_id), 0) FROM states");
            statement.execute(VISIBILITY_PAUSE);
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
            Instant now = now(connection);
            RecorderSchema schema = RecorderSchema.read(connection);
            List<Fact> facts =
                    RecorderSnapshot.read(connection, schema, catalog, before.toString());
            Set<Long> overlap = new HashSet<>();
            try (ResultSet rows =
                    statement.executeQuery(
                            "SELECT state_id FROM states WHERE state_id > "
                                    + (seen - Seen.UNDER_WAY))) {
                while (rows.next()) {
                    overlap.add(rows.getLong(1));
                }
            }
            within.run(connection, schema, before, now);
            statement.execute("COMMIT");
            return new Handover(
                    schema,
                    new Group(before.toString(), Optional.empty(), facts),
                    before,
                    new StreamStart.AtGtid(before),
                    overlap,
                    ServerCheck.end(connection),
                    now);
        }
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /**
     * The facts of a group without the rows that the snapshot knows.
     *
     * @param after where the stream stands after the group
     */
    List<Fact> withoutOverlap(List<Fact> streamed, GtidPosition after) {
        if (overlap.isEmpty() || !overlapEnds.covers(after)) {
            return streamed;
        }
        return streamed.stream()
                .filter(fact ->
                        !(fact instanceof Fact.Observed(var reading)
                                && reading.id().isPresent()
                                && overlap.contains(reading.id().getAsLong())))
                .toList();
    }
}
