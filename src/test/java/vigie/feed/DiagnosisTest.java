package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.feed.DiagnosisFacts.Answer;
import vigie.feed.Finding.Grade;
import vigie.recorder.RecorderSchema;
import vigie.store.DatabaseAddress;
import vigie.store.HostPort;
import vigie.store.Secret;
import vigie.store.ServerDoor;
import vigie.store.Tls;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.text.Words;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ResourceBundle;

/** Each wrong configuration gets its sentence. Nothing is asked of a server here. */
class DiagnosisTest {
    private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
    private static final HostPort HOST = new HostPort("db1", 3306);
    private static final DatabaseAddress ADDRESS =
            new DatabaseAddress(
                    List.of(HOST), "vigie", Secret.of("geheim"), "home_assistant", new Tls.Off());

    @Test
    void rights_are_asked_for_on_the_schema_that_was_found() {
        Finding found =
                Finding.blocked(
                        "login",
                        Sentence.of("doctor.said.store.db.noSchema", "db1", "homeassistan"),
                        Sentence.of("doctor.login.schema", "homeassistant"));
        Finding none =
                DiagnosisRemedies.finding(
                        Grade.BLOCKED,
                        "login",
                        Sentence.of("store.db.noSchema", "db1", "homeassistan"));
        assertThat(schemaToRead(found)).contains("homeassistant");
        assertThat(schemaToRead(none)).isEmpty();
        assertThat(schemaToRead(Finding.ok("login", Sentence.of("doctor.login.ok", "v"))))
                .contains("homeassistan");
    }

    private static Optional<String> schemaToRead(Finding finding) {
        return Diagnosis.schemaToRead(
                List.of(new Diagnosis.Host("db1:3306", List.of(finding))), "homeassistan");
    }

    /** A server at which all is well; a test changes what it is about. */
    private static final class Server {
        final Map<String, String> settings = new HashMap<>();
        boolean several;
        String account = "'vigie'@'10.0.0.%'";
        Answer<AccountLogin> login = known(AccountLogin.read("CREATE USER `v`@`%`"));
        Answer<AccountRights> rights =
                known(
                        AccountRights.read(
                                List.of(
                                        "GRANT REPLICATION SLAVE ON *.* TO `v`@`%`",
                                        "GRANT SELECT ON `home\\_assistant`.* TO `v`@`%`",
                                        "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER,"
                                                + " INDEX ON `vigie`.* TO `v`@`%`")));
        String version = "1";
        Answer<List<DiagnosisFacts.Source>> replicas = known(List.of());
        Answer<DiagnosisFacts.Files> files = known(new DiagnosisFacts.Files(3, 5L << 20));
        Answer<ServerCheck.Filter> filter = known(ServerCheck.Filter.NONE);
        boolean separate;
        @Nullable Fault refused;
        Answer<Optional<Trouble>> stream = known(Optional.empty());
        String end = "0-10-4711";
        Optional<RecorderSchema> schema =
                Optional.of(new RecorderSchema("home_assistant", 53, Map.of(), true));
        @Nullable Fault fault;
        Answer<Optional<DiagnosisFacts.Run>> run =
                known(
                        Optional.of(
                                new DiagnosisFacts.Run(
                                        NOW.minus(Duration.ofDays(3)), Optional.empty())));
        Optional<Instant> newest = Optional.of(NOW.minusMillis(1_500));
        Optional<Duration> commits = Optional.of(Duration.ofSeconds(1));
        Duration sourceAhead = Duration.ZERO;
        Duration databaseAhead = Duration.ofMillis(3);

