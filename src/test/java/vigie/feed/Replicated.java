package vigie.feed;

import vigie.store.DatabaseAddress;
import vigie.store.HostPort;
import vigie.store.testing.ServerVersion;
import vigie.text.Fault;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Two servers with one history: one that is written to and one that follows it by GTID, each behind
 * a proxy of its own. Which is which can change.
 */
final class Replicated implements AutoCloseable {
    private static final String REPLICATOR = "replicator";
    private static final String REPLICATOR_PASSWORD = "follow";

    private final PrivateServer first;
    private final PrivateServer second;
    private PrivateServer primary;

    private Replicated(PrivateServer first, PrivateServer second) {
        this.first = first;
        this.second = second;
        this.primary = first;
    }

    /** The first is the primary, the second follows it and is read only. */
    static Replicated start(ServerVersion version, Path folder, String... settings)
            throws Fault, IOException, SQLException {
        PrivateServer first =
                PrivateServer.start(version, folder.resolve("first"), words(1, settings));
        PrivateServer second =
                PrivateServer.startEmpty(version, folder.resolve("second"), words(2, settings));
        Replicated both = new Replicated(first, second);
        first.execute(
                "CREATE USER '" + REPLICATOR + "'@'%' IDENTIFIED BY '" + REPLICATOR_PASSWORD + "'",
                "GRANT REPLICATION SLAVE ON *.* TO '" + REPLICATOR + "'@'%'");
        both.follow(second, first);
        both.awaitEven();
        return both;
    }

    private static String[] words(int id, String... settings) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--server-id=" + id,
                                "--log-slave-updates=ON",
                                "--relay-log=relay",
                                "--slave-net-timeout=4"));
        words.addAll(List.of(settings));
        return words.toArray(String[]::new);
    }

    PrivateServer primary() {
        return primary;
    }

    /** The other one: follows, or is left behind, or is down. */
    PrivateServer replica() {
        return primary == first ? second : first;
    }

    /** Both hosts, the first one first whatever it is now. */
    DatabaseAddress address() {
        return PrivateServer.address(first, second);
    }

    /** The replica takes nothing any more, as if its network were gone. */
    void stopFollowing() throws Fault, SQLException {
        replica().executeIn("mysql", "STOP SLAVE");
    }

    void goOnFollowing() throws Fault, SQLException {
        replica().executeIn("mysql", "START SLAVE");
    }

    /** The replica becomes the primary; the old one, if it runs, is not told. */
    void promote() throws Fault, SQLException {
        PrivateServer next = replica();
        next.executeIn("mysql", "STOP SLAVE", "RESET SLAVE ALL", "SET GLOBAL read_only=OFF");
        primary = next;
    }

    /** The server that is not the primary follows the primary from its own last group on. */
    void rejoin() throws Fault, SQLException {
        follow(replica(), primary);
    }

    private void follow(PrivateServer follower, PrivateServer leader) throws Fault, SQLException {
        HostPort from = leader.at();
        follower.executeIn(
                "mysql",
                "SET GLOBAL read_only=ON",
                "STOP SLAVE",
                "SET GLOBAL gtid_slave_pos=@@gtid_binlog_pos",
                "CHANGE MASTER TO master_host='"
                        + from.host()
                        + "', master_port="
                        + from.port()
                        + ", master_user='"
                        + REPLICATOR
                        + "', master_password='"
                        + REPLICATOR_PASSWORD
                        + "', master_ssl=0, master_ssl_verify_server_cert=0,"
                        + " master_connect_retry=1, master_use_gtid=slave_pos",
                "START SLAVE");
    }

    /** Waits until the replica has all that the primary has. */
    void awaitEven() throws Fault, SQLException {
        String end = primary.ask("SELECT @@gtid_binlog_pos");
        try (Connection connection = replica().root("mysql");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "SELECT MASTER_GTID_WAIT('" + end + "', " + Watcher.PATIENCE.toSeconds() + ")");
        }
        GtidPosition has =
                GtidPosition.parse(replica().ask("SELECT @@gtid_binlog_pos")).orElseThrow();
        if (!has.covers(GtidPosition.parse(end).orElseThrow())) {
            throw new AssertionError(
                    "the replica is at " + has + ", the primary at " + end + ": " + complaint());
        }
    }

    /** What keeps the replica from following, by its own words. */
    private String complaint() throws Fault, SQLException {
        try (Connection connection = replica().root("mysql");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW SLAVE STATUS")) {
            return row.next()
                    ? row.getString("Last_IO_Error") + " " + row.getString("Last_SQL_Error")
                    : "it follows nobody";
        }
    }

    @Override
    public void close() throws IOException {
        first.close();
        second.close();
    }
}
