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
}