        Server() {
            settings.putAll(
                    Map.ofEntries(
                            Map.entry("version", "10.11.19-MariaDB-log"),
                            Map.entry("log_bin", "ON"),
                            Map.entry("binlog_format", "ROW"),
                            Map.entry("binlog_row_image", "FULL"),
                            Map.entry("binlog_row_metadata", "FULL"),
                            Map.entry("log_bin_compress", "OFF"),
                            Map.entry("encrypt_binlog", "OFF"),
                            Map.entry("sync_binlog", "1"),
                            Map.entry("innodb_flush_log_at_trx_commit", "1"),
                            Map.entry("binlog_expire_logs_seconds", "604800"),
                            Map.entry("expire_logs_days", "7.000000"),
                            Map.entry("net_write_timeout", "60"),
                            Map.entry("max_allowed_packet", "16777216"),
                            Map.entry("server_id", "10"),
                            Map.entry("gtid_domain_id", "0"),
                            Map.entry("gtid_strict_mode", "ON"),
                            Map.entry("binlog_annotate_row_events", "OFF"),
                            Map.entry("log_slave_updates", "OFF"),
                            Map.entry("max_user_connections", "0"),
                            Map.entry("read_only", "OFF")));
        }

        Server with(String name, String value) {
            settings.put(name, value);
            return this;
        }

        DiagnosisFacts facts() {
            return new DiagnosisFacts(
                    HOST,
                    several,
                    ADDRESS,
                    account,
                    new ServerSettings(settings),
                    Optional.of(Duration.ofDays(9)),
                    login,
                    rights,
                    replicas,
                    "ON".equals(settings.get("log_bin"))
                            ? new DiagnosisFacts.Log(
                                    GtidPosition.parse(end).orElseThrow(), files, filter, stream)
                            : DiagnosisFacts.Log.NONE,
                    new DiagnosisFacts.Recorder(
                            schema,
                            Optional.ofNullable(fault),
                            run,
                            newest,
                            Optional.of(NOW.minus(Duration.ofDays(10))),
                            OptionalLong.of(36_000),
                            commits.map(
                                    interval -> new CommitsSeen(60, NOW, interval, sourceAhead))),
                    new DiagnosisFacts.Clock(NOW, Optional.of(databaseAhead), Duration.ofMillis(2)),
                    new DiagnosisFacts.Own(
                            "vigie",
                            account,
                            separate,
                            Optional.ofNullable(refused),
                            rights,
                            true,
                            Optional.of(version)));
        }

        List<Finding> findings() {
            return Diagnosis.judge(facts());
        }

