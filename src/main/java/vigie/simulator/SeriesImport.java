package vigie.simulator;

import org.jspecify.annotations.Nullable;

import vigie.store.Connections;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;
import java.util.regex.Pattern;

/**
 * Writes a {@link Series} into a database of the simulator as Home Assistant would have recorded
 * it: a row for each change, {@code unavailable} where rows are missing, statistics of five minutes
 * and of an hour. The point must be new. All or nothing: one transaction, beside a simulator that
 * may be writing. {@code recorder_runs} is left alone.
 *
 * <p>The simulator's lock is not taken: it keeps two rooms from writing the same entities, and what
 * is written here belongs to one that no room has. Ids come from the server, so those of the past
 * written now are higher than those of its present, as after a repair.
 */
public final class SeriesImport {
    private static final Pattern ENTITY = Pattern.compile("sensor\\.[a-z0-9_]{1,200}");
    private static final Pattern UNIT = Pattern.compile("[^\\p{Cntrl}\"\\\\]{1,32}");
    private static final int DUPLICATE = 1062;
    private static final int PROGRESS_ROWS = 1_000;
    private static final double STATES = 0.9;
    private static final String UNAVAILABLE = "unavailable";

    private final Connection connection;
    private final String entity;
    private final EntityAttributes attributes;
    private final SplittableRandom random;

    private SeriesImport(Connection connection, String entity, EntityAttributes attributes) {
        this.connection = connection;
        this.entity = entity;
        this.attributes = attributes;
        this.random = new SplittableRandom(Fnv.hash(entity));
    }

    /**
     * What was written.
     *
     * @param rows of the file
     * @param states rows of {@code states}, those that say {@code unavailable} among them
     * @param gaps where rows are missing
     * @param shortTerm rows of {@code statistics_short_term}
     * @param hourly rows of {@code statistics}
     */
    public record Imported(int rows, int states, List<Gap> gaps, int shortTerm, int hourly) {
        public Imported {
            gaps = List.copyOf(gaps);
        }
    }

    /**
     * Where rows are missing.
     *
     * @param after time of the last row before it
     * @param until time of the first row after it
     */
    public record Gap(Instant after, Instant until) {}

    /**
     * Writes a series.
     *
     * @param entity {@code sensor.…}, unknown to the database
     * @param unit the unit of measurement it is recorded with
     * @param now until when something can have been recorded
     * @param progress told the share done, 0 to 1, on the calling thread
     * @throws Fault if the database cannot be written or is not the simulator's, the point is there
     *     already or its name or unit cannot be, or the series ends in the future
     */
    public static Imported write(
            Connections connections,
            Series series,
            String entity,
            String unit,
            Instant now,
            DoubleConsumer progress)
            throws Fault {
        check(series, entity, unit, now);
        try (Connection connection = Database.beside(connections)) {
            boolean done = false;
            try {
                if (!Schema.isComplete(connection)) {
                    throw refused("simulator.import.not-made", connections.address().schema());
                }
                EntityAttributes attributes = attributes(entity, unit);
                Imported imported =
                        new SeriesImport(connection, entity, attributes)
                                .write(series, now, progress);
                connection.commit();
                done = true;
                return imported;
            } finally {
                if (!done) {
                    connection.rollback();
                }
            }
        } catch (SQLException failed) {
            if (failed.getErrorCode() == DUPLICATE) {
                throw exists(entity);
            }
            throw Database.fault(connections, failed);
        }
    }

    private static void check(Series series, String entity, String unit, Instant now) throws Fault {
        if (!ENTITY.matcher(entity).matches()) {
            throw new Fault(
                    Fault.Kind.USAGE,
                    Sentence.of("simulator.import.point", entity),
                    "not a sensor's name: " + entity);
        }
        if (!UNIT.matcher(unit).matches()) {
            throw new Fault(
                    Fault.Kind.USAGE,
                    Sentence.of("simulator.import.unit", unit),
                    "not a unit: " + unit);
        }
        if (series.to().isAfter(now)) {
            Duration length = Duration.between(series.from(), series.to());
            throw new Fault(
                    Fault.Kind.USAGE,
                    Sentence.of(
                            "simulator.import.future",
                            series.to().toString(),
                            now.minus(length)
                                    .truncatedTo(java.time.temporal.ChronoUnit.MINUTES)
                                    .toString()),
                    "the series ends in the future");
        }
    }

