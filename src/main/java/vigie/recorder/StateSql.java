package vigie.recorder;

import org.jspecify.annotations.Nullable;

import vigie.point.PointId;
import vigie.point.PointKey;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The questions to Home Assistant's tables about one moment, and how their answers are read. */
public final class StateSql {
    /** So many rows of a point show whether a clock was set back just before the moment. */
    private static final int ROWS = 5;

    private StateSql() {}

    /**
     * A row as the index on point and time holds it.
     *
     * @param seconds {@code last_updated_ts}
     */
    public record Entry(long id, double seconds) {}

    /** All names. Columns: key, name. */
    public static String names() {
        return "SELECT metadata_id, entity_id FROM states_meta ORDER BY metadata_id";
    }

    /** The point's name as it is told everywhere, also where it has none. */
    public static PointId name(PointKey key, @Nullable String name) {
        return RecorderCatalog.pointId(key, name == null ? "" : name);
    }

    /**
     * Of each point the rows of its newest time at or before a moment; of several the one with the
     * highest id counts. The index is read once for each point, wherever the moment lies.
     * Parameter: the moment. Columns: key, time, id, state, time of the last change of the text,
     * attributes.
     */
    public static String newest(RecorderSchema schema) {
        return newest(schema, "");
    }

    /**
     * The same of some points.
     *
     * @param keys at least one
     */
    public static String newest(RecorderSchema schema, Collection<PointKey> keys) {
        return newest(
                schema,
                keys.stream()
                        .map(key -> Long.toString(key.value()))
                        .collect(Collectors.joining(",", " AND metadata_id IN (", ")")));
    }

    /**
     * The rows of all points in a short time up to a moment, the last first: where there are many
     * points this costs a fraction of one look at each. Parameters: after when, until when. Columns
     * as {@link #newest}.
     *
     * @param most rows at most
     */
    public static String lately(RecorderSchema schema, int most) {
        return "SELECT s.metadata_id, s.last_updated_ts, s.state_id, s.state, "
                + changed(schema)
                + ", s.attributes_id FROM states s"
                + timeHint(schema)
                + " WHERE s.last_updated_ts > ? AND s.last_updated_ts <= ? AND s.metadata_id IS NOT"
                + " NULL ORDER BY s.last_updated_ts DESC LIMIT "
                + most;
    }

    private static String newest(RecorderSchema schema, String which) {
        return "SELECT s.metadata_id, s.last_updated_ts, s.state_id, s.state, "
                + changed(schema)
                + ", s.attributes_id FROM (SELECT metadata_id, MAX(last_updated_ts) mx FROM states"
                + hint(schema)
                + " WHERE last_updated_ts <= ?"
                + which
                + " GROUP BY metadata_id) g STRAIGHT_JOIN states s"
                + hint(schema)
                + " ON s.metadata_id = g.metadata_id AND s.last_updated_ts = g.mx";
    }

    /**
     * The last rows of points at or before a moment, by the index alone. Columns: key, time, id.
     *
     * @param keys at least one
     */
    public static String entries(RecorderSchema schema, Collection<PointKey> keys, double seconds) {
        return keys.stream()
                .map(key ->
                        "(SELECT metadata_id, last_updated_ts, state_id FROM states"
                                + hint(schema)
                                + " WHERE metadata_id = "
                                + key.value()
                                + " AND last_updated_ts <= "
                                + seconds
                                + " ORDER BY last_updated_ts DESC, state_id DESC LIMIT "
                                + ROWS
                                + ")")
                .collect(Collectors.joining(" UNION ALL "));
    }

    /** Some rows that were written after a row. Parameter: its id. Columns: key, time, id. */
    public static String writtenAfter() {
        return "SELECT metadata_id, last_updated_ts, state_id FROM states WHERE state_id > ?"
                + " ORDER BY state_id LIMIT 20";
    }

    /**
     * Of newest rows those after which a clock may have been set back: another row was written
     * later and is more than a minute older.
     *
     * @param newest one row of each point
     * @param later rows that were written after all of them and are not from after the moment
     */
    public static Set<PointKey> suspects(Map<PointKey, Entry> newest, List<Entry> later) {
        List<Map.Entry<PointKey, Entry>> byId = new ArrayList<>(newest.entrySet());
        byId.sort(Comparator.comparingLong(row -> -row.getValue().id()));
        Set<PointKey> suspects = new HashSet<>();
        double oldest = later.stream().mapToDouble(Entry::seconds).min().orElse(Double.MAX_VALUE);
        for (Map.Entry<PointKey, Entry> row : byId) {
            double seconds = row.getValue().seconds();
            if (oldest < seconds - RecorderSnapshot.CLOCK_STEP_SECONDS) {
                suspects.add(row.getKey());
            }
            oldest = Math.min(oldest, seconds);
        }
        return suspects;
    }

