package vigie.recorder;

import org.jspecify.annotations.Nullable;

import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.room.Cadence;
import vigie.room.Cadences;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads from the tables what the cadences of points are learned from: for each point its newest
 * rows of a day by the index on point and time, for the whole recorder the newest times by the
 * index on time alone. One short statement a point, so that no other client waits for long.
 */
public final class CadenceReader {
    private static final double NANOS = 1e9;

    record Row(
            long id,
            @Nullable String text,
            Instant updated,
            Optional<Instant> reported,
            OptionalLong before) {}

    private CadenceReader() {}

    /**
     * The version that is learned to a moment.
     *
     * @param connection to the recorder's database
     * @param keys the points to learn of; others are not in the result
     * @param learnedTo a whole hour: {@link Cadences#learnedToAt}
     */
    public static Cadences read(
            Connection connection,
            RecorderSchema schema,
            Collection<PointKey> keys,
            Instant learnedTo)
            throws SQLException {
        return new Cadences(
                learnedTo,
                ofPoints(connection, schema, keys, learnedTo),
                ofRecorder(connection, learnedTo));
    }

    /** Those of the points alone; points of which nothing can be said are not in the answer. */
    public static Map<PointKey, Cadence> ofPoints(
            Connection connection,
            RecorderSchema schema,
            Collection<PointKey> keys,
            Instant learnedTo)
            throws SQLException {
        Instant validFrom = Cadences.validFrom(learnedTo);
        Map<PointKey, Cadence> cadences = HashMap.newHashMap(keys.size());
        try (PreparedStatement statement = connection.prepareStatement(ofPoint(schema))) {
            for (PointKey key : keys) {
                Cadence.of(key, validFrom, intervals(rows(statement, key, learnedTo)))
                        .ifPresent(cadence -> cadences.put(key, cadence));
            }
        }
        return cadences;
    }

    /** What {@link #row} reads, in this order. */
    static String columns(RecorderSchema schema) {
        TableShape states = schema.shapes().get(RecorderTable.STATES);
        boolean hasReported = states != null && states.names().contains("last_reported_ts");
        return "state_id, state, last_updated_ts, "
                + (hasReported ? "last_reported_ts" : "NULL")
                + ", old_state_id";
    }

    private static String ofPoint(RecorderSchema schema) {
        String hint =
                schema.hasNewestIndex() ? " FORCE INDEX (" + RecorderSchema.NEWEST_INDEX + ")" : "";
        return "SELECT "
                + columns(schema)
                + " FROM states"
                + hint
                + " WHERE metadata_id = ? AND last_updated_ts >= ? AND last_updated_ts < ?"
                + " ORDER BY last_updated_ts DESC, state_id DESC LIMIT "
                + Cadences.MOST_ROWS;
    }

    /** Newest first. */
    private static List<Row> rows(PreparedStatement statement, PointKey key, Instant learnedTo)
            throws SQLException {
        statement.setLong(1, key.value());
        statement.setDouble(2, seconds(learnedTo.minus(Cadences.HISTORY)));
        statement.setDouble(3, seconds(learnedTo));
        List<Row> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                row(result, 0).ifPresent(rows::add);
            }
        }
        return rows;
    }

    /**
     * One row.
     *
     * @param skipped how many columns stand before {@link #columns}
     * @return empty where its time is none
     */
    static Optional<Row> row(ResultSet result, int skipped) throws SQLException {
        double reported = result.getDouble(skipped + 4);
        Optional<Instant> reportedAt =
                result.wasNull() ? Optional.empty() : SourceTime.of(reported);
        long before = result.getLong(skipped + 5);
        OptionalLong predecessor =
                result.wasNull() ? OptionalLong.empty() : OptionalLong.of(before);
        long id = result.getLong(skipped + 1);
        String text = result.getString(skipped + 2);
        return SourceTime.of(result.getDouble(skipped + 3))
                .map(updated -> new Row(id, text, updated, reportedAt, predecessor));
    }

    /**
     * Only numbers that follow each other within one run of Home Assistant: the way into and out of
     * {@code unavailable}, and a restart, are not the sensor's doing.
     */
    static List<Cadence.Interval> intervals(List<Row> newestFirst) {
        List<Cadence.Interval> intervals = new ArrayList<>();
        for (int i = 1; i < newestFirst.size(); i++) {
            Row row = newestFirst.get(i - 1);
            Row before = newestFirst.get(i);
            Duration silent = Duration.between(before.updated(), row.updated());
            Duration reported =
                    Duration.between(before.reported().orElse(before.updated()), row.updated());
            if (row.before().isPresent()
                    && row.before().getAsLong() == before.id()
                    && Reading.number(row.text()).isPresent()
                    && Reading.number(before.text()).isPresent()
                    && !reported.isNegative()
                    && silent.compareTo(reported) >= 0) {
                intervals.add(new Cadence.Interval(reported, silent));
            }
        }
        return intervals;
    }

    /** How long the recorder pauses; empty where it wrote nothing in the day before. */
    public static Optional<Duration> ofRecorder(Connection connection, Instant learnedTo)
            throws SQLException {
        List<Instant> newestFirst = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT last_updated_ts FROM states WHERE last_updated_ts >= ? AND"
                                + " last_updated_ts < ? ORDER BY last_updated_ts DESC LIMIT "
                                + Cadences.MOST_ROWS_OF_ALL)) {
            statement.setDouble(1, seconds(learnedTo.minus(Cadences.HISTORY)));
            statement.setDouble(2, seconds(learnedTo));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    SourceTime.of(rows.getDouble(1)).ifPresent(newestFirst::add);
                }
            }
        }
        return Cadences.pauses(newestFirst.reversed());
    }

    static double seconds(Instant at) {
        return at.getEpochSecond() + at.getNano() / NANOS;
    }
}
