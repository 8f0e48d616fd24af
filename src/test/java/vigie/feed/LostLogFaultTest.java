package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

import vigie.feed.FeedStatus.Phase;
import vigie.store.testing.ServerVersion;
import vigie.text.Fault;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The log no longer has what the feed needs next, or has something else in its place. */
@FaultRows
class LostLogFaultTest {
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
    void row_07_a_log_purged_while_away_is_said_and_its_rows_are_read_from_the_tables()
            throws Fault, SQLException {
        try (Followed followed = Followed.live(server)) {
            followed.write(10);
            followed.assertExact();
            server.proxy().stall();
            server.proxy().cut();
            followed.watcher().await(Phase.BACKOFF);
            followed.write(20);
            server.purgeLogs();
            followed.write(3);
            server.proxy().cut();
            server.proxy().resume();
            followed.watcher().awaitReason(Phase.RESYNC, "feed.purged");
            followed.write(5);
            followed.assertExact();
            Resync resync = onlyResync(followed.watcher());
            assertThat(resync.reason().key()).isEqualTo("feed.purged");
            assertThat(resync.fromPosition()).isNotEqualTo(resync.toPosition());
            assertThat(resync.fromTime())
                    .hasValueSatisfying(
                            from -> assertThat(from).isBeforeOrEqualTo(resync.toTime()));
            assertThat(resync.undone()).isEmpty();
            assertThat(followed.watcher().recovered).isNotEmpty();
            assertThat(followed.feed().status().tally().recovered())
                    .isEqualTo(followed.watcher().recovered.size());
        } finally {
            server.proxy().resume();
        }
    }

    private static Resync onlyResync(Watcher watcher) {
        assertThat(watcher.resyncs).hasSize(1);
        return watcher.resyncs.getFirst();
    }

    @Test
    void row_08_a_log_that_begins_anew_while_we_read_it_loses_no_row() throws Fault, SQLException {
        try (Followed followed = Followed.live(server)) {
            followed.write(10);
            server.execute("RESET MASTER");
            followed.write(10);
            followed.watcher()
                    .awaitThat("a second snapshot", () -> followed.watcher().snapshots.size() >= 2);
            followed.write(10);
            followed.assertExact();
            assertThat(followed.watcher().resyncs).isNotEmpty();
        }
    }

    /** The rows are still in the tables: only the log forgot them, and numbers others alike. */
    @Test
    void row_09_numbers_used_again_after_a_crash_are_noticed()
            throws Fault, SQLException, IOException, InterruptedException {
        try (Followed followed = Followed.live(server)) {
            followed.write(10);
            followed.assertExact();
            server.kill();
            followed.watcher().await(Phase.BACKOFF);
            assertThat(BinlogTail.cutLastGroup(server.data())).isTrue();
            server.startAgain();
            followed.write(20);
            followed.assertExact();
            assertThat(followed.watcher().resyncs).isNotEmpty();
            assertThat(followed.watcher().resyncs)
                    .allSatisfy(resync -> assertThat(resync.undone()).isEmpty());
        }
    }

    /** The rows went with the log, and other rows got their ids. */
    @Test
    void row_09_rows_lost_with_the_tail_of_the_log_are_named_as_undone()
            throws Fault, SQLException, IOException, InterruptedException {
        try (Followed followed = Followed.live(server);
                HomeAssistant home = new HomeAssistant(server)) {
            home.state("sensor.steady", "1");
            home.commit();
            long lost = home.state("sensor.steady", "never happened");
            home.commit();
            followed.watcher().awaitStreamed(lost);
            server.kill();
            followed.watcher().await(Phase.BACKOFF);
            assertThat(BinlogTail.cutLastGroup(server.data())).isTrue();
            server.proxy().stall();
            server.startAgain();
            try (Connection connection = server.root("homeassistant");
                    Statement statement = connection.createStatement()) {
                statement.execute("SET SESSION sql_log_bin=0");
                statement.execute("DELETE FROM states WHERE state_id=" + lost);
                statement.execute("SET SESSION sql_log_bin=1");
                statement.execute(
                        "INSERT INTO states (state_id, state, last_updated_ts, metadata_id) SELECT "
                                + lost
                                + ", 'happened', MAX(last_updated_ts) + 1, metadata_id FROM states"
                                + " WHERE metadata_id=(SELECT metadata_id FROM states_meta"
                                + " WHERE entity_id='sensor.steady') GROUP BY metadata_id");
            }
            server.proxy().cut();
            server.proxy().resume();
            followed.write(10);
            followed.assertExact();
            assertThat(followed.watcher().resyncs)
                    .anySatisfy(resync -> assertThat(resync.undone()).contains(lost));
            assertThat(followed.feed().status().tally().undone()).isPositive();
        } finally {
            server.proxy().resume();
        }
    }

