package vigie.duty;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.feed.StoredPlace;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The place of one consumer in Vigie's own schema, written in the transaction of what it made of
 * the groups so far. Its methods use the caller's connection, commit nothing and may be called by
 * any thread.
 */
public final class PositionStore {
    private static final Logger LOG = LoggerFactory.getLogger(PositionStore.class);
    private static final int LONGEST_NAME = 64;

    private final String consumer;

    /**
     * @param consumer its name, the key of its row; 1 to 64 characters
     */
    public PositionStore(String consumer) {
        if (consumer.isEmpty() || consumer.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("not a consumer's name: " + consumer);
        }
        this.consumer = consumer;
    }

    /** Whose place it is. */
    public String consumer() {
        return consumer;
    }

    /**
     * The place as it was stored last. Empty where there is none, where it was stored by a newer
     * Vigie, or where it is damaged; the log tells the latter two.
     */
    public Optional<StoredPlace> load(Connection connection) throws SQLException {
        try (PreparedStatement question =
                connection.prepareStatement(
                        "SELECT `format`,`position`,previous,fingerprint,newest_id FROM `position`"
                                + " WHERE consumer=?")) {
            question.setString(1, consumer);
            try (ResultSet row = question.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Optional<StoredPlace> place =
                        Places.of(
                                integer(row, 1),
                                row.getString(2),
                                row.getString(3),
                                number(row, 4),
                                number(row, 5));
                if (place.isEmpty()) {
                    LOG.warn("the stored place of {} is not understood and ignored", consumer);
                }
                return place;
            }
        }
    }

    private static @Nullable Integer integer(ResultSet row, int column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    /**
     * Writes the place, in the transaction that is open on the connection, or at once where there
     * is none.
     *
     * @param epoch the tenure under which it is written; 0 for none
     */
    public void save(Connection connection, StoredPlace place, long epoch) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        "INSERT INTO"
                                + " `position`(consumer,`format`,`server`,`position`,previous,fingerprint,newest_id,epoch,saved_at)"
                                + " VALUES(?,?,@@server_id,?,?,?,?,?,UTC_TIMESTAMP(6)) ON DUPLICATE KEY"
                                + " UPDATE"
                                + " `format`=VALUES(`format`),`server`=VALUES(`server`),`position`=VALUES(`position`),previous=VALUES(previous),fingerprint=VALUES(fingerprint),newest_id=VALUES(newest_id),epoch=VALUES(epoch),saved_at=VALUES(saved_at)")) {
            update.setString(1, consumer);
            update.setInt(2, Places.FORMAT);
            update.setString(3, place.position());
            update.setString(4, place.previous());
            update.setLong(5, place.fingerprint());
            update.setLong(6, place.newestId());
            update.setLong(7, epoch);
            update.executeUpdate();
        }
    }
}
