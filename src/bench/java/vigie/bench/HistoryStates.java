package vigie.bench;

import vigie.history.History;
import vigie.history.PastState;
import vigie.history.Work;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The state of 200 points at moments drawn over the whole past of ten million rows. */
final class HistoryStates {
    private static final int ROUNDS = 200;
    private static final int WARM_UP = 20;
    private static final int COMPARISONS = 9;

    private HistoryStates() {}

    /**
     * @param begin of the stored past
     * @param end of it
     */
    static void measure(
            HistoryScene scene,
            DatabaseAddress recorder,
            DatabaseAddress own,
            int points,
            Instant begin,
            Instant end)
            throws Fault {
        SplittableRandom random = new SplittableRandom(4);
        long span = Duration.between(begin, end).toSeconds() - 3_600;
        List<Long> nanos = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        try (History history = new History(recorder, own, ZoneOffset.UTC);
                Connections ways = new Connections(recorder, "bench-others");
                Connection connection = ways.single()) {
            for (int i = -WARM_UP; i < ROUNDS; i++) {
                Instant at = begin.plusSeconds(3_600 + random.nextLong(span));
                long took = ask(history, at, points);
                if (i >= 0) {
                    nanos.add(took);
                }
            }
            Samples samples = new Samples(nanos);
            scene.say("state(T)  %s", samples);
            scene.figure(HistoryGoal.STATE_AT_T_200_POINTS_P95_MS, samples.percentile(95));
            for (int i = 0; i < COMPARISONS; i++) {
                Instant at = begin.plusSeconds(3_600 + random.nextLong(span));
                long ours = ask(history, at, points);
                long home = homeAssistant(connection, at);
                ratios.add((double) home / ours);
                scene.say("state(T)  ours %.1f  Home Assistant's %.1f ms", ours / 1e6, home / 1e6);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        scene.figure(HistoryGoal.STATE_RATIO_TO_HA_QUERY, Samples.median(ratios));
    }

    private static long ask(History history, Instant at, int points) throws Fault {
        long before = System.nanoTime();
        PastState state = history.state(at, new Work());
        long nanos = System.nanoTime() - before;
        if (state.room().size() != points) {
            throw new IllegalStateException(state.room().size() + " points instead of " + points);
        }
        return nanos;
    }

    /** Home Assistant's question for the states at a moment, as it asks MariaDB. */
    private static long homeAssistant(Connection connection, Instant at) throws SQLException {
        long before = System.nanoTime();
        try (PreparedStatement question =
                connection.prepareStatement(
                        "SELECT s.metadata_id, s.state, s.last_changed_ts, s.last_updated_ts,"
                                + " a.shared_attrs FROM states_meta m JOIN states s ON s.state_id ="
                                + " (SELECT i.state_id FROM states i WHERE i.metadata_id ="
                                + " m.metadata_id AND i.last_updated_ts < ? ORDER BY"
                                + " i.last_updated_ts DESC LIMIT 1) LEFT JOIN state_attributes a"
                                + " ON a.attributes_id = s.attributes_id")) {
            question.setDouble(1, vigie.history.Times.micros(at) / 1e6);
            return HistoryCharts.drain(question, before);
        }
    }
}
