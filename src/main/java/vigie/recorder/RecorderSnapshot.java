package vigie.recorder;

import org.jspecify.annotations.Nullable;

import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.room.Fact;
import vigie.room.RecorderState;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Reads the present state of all points from the tables: of each point the row with the newest
 * source time, then the highest {@code state_id}. Where a point's highest {@code state_id} is more
 * than 60 s older than its newest time, a clock was set back, and the rows from that step on count.
 */
public final class RecorderSnapshot {
    /** Times of one commit may be this much out of order without a clock having been set back. */
    static final double CLOCK_STEP_SECONDS = 60;

    /**
     * Up to so many ids the search for clock steps looks at every row of an index (0.2 s a
     * million); beyond, only where the newest row of all is itself older than the newest time.
     */
    private static final long SEARCHED_IDS = 4_000_000;

    private final Connection connection;
    private final RecorderSchema schema;
    private final RecorderCatalog catalog;
    private final String position;

    private RecorderSnapshot(
            Connection connection,
            RecorderSchema schema,
            RecorderCatalog catalog,
            String position) {
        this.connection = connection;
        this.schema = schema;
        this.catalog = catalog;
        this.position = position;
    }

    /**
     * Reads the state of all points; the catalog learns the names and attributes in use.
     *
     * @param connection in a transaction that sees one moment
     * @param position the GTIDs at which the transaction sees the tables
     * @return for each point its name, and where it has rows its newest reading, by key; and what
     *     the recorder says of itself
     */
    public static List<Fact> read(
            Connection connection, RecorderSchema schema, RecorderCatalog catalog, String position)
            throws SQLException {
        return new RecorderSnapshot(connection, schema, catalog, position).read();
    }

    private record Row(
            PointKey key,
            long id,
            @Nullable String text,
            double updated,
            Optional<Instant> changed,
            OptionalLong attributesId) {
        boolean isNewerThan(Row other) {
            return updated != other.updated ? updated > other.updated : id > other.id;
        }
    }

    private List<Fact> read() throws SQLException {
        List<Fact> facts = new ArrayList<>();
        catalog.clear();
        readNames(
                connection,
                (key, name) -> {
                    catalog.learnName(key, name);
                    facts.add(new Fact.Named(key, name));
                });
        Map<PointKey, Row> newest = readNewest();
        mendClockSteps(newest);
        facts.add(
                new Fact.RecorderSaid(
                        readRun(connection).map(catalog::learnRun).orElse(RecorderState.UNKNOWN)));
        for (Row row : newest.values()) {
            Instant time = SourceTime.of(row.updated()).orElse(Instant.EPOCH);
            facts.add(
                    new Fact.Observed(
                            Reading.ofRow(
                                    OptionalLong.of(row.id()),
                                    row.key(),
                                    catalog.nameOf(row.key()),
                                    row.text(),
                                    catalog.attributes(row.attributesId()),
                                    time,
                                    row.changed().orElse(time),
                                    Optional.empty(),
                                    Optional.of(position).filter(at -> !at.isEmpty()),
                                    Source.SNAPSHOT)));
        }
        return facts;
    }

    /**
     * The same without the readings: the names of all points, and what the recorder says of itself.
     */
    public static List<Fact> readWithoutReadings(Connection connection) throws SQLException {
        List<Fact> facts = new ArrayList<>();
        readNames(connection, (key, name) -> facts.add(new Fact.Named(key, name)));
        RecorderLife life = new RecorderLife();
        readRun(connection).ifPresent(life::run);
        facts.add(new Fact.RecorderSaid(life.state()));
        return facts;
    }