    /**
     * The row that counts among those that {@link #entries} found of one point: the newest, unless
     * a clock was set back after it ({@link RecorderSnapshot}), as far as so few rows show it.
     *
     * @param entries at least one, in any order
     */
    public static Entry counting(List<Entry> entries) {
        List<Entry> byTime = new ArrayList<>(entries);
        byTime.sort(Comparator.comparingDouble(Entry::seconds).thenComparingLong(Entry::id));
        Entry newest = byTime.getLast();
        List<Entry> later =
                entries.stream()
                        .filter(entry -> entry.id() > newest.id())
                        .sorted(Comparator.comparingLong(Entry::id))
                        .toList();
        long counting =
                RecorderSnapshot.countingRow(
                        newest.id(),
                        newest.seconds(),
                        later.stream().map(Entry::id).toList(),
                        later.stream().map(Entry::seconds).toList());
        return entries.stream().filter(entry -> entry.id() == counting).findFirst().orElse(newest);
    }

    /** A row by its id. Parameter: the id. Columns as {@link #newest}. */
    public static String row(RecorderSchema schema) {
        return "SELECT s.metadata_id, s.last_updated_ts, s.state_id, s.state, "
                + changed(schema)
                + ", s.attributes_id FROM states s WHERE s.state_id = ?";
    }

    /**
     * All rows between two moments, in order of time. Parameters: the moment after which, the
     * moment up to which. Columns as {@link #newest}.
     */
    public static String between(RecorderSchema schema) {
        return "SELECT s.metadata_id, s.last_updated_ts, s.state_id, s.state, "
                + changed(schema)
                + ", s.attributes_id FROM states s"
                + timeHint(schema)
                + " WHERE s.last_updated_ts > ? AND s.last_updated_ts <= ? AND s.metadata_id IS NOT"
                + " NULL ORDER BY s.last_updated_ts, s.state_id";
    }

    /**
     * How many rows there are between two moments, as far as it pays to count. Parameters as {@link
     * #between}.
     */
    public static String count(RecorderSchema schema, int most) {
        return "SELECT COUNT(*) FROM (SELECT 1 FROM states"
                + timeHint(schema)
                + " WHERE last_updated_ts > ? AND last_updated_ts <= ? LIMIT "
                + most
                + ") counted";
    }

    /** The time of the first row of all. */
    public static String first(RecorderSchema schema) {
        return "SELECT MIN(last_updated_ts) FROM states"
                + timeHint(schema)
                + " WHERE last_updated_ts > 0";
    }

    private static String timeHint(RecorderSchema schema) {
        return schema.hasTimeIndex() ? " FORCE INDEX (" + RecorderSchema.TIME_INDEX + ")" : "";
    }

    private static String changed(RecorderSchema schema) {
        TableShape states = schema.shapes().get(RecorderTable.STATES);
        return states != null && states.names().contains("last_changed_ts")
                ? "s.last_changed_ts"
                : "NULL";
    }

    /** The run of a moment. Parameter: the moment. Columns: start, end, closed_incorrect. */
    public static String run() {
        return "SELECT start, `end`, closed_incorrect FROM recorder_runs WHERE start <= ?"
                + " ORDER BY start DESC, run_id DESC LIMIT 1";
    }

    /** Names and units of all series of entities. */
    public static String series() {
        return "SELECT id, statistic_id, unit_of_measurement, has_sum FROM statistics_meta"
                + " WHERE source = 'recorder'";
    }

    /**
     * The rows of one period. Columns: id, start, mean, state.
     *
     * @param ids at least one
     * @param seconds when it begins
     */
    public static String period(boolean shortTerm, Collection<Long> ids, double seconds) {
        return "SELECT metadata_id, start_ts, mean, state FROM "
                + table(shortTerm)
                + " WHERE metadata_id IN ("
                + ids.stream().map(String::valueOf).collect(Collectors.joining(","))
                + ") AND start_ts = "
                + seconds;
    }

    /** When the first period of all began. */
    public static String firstPeriod(boolean shortTerm) {
        return "SELECT MIN(start_ts) FROM " + table(shortTerm);
    }

    private static String table(boolean shortTerm) {
        return shortTerm ? "statistics_short_term" : "statistics";
    }

    /**
     * Of each series the last row that begins at or before a moment. Columns as {@link #period}.
     *
     * @param ids at least one
     */
    public static String statistics(boolean shortTerm, Collection<Long> ids, double seconds) {
        return ids.stream()
                .map(id ->
                        "(SELECT metadata_id, start_ts, mean, state FROM "
                                + table(shortTerm)
                                + " WHERE metadata_id = "
                                + id
                                + " AND start_ts <= "
                                + seconds
                                + " ORDER BY start_ts DESC LIMIT 1)")
                .collect(Collectors.joining(" UNION ALL "));
    }

    static String hint(RecorderSchema schema) {
        return schema.hasNewestIndex() ? " FORCE INDEX (" + RecorderSchema.NEWEST_INDEX + ")" : "";
    }
}
