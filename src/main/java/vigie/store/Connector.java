package vigie.store;

import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Driver;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;

import javax.sql.DataSource;

/**
 * Opens connections with the settings that Vigie relies on. The hosts are tried here and not by the
 * driver, whose own failover tries a dead pair of hosts for up to 120 rounds and does not say which
 * host said what.
 */
final class Connector implements DataSource {
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /** Silence of the server within an answer that counts as lost. */
    static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(60);

    /**
     * A migration of a large table says nothing for long, and a broken one costs more than waiting
     * for a server that is gone: that the connection itself ends is still noticed.
     */
    private static final Duration PATIENT_TIMEOUT = Duration.ofHours(6);

    /** What a server answers to a write that it takes from its primary only. */
    private static final int READ_ONLY = 1290;

    /** How long the pool takes a refusal for granted. */
    private static final Duration REFUSAL_HOLDS = Duration.ofSeconds(3);

    private static final Driver DRIVER = new Driver();

    private final DatabaseAddress address;
    private final Duration timeout;

    /** The host that answered last is asked first. */
    private volatile HostPort favourite;

    private volatile @Nullable Refusal refusal;

    Connector(DatabaseAddress address) {
        this(address, SOCKET_TIMEOUT);
    }

    private Connector(DatabaseAddress address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
        this.favourite = address.hosts().getFirst();
    }

    /** For statements that may take hours. */
    static Connector patient(DatabaseAddress address) {
        return new Connector(address, PATIENT_TIMEOUT);
    }

    DatabaseAddress address() {
        return address;
    }

    /** A connection to the first host that answers; a refusal by a server ends the search. */
    Connection connect() throws SQLException {
        List<HostPort> order = new ArrayList<>(address.hosts());
        HostPort first = favourite;
        if (order.remove(first)) {
            order.addFirst(first);
        }
        @Nullable SQLException before = null;
        for (HostPort host : order) {
            try {
                Connection connection = connect(host);
                favourite = host;
                return connection;
            } catch (SQLException failed) {
                if (before != null) {
                    failed.addSuppressed(before);
                }
                if (!DatabaseFaults.isUnreachable(failed)) {
                    throw failed;
                }
                before = failed;
            }
        }
        throw before == null ? new SQLException("no host", "08001") : before;
    }

    /**
     * A connection to the first host that answers and takes writes: the primary among replicas.
     * Where none does, the exception says that they are read only, as a server would.
     */
    At writable() throws SQLException {
        @Nullable SQLException before = null;
        boolean answered = false;
        for (HostPort host : address.hosts()) {
            try {
                Connection connection = connect(host);
                if (!isReadOnly(connection)) {
                    return new At(host, connection);
                }
                answered = true;
                connection.close();
            } catch (SQLException failed) {
                if (!DatabaseFaults.isUnreachable(failed)) {
                    throw failed;
                }
                before = failed;
            }
        }
        if (answered || before == null) {
            throw new SQLException("every host is read only", "HY000", READ_ONLY);
        }
        throw before;
    }

    private static boolean isReadOnly(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@global.read_only")) {
            // From MariaDB 12 on the variable is a word.
            return row.next() && !"0".equals(row.getString(1)) && !"OFF".equals(row.getString(1));
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    /** A connection, and the host it leads to. */
    record At(HostPort host, Connection connection) {}

    Connection connect(HostPort host) throws SQLException {
        String url =
                "jdbc:mariadb://address=(host="
                        + host.host()
                        + ")(port="
                        + host.port()
                        + ")(type=primary)/"
                        + address.schema();
        Connection connection = DRIVER.connect(url, properties());
        if (connection == null) {
            throw new SQLException("the driver does not know its own address", "08001");
        }
        return connection;
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password().reveal());
        properties.setProperty("connectTimeout", String.valueOf(CONNECT_TIMEOUT.toMillis()));
        properties.setProperty("socketTimeout", String.valueOf(timeout.toMillis()));
        properties.setProperty("tcpKeepAlive", "true");
        // Timestamps are compared across clocks; no session may bring a zone of its own.
        properties.setProperty("connectionTimeZone", "UTC");
        properties.setProperty("forceConnectionTimeZoneToSession", "true");
        // Nearly all questions are asked once per connection, where preparing costs a round trip.
        properties.setProperty("useServerPrepStmts", "false");
        // A server may not send us elsewhere, nor ask for our files.
        properties.setProperty("permitRedirect", "false");
        properties.setProperty("allowLocalInfile", "false");
        properties.setProperty("dumpQueriesOnException", "false");
        switch (address.tls()) {
            case Tls.Off() -> properties.setProperty("sslMode", "disable");
            case Tls.Require() -> properties.setProperty("sslMode", "trust");
            case Tls.Verify() -> {
                properties.setProperty("sslMode", "verify-full");
                properties.setProperty("tlsSocketType", DriverTls.TYPE);
                properties.setProperty(DriverTls.OPTION, DriverTls.AUTHORITIES);
            }
            case Tls.Fingerprint(String sha256) -> {
                properties.setProperty("sslMode", "verify-ca");
                properties.setProperty("tlsSocketType", DriverTls.TYPE);
                properties.setProperty(DriverTls.OPTION, sha256);
            }
        }
        return properties;
    }

    /**
     * For the pool, which on a failure tries again within milliseconds: a server that refused is
     * asked again after a while only, for servers lock accounts that are refused too often.
     */
    @Override
    public Connection getConnection() throws SQLException {
        Refusal last = refusal;
        if (last != null && System.nanoTime() - last.at() < REFUSAL_HOLDS.toNanos()) {
            throw last.said();
        }
        try {
            Connection connection = connect();
            refusal = null;
            return connection;
        } catch (SQLException failed) {
            refusal =
                    DatabaseFaults.isUnreachable(failed)
                            ? null
                            : new Refusal(failed, System.nanoTime());
            throw failed;
        }
    }

    private record Refusal(SQLException said, long at) {}

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("one account only");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return (int) CONNECT_TIMEOUT.toSeconds();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("not a " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
