package vigie.recorder;

/**
 * The questions to Home Assistant's tables about the past. Each names the index it needs, for the
 * optimiser has been seen to choose a scan of the table.
 */
public final class PastSql {
    private PastSql() {}

    private static String hint(RecorderSchema schema) {
        return schema.hasNewestIndex() ? " FORCE INDEX (" + RecorderSchema.NEWEST_INDEX + ")" : "";
    }

    /**
     * Rows of a point in order of time. Parameters: key, from (inclusive), to (exclusive), the time
     * and the id after which to go on (both those of the last row read, or {@code from} and -1).
     * Columns: time, id, state, attributes.
     *
     * @param changesOnly leaves out rows in which only attributes changed
     * @param most rows at most
     */
    public static String rows(RecorderSchema schema, boolean changesOnly, int most) {
        TableShape states = schema.shapes().get(RecorderTable.STATES);
        boolean hasChanged = states != null && states.names().contains("last_changed_ts");
        return "SELECT last_updated_ts, state_id, state, attributes_id FROM states"
                + hint(schema)
                + " WHERE metadata_id = ? AND last_updated_ts >= ? AND last_updated_ts < ?"
                + " AND (last_updated_ts > ? OR state_id > ?)"
                + (changesOnly && hasChanged
                        ? " AND (last_changed_ts IS NULL OR last_changed_ts = last_updated_ts)"
                        : "")
                + " ORDER BY last_updated_ts, state_id LIMIT "
                + most;
    }

    /**
     * The last rows of a point before a moment, newest first. Parameters: key, moment (exclusive).
     * Columns as {@link #rows}.
     */
    public static String before(RecorderSchema schema, int most) {
        return "SELECT last_updated_ts, state_id, state, attributes_id FROM states"
                + hint(schema)
                + " WHERE metadata_id = ? AND last_updated_ts < ?"
                + " ORDER BY last_updated_ts DESC, state_id DESC LIMIT "
                + most;
    }

    /**
     * How many rows a point has between two moments, as far as it pays to count. Parameters: key,
     * from, to.
     */
    public static String count(RecorderSchema schema, int most) {
        return "SELECT COUNT(*) FROM (SELECT 1 FROM states"
                + hint(schema)
                + " WHERE metadata_id = ? AND last_updated_ts >= ? AND last_updated_ts < ? LIMIT "
                + most
                + ") counted";
    }

    /** The time of a point's first row. Parameter: key. */
    public static String first(RecorderSchema schema) {
        return "SELECT MIN(last_updated_ts) FROM states"
                + hint(schema)
                + " WHERE metadata_id = ? AND last_updated_ts > 0";
    }

    /** The times of a series' first and last row. Parameter: id of its {@code statistics_meta}. */
    public static String reach(boolean shortTerm) {
        return "SELECT MIN(start_ts), MAX(start_ts) FROM "
                + table(shortTerm)
                + " WHERE metadata_id = ?";
    }

    /**
     * Rows of statistics. Parameters: id of the {@code statistics_meta}, from, to (of the starts).
     * Columns: start, mean, min, max, state, sum and, for angles, the length of the mean vector.
     */
    public static String statistics(boolean shortTerm, boolean angle) {
        return "SELECT start_ts, mean, min, max, state, `sum`, "
                + (angle ? "mean_weight" : "NULL")
                + " FROM "
                + table(shortTerm)
                + " WHERE metadata_id = ? AND start_ts >= ? AND start_ts < ? ORDER BY start_ts";
    }

    /** The row of any point before a moment. Parameter: the moment. */
    public static String newestBefore() {
        return "SELECT MAX(last_updated_ts) FROM states WHERE last_updated_ts < ?";
    }

    /**
     * The recorder's runs in order. Columns: start, end, closed_incorrect. It is no condition that
     * they may be read.
     */
    public static String runs() {
        return "SELECT start, `end`, closed_incorrect FROM recorder_runs ORDER BY start, run_id";
    }

    private static String table(boolean shortTerm) {
        return shortTerm ? "statistics_short_term" : "statistics";
    }
}
