package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

import vigie.feed.FeedStatus.Phase;
import vigie.point.Reading;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.store.testing.ServerVersion;
import vigie.text.Fault;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** More at once than usual, and a listener that fails or is slow. */
@FaultRows
class LoadFaultTest {
    private static final int PURGED = 80_000;
    private static final int PURGE_STEP = 4_000;

    @Parameter ServerVersion version;
    private PrivateServer server;

    @BeforeParameterizedClassInvocation
    void start(ServerVersion on, @TempDir Path folder) throws Fault, IOException, SQLException {
        server = PrivateServer.start(on, folder);
    }

    @AfterParameterizedClassInvocation
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void row_25_a_purge_of_80_000_rows_in_one_group_delays_nobody()
            throws Fault, SQLException, InterruptedException {
        server.execute("INSERT INTO states_meta (entity_id) VALUES ('sensor.long_ago')");
        long first = Long.parseLong(server.ask(NEWEST)) + 1;
        server.execute(
                "INSERT INTO states (state, last_updated_ts, metadata_id)"
                        + " SELECT seq, 1700000000 + seq, (SELECT MAX(metadata_id)"
                        + " FROM states_meta) FROM seq_1_to_"
                        + (PURGED + 1));
        try (Followed followed = Followed.live(server);
                Connection connection = server.root("homeassistant");
                Statement statement = connection.createStatement()) {
            followed.startWriting();
            connection.setAutoCommit(false);
            for (long from = first; from < first + PURGED; from += PURGE_STEP) {
                String range = " BETWEEN " + from + " AND " + (from + PURGE_STEP - 1);
                statement.execute("UPDATE states SET old_state_id=NULL WHERE old_state_id" + range);
                statement.execute("DELETE FROM states WHERE state_id" + range);
            }
            connection.commit();
            followed.awaitWritten(20);
            followed.stopWriting();
            followed.assertExactWithoutResync();
        }
    }

    private static final String NEWEST =
            "SELECT COALESCE(MAX(state_id), 0) FROM homeassistant.states";

    @Test
    void row_26_a_group_whose_listener_throws_once_is_handed_out_again()
            throws Fault, SQLException {
        try (Followed followed = Followed.live(server)) {
            AtomicInteger calls = new AtomicInteger();
            Failing failing = new Failing(followed.watcher(), "bad luck", 1, calls);
            followed.feed(new Feed(followed.address(), failing, Clock.systemUTC()));
            followed.start();
            followed.watcher().await(Phase.LIVE);
            writeOne("bad luck");
            followed.write(5);
            followed.oracle().assertAgrees(followed.watcher(), server);
            assertThat(calls).hasValue(2);
            assertThat(followed.watcher().times(Phase.RESYNC)).isZero();
        }
    }

    /** A group that cannot be taken at all is gone around, so that the picture is right again. */
    @Test
    void row_26_a_group_whose_listener_always_throws_is_gone_around() throws Fault, SQLException {
        try (Followed followed = Followed.live(server)) {
            AtomicInteger calls = new AtomicInteger();
            Failing failing = new Failing(followed.watcher(), "poison", Integer.MAX_VALUE, calls);
            followed.feed(new Feed(followed.address(), failing, Clock.systemUTC()));
            followed.start();
            followed.watcher().await(Phase.LIVE);
            writeOne("poison");
            followed.watcher()
                    .awaitThat("gone around", () -> followed.watcher().times(Phase.RESYNC) > 0);
            followed.write(5);
            followed.oracle().assertAgrees(followed.watcher(), server);
            followed.watcher().await(Phase.LIVE);
            assertThat(calls.get()).isBetween(2, 3);
        }
    }

    private void writeOne(String text) throws Fault, SQLException {
        try (HomeAssistant home = new HomeAssistant(server)) {
            home.state("sensor.listened", text);
            home.commit();
        }
    }

