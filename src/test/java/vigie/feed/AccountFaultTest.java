package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import vigie.feed.FeedStatus.Phase;
import vigie.store.Certificate;
import vigie.store.DatabaseAddress;
import vigie.store.Secret;
import vigie.store.Tls;
import vigie.store.testing.ServerVersion;
import vigie.text.Fault;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** The server answers, and does not let us in or not let us read. */
@ExtendWith(FaultTable.class)
class AccountFaultTest {
    @ParameterizedTest(name = "{0}")
    @EnumSource(ServerVersion.class)
    void row_33_a_right_that_is_taken_away_blocks_until_it_is_back(
            ServerVersion version, @TempDir Path folder) throws Fault, IOException, SQLException {
        try (PrivateServer server = PrivateServer.start(version, folder);
                Followed followed = Followed.live(server)) {
            followed.write(5);
            server.execute("REVOKE REPLICATION SLAVE ON *.* FROM console");
            server.proxy().cut();
            followed.watcher().awaitReason(Phase.BLOCKED, "feed.no-replication-right");
            followed.write(5);
            server.execute("GRANT REPLICATION SLAVE ON *.* TO console");
            followed.watcher().await(Phase.LIVE);
            followed.write(5);
            followed.assertExactWithoutResync();
        }
    }

    @Test
    void row_33_a_changed_password_blocks_and_is_not_tried_often(@TempDir Path folder)
            throws Fault, IOException, SQLException {
        try (PrivateServer server = PrivateServer.start(folder);
                Followed followed = Followed.live(server)) {
            followed.write(5);
            server.execute("ALTER USER console IDENTIFIED BY 'another'");
            server.proxy().cut();
            followed.watcher().awaitReason(Phase.BLOCKED, "store.db.refused");
            followed.write(5);
            server.execute("ALTER USER console IDENTIFIED BY 'se cret'");
            followed.watcher().await(Phase.LIVE);
            // Accounts are locked after many wrong passwords.
            assertThat(Long.parseLong(server.ask(REFUSED))).isBetween(1L, 5L);
            followed.write(5);
            followed.assertExactWithoutResync();
        }
    }

    private static final String REFUSED =
            "SELECT variable_value FROM information_schema.global_status"
                    + " WHERE variable_name='ACCESS_DENIED_ERRORS'";

    /** Debian's server only: the embedded one has no plug-ins. */
    @Test
    void row_34_a_login_by_ed25519_is_said_plainly(@TempDir Path folder)
            throws Fault, IOException, SQLException {
        String plugins = ServerVersion.pluginFolder("auth_ed25519.so");
        Watcher watcher = new Watcher();
        try (PrivateServer server = PrivateServer.start(ServerVersion.DEBIAN, folder, plugins)) {
            server.execute(
                    "INSTALL SONAME 'auth_ed25519'",
                    "CREATE USER modern IDENTIFIED VIA ed25519 USING PASSWORD('se cret')",
                    "GRANT SELECT ON homeassistant.* TO modern",
                    "GRANT REPLICATION SLAVE ON *.* TO modern");
            DatabaseAddress usual = server.address();
            DatabaseAddress address =
                    new DatabaseAddress(
                            usual.hosts(),
                            "modern",
                            Secret.of("se cret"),
                            usual.schema(),
                            new Tls.Off());
            try (Feed feed = new Feed(address, watcher, Clock.systemUTC())) {
                feed.start();
                watcher.await(Phase.BLOCKED);
                assertThat(watcher.statuses.getLast().reason().orElseThrow().toString())
                        .contains("ed25519")
                        .doesNotContain("se cret");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(ServerVersion.class)
    void row_35_a_certificate_that_nobody_vouches_for_blocks_and_can_be_pinned(
            ServerVersion version, @TempDir Path folder) throws Exception {
        Certificate certificate = Certificate.make(folder);
        try (PrivateServer server =
                PrivateServer.start(
                        version,
                        folder.resolve("server"),
                        "--ssl",
                        "--ssl-cert=" + certificate.file(),
                        "--ssl-key=" + certificate.key())) {
            Watcher refused = new Watcher();
            try (Feed feed = new Feed(with(server, new Tls.Verify()), refused, Clock.systemUTC())) {
                feed.start();
                refused.awaitReason(Phase.BLOCKED, "store.db.certificate");
            }
            for (Tls tls : List.of(new Tls.Require(), certificate.fingerprint())) {
                Watcher pinned = new Watcher();
                try (HomeAssistant home = new HomeAssistant(server);
                        Feed feed = new Feed(with(server, tls), pinned, Clock.systemUTC())) {
                    feed.start();
                    pinned.await(Phase.LIVE);
                    long id = home.state("sensor.a", "1");
                    home.commit();
                    pinned.awaitStreamed(id);
                }
            }
        }
    }

    private static DatabaseAddress with(PrivateServer server, Tls tls) {
        DatabaseAddress usual = server.address();
        return new DatabaseAddress(
                usual.hosts(), usual.user(), usual.password(), usual.schema(), tls);
    }
}
