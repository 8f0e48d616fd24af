package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import vigie.feed.Finding.Grade;
import vigie.store.DatabaseAddress;
import vigie.store.HostPort;
import vigie.store.Secret;
import vigie.store.Tls;
import vigie.store.testing.ServerVersion;
import vigie.text.Words;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The diagnosis against real servers in the conditions that installations are found in. */
class DiagnosisOnServerTest {
    /** What many installations have, from a common guide. */
    private static final String[] COMMON = {
        "--server-id=10",
        "--binlog-format=ROW",
        "--expire-logs-days=3",
        "--binlog-row-metadata=NO_LOG",
        "--gtid-strict-mode=OFF"
    };

    private @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void a_common_set_of_options_and_account_passes_with_warnings_only(ServerVersion version)
            throws Exception {
        try (PrivateServer server = PrivateServer.start(version, folder, COMMON)) {
            server.execute(
                    "CREATE USER 'home'@'%' IDENTIFIED BY 'assistant'",
                    "GRANT ALL PRIVILEGES ON homeassistant.* TO 'home'@'%'",
                    "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'home'@'%'");
            live(server);
            Diagnosis diagnosis = diagnose(as(server, "home", "assistant"));
            assertThat(diagnosis.grade()).as(said(diagnosis)).isEqualTo(Grade.WARNING);
            assertThat(find(diagnosis, "rights"))
                    .startsWith("WARNING more than needed: 'home'@'%' has ALL PRIVILEGES");
            assertThat(recipe(diagnosis))
                    .contains(
                            "CREATE USER IF NOT EXISTS 'vigie'@'%'", "ON `vigie`.* TO 'vigie'@'%'")
                    .doesNotContain("'home'");
            assertThat(find(diagnosis, "metadata")).startsWith("WARNING NO_LOG");
            assertThat(find(diagnosis, "retention")).startsWith("OK kept for 3 d");
            assertThat(find(diagnosis, "stream")).startsWith("OK");
            assertThat(find(diagnosis, "log-list")).startsWith("OK");
            assertThat(find(diagnosis, "filter")).startsWith("OK");
            assertThat(find(diagnosis, "tables")).startsWith("OK homeassistant");
            assertThat(find(diagnosis, "index")).startsWith("OK");
            assertThat(find(diagnosis, "recorder")).startsWith("OK Home Assistant has been");
            assertThat(find(diagnosis, "clock")).startsWith("OK");
            assertThat(said(diagnosis)).doesNotContain("assistant'", "PASSWORD '*");
        }
    }

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void a_server_without_a_binlog_is_a_warning_that_names_the_add_on(ServerVersion version)
            throws Exception {
        try (PrivateServer server = PrivateServer.start(version, folder, "--skip-log-bin")) {
            live(server);
            Diagnosis diagnosis = diagnose(server.address());
            assertThat(diagnosis.grade()).as(said(diagnosis)).isEqualTo(Grade.WARNING);
            assertThat(find(diagnosis, "binlog"))
                    .startsWith("WARNING off")
                    .contains("mariadb_server_args", "--log-bin=mariadb-bin");
            assertThat(find(diagnosis, "newest")).startsWith("OK");
        }
    }

