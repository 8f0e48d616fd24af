package vigie.recorder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.point.PointKey;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Fetches by primary key over JDBC. A database that does not answer in time is left alone for a
 * while, so that it costs the stream one wait and not one for each group.
 */
public final class JdbcMissLoader implements MissLoader {
    /** Lends a connection for one query. */
    @FunctionalInterface
    public interface Connections {
        /** A connection on the recorder's schema; closed after the query. */
        Connection open() throws SQLException, Fault;
    }

    private static final Logger LOG = LoggerFactory.getLogger(JdbcMissLoader.class);
    private static final int KEYS_PER_QUERY = 500;
    private static final Duration REST = Duration.ofSeconds(5);

    private final Connections connections;
    private final Duration patience;
    private long restUntil;
    private boolean resting;

    /**
     * @param connections lends connections; its own timeouts should be short
     * @param patience how long one group may wait
     */
    public JdbcMissLoader(Connections connections, Duration patience) {
        this.connections = connections;
        this.patience = patience;
    }

    @Override
    public Found attributes(Collection<Long> ids) {
        return texts(
                "SELECT attributes_id, shared_attrs FROM state_attributes WHERE attributes_id IN (",
                ids);
    }

    @Override
    public Found names(Collection<Long> metadataIds) {
        return texts(
                "SELECT metadata_id, entity_id FROM states_meta WHERE metadata_id IN (",
                metadataIds);
    }

    private Found texts(String select, Collection<Long> keys) {
        return inTime(
                        select,
                        keys,
                        rows -> {
                            String text = rows.getString(2);
                            return text == null ? "" : text;
                        })
                .map(texts -> new Found(texts, true))
                .orElse(Found.NO_ANSWER);
    }

    @Override
    public Map<Long, RecorderRow.StateInserted> states(Collection<Long> ids) {
        return inTime(
                        "SELECT state_id, metadata_id, state, last_updated_ts, last_changed_ts,"
                                + " attributes_id FROM states WHERE metadata_id IS NOT NULL AND"
                                + " state_id IN (",
                        ids,
                        JdbcMissLoader::state)
                .orElse(Map.of());
    }

    private static RecorderRow.StateInserted state(ResultSet row) throws SQLException {
        double updated = row.getDouble(4);
        Optional<Instant> time = row.wasNull() ? Optional.empty() : SourceTime.of(updated);
        double changed = row.getDouble(5);
        Optional<Instant> changedAt = row.wasNull() ? Optional.empty() : SourceTime.of(changed);
        long attributes = row.getLong(6);
        return new RecorderRow.StateInserted(
                OptionalLong.of(row.getLong(1)),
                new PointKey(row.getLong(2)),
                row.getString(3),
                time,
                changedAt,
                row.wasNull() ? OptionalLong.empty() : OptionalLong.of(attributes));
    }

    /** Reads one row; its first column is the key. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Empty where no answer came. */
    private <T> Optional<Map<Long, T>> inTime(
            String select, Collection<Long> keys, Reader<T> reader) {
        if (resting && System.nanoTime() - restUntil < 0) {
            return Optional.empty();
        }
        resting = false;
        FutureTask<Map<Long, T>> query =
                new FutureTask<>(() -> query(select, List.copyOf(keys), reader));
        Thread.ofVirtual().name("vigie-miss-loader").start(query);
        try {
            return Optional.of(query.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            query.cancel(true);
            rest("no answer within " + patience.toMillis() + " ms");
        } catch (ExecutionException failed) {
            rest(String.valueOf(failed.getCause()));
        } catch (InterruptedException ending) {
            query.cancel(true);
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private void rest(String reason) {
        resting = true;
        restUntil = System.nanoTime() + REST.toNanos();
        LOG.warn("rows not loaded, next try in {} s at the earliest: {}", REST.toSeconds(), reason);
    }

    private <T> Map<Long, T> query(String select, List<Long> keys, Reader<T> reader)
            throws SQLException, Fault {
        Map<Long, T> found = new HashMap<>();
        try (Connection connection = connections.open()) {
            for (int from = 0; from < keys.size(); from += KEYS_PER_QUERY) {
                List<Long> part = keys.subList(from, Math.min(keys.size(), from + KEYS_PER_QUERY));
                String places = part.stream().map(_ -> "?").collect(Collectors.joining(","));
                try (PreparedStatement statement =
                        connection.prepareStatement(select + places + ")")) {
                    for (int i = 0; i < part.size(); i++) {
                        statement.setLong(i + 1, part.get(i));
                    }
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            found.put(rows.getLong(1), reader.read(rows));
                        }
                    }
                }
            }
        }
        return found;
    }
}
