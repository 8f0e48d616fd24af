package vigie.simulator;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes statistics as Home Assistant does: ten seconds after every fifth minute the five minutes
 * before, from the rows of {@code states}; with the last of an hour also the hour, from its twelve
 * short rows. One transaction each.
 *
 * <p>One deliberate difference: after a pause Home Assistant compiles the missed periods too and
 * carries the last values flat through them. Here a period in which nothing ran has no rows: the
 * gap stays one. Not thread-safe.
 */
final class StatisticsWriter {
    /** How long after the end of a period it is compiled, seconds. */
    static final double DELAY = 10;

    private final Connection connection;
    private final Map<String, EntityAttributes> entities;
    private final Map<String, Long> ids = new HashMap<>();
    private final Map<String, Statistics.Total> totals = new HashMap<>();
    private boolean loaded;

    /** For the entities that have a state class, on a connection with autocommit off. */
    StatisticsWriter(Connection connection, Map<String, EntityAttributes> entities) {
        this.connection = connection;
        this.entities = new LinkedHashMap<>(entities);
        this.entities.values().removeIf(entity -> entity.stateClass() == null);
    }

    /** The entities that have statistics. */
    Map<String, EntityAttributes> entities() {
        return entities;
    }

    /**
     * Compiles the period that begins at {@code start} if rows were recorded in it, and the hour it
     * ends.
     *
     * @param now when it is written, seconds since the epoch
     */
    void compile(double start, double now) throws SQLException {
        load();
        if (!recorded(start, start + Statistics.SHORT)) {
            connection.rollback();
            return;
        }
        Map<String, List<Statistics.Sample>> samples = samples(start);
        Map<String, @Nullable Object[]> rows = rows(samples, start, now);
        insert("statistics_short_term", rows);
        if (start + Statistics.SHORT
                == Math.ceil((start + 1) / Statistics.HOUR) * Statistics.HOUR) {
            double hour = start + Statistics.SHORT - Statistics.HOUR;
            insert("statistics", hour(hour, now));
        }
        try (PreparedStatement run =
                connection.prepareStatement("INSERT INTO statistics_runs (start) VALUES (?)")) {
            run.setString(1, Utc.text(start));
            run.executeUpdate();
        }
        connection.commit();
    }