        Finding find(String key) {
            return findings().stream()
                    .filter(finding -> finding.key().equals(key))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static <T> Answer<T> known(T value) {
        return new Answer.Known<>(value);
    }

    private static String said(Finding finding) {
        Words words = Words.in(Locale.UK);
        return words.say(finding.what())
                + finding.remedy().map(r -> " -> " + words.say(r)).orElse("");
    }

    private static void assertFinding(Finding finding, Grade grade, String... parts) {
        assertThat(finding.grade()).as(said(finding)).isEqualTo(grade);
        assertThat(said(finding)).contains(parts);
    }

    @Test
    void a_good_server_is_all_well() {
        assertThat(new Server().findings())
                .allSatisfy(finding ->
                        assertThat(finding.grade()).as(said(finding)).isEqualTo(Grade.OK));
    }

    @Test
    void every_label_fits_its_column_in_both_languages() {
        for (Words words : List.of(Words.in(Locale.UK), Words.in(Locale.FRANCE))) {
            ResourceBundle bundle = ResourceBundle.getBundle("vigie.text.doctor", words.language());
            List<String> labels =
                    bundle.keySet().stream().filter(key -> key.startsWith("label.")).toList();
            assertThat(labels).hasSizeGreaterThan(35);
            assertThat(labels)
                    .allSatisfy(label ->
                            assertThat(words.say("doctor." + label)).hasSizeLessThanOrEqualTo(14));
            for (Finding finding : new Server().findings()) {
                assertThat(words.say("doctor.label." + finding.key())).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "binlog_format|MIXED|format|BLOCKED|MIXED|SET GLOBAL binlog_format = 'ROW'",
                "binlog_format|STATEMENT|format|BLOCKED|STATEMENT|restart Home Assistant",
                "binlog_row_image|MINIMAL|image|WARNING|MINIMAL|binlog_row_image=FULL",
                "binlog_row_image|NOBLOB|image|WARNING|NOBLOB|binlog_row_image=FULL",
                "binlog_row_metadata|NO_LOG|metadata|WARNING|NO_LOG|binlog_row_metadata=FULL",
                "log_bin_compress|ON|compression|OK|on; Vigie reads it|",
                "encrypt_binlog|ON|log-encryption|OK|encrypted|",
                "binlog_storage_engine|innodb|storage|OK|in innodb|a second later",
                "sync_binlog|0|durability|WARNING|sync_binlog = 0|SET GLOBAL sync_binlog=1",
                "innodb_flush_log_at_trx_commit|2|durability|WARNING|commit = 2|innodb_flush_log_at_trx_commit=1",
                "binlog_expire_logs_seconds|3600|retention|WARNING|1 h|binlog_expire_logs_seconds=259200",
                "binlog_expire_logs_seconds|0|retention|OK|for ever|binlog_expire_logs_seconds=259200",
                "max_binlog_total_size|104857600|retention|WARNING|at most 100 MB|max_binlog_total_size=",
                "net_write_timeout|4|patience|WARNING|4 s|net_write_timeout=60",
                "max_allowed_packet|65536|packets|WARNING|65536|max_allowed_packet=16777216",
                "server_id|0|server-id|BLOCKED|none|server_id = 1",
                "gtid_strict_mode|OFF|strict|OK|off|several",
                "binlog_annotate_row_events|ON|statements|OK|doubles|binlog_annotate_row_events=OFF",
                "version|10.4.34-MariaDB|version|BLOCKED|older than 10.5|update",
                "version|8.0.36|version|BLOCKED|not MariaDB|update",
                "version|10.5.16-MariaDB|version|WARNING|MDEV-25020|10.5.17",
                "version|10.6.8-MariaDB|version|WARNING|MDEV-25020|10.6.9",
                "version|10.7.4-MariaDB|version|WARNING|MDEV-25020|10.7.5",
                "version|10.8.3-MariaDB|version|WARNING|MDEV-25020|10.8.4",
                "version|10.5.17-MariaDB|version|OK|10.5.17|",
                "version|10.9.1-MariaDB|version|OK|10.9.1|",
                "version|11.4.5-MariaDB|version|OK|11.4.5|",
                "version|12.3.1-MariaDB|version|OK|12.3.1|",
                "max_user_connections|3|connections|WARNING|up to 3|WITH MAX_USER_CONNECTIONS",
            })
    void each_setting_gets_its_grade_and_its_remedy(
            String name,
            String value,
            String key,
            Grade grade,
            String what,
            @Nullable String remedy) {
        Finding finding = new Server().with(name, value).find(key);
        assertFinding(finding, grade, what, remedy == null ? "" : remedy);
    }

    @Test
    void without_a_binlog_vigie_still_works_and_the_add_ons_option_is_named() {
        Server server = new Server().with("log_bin", "OFF");
        server.commits = Optional.empty();
        assertFinding(
                server.find("binlog"),
                Grade.WARNING,
                "once a second",
                "mariadb_server_args",
                "--log-bin=mariadb-bin",
                "--binlog-format=ROW",
                "--server-id=10");
        assertThat(server.find("log-settings").grade()).isEqualTo(Grade.UNCHECKED);
        assertThat(server.findings()).noneMatch(finding -> finding.grade() == Grade.BLOCKED);
    }

    @Test
    void a_filter_that_hides_the_tables_is_found() {
        Server server = new Server();
        server.filter = known(ServerCheck.Filter.IGNORED);
        assertFinding(server.find("filter"), Grade.BLOCKED, "remove binlog_ignore_db = home");
        assertThat(said(server.find("filter"))).doesNotContain("binlog_do_db");
        server.filter = known(ServerCheck.Filter.LEFT_OUT);
        assertFinding(server.find("filter"), Grade.BLOCKED, "add binlog_do_db = home_assistant");
        assertThat(said(server.find("filter"))).doesNotContain("binlog_ignore_db");
        server.filter = new Answer.Denied<>();
        assertFinding(server.find("filter"), Grade.UNCHECKED, "BINLOG MONITOR");
    }

    @Test
    void what_the_server_says_to_a_reader_is_handed_on() {
        Server server = new Server();
        server.stream =
                known(
                        Optional.of(
                                new Trouble(
                                        Trouble.Kind.PERSON,
                                        Sentence.of(
                                                "feed.no-replication-right",
                                                "db1:3306",
                                                "vigie",
                                                "'vigie'@'%'"),
                                        "")));
        assertFinding(
                server.find("stream"),
                Grade.BLOCKED,
                " -> run as an administrator GRANT REPLICATION SLAVE ON *.* TO"
                        + " 'vigie'@'10.0.0.%';");
        server.files = new Answer.Denied<>();
        assertFinding(
                server.find("log-list"),
                Grade.WARNING,
                "GRANT BINLOG MONITOR ON *.* TO 'vigie'@'10.0.0.%';");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ed25519",
                "parsec",
                "gssapi",
                "unix_socket",
                "pam",
                "named_pipe",
                "sha256_password"
            })
    void each_method_of_logging_in_that_the_log_cannot_be_read_with_is_said(String plugin) {
        Server server = new Server();
        server.login = known(AccountLogin.read("CREATE USER `v`@`%` IDENTIFIED VIA " + plugin));
        server.stream = new Answer.Unknown<>();
        assertFinding(
                server.find("method"),
                Grade.BLOCKED,
                "cannot be read that way",
                "ALTER USER 'vigie'@'10.0.0.%' IDENTIFIED VIA mysql_native_password USING"
                        + " PASSWORD('...');");
    }

    @Test
    void a_method_that_was_proved_to_work_is_none_to_complain_of() {
        Server server = new Server();
        server.login =
                known(
                        AccountLogin.read(
                                "CREATE USER `v`@`%` IDENTIFIED VIA unix_socket OR"
                                        + " mysql_native_password USING '*AB'"));
        assertThat(server.find("method").grade()).isEqualTo(Grade.OK);
        server.login = known(AccountLogin.read("CREATE USER `v`@`%` IDENTIFIED VIA pam"));
        assertThat(server.find("method").grade()).isEqualTo(Grade.OK);
    }

    @Test
    void too_many_rights_are_a_warning_and_another_account_the_remedy() {
        Server server = new Server();
        server.account = "'homeassistant'@'%'";
        server.rights =
                known(
                        AccountRights.read(
                                List.of(
                                        "GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO"
                                                + " `homeassistant`@`%`",
                                        "GRANT ALL PRIVILEGES ON `home\\_assistant`.* TO"
                                                + " `homeassistant`@`%`")));
        assertFinding(
                server.find("rights"),
                Grade.WARNING,
                "more than needed: 'homeassistant'@'%' has ALL PRIVILEGES ON home_assistant.*",
                "CREATE USER IF NOT EXISTS 'vigie'@'%'",
                "GRANT SELECT ON `home\\_assistant`.* TO 'vigie'@'%'");
        // An account whose rights are taken away is not Home Assistant's own.
        assertThat(said(server.find("rights"))).doesNotContain("REVOKE");
        assertFinding(
                server.find("own"),
                Grade.OK,
                "may not write the schema vigie",
                "optional",
                "ON `vigie`.* TO 'vigie'@'%';");
        assertThat(DiagnosisOfAccount.recommended(server.facts())).isEqualTo("'vigie'@'%'");
        assertThat(DiagnosisOfAccount.recommended("homeassistant")).isEqualTo("'vigie'@'%'");
        assertThat(DiagnosisOfAccount.recommended("watcher")).isEqualTo("'watcher'@'%'");
        assertThat(DiagnosisOfAccount.recommended(new Server().facts()))
                .isEqualTo("'vigie'@'10.0.0.%'");
    }

    @Test
    void the_recommended_account_is_all_well_and_what_it_may_not_do_is_optional() {
        Server server = new Server();
        server.rights =
                known(
                        AccountRights.read(
                                List.of(
                                        "GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO `v`@`%`",
                                        "GRANT SELECT ON `home\\_assistant`.* TO `v`@`%`")));
        assertThat(server.findings())
                .allSatisfy(finding ->
                        assertThat(finding.grade()).as(said(finding)).isEqualTo(Grade.OK));
        assertFinding(server.find("rights"), Grade.OK, "to read, and no more");
        assertFinding(server.find("own"), Grade.OK, "optional", "heartbeat", "duty");
        server.separate = true;
        assertFinding(server.find("own"), Grade.WARNING, "may not write the schema vigie");
    }

    @Test
    void rights_say_what_the_account_may_write_and_what_it_cannot_read() {
        assertFinding(new Server().find("rights"), Grade.OK, "Vigie's own schema vigie");
        Server server = new Server();
        server.stream = new Answer.Unknown<>();
        server.rights =
                known(
                        AccountRights.read(
                                List.of("GRANT SELECT ON `home\\_assistant`.* TO `v`@`%`")));
        assertFinding(
                server.find("rights"),
                Grade.WARNING,
                "not the binlog",
                "GRANT REPLICATION SLAVE ON *.* TO 'vigie'@'10.0.0.%';");
        assertThat(server.with("log_bin", "OFF").find("rights").grade()).isEqualTo(Grade.OK);
    }

    @Test
    void tables_of_a_newer_vigie_are_a_warning_with_the_remedy() {
        Server server = new Server();
        server.version = "99";
        assertFinding(
                server.find("own"), Grade.WARNING, "newer Vigie (version 99", "the same Vigie");
    }

    @Test
    void a_login_of_vigies_own_account_that_is_refused_is_a_warning() {
        Server server = new Server();
        server.separate = true;
        server.refused =
                new Fault(
                        Fault.Kind.BLOCKED,
                        Sentence.of("store.db.refused", "db1:3306", "writer", "CREATE"),
                        "");
        assertFinding(
                server.find("own"),
                Grade.WARNING,
                "refuses the login of 'vigie'@'10.0.0.%'",
                "VIGIE_DB_URL",
                "CREATE USER IF NOT EXISTS 'vigie'@'10.0.0.%' IDENTIFIED BY '...'",
                "ON `vigie`.* TO");
        server.refused = new Fault(Fault.Kind.PASSING, Sentence.of("store.db.gone", "db1"), "");
        assertThat(server.find("own").grade()).isEqualTo(Grade.UNCHECKED);
    }

    @Test
    void a_limit_that_refuses_the_second_connection_is_no_lost_connection() {
        Server server = new Server();
        server.stream =
                known(
                        Optional.of(
                                Trouble.of(
                                        new ServerSaid(
                                                "User 'vigie' has exceeded the"
                                                        + " 'max_user_connections' resource",
                                                1226,
                                                "42000",
                                                true),
                                        ADDRESS,
                                        HOST)));
        String remedy = "ALTER USER 'vigie'@'10.0.0.%' WITH MAX_USER_CONNECTIONS 24;";
        assertFinding(server.find("stream"), Grade.WARNING, "refused the second", remedy);
        server.login = known(AccountLogin.read("CREATE USER `v`@`%` WITH MAX_USER_CONNECTIONS 1"));
        assertFinding(server.find("stream"), Grade.BLOCKED, "refused the second", remedy);
    }

    @Test
    void every_parted_sentence_has_both_parts_in_both_languages() {
        for (Words words : List.of(Words.in(Locale.UK), Words.in(Locale.FRANCE))) {
            ResourceBundle bundle = ResourceBundle.getBundle("vigie.text.doctor", words.language());
            for (String key : DiagnosisRemedies.PARTED) {
                assertThat(bundle.keySet()).contains("said." + key, "said." + key + ".remedy");
            }
        }
        Finding expired =
                DiagnosisRemedies.finding(
                        Grade.BLOCKED,
                        "login",
                        Sentence.of("store.db.expired", "db1:3306", "vigie", "'vigie'@'%'"));
        assertFinding(
                expired,
                Grade.BLOCKED,
                "has expired -> run there as an administrator ALTER USER 'vigie'@'%' IDENTIFIED BY"
                        + " '...'");
    }

    @Test
    void a_limit_by_the_hour_is_a_warning() {
        Server server = new Server();
        server.login =
                known(AccountLogin.read("CREATE USER `v`@`%` WITH MAX_CONNECTIONS_PER_HOUR 5"));
        assertFinding(server.find("connections"), Grade.WARNING, "MAX_CONNECTIONS_PER_HOUR 0");
    }

    @Test
    void a_replica_is_judged_by_what_it_logs_and_how_far_it_is_behind() {
        Server server = new Server().with("read_only", "ON");
        assertFinding(server.find("role"), Grade.WARNING, "cannot record there", "read_only = 0");
        server.replicas = source(true, Optional.of(Duration.ofSeconds(1)));
        assertFinding(server.find("role"), Grade.BLOCKED, "log_slave_updates = ON");
        server.with("log_slave_updates", "ON");
        server.replicas = source(true, Optional.of(Duration.ofSeconds(1)));
        assertFinding(server.find("role"), Grade.OK, "replica of db0:3306, 1 s behind");
        server.replicas = source(true, Optional.of(Duration.ofSeconds(90)));
        assertFinding(server.find("role"), Grade.WARNING, "1 min 30 s behind");
        server.replicas = source(false, Optional.empty());
        assertFinding(server.find("role"), Grade.WARNING, "has stopped", "START REPLICA");
        server.replicas = new Answer.Denied<>();
        assertFinding(
                server.find("role"),
                Grade.WARNING,
                "cannot record there",
                "GRANT REPLICA MONITOR ON *.* TO 'vigie'@'10.0.0.%';");
        server.replicas = known(List.of());
        assertFinding(server.find("role"), Grade.WARNING, "a replica of nothing");
    }

    private static Answer<List<DiagnosisFacts.Source>> source(
            boolean running, Optional<Duration> behind) {
        return known(List.of(new DiagnosisFacts.Source("db0:3306", running, behind)));
    }

    @Test
    void the_recorders_tables_are_judged() {
        Server server = new Server();
        server.schema = Optional.of(new RecorderSchema("home_assistant", 54, Map.of(), false));
        assertFinding(server.find("tables"), Grade.WARNING, "54", "53");
        assertFinding(
                server.find("index"),
                Grade.WARNING,
                "CREATE INDEX ix_states_metadata_id_last_updated_ts ON `home_assistant`.states");
        server.schema = Optional.empty();
        server.fault =
                new Fault(
                        Fault.Kind.BLOCKED,
                        Sentence.of("recorder.too-old", "home_assistant", "42", "43"),
                        "");
        assertFinding(
                server.find("tables"), Grade.BLOCKED, "42", " -> update Home Assistant to 2024.8");
        assertFinding(server.find("recorder"), Grade.UNCHECKED, "the tables are not read");
    }

    @Test
    void a_recorder_that_writes_nothing_or_rarely_is_said() {
        Server server = new Server();
        server.commits = Optional.of(Duration.ofSeconds(5));
        assertFinding(server.find("commits"), Grade.WARNING, "5 s", "commit_interval: 1");
        server.newest = Optional.of(NOW.minus(Duration.ofHours(2)));
        assertFinding(server.find("newest"), Grade.WARNING, "2 h old");
        server.newest = Optional.empty();
        assertFinding(server.find("newest"), Grade.WARNING, "not one row");
        server.run =
                known(
                        Optional.of(
                                new DiagnosisFacts.Run(
                                        NOW.minus(Duration.ofDays(1)),
                                        Optional.of(NOW.minus(Duration.ofMinutes(5))))));
        assertFinding(server.find("recorder"), Grade.WARNING, "stopped 5 min ago");
        server.run = new Answer.Denied<>();
        assertThat(server.find("recorder").grade()).isEqualTo(Grade.UNCHECKED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0|within 3 ms|agrees",
                "5|0|this machine's clock is 5 s behind|agrees",
                "-5|0|this machine's clock is 5 s ahead|agrees",
                "0|4|within|4 s ahead of the database's",
                "0|-4|within|4 s behind the database's",
                "5|-5|the database's clock is 5 s ahead; this|5 s behind the database's",
                "-5|5|the database's clock is 5 s behind; this|5 s ahead",
                "10|-4|the database's clock is 10 s ahead of this machine's|4 s behind",
            })
    void two_clocks_that_agree_say_whose_the_third_is(
            int database, int source, String here, String there) {
        Server server = new Server();
        server.databaseAhead = Duration.ofSeconds(database).plusMillis(database == 0 ? 2 : 0);
        server.sourceAhead = Duration.ofSeconds(source);
        server.newest = Optional.of(NOW.plusSeconds(source).minusMillis(1_500));
        assertFinding(server.find("clock"), database == 0 ? Grade.OK : Grade.WARNING, here);
        assertFinding(server.find("source-clock"), source == 0 ? Grade.OK : Grade.WARNING, there);
    }

    @Test
    void without_the_log_the_clock_of_home_assistant_has_a_bound_only() {
        Server server = new Server();
        server.commits = Optional.empty();
        assertFinding(
                server.find("source-clock"),
                Grade.UNCHECKED,
                "at most 1.5 s behind",
                "too few commits yet");
        server.stream = new Answer.Unknown<>();
        assertFinding(server.find("source-clock"), Grade.UNCHECKED, "the log would tell more");
        server.newest = Optional.of(NOW.plusSeconds(30));
        assertFinding(server.find("source-clock"), Grade.WARNING, "30 s ahead");
    }

    @Test
    void old_domains_are_named_with_the_statement_that_ends_them() {
        Server server = new Server();
        server.end = "0-10-4711,7-1-12";
        assertFinding(server.find("domains"), Grade.OK, "DELETE_DOMAIN_ID = (7)");
    }

    @Test
    void among_several_hosts_one_may_be_written_and_none_has_anothers_number() {
        Server primary = new Server();
        primary.several = true;
        assertThat(DiagnosisOfHosts.of(List.of(primary.facts()))).isEmpty();
        Server replica = new Server().with("read_only", "ON").with("server_id", "11");
        assertThat(DiagnosisOfHosts.of(List.of(primary.facts(), replica.facts())))
                .extracting(Finding::grade)
                .containsExactly(Grade.OK);
        assertThat(DiagnosisOfHosts.of(List.of(primary.facts(), primary.facts())))
                .extracting(Finding::key)
                .containsExactly("primary", "server-ids");
        Server twice =
                new Server().with("hostname", "a").with("port", "3306").with("datadir", "/d");
        assertThat(DiagnosisOfHosts.of(List.of(twice.facts(), twice.facts())))
                .extracting(finding -> finding.key() + " " + finding.grade())
                .containsExactly("hosts WARNING", "primary OK");
        assertFinding(primary.with("gtid_strict_mode", "OFF").find("strict"), Grade.WARNING, "=ON");
        assertFinding(primary.with("wsrep_on", "ON").find("cluster"), Grade.WARNING, "Galera");
    }

    @Test
    void a_host_that_cannot_serve_beside_one_that_can_is_a_warning() {
        Diagnosis.Host good = new Diagnosis.Host("a", new Server().findings());
        Diagnosis.Host bad =
                new Diagnosis.Host(
                        "b", List.of(Finding.blocked("port", Sentence.of("doctor.unanswered"))));
        assertThat(new Diagnosis(List.of(good), List.of(), List.of()).grade()).isEqualTo(Grade.OK);
        assertThat(new Diagnosis(List.of(good, bad), List.of(), List.of()).grade())
                .isEqualTo(Grade.WARNING);
        assertThat(new Diagnosis(List.of(bad), List.of(), List.of()).grade())
                .isEqualTo(Grade.BLOCKED);
    }

    record Way(ServerDoor door, Tls tls, String key, Grade grade, String part) {}

    static List<Way> ways() {
        List<String> far = List.of("10.0.0.7");
        Tls.Fingerprint print = new Tls.Fingerprint("ab".repeat(32));
        ServerDoor.Certificate own = new ServerDoor.Certificate(print, true, false, NOW);
        ServerDoor.Certificate signed = new ServerDoor.Certificate(print, false, true, NOW);
        Tls off = new Tls.Off();
        return List.of(
                new Way(new ServerDoor.UnknownName(), off, "name", Grade.BLOCKED, "is known here"),
                new Way(
                        new ServerDoor.Shut(far, ServerDoor.Why.NOTHING_LISTENS),
                        off,
                        "port",
                        Grade.BLOCKED,
                        "bind-address"),
                new Way(
                        new ServerDoor.Shut(far, ServerDoor.Why.NO_ANSWER),
                        off,
                        "port",
                        Grade.BLOCKED,
                        "firewall"),
                new Way(
                        new ServerDoor.Shut(far, ServerDoor.Why.NO_WAY),
                        off,
                        "port",
                        Grade.BLOCKED,
                        "network"),
                new Way(new ServerDoor.Stranger(far, true), off, "port", Grade.BLOCKED, "frozen"),
                new Way(new ServerDoor.Stranger(far, false), off, "port", Grade.BLOCKED, "3306"),
                new Way(
                        new ServerDoor.Refusing(far, 1129),
                        off,
                        "port",
                        Grade.BLOCKED,
                        "FLUSH HOSTS"),
                new Way(open(false, null), off, "encryption", Grade.WARNING, "ssl_cert"),
                new Way(open(false, null), new Tls.Require(), "encryption", Grade.BLOCKED, "none"),
                new Way(
                        open(true, own),
                        off,
                        "encryption",
                        Grade.WARNING,
                        "?ssl=fingerprint=" + print.sha256()),
                new Way(open(true, signed), off, "encryption", Grade.WARNING, "?ssl=verify"),
                new Way(
                        open(true, own),
                        new Tls.Require(),
                        "encryption",
                        Grade.WARNING,
                        print.shown()),
                new Way(
                        open(true, own),
                        new Tls.Verify(),
                        "encryption",
                        Grade.BLOCKED,
                        "self-signed"),
                new Way(open(true, signed), new Tls.Verify(), "encryption", Grade.OK, "authority"),
                new Way(open(true, own), print, "encryption", Grade.OK, "the one of the address"),
                new Way(
                        open(true, own),
                        new Tls.Fingerprint("cd".repeat(32)),
                        "encryption",
                        Grade.BLOCKED,
                        "?ssl=fingerprint=" + print.sha256()));
    }

    private static ServerDoor open(boolean tls, ServerDoor.@Nullable Certificate certificate) {
        return new ServerDoor.Open(
                List.of("10.0.0.7"),
                Duration.ofMillis(2),
                "10.11.19-MariaDB",
                tls,
                Optional.ofNullable(certificate));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void each_way_to_a_server_is_judged(Way way) {
        DatabaseAddress address =
                new DatabaseAddress(
                        List.of(HOST), "vigie", Secret.of("geheim"), "home_assistant", way.tls());
        Finding finding =
                DiagnosisOfDoor.of(HOST, way.door(), address).stream()
                        .filter(one -> one.key().equals(way.key()))
                        .findFirst()
                        .orElseThrow();
        assertFinding(finding, way.grade(), way.part());
        assertThat(said(finding)).doesNotContain("geheim");
    }

    @Test
    void where_nothing_listens_the_port_is_doubted_first_and_loopback_is_not_opened_to_all() {
        List<String> loopback = List.of("127.0.0.1");
        Finding here =
                DiagnosisOfDoor.of(
                                HOST,
                                new ServerDoor.Shut(loopback, ServerDoor.Why.NOTHING_LISTENS),
                                ADDRESS)
                        .getLast();
        assertFinding(here, Grade.BLOCKED, "-> check the port");
        assertThat(said(here)).doesNotContain("bind-address");
    }

    @Test
    void home_assistants_own_name_for_its_database_is_known_to_be_unknown_elsewhere() {
        HostPort addOn = new HostPort("core-mariadb", 3306);
        assertFinding(
                DiagnosisOfDoor.of(addOn, new ServerDoor.UnknownName(), ADDRESS).getFirst(),
                Grade.BLOCKED,
                "open port 3306");
    }

    @Test
    void the_tail_of_a_log_begins_some_groups_earlier_in_the_servers_own_domain() {
        GtidPosition end = GtidPosition.parse("0-10-4711,7-1-12").orElseThrow();
        assertThat(LogTail.before(end, "0", 200).orElseThrow()).hasToString("0-10-4511,7-1-12");
        assertThat(LogTail.before(end, "7", 200).orElseThrow()).hasToString("0-10-4711,7-1-1");
        assertThat(LogTail.before(end, "3", 200)).isEmpty();
    }
}
