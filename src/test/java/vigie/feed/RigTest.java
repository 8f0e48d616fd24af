package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import vigie.feed.FeedStatus.Phase;
import vigie.store.testing.ServerVersion;
import vigie.text.Fault;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;

/** The rig itself: what the tests of faults stand on. */
class RigTest {
    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void a_seeded_home_is_followed_row_by_row(ServerVersion version, @TempDir Path folder)
            throws Fault, IOException, SQLException {
        Watcher watcher = new Watcher();
        try (PrivateServer server = PrivateServer.start(version, folder);
                SeededHome before = new SeededHome(1, 0, () -> server.root("homeassistant"))) {
            write(before, 30);
            Oracle oracle = Oracle.from(server);
            try (Feed feed = new Feed(server.address(), watcher, Clock.systemUTC());
                    SeededHome home =
                            new SeededHome(
                                    2, oracle.before(), () -> server.root("homeassistant"))) {
                feed.start();
                watcher.await(Phase.LIVE);
                write(home, 200);
                oracle.assertAgrees(watcher, server);
                assertThat(oracle.rows(server)).hasSize((int) home.committed());
                assertThat(watcher.times(Phase.RESYNC)).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void two_servers_change_places_and_have_one_history(ServerVersion version, @TempDir Path folder)
            throws Fault, IOException, SQLException {
        try (Replicated both = Replicated.start(version, folder);
                SeededHome home =
                        new SeededHome(3, 0, () -> both.primary().root("homeassistant"))) {
            write(home, 20);
            both.awaitEven();
            PrivateServer old = both.primary();
            old.stop();
            both.promote();
            assertThat(home.group()).isFalse();
            write(home, 20);
            old.startAgain();
            both.rejoin();
            both.awaitEven();
            String count = "SELECT COUNT(*) FROM homeassistant.states";
            assertThat(old.ask(count))
                    .isEqualTo(both.primary().ask(count))
                    .isEqualTo(Long.toString(home.committed()));
        }
    }

    private static void write(SeededHome home, int groups) {
        for (int i = 0; i < groups; i++) {
            home.group();
        }
    }
}
