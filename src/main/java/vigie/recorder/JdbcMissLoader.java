package vigie.recorder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.text.Fault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private static final Duration REST = Duration.ofSeconds(10);

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
        return inTime(
                "SELECT attributes_id, shared_attrs FROM state_attributes WHERE attributes_id IN (",
                ids);
    }

    @Override
    public Found names(Collection<Long> metadataIds) {
        return inTime(
                "SELECT metadata_id, entity_id FROM states_meta WHERE metadata_id IN (",
                metadataIds);
    }

    private Found inTime(String select, Collection<Long> keys) {
        if (resting && System.nanoTime() - restUntil < 0) {
            return Found.NO_ANSWER;
        }
        resting = false;
        FutureTask<Map<Long, String>> query =
                new FutureTask<>(() -> query(select, List.copyOf(keys)));
        Thread.ofVirtual().name("vigie-miss-loader").start(query);
        try {
            return new Found(query.get(patience.toNanos(), TimeUnit.NANOSECONDS), true);
        } catch (TimeoutException late) {
            query.cancel(true);
            rest("no answer within " + patience.toMillis() + " ms");
        } catch (ExecutionException failed) {
            rest(String.valueOf(failed.getCause()));
        } catch (InterruptedException ending) {
            query.cancel(true);
            Thread.currentThread().interrupt();
        }
        return Found.NO_ANSWER;
    }

    private void rest(String reason) {
        resting = true;
        restUntil = System.nanoTime() + REST.toNanos();
        LOG.warn(
                "attributes or names not loaded, next try in {} s at the earliest: {}",
                REST.toSeconds(),
                reason);
    }

    private Map<Long, String> query(String select, List<Long> keys) throws SQLException, Fault {
        Map<Long, String> found = new HashMap<>();
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
                            String text = rows.getString(2);
                            found.put(rows.getLong(1), text == null ? "" : text);
                        }
                    }
                }
            }
        }
        return found;
    }
}
