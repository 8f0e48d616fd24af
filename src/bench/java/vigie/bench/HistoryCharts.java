package vigie.bench;

import vigie.history.History;
import vigie.history.PointRange;
import vigie.history.Work;
import vigie.point.PointId;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Charts of 2,000 pixels over ranges from an hour to two years, each over another point and another
 * stretch. Cold: by a history of its own, with a connection of its own and nothing known. Warm: by
 * one that has asked before.
 */
final class HistoryCharts {
    private static final int PIXELS = 2_000;
    private static final int ROUNDS = 25;
    private static final int WARM_UP = 4;
    private static final int COMPARISONS = 15;
    private static final ZoneId ZONE = ZoneId.of("Europe/Brussels");
    private static final double MICROS = 1e6;

    private static final List<Duration> RANGES =
            List.of(
                    Duration.ofHours(1),
                    Duration.ofDays(1),
                    Duration.ofDays(10),
                    Duration.ofDays(90),
                    Duration.ofDays(365),
                    Duration.ofDays(730));

    private final HistoryScene scene;
    private final DatabaseAddress recorder;
    private final DatabaseAddress own;
    private final List<PointId> points;
    private final Instant end;
    private final SplittableRandom random = new SplittableRandom(3);

    /**
     * @param own where the archive is
     * @param end of the stored past
     */
    HistoryCharts(
            HistoryScene scene,
            DatabaseAddress recorder,
            DatabaseAddress own,
            List<PointId> points,
            Instant end) {
        this.scene = scene;
        this.recorder = recorder;
        this.own = own;
        this.points = List.copyOf(points);
        this.end = end;
    }

