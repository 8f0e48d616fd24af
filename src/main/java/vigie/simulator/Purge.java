package vigie.simulator;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/**
 * Home Assistant's nightly purge: states older than a time go, the newest row of an entity that
 * never changed included; then attributes, short-term statistics and names that nothing refers to
 * any more, and runs that ended before. Long-term statistics stay for ever. Not thread-safe.
 */
final class Purge {
    /**
     * Ids in one statement, and statements of states in one transaction, as Home Assistant has
     * them.
     */
    private static final int IDS = 4_000;

    private static final int STATEMENTS = 20;

    private final Connection connection;
    private final RecorderWriter writer;

    /** On a connection with autocommit off; {@code writer} learns what went. */
    Purge(Connection connection, RecorderWriter writer) {
        this.connection = connection;
        this.writer = writer;
    }

    /**
     * Purges what is older than {@code before}, seconds since the epoch, in several transactions.
     *
     * @param run the {@code recorder_runs} row of now, which stays
     */
    void run(double before, long run) throws SQLException {
        while (!step(before, run)) {
            connection.commit();
        }
        connection.commit();
    }

    private boolean step(double before, long run) throws SQLException {
        List<Long> states = new ArrayList<>();
        List<Long> attributes = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT state_id, attributes_id FROM states WHERE last_updated_ts < ? LIMIT "
                                + IDS * STATEMENTS)) {
            statement.setDouble(1, before);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    states.add(rows.getLong(1));
                    long id = rows.getLong(2);
                    if (!rows.wasNull()) {
                        attributes.add(id);
                    }
                }
            }
        }
        boolean more = states.size() == IDS * STATEMENTS;
        in("UPDATE states SET old_state_id = NULL WHERE old_state_id IN ", states);
        in("DELETE FROM states WHERE state_id IN ", states);
        List<Long> unused = unusedAttributes(attributes);
        in("DELETE FROM state_attributes WHERE attributes_id IN ", unused);
        writer.evict(new HashSet<>(states), new HashSet<>(unused));
        delete("DELETE FROM events WHERE time_fired_ts < ?", before);
        delete(
                "DELETE FROM statistics_runs WHERE start < ? AND run_id <> (SELECT MAX(run_id) FROM"
                        + " statistics_runs)",
                Utc.text(before));
        delete("DELETE FROM statistics_short_term WHERE start_ts < ?", before);
        if (more) {
            return false;
        }
        delete(
                "DELETE FROM event_types WHERE event_type_id NOT IN (SELECT event_type_id FROM"
                        + " events WHERE event_type_id IS NOT NULL)",
                null);
        writer.evictEventTypes();
        List<Long> names =
                ids(
                        "SELECT metadata_id FROM states_meta m WHERE NOT EXISTS (SELECT 1 FROM"
                                + " states s WHERE s.metadata_id = m.metadata_id)",
                        List.of());
        in("DELETE FROM states_meta WHERE metadata_id IN ", names);
        writer.evictNames(names);
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "DELETE FROM recorder_runs WHERE `end` IS NOT NULL AND `end` < ? AND run_id"
                                + " <> ?")) {
            statement.setString(1, Utc.text(before));
            statement.setLong(2, run);
            statement.executeUpdate();
        }
        return true;
    }

    private List<Long> unusedAttributes(List<Long> candidates) throws SQLException {
        List<Long> distinct = candidates.stream().distinct().toList();
        List<Long> unused = new ArrayList<>();
        for (int from = 0; from < distinct.size(); from += IDS) {
            List<Long> chunk = distinct.subList(from, Math.min(distinct.size(), from + IDS));
            unused.addAll(
                    ids(
                            "SELECT attributes_id FROM state_attributes a WHERE attributes_id IN "
                                    + places(chunk.size())
                                    + " AND NOT EXISTS (SELECT 1 FROM states s WHERE"
                                    + " s.attributes_id = a.attributes_id)",
                            chunk));
        }
        return unused;
    }

    private List<Long> ids(String sql, Collection<Long> values) throws SQLException {
        List<Long> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int place = 1;
            for (Long value : values) {
                statement.setLong(place++, value);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getLong(1));
                }
            }
        }
        return found;
    }

    private void in(String sql, List<Long> all) throws SQLException {
        for (int from = 0; from < all.size(); from += IDS) {
            List<Long> chunk = all.subList(from, Math.min(all.size(), from + IDS));
            try (PreparedStatement statement =
                    connection.prepareStatement(sql + places(chunk.size()))) {
                int place = 1;
                for (Long id : chunk) {
                    statement.setLong(place++, id);
                }
                statement.executeUpdate();
            }
        }
    }

    private void delete(String sql, @Nullable Object value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (value != null) {
                statement.setObject(1, value);
            }
            statement.executeUpdate();
        }
    }

    private static String places(int count) {
        return "(" + "?,".repeat(count - 1) + "?)";
    }
}
