package vigie.feed;

import org.jspecify.annotations.Nullable;

import vigie.text.Fault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** Writes as the recorder does, for one test on one connection. */
final class HomeAssistant implements AutoCloseable {
    private final Connection connection;
    private final Map<String, Long> metadataIds = new HashMap<>();
    private final Map<String, Long> attributesIds = new HashMap<>();
    private final Map<Long, Long> newest = new HashMap<>();
    private double clock;

    HomeAssistant(PrivateServer server) throws SQLException, Fault {
        this.connection = server.root("homeassistant");
        this.clock = System.currentTimeMillis() / 1e3;
        connection.setAutoCommit(false);
    }

    Connection connection() {
        return connection;
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        connection.rollback();
        forget();
    }

    /** A row of an entity, with {@code °C} as its unit; the entity's rows come a second apart. */
    long state(String entity, @Nullable String text) throws SQLException {
        return state(entity, text, "{\"unit_of_measurement\":\"°C\"}");
    }

    long state(String entity, @Nullable String text, String attributes) throws SQLException {
        clock += 1;
        long metadata = metadata(entity);
        Long before = newest.get(metadata);
        if (before != null) {
            try (PreparedStatement update =
                    connection.prepareStatement(
                            "UPDATE states SET last_reported_ts=? WHERE state_id=?")) {
                update.setDouble(1, clock);
                update.setLong(2, before);
                update.executeUpdate();
            }
        }
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO states (state, last_updated_ts, old_state_id, attributes_id,"
                                + " origin_idx, metadata_id) VALUES (?,?,?,?,0,?)",
                        Statement.RETURN_GENERATED_KEYS)) {
            insert.setString(1, text);
            insert.setDouble(2, clock);
            insert.setObject(3, before);
            insert.setLong(4, attributes(attributes));
            insert.setLong(5, metadata);
            insert.executeUpdate();
            long id = key(insert);
            newest.put(metadata, id);
            return id;
        }
    }

    /** What was written in a transaction that did not come through is not there any more. */
    void forget() {
        newest.clear();
        metadataIds.clear();
        attributesIds.clear();
    }

    private static long key(Statement statement) throws SQLException {
        try (ResultSet keys = statement.getGeneratedKeys()) {
            keys.next();
            return keys.getLong(1);
        }
    }

    private long metadata(String entity) throws SQLException {
        return once(
                metadataIds,
                entity,
                "SELECT metadata_id FROM states_meta WHERE entity_id=?",
                "INSERT INTO states_meta (entity_id) VALUES (?)");
    }

    long attributes(String json) throws SQLException {
        return once(
                attributesIds,
                json,
                "SELECT attributes_id FROM state_attributes WHERE shared_attrs=?",
                "INSERT INTO state_attributes (hash, shared_attrs) VALUES (1, ?)");
    }

    private long once(Map<String, Long> known, String text, String select, String insertSql)
            throws SQLException {
        Long id = known.get(text);
        if (id != null) {
            return id;
        }
        try (PreparedStatement find = connection.prepareStatement(select)) {
            find.setString(1, text);
            try (ResultSet rows = find.executeQuery()) {
                if (rows.next()) {
                    known.put(text, rows.getLong(1));
                    return rows.getLong(1);
                }
            }
        }
        try (PreparedStatement insert =
                connection.prepareStatement(insertSql, Statement.RETURN_GENERATED_KEYS)) {
            insert.setString(1, text);
            insert.executeUpdate();
            long made = key(insert);
            known.put(text, made);
            return made;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
