package vigie.feed;

import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.recorder.RecorderCatalog;
import vigie.recorder.RecorderSchema;
import vigie.recorder.SourceTime;
import vigie.recorder.TableRows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Joins what was handed out to a new snapshot: which of the rows never happened, and which came
 * meanwhile. All questions are asked in the snapshot's transaction.
 */
final class Recovery {
    private static final int ROWS_AT_ONCE = 20_000;

    private Recovery() {}

    /** What is there before the first row is handed out. */
    static Seen begin(Connection connection) throws SQLException {
        long highest = number(connection, "SELECT COALESCE(MAX(state_id), 0) FROM states");
        Seen seen = new Seen(Math.max(0, highest - Seen.UNDER_WAY));
        stretch(connection, highest - Seen.UNDER_WAY, Long.MAX_VALUE).forEach(seen::before);
        seen.newest(newest(connection));
        return seen;
    }

    /** The newest time of each point in microseconds; an index is skimmed, no row is read. */
    static Map<PointKey, Long> newest(Connection connection) throws SQLException {
        Map<PointKey, Long> newest = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT metadata_id, MAX(last_updated_ts) FROM states WHERE"
                                        + " metadata_id IS NOT NULL GROUP BY metadata_id")) {
            while (rows.next()) {
                PointKey key = new PointKey(rows.getLong(1));
                double seconds = rows.getDouble(2);
                if (!rows.wasNull()) {
                    SourceTime.of(seconds).ifPresent(time -> newest.put(key, Seen.micros(time)));
                }
            }
        }
        return newest;
    }

    /**
     * The rows handed out last that the database does not hold. A row that was deleted did happen,
     * so absence alone proves nothing: it does for an id that the table has not given yet, and
     * where the log itself was lost. Another row under the same id always does.
     *
     * @param historyLost whether the log is known to be another one than that which was followed
     * @return their ids, ascending, without those that were there before the feed was started and
     *     never handed out; {@code seen} has forgotten all of them, and what was deleted
     */
    static long[] undone(Connection connection, Seen seen, boolean historyLost)
            throws SQLException {
        RecentRows.Row[] handed = seen.recentAbove(Long.MIN_VALUE);
        if (handed.length == 0) {
            return new long[0];
        }
        long notGiven = nextId(connection);
        List<Long> undone = new ArrayList<>();
        List<Long> deleted = new ArrayList<>();
        int at = 0;
        long from = handed[0].id() - 1;
        while (at < handed.length) {
            List<RecentRows.Row> held = stretch(connection, from, handed[handed.length - 1].id());
            // Beyond the last row of a full stretch nothing is known yet.
            boolean last = held.size() < ROWS_AT_ONCE;
            long known = last ? Long.MAX_VALUE : held.getLast().id();
            int in = 0;
            for (; at < handed.length && handed[at].id() <= known; at++) {
                RecentRows.Row row = handed[at];
                while (in < held.size() && held.get(in).id() < row.id()) {
                    in++;
                }
                if (in < held.size() && held.get(in).id() == row.id()) {
                    RecentRows.Row now = held.get(in);
                    // A row from before we began that another text stands in was amended.
                    boolean amended =
                            !historyLost && row.key() == now.key() && seen.isFromBefore(row.id());
                    if (!row.isSame(now) && !amended) {
                        undone.add(row.id());
                    }
                } else if (historyLost || row.id() >= notGiven) {
                    undone.add(row.id());
                } else {
                    deleted.add(row.id());
                }
            }
            from = known;
        }
        seen.deleted(sorted(deleted));
        return seen.undo(sorted(undone));
    }

    /**
     * Hands out the rows that are there and were not handed out.
     *
     * @return how many
     */
    static long recover(
            Connection connection,
            RecorderSchema schema,
            RecorderCatalog catalog,
            Seen seen,
            Consumer<List<Reading>> rows)
            throws SQLException {
        long count = 0;
        long floor = seen.floor();
        boolean more = true;
        while (more) {
            TableRows.Stretch stretch =
                    TableRows.above(connection, schema, catalog, floor, Source.TABLE);
            List<Reading> fresh =
                    stretch.readings().stream()
                            .filter(reading ->
                                    reading.id().isPresent() && !seen.has(reading.id().getAsLong()))
                            .toList();
            if (!fresh.isEmpty()) {
                rows.accept(fresh);
                fresh.forEach(seen::row);
                count += fresh.size();
            }
            floor = stretch.last();
            more = stretch.more();
        }
        return count;
    }

    /** Rows of the table in few numbers, at most {@link #ROWS_AT_ONCE}, ascending by id. */
    static List<RecentRows.Row> stretch(Connection connection, long above, long upTo)
            throws SQLException {
        List<RecentRows.Row> rows = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT state_id, metadata_id, last_updated_ts, state FROM states WHERE"
                                + " state_id > ? AND state_id <= ? ORDER BY state_id LIMIT "
                                + ROWS_AT_ONCE)) {
            statement.setLong(1, above);
            statement.setLong(2, upTo);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    double seconds = result.getDouble(3);
                    long time =
                            result.wasNull()
                                    ? RecentRows.NO_TIME
                                    : SourceTime.of(seconds)
                                            .map(Seen::micros)
                                            .orElse(RecentRows.NO_TIME);
                    rows.add(
                            new RecentRows.Row(
                                    result.getLong(1),
                                    result.getLong(2),
                                    time,
                                    RecentRows.hash(result.getString(4))));
                }
            }
        }
        return rows;
    }

    /**
     * The id that the next row will have; what is above was never given, or its giving is undone.
     */
    private static long nextId(Connection connection) throws SQLException {
        long next =
                number(
                        connection,
                        "SELECT COALESCE(auto_increment, 0) FROM information_schema.tables WHERE"
                                + " table_schema = DATABASE() AND table_name = 'states'");
        return next > 0 ? next : Long.MAX_VALUE;
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static long[] sorted(List<Long> ids) {
        long[] array = ids.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(array);
        return array;
    }
}
