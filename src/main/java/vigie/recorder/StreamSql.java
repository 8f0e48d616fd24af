package vigie.recorder;

import vigie.point.PointKey;

import java.util.Collection;
import java.util.stream.Collectors;

/** The questions to Home Assistant's tables for all rows of a stretch of time. */
public final class StreamSql {
    private StreamSql() {}

    /**
     * Rows between two moments, in no order. Parameters: from and to, both inclusive. Columns: id,
     * key, state, time, time of the last change of the text, attributes. Rows that belong to no
     * entity are left out.
     *
     * @param keys whose rows; empty: everybody's
     * @param lowest the lowest id wanted; {@link Long#MIN_VALUE}: any
     * @param most rows at most
     */
    public static String rows(
            RecorderSchema schema, Collection<PointKey> keys, long lowest, int most) {
        TableShape states = schema.shapes().get(RecorderTable.STATES);
        boolean hasChanged = states != null && states.names().contains("last_changed_ts");
        return "SELECT state_id, metadata_id, state, last_updated_ts, "
                + (hasChanged ? "last_changed_ts" : "NULL")
                + ", attributes_id FROM states WHERE last_updated_ts >= ? AND last_updated_ts <= ?"
                + " AND metadata_id IS NOT NULL"
                // Said where it excludes something only: the optimiser would take the wrong index.
                + (lowest == Long.MIN_VALUE ? "" : " AND state_id >= " + lowest)
                + in(keys)
                + " LIMIT "
                + most;
    }

    /** The times of the first and the last row from a moment on. Parameter: the moment. */
    public static String reach(Collection<PointKey> keys) {
        return "SELECT MIN(last_updated_ts), MAX(last_updated_ts) FROM states"
                + " WHERE last_updated_ts >= ?"
                + in(keys);
    }

    private static String in(Collection<PointKey> keys) {
        return keys.isEmpty()
                ? ""
                : keys.stream()
                        .map(key -> String.valueOf(key.value()))
                        .collect(Collectors.joining(",", " AND metadata_id IN (", ")"));
    }
}
