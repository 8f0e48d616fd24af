package vigie.bench;

import vigie.feed.FeedStatus;
import vigie.simulator.LoadWriter;
import vigie.store.Accounts;
import vigie.store.Connections;
import vigie.store.DatabaseAddress;
import vigie.store.EmbeddedServer;
import vigie.store.Secret;
import vigie.store.Tls;
import vigie.text.Fault;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Two servers that replicate; the primary is killed and the replica promoted. */
final class FeedFailover {
    private static final int RUNS = 3;
    private static final String SCHEMA = "homeassistant";

    private FeedFailover() {}

    /** From the promotion until the feed is live at the replica and has a row written there. */
    static void measure(FeedScene scene) throws Fault, InterruptedException {
        List<Double> seconds = new ArrayList<>();
        for (int run = 1; run <= RUNS; run++) {
            seconds.add(once());
            scene.say("failover %d  %.2f s after the promotion", run, seconds.getLast());
        }
        scene.figure(FeedGoal.FAILOVER_S, Samples.median(seconds));
    }

    private static double once() throws Fault, InterruptedException {
        try (BenchServer primary = BenchServer.start("--log-slave-updates");
                BenchServer replica =
                        BenchServer.start(
                                "--log-slave-updates", "--server-id=2", "--read-only=ON")) {
            DatabaseAddress both = replicate(primary, replica);
            write(primary.server(), 10);
            caughtUp(primary, replica);
            try (FeedWatch watch = FeedWatch.live(both)) {
                write(primary.server(), 10);
                caughtUp(primary, replica);
                BenchServer.signal(primary.server(), "KILL");
                replica.execute("STOP SLAVE", "RESET SLAVE ALL", "SET GLOBAL read_only = OFF");
                long promoted = System.nanoTime();
                LoadWriter.Group first = write(replica.server(), 1);
                // What follows is for a feed that could miss the first.
                FeedWatch.await(() -> watch.sightings().has(first), "a row of the new primary");
                long row = watch.sightings().when(first);
                long live = watch.first(FeedStatus.Phase.LIVE, promoted);
                return (Math.max(row, live) - promoted) / 1e9;
            }
        }
    }

    private static DatabaseAddress replicate(BenchServer primary, BenchServer replica)
            throws Fault, InterruptedException {
        Secret password = Secret.random();
        String account = Accounts.account("bench", "127.0.0.1");
        List<String> statements = new ArrayList<>();
        // The log would carry them to the other server, which has them already.
        statements.add("SET SESSION sql_log_bin = 0");
        statements.add("CREATE USER " + account + " IDENTIFIED BY '" + password.reveal() + "'");
        statements.addAll(Accounts.readerGrants(account, SCHEMA));
        String[] all = statements.toArray(String[]::new);
        primary.execute(all);
        replica.execute(all);
        replica.execute(
                "CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = "
                        + primary.server().at().port()
                        + ", MASTER_USER = 'bench', MASTER_PASSWORD = '"
                        + password.reveal()
                        + "', MASTER_USE_GTID = slave_pos, MASTER_SSL = 0,"
                        + " MASTER_SSL_VERIFY_SERVER_CERT = 0, MASTER_CONNECT_RETRY = 1",
                "START SLAVE");
        // Neither does the log carry this.
        primary.server().createSchema(SCHEMA);
        replica.server().createSchema(SCHEMA);
        return new DatabaseAddress(
                Arrays.asList(primary.server().at(), replica.server().at()),
                "bench",
                password,
                SCHEMA,
                new Tls.Off());
    }

    private static LoadWriter.Group write(EmbeddedServer server, int groups) throws Fault {
        try (Connections connections = new Connections(server.root(SCHEMA), "bench-failover");
                LoadWriter load =
                        LoadWriter.open(
                                connections, LoadWriter.referenceRoom(), Clock.systemUTC())) {
            List<LoadWriter.Group> written = new ArrayList<>();
            for (int i = 0; i < groups; i++) {
                written.add(load.write(1));
            }
            return written.getLast();
        }
    }

    private static void caughtUp(BenchServer primary, BenchServer replica) throws Fault {
        String end = BareLibrary.end(primary.server().root("mysql"));
        try (Connections connections =
                        new Connections(replica.server().root("mysql"), "bench-replica");
                Connection connection = connections.single();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT MASTER_GTID_WAIT('" + end + "', 30)")) {
            row.next();
            if (row.getInt(1) != 0) {
                throw new IllegalStateException("the replica does not follow to " + end);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