    /** The start of the last period compiled, or NaN where there is none. */
    double lastRun() throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement(
                                "SELECT TIMESTAMPDIFF(SECOND, '1970-01-01', MAX(start))"
                                        + " FROM statistics_runs");
                ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                return Double.NaN;
            }
            long start = rows.getLong(1);
            return rows.wasNull() ? Double.NaN : start;
        }
    }

    /** What was written before this run; once. */
    private void load() throws SQLException {
        if (loaded) {
            return;
        }
        try (PreparedStatement statement =
                        connection.prepareStatement(
                                "SELECT m.id, m.statistic_id, s.state, s.sum FROM statistics_meta m"
                                        + " LEFT JOIN statistics_short_term s ON s.metadata_id = m.id"
                                        + " AND s.start_ts = (SELECT MAX(start_ts) FROM"
                                        + " statistics_short_term WHERE metadata_id = m.id)");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                ids.put(rows.getString(2), rows.getLong(1));
                double state = rows.getDouble(3);
                if (!rows.wasNull()) {
                    totals.put(rows.getString(2), new Statistics.Total(state, rows.getDouble(4)));
                }
            }
        }
        loaded = true;
    }

    /** Each entity's numbers in the period, led by the one it began with. */
    private Map<String, List<Statistics.Sample>> samples(double start) throws SQLException {
        Map<String, List<Statistics.Sample>> samples = new HashMap<>();
        Map<Long, String> names = new HashMap<>();
        try (PreparedStatement statement =
                        connection.prepareStatement(
                                "SELECT metadata_id, entity_id FROM states_meta");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                if (entities.containsKey(rows.getString(2))) {
                    names.put(rows.getLong(1), rows.getString(2));
                }
            }
        }
        double end = start + Statistics.SHORT;
        collect(
                "SELECT s.metadata_id, s.last_updated_ts, s.state FROM (SELECT metadata_id,"
                        + " MAX(last_updated_ts) newest FROM states WHERE last_updated_ts < ? GROUP BY"
                        + " metadata_id) g STRAIGHT_JOIN states s ON s.metadata_id = g.metadata_id AND"
                        + " s.last_updated_ts = g.newest WHERE g.newest >= ? ORDER BY s.state_id",
                start,
                runStart(start),
                names,
                samples);
        collect(
                "SELECT metadata_id, last_updated_ts, state FROM states WHERE last_updated_ts >= ?"
                        + " AND last_updated_ts < ? ORDER BY last_updated_ts, state_id",
                start,
                end,
                names,
                samples);
        return samples;
    }

    private boolean recorded(double start, double end) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT 1 FROM states WHERE last_updated_ts >= ? AND last_updated_ts < ?"
                                + " LIMIT 1")) {
            statement.setDouble(1, start);
            statement.setDouble(2, end);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /**
     * When the run began that was under way at {@code time}; that time itself if there was none.
     */
    private double runStart(double time) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', MAX(start)) FROM"
                                + " recorder_runs WHERE start <= ? AND (`end` IS NULL OR `end` > ?)")) {
            statement.setString(1, Utc.text(time));
            statement.setString(2, Utc.text(time));
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return time;
                }
                long micros = rows.getLong(1);
                return rows.wasNull() ? time : micros / 1e6;
            }
        }
    }

    private void collect(
            String sql,
            double first,
            double second,
            Map<Long, String> names,
            Map<String, List<Statistics.Sample>> samples)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setDouble(1, first);
            statement.setDouble(2, second);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    @Nullable String name = names.get(rows.getLong(1));
                    @Nullable Double number = Statistics.number(rows.getString(3));
                    if (name != null && number != null) {
                        samples.computeIfAbsent(name, _ -> new ArrayList<>())
                                .add(new Statistics.Sample(rows.getDouble(2), number));
                    }
                }
            }
        }
    }

    /** The short-term rows of a period from samples, by entity. */
    Map<String, @Nullable Object[]> rows(
            Map<String, List<Statistics.Sample>> samples, double start, double now) {
        Map<String, @Nullable Object[]> rows = new LinkedHashMap<>();
        entities.forEach((name, entity) -> {
            List<Statistics.Sample> own = samples.getOrDefault(name, List.of());
            if ("total_increasing".equals(entity.stateClass())) {
                Statistics.@Nullable Total total = Statistics.total(totals.get(name), own);
                if (total != null) {
                    totals.put(name, total);
                    rows.put(name, row(now, start, null, total));
                }
            } else {
                Statistics.@Nullable Mean mean =
                        Statistics.mean(own, start, start + Statistics.SHORT);
                if (mean != null) {
                    rows.put(name, row(now, start, mean, null));
                }
            }
        });
        return rows;
    }

    /** created_ts, metadata_id (filled later), start_ts, mean, min, max, state, sum. */
    static @Nullable Object[] row(
            double now,
            double start,
            Statistics.@Nullable Mean mean,
            Statistics.@Nullable Total total) {
        return new @Nullable Object[] {
            now,
            null,
            start,
            mean == null ? null : mean.mean(),
            mean == null ? null : mean.min(),
            mean == null ? null : mean.max(),
            total == null ? null : total.state(),
            total == null ? null : total.sum()
        };
    }

    private Map<String, @Nullable Object[]> hour(double hour, double now) throws SQLException {
        Map<String, @Nullable Object[]> rows = new LinkedHashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT m.statistic_id, AVG(s.mean), MIN(s.min), MAX(s.max),"
                                + " MAX(s.start_ts) FROM statistics_short_term s JOIN statistics_meta m"
                                + " ON m.id = s.metadata_id WHERE s.start_ts >= ? AND s.start_ts < ?"
                                + " GROUP BY s.metadata_id ORDER BY s.metadata_id")) {
            statement.setDouble(1, hour);
            statement.setDouble(2, hour + Statistics.HOUR);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    String name = result.getString(1);
                    double mean = result.getDouble(2);
                    boolean hasMean = !result.wasNull();
                    Statistics.@Nullable Mean averaged =
                            hasMean
                                    ? new Statistics.Mean(
                                            mean, result.getDouble(3), result.getDouble(4))
                                    : null;
                    rows.put(name, row(now, hour, averaged, hasMean ? null : totals.get(name)));
                }
            }
        }
        return rows;
    }

    /** Writes rows, and the {@code statistics_meta} rows they need first. */
    void insert(String table, Map<String, @Nullable Object[]> rows) throws SQLException {
        List<@Nullable Object[]> values = new ArrayList<>();
        for (Map.Entry<String, @Nullable Object[]> entry : rows.entrySet()) {
            @Nullable Object[] row = entry.getValue();
            row[1] = id(entry.getKey());
            values.add(row);
        }
        insertRows(table, values);
    }

    void insertRows(String table, List<@Nullable Object[]> values) throws SQLException {
        new MultiInsert(
                        connection,
                        table,
                        "created_ts",
                        "metadata_id",
                        "start_ts",
                        "mean",
                        "min",
                        "max",
                        "state",
                        "sum")
                .write(values);
    }

    /** The {@code statistics_meta} row of an entity, written where it is missing. */
    long id(String name) throws SQLException {
        @Nullable Long known = ids.get(name);
        if (known != null) {
            return known;
        }
        EntityAttributes entity = entities.get(name);
        if (entity == null) {
            throw new IllegalArgumentException("no statistics of " + name);
        }
        boolean sum = "total_increasing".equals(entity.stateClass());
        // has_mean stays NULL since Home Assistant has mean_type.
        List<@Nullable Object[]> row = new ArrayList<>();
        row.add(
                new @Nullable Object[] {
                    name,
                    "recorder",
                    entity.unit(),
                    entity.unitClass(),
                    null,
                    sum ? 1 : 0,
                    null,
                    sum ? 0 : 1
                });
        long id =
                new MultiInsert(
                                connection,
                                "statistics_meta",
                                "statistic_id",
                                "source",
                                "unit_of_measurement",
                                "unit_class",
                                "has_mean",
                                "has_sum",
                                "name",
                                "mean_type")
                        .returning("id", row)[0];
        ids.put(name, id);
        return id;
    }

    /** The running total of each meter. */
    Map<String, Statistics.Total> totals() {
        return totals;
    }
}
