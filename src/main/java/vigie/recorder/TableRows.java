package vigie.recorder;

import vigie.point.Attributes;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads rows of {@code states} by their ids, where the log does not bring them: after a lost
 * position, and once a second on a server without a log.
 */
public final class TableRows {
    /** Rows of one question. */
    public static final int AT_ONCE = 2_000;

    private TableRows() {}

    /**
     * A stretch of rows.
     *
     * @param readings ascending by id
     * @param last the highest id that was looked at, also of rows that are no reading
     * @param more whether there are rows above {@code last}
     */
    public record Stretch(List<Reading> readings, long last, boolean more) {
        public Stretch {
            readings = List.copyOf(readings);
        }
    }

    /**
     * The next rows above an id, at most {@link #AT_ONCE}.
     *
     * @param catalog knows the names; learns the attributes
     * @param source what the readings say they come from
     */
    public static Stretch above(
            Connection connection,
            RecorderSchema schema,
            RecorderCatalog catalog,
            long floor,
            Source source)
            throws SQLException {
        TableShape states = schema.shapes().get(RecorderTable.STATES);
        boolean hasChanged = states != null && states.names().contains("last_changed_ts");
        String sql =
                "SELECT s.state_id, s.metadata_id, s.state, s.last_updated_ts, "
                        + (hasChanged ? "s.last_changed_ts" : "NULL")
                        + ", a.attributes_id, a.shared_attrs FROM states s LEFT JOIN"
                        + " state_attributes a ON a.attributes_id = s.attributes_id"
                        + " WHERE s.state_id > ? ORDER BY s.state_id LIMIT "
                        + AT_ONCE;
        List<Reading> readings = new ArrayList<>();
        long last = floor;
        int count = 0;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, floor);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    count++;
                    last = rows.getLong(1);
                    reading(rows, catalog, source).ifPresent(readings::add);
                }
            }
        }
        return new Stretch(readings, last, count == AT_ONCE);
    }

    /** Empty for a row that belongs to no entity. */
    private static Optional<Reading> reading(ResultSet rows, RecorderCatalog catalog, Source source)
            throws SQLException {
        long id = rows.getLong(1);
        long key = rows.getLong(2);
        if (rows.wasNull()) {
            return Optional.empty();
        }
        String text = rows.getString(3);
        Optional<Instant> time = time(rows, 4);
        Optional<Instant> changed = time(rows, 5);
        long attributesId = rows.getLong(6);
        Attributes attributes = Attributes.MISSING;
        if (!rows.wasNull()) {
            attributes = AttributesText.read(rows.getString(7));
            catalog.learnAttributes(attributesId, attributes);
        }
        PointKey point = new PointKey(key);
        Instant at = time.orElse(Instant.EPOCH);
        return Optional.of(
                Reading.ofRow(
                        OptionalLong.of(id),
                        point,
                        catalog.nameOf(point),
                        text,
                        attributes,
                        at,
                        changed.orElse(at),
                        Optional.empty(),
                        Optional.empty(),
                        source));
    }

    private static Optional<Instant> time(ResultSet rows, int column) throws SQLException {
        double seconds = rows.getDouble(column);
        return rows.wasNull() ? Optional.empty() : SourceTime.of(seconds);
    }
}
