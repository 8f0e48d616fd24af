package vigie.duty;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.store.Connections;
import vigie.text.Fault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The named lock on a connection of its own. The server ends this session after three seconds
 * without a word and frees the lock with it, so that a holder that died or froze does not keep it.
 */
final class JdbcLockSession implements LockSession {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcLockSession.class);

    /** How long the server waits for a word of ours. */
    static final Duration SERVER_PATIENCE = Duration.ofSeconds(3);

    /**
     * How long we wait for one of the server: with the second between two words less than its
     * patience, so that we know first.
     */
    static final Duration OUR_PATIENCE = Duration.ofMillis(1_500);

    private static final String PREFIX = "vigie.duty.";

    /** MariaDB's limit for the name of a lock. */
    private static final int LONGEST_NAME = 64;

    private final Connection connection;
    private final String name;

    private JdbcLockSession(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
    }

    /** Opens a session on the first host that takes writes. */
    static JdbcLockSession open(Connections own) throws Fault, SQLException {
        Connection connection = own.writable();
        try (Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, (int) OUR_PATIENCE.toMillis());
            statement.execute(
                    "SET SESSION wait_timeout="
                            + SERVER_PATIENCE.toSeconds()
                            + ",innodb_lock_wait_timeout=1");
            return new JdbcLockSession(connection, lockName(own.address().schema()));
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    /**
     * The lock's name, one per schema, for locks are the whole server's. It compares without regard
     * to case and has 64 characters at most; where a schema's name is more than that, its hash
     * tells it apart.
     */
    static String lockName(String schema) {
        if (schema.matches("[a-z0-9_]+") && PREFIX.length() + schema.length() <= LONGEST_NAME) {
            return PREFIX + schema;
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(schema.getBytes(StandardCharsets.UTF_8));
            return PREFIX + "#" + HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("every Java has SHA-256", broken);
        }
    }

    @Override
    public Optional<Tenure> take(String holder) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT GET_LOCK(?,0)")) {
            lock.setString(1, name);
            try (ResultSet row = lock.executeQuery()) {
                if (!row.next() || row.getInt(1) != 1) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(beginEpoch(holder));
    }

    private Tenure beginEpoch(String holder) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement();
                PreparedStatement update =
                        connection.prepareStatement(
                                "INSERT INTO duty(id,epoch,holder,since) VALUES(1,?,?,?) ON"
                                        + " DUPLICATE KEY UPDATE"
                                        + " epoch=VALUES(epoch),holder=VALUES(holder),since=VALUES(since)")) {
            long before = 0;
            try (ResultSet row =
                    statement.executeQuery("SELECT epoch FROM duty WHERE id=1 FOR UPDATE")) {
                if (row.next()) {
                    before = row.getLong(1);
                }
            }
            LocalDateTime since;
            try (ResultSet row = statement.executeQuery("SELECT UTC_TIMESTAMP(6)")) {
                row.next();
                since = row.getObject(1, LocalDateTime.class);
            }
            if (since == null) {
                throw new SQLException("the server does not know the time");
            }
            update.setLong(1, before + 1);
            update.setString(2, holder);
            update.setObject(3, since);
            update.executeUpdate();
            connection.commit();
            Instant taken = since.toInstant(ZoneOffset.UTC);
            return new Tenure(before + 1, holder, taken);
        } finally {
            connection.setAutoCommit(true);
        }
    }

    @Override
    public boolean holds(Tenure tenure) throws SQLException {
        try (PreparedStatement question =
                connection.prepareStatement(
                        "SELECT IS_USED_LOCK(?)=CONNECTION_ID(),@@global.read_only,(SELECT epoch"
                                + " FROM duty WHERE id=1)")) {
            question.setString(1, name);
            try (ResultSet row = question.executeQuery()) {
                return row.next()
                        && row.getBoolean(1)
                        // From MariaDB 12 on the variable is a word.
                        && ("0".equals(row.getString(2)) || "OFF".equals(row.getString(2)))
                        && row.getLong(3) == tenure.epoch();
            }
        }
    }

    @Override
    public void release() throws SQLException {
        try (PreparedStatement unlock = connection.prepareStatement("SELECT RELEASE_LOCK(?)")) {
            unlock.setString(1, name);
            unlock.executeQuery().close();
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException closing) {
            LOG.debug("while closing the lock's connection", closing);
        }
    }
}
