package vigie.simulator;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/**
 * The past of a new database, as a Home Assistant would have left it that has run for days and
 * keeps one day of states: the same room and devices, run fast. Days of hourly statistics; states
 * and short-term statistics since a restart of Home Assistant about a day ago; a {@link Story}. The
 * devices of the past speak less often than those of the present (the last half hour excepted), so
 * that it is written in seconds.
 *
 * <p>The simulation ends at the present and goes on from there. Not thread-safe.
 */
final class Past {
    /** How much less often devices spoke. */
    private static final double SLOWNESS = 8;

    private static final double DAY = 86_400;
    private static final double RECENT = 1_800;
    private static final double RESTART_TAKES = 40;
    private static final int PROGRESS_ROWS = 10_000;
    private static final double SIMULATED = 0.3;

    private final Connection connection;
    private final Simulation simulation;
    private final StatisticsWriter statistics;
    private final DoubleConsumer progress;
    private final SplittableRandom random;
    private final double now;
    private final double begin;
    private final double rawBegin;

    private final Map<String, Long> names = new LinkedHashMap<>();
    private final Map<String, Long> attributes = new LinkedHashMap<>();
    private final List<@Nullable Object[]> states = new ArrayList<>();
    private final Map<String, Long> newest = new HashMap<>();
    private final Map<String, List<Statistics.Sample>> samples = new HashMap<>();
    private final Set<String> wordless = new HashSet<>();
    private final Map<String, Hour> hour = new LinkedHashMap<>();
    private final List<Map<String, @Nullable Object[]>> shortTerm = new ArrayList<>();
    private final List<Map<String, @Nullable Object[]>> longTerm = new ArrayList<>();
    private final List<Double> runs = new ArrayList<>();

    private Past(
            Connection connection,
            Simulation simulation,
            StatisticsWriter statistics,
            double begin,
            double rawBegin,
            double now,
            long seed,
            DoubleConsumer progress) {
        this.connection = connection;
        this.simulation = simulation;
        this.statistics = statistics;
        this.begin = begin;
        this.rawBegin = rawBegin;
        this.now = now;
        this.random = new SplittableRandom(seed ^ 0x9a57);
        this.progress = progress;
    }

    /**
     * What the writer of the present goes on from.
     *
     * @param simulation the room as it stands now
     * @param newest entity id → the id of its newest row
     * @param run the {@code recorder_runs} row under way
     */
    record Written(Simulation simulation, Map<String, Long> newest, long run) {}

    /**
     * Writes {@code options.pastDays()} days before {@code now} into fresh tables.
     *
     * @param connection with autocommit off
     * @param progress told the share done, 0 to 1, a hundred times or so, on the calling thread
     */
    static Written write(
            Connection connection, Options options, double now, DoubleConsumer progress)
            throws SQLException {
        Story story = Story.before(now, options.zone());
        double begin = floor(now - options.pastDays() * DAY, Statistics.HOUR);
        double rawBegin =
                Math.max(
                        begin + Statistics.HOUR,
                        floor(Math.min(now - DAY, story.begin() - 1_800), Statistics.HOUR));
        Simulation simulation = new Simulation(options.seed(), options.zone(), begin);
        simulation.add(story.incidents());
        var statistics = new StatisticsWriter(connection, simulation.attributes());
        Past past =
                new Past(
                        connection,
                        simulation,
                        statistics,
                        begin,
                        rawBegin,
                        now,
                        options.seed(),
                        progress);
        past.simulate();
        long run = past.store();
        return new Written(simulation, past.newest, run);
    }

    private static double floor(double value, double grid) {
        return Math.floor(value / grid) * grid;
    }

    private void simulate() {
        simulation.tick(20);
        simulation.slowness(SLOWNESS);
        simulation.start(this::count);
        until(rawBegin, this::count);
        samples.clear();
        wordless.clear();
        simulation.tick(5);
        simulation.start(this::record);
        until(floor(now - RECENT, Statistics.SHORT), this::record);
        simulation.tick(0.25);
        simulation.slowness(1);
        until(now, this::record);
    }

    private void until(double end, Consumer<StateChange> changes) {
        while (simulation.wall() + 0.25 <= end) {
            double period = floor(simulation.wall(), Statistics.SHORT);
            double next = period + Statistics.SHORT;
            double before = simulation.wall();
            simulation.advance(Math.min(next, end), changes);
            if (simulation.wall() == next && next + StatisticsWriter.DELAY <= now) {
                compile(period);
                progress.accept(SIMULATED * (next - begin) / (now - begin));
            } else if (simulation.wall() == before) {
                return;
            }
        }
    }

    private void count(StateChange change) {
        EntityAttributes entity = simulation.attributes().get(change.entityId());
        if (entity == null || entity.stateClass() == null) {
            return;
        }
        @Nullable Double number = Statistics.number(change.state());
        if (number == null) {
            wordless.add(change.entityId());
            return;
        }
        wordless.remove(change.entityId());
        samples.computeIfAbsent(change.entityId(), _ -> new ArrayList<>())
                .add(new Statistics.Sample(change.updated(), number));
    }

    private void record(StateChange change) {
        count(change);
        long id = states.size() + 1L;
        @Nullable Long old = newest.get(change.entityId());
        if (old != null && change.previousReported() != null) {
            states.get((int) (old - 1))[REPORTED] = change.previousReported();
        } else {
            old = null;
        }
        boolean textChanged = change.changed() == change.updated();
        states.add(
                new @Nullable Object[] {
                    id,
                    change.state(),
                    textChanged ? null : change.changed(),
                    null,
                    change.updated(),
                    old,
                    id(attributes, change.attributes()),
                    0,
                    Ulid.of(change.updated(), random),
                    id(names, change.entityId())
                });
        newest.put(change.entityId(), id);
    }