    /** Throws at a text, so many times. */
    private static final class Failing extends Relay {
        private final String text;
        private final int times;
        private final AtomicInteger calls;

        Failing(Watcher watcher, String text, int times, AtomicInteger calls) {
            super(watcher);
            this.text = text;
            this.times = times;
            this.calls = calls;
        }

        @Override
        public void group(Group group) {
            if (says(group, text) && calls.incrementAndGet() <= times) {
                throw new IllegalStateException("not now");
            }
            super.group(group);
        }
    }

    private static boolean says(Group group, String text) {
        return group.facts().stream()
                .anyMatch(fact ->
                        fact instanceof Fact.Observed(Reading reading)
                                && text.equals(reading.text()));
    }

    @Test
    void row_28_a_listener_so_slow_that_the_server_drops_us_loses_nothing()
            throws Fault, SQLException {
        server.execute("SET GLOBAL net_write_timeout=4");
        try (Followed followed = Followed.live(server)) {
            CountDownLatch goOn = new CountDownLatch(1);
            CountDownLatch waiting = new CountDownLatch(1);
            Slow slow = new Slow(followed.watcher(), waiting, goOn);
            followed.feed(new Feed(followed.address(), slow, Clock.systemUTC()));
            followed.start();
            followed.watcher().await(Phase.LIVE);
            writeOne("wait here");
            followed.watcher().awaitThat("waits", () -> waiting.getCount() == 0);
            backlog();
            followed.watcher().awaitThat("dropped by the server", () -> isDropped(server));
            goOn.countDown();
            followed.write(5);
            followed.oracle().assertAgrees(followed.watcher(), server);
            followed.watcher().await(Phase.LIVE);
        } finally {
            server.execute("SET GLOBAL net_write_timeout=60");
        }
    }

    /** More than sockets and queues hold, in tables that the feed does not follow. */
    private void backlog() throws Fault, SQLException {
        for (int i = 0; i < 12; i++) {
            server.execute(
                    "INSERT INTO event_data (hash, shared_data) SELECT seq, REPEAT('x', 8000)"
                            + " FROM seq_1_to_1000");
        }
    }

    private static boolean isDropped(PrivateServer server) {
        try {
            return server.ask(
                            "SELECT COUNT(*) FROM information_schema.processlist"
                                    + " WHERE command='Binlog Dump'")
                    .equals("0");
        } catch (SQLException | Fault unanswered) {
            throw new IllegalStateException(unanswered);
        }
    }

    /** Waits within a call for as long as the test likes. */
    private static final class Slow extends Relay {
        private final CountDownLatch waiting;
        private final CountDownLatch goOn;

        Slow(Watcher watcher, CountDownLatch waiting, CountDownLatch goOn) {
            super(watcher);
            this.waiting = waiting;
            this.goOn = goOn;
        }

        @Override
        public void group(Group group) {
            super.group(group);
            if (says(group, "wait here")) {
                waiting.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException ending) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    @Test
    void row_29_a_row_of_40_mb_is_taken_or_passed_over() throws Fault, SQLException {
        server.execute("SET GLOBAL max_allowed_packet=1073741824");
        try (Followed followed = Followed.live(server)) {
            followed.write(3);
            server.execute(
                    "INSERT INTO event_data (hash, shared_data) VALUES (1, REPEAT('z', 40000000))",
                    "INSERT INTO state_attributes (hash, shared_attrs)"
                            + " VALUES (1, CONCAT('{\"a\":\"', REPEAT('z', 40000000), '\"}'))");
            followed.write(3);
            followed.assertExact();
            assertThat(followed.watcher().statuses)
                    .noneMatch(status -> status.phase() == Phase.BLOCKED);
        } finally {
            server.execute(
                    "SET GLOBAL max_allowed_packet=16777216",
                    "DELETE FROM state_attributes WHERE LENGTH(shared_attrs) > 1000000",
                    "DELETE FROM event_data");
        }
    }
}