    void measure() throws Fault {
        for (int i = 0; i < WARM_UP; i++) {
            for (Duration range : RANGES) {
                cold(range, 1);
            }
        }
        List<Samples> cold = new ArrayList<>();
        for (Duration range : RANGES) {
            List<Long> nanos = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                nanos.add(cold(range, 1));
            }
            cold.add(new Samples(nanos));
            scene.say("1 point  cold  %-8s %s", range, cold.getLast());
        }
        scene.figure(HistoryGoal.CHART_1_POINT_COLD_P95_MS, Samples.all(cold).percentile(95));
        warm();
        List<Samples> eight = new ArrayList<>();
        for (Duration range : RANGES) {
            List<Long> nanos = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                nanos.add(cold(range, 8));
            }
            eight.add(new Samples(nanos));
            scene.say("8 points cold  %-8s %s", range, eight.getLast());
        }
        scene.figure(HistoryGoal.CHART_8_POINTS_COLD_P95_MS, Samples.all(eight).percentile(95));
    }

    private void warm() throws Fault {
        List<Samples> warm = new ArrayList<>();
        try (History history = new History(recorder, own, ZONE)) {
            ask(history, some(1), end.minus(Duration.ofHours(1)), Duration.ofHours(1));
            for (Duration range : RANGES) {
                List<Long> nanos = new ArrayList<>();
                for (int i = 0; i < ROUNDS; i++) {
                    nanos.add(ask(history, some(1), begin(range), range));
                }
                warm.add(new Samples(nanos));
                scene.say("1 point  warm  %-8s %s", range, warm.getLast());
            }
        }
        scene.figure(HistoryGoal.CHART_1_POINT_WARM_P95_MS, Samples.all(warm).percentile(95));
    }

    private long cold(Duration range, int count) throws Fault {
        List<PointId> some = some(count);
        Instant begin = begin(range);
        long before = System.nanoTime();
        try (History history = new History(recorder, own, ZONE)) {
            ask(history, some, begin, range);
            return System.nanoTime() - before;
        }
    }

    private static long ask(History history, List<PointId> some, Instant begin, Duration range)
            throws Fault {
        long before = System.nanoTime();
        List<PointRange> found = history.range(some, begin, begin.plus(range), PIXELS, new Work());
        long nanos = System.nanoTime() - before;
        for (PointRange each : found) {
            if (each.segments().isEmpty()) {
                throw new IllegalStateException("nothing found of " + each.point().name());
            }
        }
        if (found.size() != some.size()) {
            throw new IllegalStateException("found " + found.size() + " of " + some.size());
        }
        return nanos;
    }

    private List<PointId> some(int count) {
        List<PointId> some = new ArrayList<>();
        int first = random.nextInt(points.size());
        for (int i = 0; i < count; i++) {
            some.add(points.get((first + i) % points.size()));
        }
        return some;
    }

    /** Ranges end within the last days, where the single readings are. */
    private Instant begin(Duration range) {
        Duration back = Duration.ofSeconds(random.nextLong(Duration.ofDays(1).toSeconds()));
        return end.minus(back).minus(range);
    }

    // ---- beside others

    /**
     * Ten days of one point, by us (cold, each time with a connection of its own), by one question
     * that groups in the database, and by the one Home Assistant asks. The others' connection is
     * open already.
     */
    void compare() throws Fault {
        List<Double> toGroupBy = new ArrayList<>();
        List<Double> toHome = new ArrayList<>();
        Duration range = Duration.ofDays(9);
        try (Connections ways = new Connections(recorder, "bench-others");
                Connection connection = ways.single();
                History history = new History(recorder, own, ZONE)) {
            for (int i = 0; i < COMPARISONS; i++) {
                List<PointId> point = some(1);
                Instant begin = begin(range);
                long ours = ask(history, point, begin, range);
                long grouped = groupBy(connection, point.getFirst(), begin, range);
                long home = homeAssistant(connection, point.getFirst(), begin, range);
                toGroupBy.add((double) grouped / ours);
                toHome.add((double) home / ours);
                if (i % 5 == 0) {
                    scene.say(
                            "10 d  ours %.1f  group by %.1f  Home Assistant's %.1f ms",
                            ours / 1e6, grouped / 1e6, home / 1e6);
                }
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        scene.figure(HistoryGoal.CHART_RATIO_TO_GROUP_BY, Samples.median(toGroupBy));
        scene.figure(HistoryGoal.CHART_RATIO_TO_HA_QUERY, Samples.median(toHome));
    }

    private static double seconds(Instant at) {
        return vigie.history.Times.micros(at) / MICROS;
    }

    private static long key(Connection connection, PointId point) throws SQLException {
        try (PreparedStatement question =
                connection.prepareStatement(
                        "SELECT metadata_id FROM states_meta WHERE entity_id = ?")) {
            question.setString(1, point.name());
            try (ResultSet row = question.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static long groupBy(Connection connection, PointId point, Instant begin, Duration range)
            throws SQLException {
        long key = key(connection, point);
        long before = System.nanoTime();
        try (PreparedStatement question =
                connection.prepareStatement(
                        "SELECT FLOOR((last_updated_ts - ?) / ?) bucket, MIN(CAST(state AS DOUBLE)),"
                                + " MAX(CAST(state AS DOUBLE)), AVG(CAST(state AS DOUBLE)), COUNT(*)"
                                + " FROM states FORCE INDEX (ix_states_metadata_id_last_updated_ts)"
                                + " WHERE metadata_id = ? AND last_updated_ts >= ? AND"
                                + " last_updated_ts < ? AND state NOT IN ('unknown', 'unavailable',"
                                + " '') GROUP BY bucket ORDER BY bucket")) {
            question.setDouble(1, seconds(begin));
            question.setDouble(2, range.toMillis() / 1e3 / PIXELS);
            question.setLong(3, key);
            question.setDouble(4, seconds(begin));
            question.setDouble(5, seconds(begin.plus(range)));
            return drain(question, before);
        }
    }

    private static long homeAssistant(
            Connection connection, PointId point, Instant begin, Duration range)
            throws SQLException {
        long key = key(connection, point);
        long before = System.nanoTime();
        try (PreparedStatement question =
                connection.prepareStatement(
                        "(SELECT metadata_id, state, last_changed_ts, last_updated_ts FROM states"
                                + " WHERE metadata_id = ? AND last_updated_ts < ?"
                                + " ORDER BY last_updated_ts DESC LIMIT 1) UNION ALL"
                                + " SELECT metadata_id, state, last_changed_ts, last_updated_ts FROM"
                                + " states WHERE metadata_id = ? AND last_updated_ts > ? AND"
                                + " last_updated_ts < ? ORDER BY metadata_id, last_updated_ts")) {
            question.setLong(1, key);
            question.setDouble(2, seconds(begin));
            question.setLong(3, key);
            question.setDouble(4, seconds(begin));
            question.setDouble(5, seconds(begin.plus(range)));
            return drain(question, before);
        }
    }

    static long drain(PreparedStatement question, long before) throws SQLException {
        int rows = 0;
        try (ResultSet row = question.executeQuery()) {
            while (row.next()) {
                rows++;
            }
        }
        if (rows == 0) {
            throw new IllegalStateException("the other side found nothing");
        }
        return System.nanoTime() - before;
    }
}