    @Test
    void settings_and_rights_that_change_are_found_while_the_server_runs() throws Exception {
        try (PrivateServer server = PrivateServer.start(folder)) {
            live(server);
            server.execute("GRANT BINLOG MONITOR ON *.* TO 'console'@'%'");
            Diagnosis good = diagnose(server.address());
            assertThat(find(good, "stream")).startsWith("OK");
            assertThat(find(good, "commits")).doesNotStartWith("BLOCKED");
            assertThat(recipe(good))
                    .contains(
                            "GRANT SELECT ON `homeassistant`.* TO 'console'@'%';",
                            "GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO 'console'@'%';",
                            "ON `vigie`.* TO 'console'@'%';");

            server.execute("SET GLOBAL binlog_format=MIXED", "SET GLOBAL binlog_row_image=MINIMAL");
            Diagnosis mixed = diagnose(server.address());
            assertThat(mixed.grade()).isEqualTo(Grade.BLOCKED);
            assertThat(find(mixed, "format")).startsWith("BLOCKED MIXED");
            assertThat(find(mixed, "image")).startsWith("WARNING MINIMAL");
            server.execute("SET GLOBAL binlog_format=ROW", "SET GLOBAL binlog_row_image=FULL");

            server.execute("REVOKE BINLOG MONITOR ON *.* FROM 'console'@'%'");
            assertThat(find(diagnose(server.address()), "log-list"))
                    .startsWith("WARNING not allowed")
                    .contains("GRANT BINLOG MONITOR ON *.* TO 'console'@'%';");

            server.execute("REVOKE REPLICATION SLAVE ON *.* FROM 'console'@'%'");
            Diagnosis blind = diagnose(server.address());
            assertThat(blind.grade()).isEqualTo(Grade.BLOCKED);
            assertThat(find(blind, "stream"))
                    .startsWith("BLOCKED")
                    .contains("GRANT REPLICATION SLAVE ON *.* TO 'console'@'%'");

            server.execute("REVOKE SELECT ON homeassistant.* FROM 'console'@'%'");
            assertThat(find(diagnose(server.address()), "login"))
                    .startsWith("BLOCKED")
                    .contains("GRANT SELECT ON `homeassistant`.*");

            Diagnosis wrong = diagnose(as(server, "console", "geheim"));
            assertThat(wrong.grade()).isEqualTo(Grade.BLOCKED);
            assertThat(find(wrong, "login")).startsWith("BLOCKED").contains("refuses the login");
            assertThat(find(wrong, "rest")).startsWith("UNCHECKED");
            assertThat(said(wrong)).doesNotContain("geheim");
        }
    }

    @Test
    void the_interval_between_commits_is_read_from_the_log() throws Exception {
        try (PrivateServer server = PrivateServer.start(folder)) {
            server.execute(
                    "INSERT INTO schema_changes (schema_version, changed) VALUES (53, NOW(6))",
                    "INSERT INTO states_meta (metadata_id, entity_id) VALUES (1, 'sensor.a')");
            // Commits of a recorder that waits up to five seconds, written at once: the rows' own
            // times tell how long they have waited.
            for (int i = 0; i < 12; i++) {
                server.execute(
                        "INSERT INTO states (state, metadata_id, last_updated_ts) VALUES"
                                + " ('1', 1, UNIX_TIMESTAMP(NOW(6)) - 5.4), ('2', 1,"
                                + " UNIX_TIMESTAMP(NOW(6)))");
            }
            assertThat(find(diagnose(server.address()), "commits"))
                    .startsWith("WARNING about every")
                    .contains("commit_interval: 1");
        }
    }

    @Test
    void an_account_that_signs_with_ed25519_is_told_what_to_change() throws Exception {
        String plugins = ServerVersion.pluginFolder("auth_ed25519.so");
        try (PrivateServer server =
                PrivateServer.start(
                        ServerVersion.DEBIAN, folder, plugins, "--plugin-load-add=auth_ed25519")) {
            live(server);
            server.execute(
                    "CREATE USER 'signer'@'%' IDENTIFIED VIA ed25519 USING PASSWORD('geheim')",
                    "GRANT SELECT ON homeassistant.* TO 'signer'@'%'",
                    "GRANT REPLICATION SLAVE ON *.* TO 'signer'@'%'");
            Diagnosis diagnosis = diagnose(as(server, "signer", "geheim"));
            assertThat(diagnosis.grade()).as(said(diagnosis)).isEqualTo(Grade.BLOCKED);
            assertThat(find(diagnosis, "method"))
                    .startsWith("BLOCKED 'signer'@'%' logs in with a password by ed25519")
                    .contains("ALTER USER 'signer'@'%' IDENTIFIED VIA mysql_native_password");
            assertThat(find(diagnosis, "stream")).startsWith("BLOCKED").contains("by ed25519");
        }
    }

