package vigie.recorder;

import org.jspecify.annotations.Nullable;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads all rows of {@code states} from the newest to the oldest, a stretch at a time. Names and
 * attributes are asked for once and kept: both belong to hundreds of rows. One thread.
 */
public final class RowsBelow {
    private static final int MOST_KNOWN = 20_000;

    private final Map<Long, Attributes> attributes = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();

    public RowsBelow() {}

    /**
     * A stretch of rows.
     *
     * @param readings of those that belong to an entity; descending by id
     * @param lowest the lowest id that was looked at; 0 where there is none
     */
    public record Stretch(List<Reading> readings, long lowest) {
        public Stretch {
            readings = List.copyOf(readings);
        }
    }

    private record Row(
            long id,
            long key,
            @Nullable String text,
            Optional<Instant> time,
            Optional<Instant> changed,
            long attributes) {}

    /**
     * The newest rows up to an id.
     *
     * @param connection to the recorder's database
     * @param upTo the highest id that is wanted
     * @param most so many at most
     */
    public Stretch read(Connection connection, RecorderSchema schema, long upTo, int most)
            throws SQLException {
        TableShape states = schema.shapes().get(RecorderTable.STATES);
        boolean hasChanged = states != null && states.names().contains("last_changed_ts");
        List<Row> rows = new ArrayList<>();
        long lowest = 0;
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT state_id, metadata_id, state, last_updated_ts, "
                                + (hasChanged ? "last_changed_ts" : "NULL")
                                + ", attributes_id FROM states WHERE state_id <= ?"
                                + " ORDER BY state_id DESC LIMIT "
                                + most)) {
            statement.setLong(1, upTo);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    lowest = found.getLong(1);
                    long key = found.getLong(2);
                    if (!found.wasNull()) {
                        String text = found.getString(3);
                        Optional<Instant> time = time(found, 4);
                        Optional<Instant> changed = time(found, 5);
                        long id = found.getLong(6);
                        rows.add(
                                new Row(
                                        lowest,
                                        key,
                                        text,
                                        time,
                                        changed,
                                        found.wasNull() ? -1 : id));
                    }
                }
            }
        }
        learn(connection, rows);
        List<Reading> readings = new ArrayList<>(rows.size());
        for (Row row : rows) {
            PointKey key = new PointKey(row.key());
            Instant at = row.time().orElse(Instant.EPOCH);
            readings.add(
                    Reading.ofRow(
                            OptionalLong.of(row.id()),
                            key,
                            RecorderCatalog.pointId(key, names.getOrDefault(row.key(), "")),
                            row.text(),
                            attributes.getOrDefault(row.attributes(), Attributes.MISSING),
                            at,
                            row.changed().orElse(at),
                            Optional.empty(),
                            Optional.empty(),
                            Source.TABLE));
        }
        return new Stretch(readings, lowest);
    }

    private static Optional<Instant> time(ResultSet rows, int column) throws SQLException {
        double seconds = rows.getDouble(column);
        return rows.wasNull() ? Optional.empty() : SourceTime.of(seconds);
    }

    private void learn(Connection connection, List<Row> rows) throws SQLException {
        if (attributes.size() > MOST_KNOWN) {
            attributes.clear();
        }
        Set<Long> wanted = new TreeSet<>();
        Set<Long> nameless = new TreeSet<>();
        for (Row row : rows) {
            if (row.attributes() >= 0 && !attributes.containsKey(row.attributes())) {
                wanted.add(row.attributes());
            }
            if (!names.containsKey(row.key())) {
                nameless.add(row.key());
            }
        }
        texts(
                connection,
                "SELECT attributes_id, shared_attrs FROM state_attributes WHERE attributes_id",
                wanted,
                (id, text) -> attributes.put(id, AttributesText.read(text)));
        texts(
                connection,
                "SELECT metadata_id, entity_id FROM states_meta WHERE metadata_id",
                nameless,
                (id, text) -> names.put(id, text == null ? "" : text));
    }

    /** Takes one text. */
    @FunctionalInterface
    private interface Texts {
        void take(long id, @Nullable String text);
    }

    private static void texts(Connection connection, String select, Set<Long> ids, Texts texts)
            throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        String list = ids.stream().map(String::valueOf).collect(Collectors.joining(","));
        try (PreparedStatement statement =
                        connection.prepareStatement(select + " IN (" + list + ")");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                texts.take(rows.getLong(1), rows.getString(2));
            }
        }
    }
}