    private static Fault exists(String entity) {
        return refused("simulator.import.exists", entity);
    }

    private static Fault refused(String key, String value) {
        return new Fault(Fault.Kind.BLOCKED, Sentence.of(key, value), key + ": " + value);
    }

    /** As an integration would describe such a sensor: its class only where it is obvious. */
    static EntityAttributes attributes(String entity, String unit) {
        String object = entity.substring(entity.indexOf('.') + 1);
        String words = object.replace('_', ' ').strip();
        String name =
                words.isEmpty()
                        ? object
                        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        boolean humidity = object.contains("humid");
        boolean battery = object.contains("battery");
        return switch (unit) {
            case "°C", "°F", "K" ->
                    EntityAttributes.measurement("temperature", unit, "temperature", name);
            case "%" ->
                    EntityAttributes.measurement(
                            humidity ? "humidity" : battery ? "battery" : null,
                            unit,
                            "unitless",
                            name);
            case "ppm" ->
                    EntityAttributes.measurement(
                            object.contains("co2") ? "carbon_dioxide" : null,
                            unit,
                            "unitless",
                            name);
            case "lx" -> EntityAttributes.measurement("illuminance", unit, null, name);
            case "W", "kW" -> EntityAttributes.measurement("power", unit, "power", name);
            case "V", "mV" -> EntityAttributes.measurement("voltage", unit, "voltage", name);
            case "A", "mA" ->
                    EntityAttributes.measurement("current", unit, "electric_current", name);
            case "Pa", "hPa", "kPa", "bar", "mbar" ->
                    EntityAttributes.measurement("pressure", unit, "pressure", name);
            default -> EntityAttributes.measurement(null, unit, null, name);
        };
    }

    private Imported write(Series series, Instant now, DoubleConsumer progress)
            throws SQLException, Fault {
        if (isKnown("SELECT 1 FROM states_meta WHERE entity_id = ?")
                || isKnown("SELECT 1 FROM statistics_meta WHERE statistic_id = ?")) {
            throw exists(entity);
        }
        List<Gap> gaps = new ArrayList<>();
        List<StateChange> changes = changes(series, now, gaps);
        writeStates(changes, progress);
        Statistic statistic = new Statistic(changes, Utc.seconds(now));
        statistic.compile();
        StatisticsWriter writer = new StatisticsWriter(connection, Map.of(entity, attributes));
        long id = writer.id(entity);
        for (List<@Nullable Object[]> rows : List.of(statistic.hourly, statistic.shortTerm)) {
            rows.forEach(row -> row[1] = id);
        }
        writer.insertRows("statistics", statistic.hourly);
        writer.insertRows("statistics_short_term", statistic.shortTerm);
        progress.accept(1);
        return new Imported(
                series.rows().size() + series.repeated(),
                changes.size(),
                gaps,
                statistic.shortTerm.size(),
                statistic.hourly.size());
    }

    private boolean isKnown(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, entity);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** What Home Assistant's state machine would have told its recorder. */
    private List<StateChange> changes(Series series, Instant now, List<Gap> gaps) {
        Duration longest = series.longest();
        StateMachine machine = new StateMachine();
        List<StateChange> changes = new ArrayList<>();
        String json = attributes.json();
        @Nullable Instant before = null;
        for (Series.Row row : series.rows()) {
            if (before != null && Duration.between(before, row.at()).compareTo(longest) > 0) {
                gaps.add(new Gap(before, row.at()));
                machine.set(
                        entity, UNAVAILABLE, json, Utc.seconds(before.plus(longest)), changes::add);
            }
            String text = row.text() == null ? "unknown" : row.text();
            machine.set(entity, text, json, Utc.seconds(row.at()), changes::add);
            before = row.at();
        }
        Instant end = series.to().plus(longest);
        if (!longest.isZero() && !end.isAfter(now)) {
            // Nothing speaks any more.
            machine.set(entity, UNAVAILABLE, json, Utc.seconds(end), changes::add);
        }
        return changes;
    }

