package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

import vigie.feed.FeedStatus.Phase;
import vigie.store.testing.ServerVersion;
import vigie.text.Fault;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** Two servers with one history, of which the one that is followed goes. */
@FaultRows
class HostFaultTest {
    @Parameter private ServerVersion version;
    private Replicated both;

    @BeforeEach
    void start(@TempDir Path folder) throws Fault, IOException, SQLException {
        both = Replicated.start(version, folder);
    }

    @AfterEach
    void stop() throws IOException {
        both.close();
    }

    @Test
    void row_10_groups_that_the_promoted_replica_never_had_are_named_as_undone()
            throws Fault, SQLException, IOException, InterruptedException {
        try (Followed followed = Followed.live(both)) {
            followed.write(10);
            both.awaitEven();
            both.stopFollowing();
            long even = Long.parseLong(both.replica().ask(NEWEST));
            followed.write(10);
            followed.oracle().assertAgrees(followed.watcher(), both.primary());
            List<Long> lost =
                    followed.oracle().rows(both.primary()).stream()
                            .map(Printed.Line::id)
                            .filter(id -> id > even)
                            .toList();
            assertThat(lost).isNotEmpty();
            both.primary().kill();
            both.promote();
            followed.write(10);
            followed.assertExact(both.primary());
            assertThat(followed.watcher().resyncs)
                    .anySatisfy(resync -> assertThat(resync.undone()).containsAll(lost));
            assertThat(followed.feed().status().tally().undone())
                    .isGreaterThanOrEqualTo(lost.size());
        }
    }

    private static final String NEWEST = "SELECT MAX(state_id) FROM homeassistant.states";

    @Test
    void row_11_after_a_clean_failover_and_return_nothing_is_lost_or_doubled()
            throws Fault, SQLException {
        try (Followed followed = Followed.live(both)) {
            PrivateServer first = both.primary();
            for (int i = 0; i < 2; i++) {
                followed.write(10);
                both.awaitEven();
                PrivateServer old = both.primary();
                old.stop();
                both.promote();
                followed.write(10);
                followed.watcher().await(Phase.LIVE);
                followed.assertExact(both.primary());
                old.startAgain();
                both.rejoin();
                both.awaitEven();
            }
            assertThat(both.primary()).isSameAs(first);
            followed.write(5);
            followed.assertExact(both.primary());
            assertThat(followed.watcher().resyncs).isEmpty();
            assertThat(followed.watcher().snapshots).hasSize(1);
            assertThat(followed.feed().status().host())
                    .hasValueSatisfying(
                            host -> assertThat(host).endsWith(":" + first.proxy().port()));
        }
    }

    @Test
    void row_38_a_replica_that_no_longer_follows_is_said_although_its_stream_is_well()
            throws Fault, SQLException {
        both.primary().execute("GRANT REPLICA MONITOR ON *.* TO console");
        both.awaitEven();
        Watcher watcher = new Watcher();
        try (Feed feed =
                new Feed(PrivateServer.address(both.replica()), watcher, Clock.systemUTC())) {
            feed.start();
            watcher.awaitReason(Phase.LIVE, "feed.replica");
            both.stopFollowing();
            watcher.awaitReason(Phase.LIVE, "feed.replica-stopped");
            both.goOnFollowing();
            watcher.awaitThat(
                    "said again",
                    () ->
                            watcher.statuses
                                    .getLast()
                                    .reason()
                                    .orElseThrow()
                                    .key()
                                    .equals("feed.replica"));
        }
    }

    /** The one that takes writes is gone, and the other has not been told: better old than none. */
    @Test
    void row_38_a_replica_is_read_while_there_is_no_primary() throws Fault, SQLException {
        try (Followed followed = Followed.live(both)) {
            followed.write(5);
            followed.assertExact(both.primary());
            both.awaitEven();
            PrivateServer old = both.primary();
            old.stop();
            followed.watcher().awaitReason(Phase.LIVE, "feed.takes-no-writes");
            old.startAgain();
            followed.watcher()
                    .awaitThat(
                            "at the primary",
                            () ->
                                    followed.watcher().statuses.getLast().reason().isEmpty()
                                            && followed.watcher().is(Phase.LIVE));
            followed.write(5);
            followed.assertExact(old);
            assertThat(followed.watcher().resyncs).isEmpty();
        }
    }
}