    private static void readNames(Connection connection, BiConsumer<PointKey, PointId> each)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT metadata_id, entity_id FROM states_meta"
                                        + " ORDER BY metadata_id")) {
            while (rows.next()) {
                PointKey key = new PointKey(rows.getLong(1));
                String name = rows.getString(2);
                each.accept(key, RecorderCatalog.pointId(key, name == null ? "" : name));
            }
        }
    }

    /** The right to read this table is no condition: nobody needs it to follow the room. */
    private static Optional<RecorderRow.RunWritten> readRun(Connection connection)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT run_id, start, `end`, closed_incorrect FROM recorder_runs"
                                        + " ORDER BY run_id DESC LIMIT 1")) {
            if (!rows.next()) {
                return Optional.empty();
            }
            return Optional.of(
                    new RecorderRow.RunWritten(
                            rows.getLong(1),
                            moment(rows, 2),
                            rows.getString(3) != null,
                            moment(rows, 3),
                            rows.getBoolean(4)));
        } catch (SQLException refused) {
            return switch (refused.getErrorCode()) {
                case RecorderSchema.NO_SUCH_TABLE,
                        RecorderSchema.NO_SUCH_COLUMN,
                        RecorderSchema.TABLE_DENIED,
                        RecorderSchema.COLUMN_DENIED ->
                        Optional.empty();
                default -> throw refused;
            };
        }
    }

    private static Optional<Instant> moment(ResultSet rows, int column) throws SQLException {
        return Optional.ofNullable(rows.getObject(column, LocalDateTime.class))
                .map(time -> time.toInstant(ZoneOffset.UTC));
    }

    private Map<PointKey, Row> readNewest() throws SQLException {
        String hint =
                schema.hasNewestIndex() ? " FORCE INDEX (" + RecorderSchema.NEWEST_INDEX + ")" : "";
        Map<PointKey, Row> newest = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT "
                                        + columns()
                                        + " FROM (SELECT metadata_id, MAX(last_updated_ts) mx FROM"
                                        + " states"
                                        + hint
                                        + " WHERE metadata_id IS NOT NULL GROUP BY metadata_id) g"
                                        + " STRAIGHT_JOIN states s"
                                        + hint
                                        + " ON s.metadata_id = g.metadata_id AND"
                                        + " s.last_updated_ts = g.mx"
                                        + " LEFT JOIN state_attributes a"
                                        + " ON a.attributes_id = s.attributes_id")) {
            while (rows.next()) {
                Row row = row(rows);
                newest.merge(row.key(), row, (a, b) -> b.isNewerThan(a) ? b : a);
            }
        }
        return newest;
    }

    private String columns() {
        TableShape states = schema.shapes().get(RecorderTable.STATES);
        boolean hasChanged = states != null && states.names().contains("last_changed_ts");
        return "s.metadata_id, s.state_id, s.state, s.last_updated_ts, "
                + (hasChanged ? "s.last_changed_ts" : "NULL")
                + ", s.attributes_id, a.attributes_id, a.shared_attrs";
    }

    private Row row(ResultSet rows) throws SQLException {
        OptionalLong attributesId = optionalLong(rows, 6);
        OptionalLong joined = optionalLong(rows, 7);
        if (joined.isPresent()) {
            String json = rows.getString(8);
            Attributes known = AttributesText.read(json);
            catalog.learnAttributes(joined.getAsLong(), known);
        }
        double changed = rows.getDouble(5);
        Optional<Instant> changedAt = rows.wasNull() ? Optional.empty() : SourceTime.of(changed);
        return new Row(
                new PointKey(rows.getLong(1)),
                rows.getLong(2),
                rows.getString(3),
                rows.getDouble(4),
                changedAt,
                attributesId);
    }

    private static OptionalLong optionalLong(ResultSet rows, int column) throws SQLException {
        long value = rows.getLong(column);
        return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private void mendClockSteps(Map<PointKey, Row> newest) throws SQLException {
        if (newest.isEmpty() || !mayHoldClockSteps()) {
            return;
        }
        List<PointKey> suspects = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT metadata_id, MAX(state_id) FROM states"
                                        + " WHERE metadata_id IS NOT NULL GROUP BY metadata_id")) {
            while (rows.next()) {
                PointKey key = new PointKey(rows.getLong(1));
                Row row = newest.get(key);
                if (row != null && rows.getLong(2) > row.id()) {
                    suspects.add(key);
                }
            }
        }
        for (PointKey key : suspects) {
            Row row = newest.get(key);
            if (row != null) {
                long winner = afterSteps(row);
                if (winner != row.id()) {
                    newest.put(key, rowById(winner, row));
                }
            }
        }
    }

    private boolean mayHoldClockSteps() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT (SELECT MIN(state_id) FROM states), (SELECT MAX(state_id)"
                                        + " FROM states), (SELECT MAX(last_updated_ts) FROM states),"
                                        + " (SELECT last_updated_ts FROM states ORDER BY state_id DESC"
                                        + " LIMIT 1)")) {
            return rows.next()
                    && (rows.getLong(2) - rows.getLong(1) < SEARCHED_IDS
                            || rows.getDouble(4) < rows.getDouble(3) - CLOCK_STEP_SECONDS);
        }
    }

    /** The id of the row that counts for a point, given the one with its newest time. */
    private long afterSteps(Row newest) throws SQLException {
        List<Long> ids = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT state_id, last_updated_ts FROM states WHERE metadata_id = ? AND"
                                + " state_id > ? AND last_updated_ts IS NOT NULL ORDER BY"
                                + " state_id")) {
            statement.setLong(1, newest.key().value());
            statement.setLong(2, newest.id());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                    times.add(rows.getDouble(2));
                }
            }
        }
        return countingRow(newest.id(), newest.updated(), ids, times);
    }

    /**
     * The rule for clock steps, on the rows of one point.
     *
     * @param id of the row with the newest time
     * @param updated its time
     * @param ids of the rows written after it, ascending
     * @param times theirs
     */
    static long countingRow(long id, double updated, List<Long> ids, List<Double> times) {
        long winner = id;
        double winnerTime = updated;
        int from = 0;
        while (!ids.isEmpty() && times.getLast() < winnerTime - CLOCK_STEP_SECONDS) {
            int step = from;
            while (times.get(step) >= winnerTime - CLOCK_STEP_SECONDS) {
                step++;
            }
            int best = step;
            for (int i = step + 1; i < times.size(); i++) {
                if (times.get(i) >= times.get(best)) {
                    best = i;
                }
            }
            winner = ids.get(best);
            winnerTime = times.get(best);
            from = best + 1;
            if (from >= ids.size()) {
                break;
            }
        }
        return winner;
    }

    private Row rowById(long id, Row otherwise) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT "
                                + columns()
                                + " FROM states s LEFT JOIN state_attributes a"
                                + " ON a.attributes_id = s.attributes_id WHERE s.state_id = ?")) {
            statement.setLong(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? row(rows) : otherwise;
            }
        }
    }
}