    private void writeStates(List<StateChange> changes, DoubleConsumer progress)
            throws SQLException {
        long name =
                new MultiInsert(connection, "states_meta", "entity_id")
                        .returning(
                                "metadata_id",
                                List.<@Nullable Object[]>of(new @Nullable Object[] {entity}))[0];
        long shared =
                new MultiInsert(connection, "state_attributes", "hash", "shared_attrs")
                        .returning(
                                "attributes_id",
                                List.<@Nullable Object[]>of(
                                        new @Nullable Object[] {
                                            Fnv.hash(attributes.json()), attributes.json()
                                        }))[0];
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO states (state, last_reported_ts, last_updated_ts,"
                                + " old_state_id, attributes_id, origin_idx, context_id_bin,"
                                + " metadata_id) VALUES (?, ?, ?, ?, ?, 0, ?, ?) RETURNING"
                                + " state_id")) {
            @Nullable Long old = null;
            for (int i = 0; i < changes.size(); i++) {
                StateChange change = changes.get(i);
                // The server gives the ids one by one: a row names the one before it.
                insert.setString(1, change.state());
                insert.setObject(
                        2, i + 1 < changes.size() ? changes.get(i + 1).previousReported() : null);
                insert.setDouble(3, change.updated());
                insert.setObject(4, old);
                insert.setLong(5, shared);
                insert.setBytes(6, Ulid.of(change.updated(), random));
                insert.setLong(7, name);
                try (ResultSet rows = insert.executeQuery()) {
                    rows.next();
                    old = rows.getLong(1);
                }
                if (i % PROGRESS_ROWS == 0) {
                    progress.accept(STATES * i / changes.size());
                }
            }
        }
    }

    /** The statistics of the rows, compiled period by period as if time passed. */
    private static final class Statistic {
        final List<@Nullable Object[]> shortTerm = new ArrayList<>();
        final List<@Nullable Object[]> hourly = new ArrayList<>();
        private final List<StateChange> changes;
        private final double now;

        private double hour = Double.NaN;
        private final List<Statistics.Mean> ofHour = new ArrayList<>();

        Statistic(List<StateChange> changes, double now) {
            this.changes = changes;
            this.now = now;
        }

        void compile() {
            int next = 0;
            Statistics.@Nullable Sample held = null;
            double start = floor(changes.getFirst().updated(), Statistics.SHORT);
            while (written(start + Statistics.SHORT) <= now) {
                double end = start + Statistics.SHORT;
                List<Statistics.Sample> samples = new ArrayList<>();
                if (held != null) {
                    samples.add(held);
                }
                while (next < changes.size() && changes.get(next).updated() < end) {
                    StateChange change = changes.get(next++);
                    @Nullable Double number = Statistics.number(change.state());
                    held = number == null ? null : new Statistics.Sample(change.updated(), number);
                    if (held != null) {
                        samples.add(held);
                    }
                }
                Statistics.@Nullable Mean mean = Statistics.mean(samples, start, end);
                if (mean != null) {
                    period(start, mean);
                }
                if (held != null) {
                    start = end;
                } else if (next < changes.size()) {
                    start = floor(changes.get(next).updated(), Statistics.SHORT);
                } else {
                    break;
                }
            }
            closeHour();
        }

        private void period(double start, Statistics.Mean mean) {
            double its = floor(start, Statistics.HOUR);
            if (its != hour) {
                closeHour();
                hour = its;
            }
            ofHour.add(mean);
            shortTerm.add(
                    StatisticsWriter.row(written(start + Statistics.SHORT), start, mean, null));
        }

        private void closeHour() {
            double end = written(hour + Statistics.HOUR);
            if (!ofHour.isEmpty() && end <= now) {
                double sum = 0;
                double min = Double.POSITIVE_INFINITY;
                double max = Double.NEGATIVE_INFINITY;
                for (Statistics.Mean mean : ofHour) {
                    sum += mean.mean();
                    min = Math.min(min, mean.min());
                    max = Math.max(max, mean.max());
                }
                hourly.add(
                        StatisticsWriter.row(
                                end,
                                hour,
                                new Statistics.Mean(sum / ofHour.size(), min, max),
                                null));
            }
            ofHour.clear();
        }

        private static double written(double end) {
            return end + StatisticsWriter.DELAY;
        }

        private static double floor(double value, double grid) {
            return Math.floor(value / grid) * grid;
        }
    }
}