    private static final int REPORTED = 3;

    private static Long id(Map<String, Long> ids, String text) {
        return ids.computeIfAbsent(text, _ -> ids.size() + 1L);
    }

    private void compile(double period) {
        double end = period + Statistics.SHORT;
        double written = end + StatisticsWriter.DELAY + 0.4;
        Map<String, @Nullable Object[]> rows = statistics.rows(samples, period, written);
        // The value a period ends with is the one the next begins with, if it is a number.
        wordless.forEach(samples::remove);
        samples.values().forEach(list -> list.subList(0, list.size() - 1).clear());
        rows.forEach((name, row) -> hour.computeIfAbsent(name, _ -> new Hour()).take(row));
        if (period >= rawBegin) {
            shortTerm.add(rows);
            runs.add(period);
        }
        if (end % Statistics.HOUR == 0) {
            Map<String, @Nullable Object[]> hourly = new LinkedHashMap<>();
            hour.forEach((name, of) -> hourly.put(name, of.row(written, end - Statistics.HOUR)));
            longTerm.add(hourly);
            hour.clear();
        }
    }

    /** Twelve short-term rows becoming an hourly one. */
    private static final class Hour {
        private final List<Double> means = new ArrayList<>();
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;
        private Statistics.@Nullable Total total;

        void take(@Nullable Object[] row) {
            if (row[3] instanceof Double mean
                    && row[4] instanceof Double least
                    && row[5] instanceof Double greatest) {
                means.add(mean);
                min = Math.min(min, least);
                max = Math.max(max, greatest);
            } else if (row[6] instanceof Double state && row[7] instanceof Double sum) {
                total = new Statistics.Total(state, sum);
            }
        }

        @Nullable Object[] row(double written, double start) {
            double sum = 0;
            for (double mean : means) {
                sum += mean;
            }
            return StatisticsWriter.row(
                    written,
                    start,
                    means.isEmpty() ? null : new Statistics.Mean(sum / means.size(), min, max),
                    total);
        }
    }

    /** Writes what was gathered; returns the run under way. */
    private long store() throws SQLException {
        try (Statement session = connection.createStatement()) {
            // Into empty tables, without checks, InnoDB sorts the rows and builds the indexes once.
            session.execute("SET foreign_key_checks = 0, unique_checks = 0");
        }
        insertIds("states_meta", List.of("metadata_id", "entity_id"), names, false);
        insertIds(
                "state_attributes",
                List.of("attributes_id", "hash", "shared_attrs"),
                attributes,
                true);
        batch(
                "states",
                List.of(
                        "state_id",
                        "state",
                        "last_changed_ts",
                        "last_reported_ts",
                        "last_updated_ts",
                        "old_state_id",
                        "attributes_id",
                        "origin_idx",
                        "context_id_bin",
                        "metadata_id"),
                states);
        connection.commit();
        statisticsRows("statistics", longTerm);
        statisticsRows("statistics_short_term", shortTerm);
        connection.commit();
        List<@Nullable Object[]> runRows = new ArrayList<>();
        for (Double run : runs) {
            runRows.add(new @Nullable Object[] {Utc.text(run)});
        }
        batch("statistics_runs", List.of("start"), runRows);
        long run = recorderRuns();
        Schema.complete(connection, Utc.text(begin));
        connection.commit();
        try (Statement session = connection.createStatement()) {
            session.execute("SET foreign_key_checks = 1, unique_checks = 1");
        }
        progress.accept(1);
        return run;
    }

    private void insertIds(
            String table, List<String> columns, Map<String, Long> ids, boolean hashed)
            throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        ids.forEach((text, id) ->
                rows.add(
                        hashed
                                ? new @Nullable Object[] {id, Fnv.hash(text), text}
                                : new @Nullable Object[] {id, text}));
        batch(table, columns, rows);
    }

    private void statisticsRows(String table, List<Map<String, @Nullable Object[]>> periods)
            throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Map<String, @Nullable Object[]> period : periods) {
            for (Map.Entry<String, @Nullable Object[]> entry : period.entrySet()) {
                entry.getValue()[1] = statistics.id(entry.getKey());
                rows.add(entry.getValue());
            }
        }
        statistics.insertRows(table, rows);
    }

    private void batch(String table, List<String> columns, List<@Nullable Object[]> rows)
            throws SQLException {
        var insert = new MultiInsert(connection, table, columns.toArray(String[]::new));
        for (int from = 0; from < rows.size(); from += PROGRESS_ROWS) {
            int to = Math.min(rows.size(), from + PROGRESS_ROWS);
            insert.write(rows.subList(from, to));
            if (table.equals("states")) {
                progress.accept(SIMULATED + (0.9 - SIMULATED) * to / rows.size());
            }
        }
    }

    private long recorderRuns() throws SQLException {
        run(begin, rawBegin - RESTART_TAKES);
        return run(rawBegin - RESTART_TAKES / 2, Double.NaN);
    }

    private long run(double start, double end) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "INSERT INTO recorder_runs (start, `end`, closed_incorrect, created)"
                                + " VALUES (?, ?, 0, ?) RETURNING run_id")) {
            statement.setString(1, Utc.text(start));
            statement.setString(2, Double.isNaN(end) ? null : Utc.text(end));
            statement.setString(3, Utc.text(start + 0.1));
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