    @Test
    void a_read_only_server_whose_sources_may_not_be_asked_is_a_warning() throws Exception {
        try (PrivateServer primary = PrivateServer.start(folder.resolve("a"));
                PrivateServer replica =
                        PrivateServer.start(
                                folder.resolve("b"), "--server-id=2", "--read-only=ON")) {
            live(primary);
            live(replica);
            Diagnosis diagnosis = diagnose(PrivateServer.address(primary, replica));
            assertThat(diagnosis.hosts()).hasSize(2);
            assertThat(find(diagnosis, "role")).startsWith("OK primary");
            assertThat(line(diagnosis.hosts().getLast().findings(), "role"))
                    .startsWith("WARNING read only")
                    .contains("GRANT REPLICA MONITOR");
            assertThat(diagnosis.grade()).isEqualTo(Grade.WARNING);
            assertThat(recipe(diagnosis)).contains("GRANT REPLICA MONITOR");
        }
    }

    @Test
    void limits_and_logins_that_are_refused_carry_their_remedy_apart() throws Exception {
        try (PrivateServer server = PrivateServer.start(folder, "--read-only=ON")) {
            live(server);
            DatabaseAddress address = server.address();
            Diagnosis readOnly = diagnose(address);
            assertThat(find(readOnly, "role")).startsWith("WARNING read only");
            assertThat(find(readOnly, "own")).startsWith("OK not set up").contains("→ optional");
            server.execute("GRANT REPLICA MONITOR ON *.* TO 'console'@'%'");
            assertThat(find(diagnose(address), "role"))
                    .startsWith("WARNING read only, and a replica of nothing");

            DatabaseAddress stranger = as(server, "writer", "geheim").withSchema("vigie");
            Diagnosis refused = Diagnosis.of(address, stranger, Clock.systemUTC());
            assertThat(find(refused, "own"))
                    .startsWith("WARNING VIGIE_DB_URL: the server refuses the login of 'writer'")
                    .contains("→ check the account and the password");
            assertThat(said(refused)).doesNotContain("geheim");

            assertThat(find(diagnose(as(server, "console", "geheim")), "login"))
                    .startsWith("BLOCKED")
                    .contains("refuses the login of console → check the password");
            assertThat(find(diagnose(address.withSchema("homeassistent")), "login"))
                    .startsWith("BLOCKED")
                    .contains("→ write the schema homeassistant into the address");
            Diagnosis twice = diagnose(PrivateServer.address(server, server));
            assertThat(line(twice.together(), "hosts")).startsWith("WARNING");

            server.execute("ALTER USER 'console'@'%' WITH MAX_USER_CONNECTIONS 1");
            assertThat(find(diagnose(address), "stream"))
                    .startsWith("BLOCKED")
                    .contains("→ run as an administrator ALTER USER 'console'@'%' WITH MAX_USER");
            server.execute(
                    "ALTER USER 'console'@'%' WITH MAX_USER_CONNECTIONS 0",
                    "ALTER USER 'console'@'%' PASSWORD EXPIRE");
            assertThat(find(diagnose(address), "login"))
                    .startsWith("BLOCKED")
                    .contains(
                            "→ run there as an administrator ALTER USER 'console'@'%' IDENTIFIED");
            server.execute("ALTER USER 'console'@'%' IDENTIFIED BY 'se cret'");
            assertThat(find(diagnose(address), "login")).startsWith("OK");
        }
    }