    @Test
    void row_12_a_domain_that_appears_is_followed_and_taken_up_again() throws Fault, SQLException {
        try (Followed followed = Followed.live(server)) {
            followed.write(5);
            inDomain(7);
            followed.write(5);
            followed.assertExact();
            server.killDumpThreads();
            followed.write(5);
            followed.assertExactWithoutResync();
            assertThat(followed.watcher().state.position()).contains(",");
        }
    }

    /** One row of a session with a domain of its own. */
    private void inDomain(int domain) throws Fault, SQLException {
        try (Connection connection = server.root("homeassistant");
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION gtid_domain_id=" + domain);
            statement.execute(Followed.aside("domain " + domain));
        }
    }

    @Test
    void row_13_a_position_that_lacks_a_domain_whose_log_is_gone_makes_a_new_snapshot()
            throws Fault, SQLException {
        try (Followed followed = Followed.live(server)) {
            followed.write(5);
            followed.assertExact();
            server.proxy().stall();
            server.proxy().cut();
            followed.watcher().await(Phase.BACKOFF);
            inDomain(20);
            server.purgeLogs();
            server.proxy().cut();
            server.proxy().resume();
            followed.watcher().awaitReason(Phase.RESYNC, "feed.purged");
            followed.write(5);
            followed.assertExact();
        } finally {
            server.proxy().resume();
        }
    }

    @Test
    void row_20_rows_that_were_kept_out_of_the_log_are_found_by_comparing()
            throws Fault, SQLException {
        try (Followed followed = Followed.live(server)) {
            followed.write(5);
            followed.assertExact();
            try (Connection connection = server.root("homeassistant");
                    Statement statement = connection.createStatement()) {
                statement.execute("SET SESSION sql_log_bin=0");
                for (int i = 0; i < 3; i++) {
                    statement.execute(Followed.aside("secret"));
                }
            }
            followed.write(5);
            // The comparison comes after each reconnect; otherwise this test would wait for the
            // ten minutes between two.
            server.killDumpThreads();
            followed.assertExact();
            assertThat(followed.feed().status().tally().recovered()).isEqualTo(3);
        }
    }

    @Test
    void row_14_a_second_reader_with_our_number_makes_us_take_another_once()
            throws Fault, SQLException, InterruptedException {
        try (Followed followed = Followed.live(server)) {
            followed.write(5);
            followed.assertExact();
            long first = server.proxy().dumpingServerId();
            LogStream rival = rival(first);
            Thread reading = Thread.ofVirtual().start(() -> rival.run(event -> {}));
            try {
                followed.watcher()
                        .awaitThat(
                                "another number", () -> server.proxy().dumpingServerId() != first);
                followed.watcher().await(Phase.LIVE);
                followed.write(5);
                followed.assertExactWithoutResync();
            } finally {
                rival.abort();
                reading.join();
            }
            long second = server.proxy().dumpingServerId();
            LogStream again = rival(second);
            Thread reader = Thread.ofVirtual().start(() -> again.run(event -> {}));
            try {
                followed.watcher().awaitReason(Phase.BLOCKED, "feed.same-server-id");
            } finally {
                again.abort();
                reader.join();
            }
            followed.write(5);
            followed.assertExactWithoutResync();
        }
    }

    /** Past the proxy, so that the proxy tells the feed's own number. */
    private LogStream rival(long serverId) throws Fault, SQLException {
        GtidPosition end = GtidPosition.parse(server.ask("SELECT @@gtid_binlog_pos")).orElseThrow();
        return LogStream.of(
                server.address(),
                server.at(),
                new StreamStart.AtGtid(end),
                serverId,
                LogStream.SILENCE,
                false);
    }
}