    @Test
    void a_server_that_says_nothing_and_one_that_is_not_there_are_told_within_seconds()
            throws Exception {
        HostPort gone = free();
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            DatabaseAddress address =
                    new DatabaseAddress(
                            List.of(
                                    new HostPort("127.0.0.1", silent.getLocalPort()),
                                    gone,
                                    new HostPort("no-such-host.invalid", 3306)),
                            "vigie",
                            Secret.of("geheim"),
                            "homeassistant",
                            new Tls.Off());
            long began = System.nanoTime();
            Diagnosis diagnosis = diagnose(address);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(15));
            assertThat(diagnosis.grade()).isEqualTo(Grade.BLOCKED);
            assertThat(find(diagnosis, "port")).startsWith("BLOCKED").contains("says nothing");
            assertThat(line(diagnosis.hosts().get(1).findings(), "port"))
                    .contains("nothing listens");
            assertThat(line(diagnosis.hosts().get(2).findings(), "name"))
                    .startsWith("BLOCKED no host");
        }
    }

    @Test
    void a_host_that_drops_packets_is_given_up_after_some_seconds() throws Exception {
        // A full queue of connections drops what comes further, as a firewall does.
        List<Socket> filling = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HostPort host = new HostPort("127.0.0.1", full.getLocalPort());
            fill(filling, host);
            long began = System.nanoTime();
            Diagnosis diagnosis =
                    diagnose(
                            new DatabaseAddress(
                                    List.of(host),
                                    "vigie",
                                    Secret.NONE,
                                    "homeassistant",
                                    new Tls.Off()));
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(15));
            assertThat(find(diagnosis, "port")).startsWith("BLOCKED").contains("firewall");
        } finally {
            for (Socket socket : filling) {
                socket.close();
            }
        }
    }

    /** Where nothing listens. */
    private static HostPort free() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new HostPort("127.0.0.1", closed.getLocalPort());
        }
    }

    private static void fill(List<Socket> filling, HostPort host) {
        for (int i = 0; i < 10; i++) {
            Socket socket = new Socket();
            filling.add(socket);
            try {
                socket.connect(new java.net.InetSocketAddress(host.host(), host.port()), 300);
            } catch (IOException full) {
                return;
            }
        }
    }

    /** Rows and a run of Home Assistant, as of now. */
    private static void live(PrivateServer server) throws Exception {
        server.execute(
                "SET SESSION sql_log_bin=1",
                "INSERT INTO schema_changes (schema_version, changed) VALUES (53, NOW(6))",
                "INSERT INTO recorder_runs (start, closed_incorrect, created) VALUES"
                        + " (UTC_TIMESTAMP(6) - INTERVAL 1 DAY, 0, UTC_TIMESTAMP(6))",
                "INSERT INTO states_meta (metadata_id, entity_id) VALUES (1, 'sensor.a')",
                "INSERT INTO states (state, metadata_id, last_updated_ts) VALUES"
                        + " ('1', 1, UNIX_TIMESTAMP(NOW(6)))");
    }

    private static DatabaseAddress as(PrivateServer server, String user, String password) {
        DatabaseAddress address = server.address();
        return new DatabaseAddress(
                address.hosts(), user, Secret.of(password), address.schema(), address.tls());
    }

    private static Diagnosis diagnose(DatabaseAddress address) {
        return Diagnosis.of(address, address.withSchema("vigie"), Clock.systemUTC());
    }

    private static String find(Diagnosis diagnosis, String key) {
        return line(diagnosis.hosts().getFirst().findings(), key);
    }

    private static String line(List<Finding> findings, String key) {
        Words words = Words.in(Locale.UK);
        return findings.stream()
                .filter(finding -> finding.key().equals(key))
                .map(finding ->
                        finding.grade()
                                + " "
                                + words.say(finding.what())
                                + finding.remedy()
                                        .map(remedy -> " → " + words.say(remedy))
                                        .orElse(""))
                .findFirst()
                .orElseThrow();
    }

    private static String recipe(Diagnosis diagnosis) {
        return diagnosis.recipes().stream()
                .flatMap(recipe -> recipe.statements().stream())
                .collect(Collectors.joining("\n"));
    }

    private static String said(Diagnosis diagnosis) {
        return diagnosis.hosts().stream()
                        .flatMap(host -> host.findings().stream())
                        .map(finding ->
                                finding.key() + ": " + line(List.of(finding), finding.key()))
                        .collect(Collectors.joining("\n"))
                + "\n"
                + recipe(diagnosis);
    }
}
