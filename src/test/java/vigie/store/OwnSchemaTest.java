package vigie.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import vigie.store.OwnSchema.Access;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;
import vigie.text.Fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

@ExtendWith(EmbeddedMariaDb.class)
class OwnSchemaTest {
    private static final String SCHEMA = "t_own_schema_x";
    private static final String ACCOUNT = "'t_own'@'127.0.0.1'";

    private TestDatabase database;
    private DatabaseAddress own;

    @BeforeEach
    void account(TestDatabase database) {
        this.database = database;
        database.asRoot(
                "DROP DATABASE IF EXISTS " + SCHEMA,
                "CREATE OR REPLACE USER " + ACCOUNT + " IDENTIFIED BY 'pass'");
        own =
                new DatabaseAddress(
                        List.of(database.server().at()),
                        "t_own",
                        Secret.of("pass"),
                        SCHEMA,
                        new Tls.Off());
    }

    @AfterEach
    void forget() {
        database.asRoot("DROP DATABASE IF EXISTS " + SCHEMA, "DROP USER IF EXISTS " + ACCOUNT);
    }

    private void allow() {
        Accounts.ownSchemaGrants(ACCOUNT, SCHEMA).forEach(database::asRoot);
    }

    @Test
    void the_rights_that_are_named_are_enough_to_make_it_and_none_opens_a_neighbour() {
        allow();
        assertThat(OwnSchema.open(own)).isEqualTo(new OwnSchema.Usable(own, Migrations.NEWEST));
        assertThat(
                        database.column(
                                "SELECT CONCAT(TABLE_NAME,' ',ENGINE,' ',TABLE_COLLATION) FROM"
                                        + " information_schema.TABLES WHERE TABLE_SCHEMA='"
                                        + SCHEMA
                                        + "' AND TABLE_NAME NOT LIKE 'flyway%' ORDER BY 1"))
                .containsExactly(
                        "amended InnoDB utf8mb4_bin",
                        "archive InnoDB utf8mb4_bin",
                        "attributes InnoDB utf8mb4_bin",
                        "duty InnoDB utf8mb4_bin",
                        "fact InnoDB utf8mb4_bin",
                        "heartbeat InnoDB utf8mb4_bin",
                        "hours InnoDB utf8mb4_bin",
                        "late InnoDB utf8mb4_bin",
                        "minutes InnoDB utf8mb4_bin",
                        "note InnoDB utf8mb4_bin",
                        "outage InnoDB utf8mb4_bin",
                        "point InnoDB utf8mb4_bin",
                        "point_key InnoDB utf8mb4_bin",
                        "point_name InnoDB utf8mb4_bin",
                        "position InnoDB utf8mb4_bin",
                        "quarters InnoDB utf8mb4_bin",
                        "reading InnoDB utf8mb4_bin",
                        "reroll InnoDB utf8mb4_bin",
                        "stream InnoDB utf8mb4_bin",
                        "text_change InnoDB utf8mb4_bin");
        DatabaseAddress neighbour = own.withSchema("t_own_schemaax");
        assertThat(OwnSchema.open(neighbour)).isInstanceOf(OwnSchema.NotPermitted.class);
    }

    @Test
    void opening_it_again_writes_nothing() {
        allow();
        OwnSchema.open(own);
        List<String> before = database.column("SELECT @@gtid_binlog_pos");
        assertThat(OwnSchema.open(own)).isInstanceOf(OwnSchema.Usable.class);
        assertThat(database.column("SELECT @@gtid_binlog_pos")).isEqualTo(before);
    }

    @Test
    void the_missing_statements_are_named_for_the_account_that_the_server_sees_and_help() {
        Access access = OwnSchema.open(own);
        OwnSchema.NotPermitted refused =
                assertThat(access)
                        .asInstanceOf(
                                org.assertj.core.api.InstanceOfAssertFactories.type(
                                        OwnSchema.NotPermitted.class))
                        .actual();
        assertThat(refused.missing()).isEqualTo(Accounts.ownSchemaGrants(ACCOUNT, SCHEMA));
        assertThat(access.obstacle().orElseThrow().values().toString())
                .contains("t\\_own\\_schema\\_x")
                .doesNotContain("pass");
        refused.missing().forEach(database::asRoot);
        assertThat(OwnSchema.open(own)).isInstanceOf(OwnSchema.Usable.class);
    }

    @Test
    void a_right_that_was_taken_back_later_is_noticed() {
        allow();
        OwnSchema.open(own);
        for (String right : List.of("INSERT", "UPDATE", "DELETE", "SELECT")) {
            database.asRoot("REVOKE " + right + " ON `t\\_own\\_schema\\_x`.* FROM " + ACCOUNT);
            assertThat(OwnSchema.open(own)).as(right).isInstanceOf(OwnSchema.NotPermitted.class);
            allow();
        }
    }

    @Test
    void many_consoles_that_start_at_once_make_it_once() throws Exception {
        allow();
        List<Access> opened = new ArrayList<>();
        try (ExecutorService consoles = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Access>> answers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                answers.add(consoles.submit(() -> OwnSchema.open(own)));
            }
            for (Future<Access> answer : answers) {
                opened.add(answer.get());
            }
        }
        assertThat(opened).containsOnly(new OwnSchema.Usable(own, Migrations.NEWEST));
        assertThat(database.column("SELECT version FROM " + SCHEMA + ".flyway_schema_history"))
                .containsExactly("1", "2", "3", "4");
    }

    @Test
    void the_log_tells_that_it_was_made_and_nothing_of_how() {
        allow();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.INFO);
        try {
            OwnSchema.open(own);
        } finally {
            root.setLevel(before);
            root.detachAppender(log);
        }
        assertThat(log.list)
                .extracting(ILoggingEvent::getLoggerName)
                .containsOnly(OwnSchema.class.getName());
    }

    @Test
    void a_version_that_was_broken_off_is_made_whole() {
        allow();
        OwnSchema.open(own);
        database.asRoot(
                "DROP TABLE " + SCHEMA + ".position",
                "UPDATE " + SCHEMA + ".flyway_schema_history SET success=0");
        assertThat(OwnSchema.open(own)).isEqualTo(new OwnSchema.Usable(own, Migrations.NEWEST));
        assertThat(database.column("SELECT COUNT(*) FROM " + SCHEMA + ".position"))
                .containsExactly("0");
    }

    @Test
    void tables_of_a_newer_vigie_are_left_alone() {
        allow();
        OwnSchema.open(own);
        database.asRoot("UPDATE " + SCHEMA + ".flyway_schema_history SET version='7'");
        assertThat(OwnSchema.open(own)).isEqualTo(new OwnSchema.Newer(own, 7, Migrations.NEWEST));
    }

    @Test
    void a_schema_that_holds_something_else_is_left_alone() {
        allow();
        database.asRoot(
                "CREATE DATABASE " + SCHEMA, "CREATE TABLE " + SCHEMA + ".accounts (id INT)");
        Access access = OwnSchema.open(own);
        assertThat(access.obstacle().orElseThrow().key()).isEqualTo("store.own.foreign");
        assertThat(database.column("SHOW TABLES IN " + SCHEMA)).containsExactly("accounts");
    }

    @Test
    void a_server_that_is_away_or_read_only_is_told_and_never_thrown() {
        allow();
        DatabaseAddress away = own.at(new HostPort("127.0.0.1", 1));
        assertThat(OwnSchema.open(away)).isInstanceOf(OwnSchema.Unavailable.class);
        database.asRoot("SET GLOBAL read_only=1");
        try {
            assertThat(OwnSchema.open(own).obstacle().orElseThrow().key())
                    .isEqualTo("store.db.readOnly");
        } finally {
            database.asRoot("SET GLOBAL read_only=0");
        }
    }

    @Test
    void its_address_is_on_the_same_server_and_no_one_elses_schema() throws Fault {
        DatabaseAddress home = DatabaseAddress.parse("mysql://ha:x@db:3306/homeassistant");
        assertThat(home.own(Optional.empty()).shown()).isEqualTo("mariadb://ha@db:3306/vigie");
        assertThat(home.own(Optional.of("mysql://v:y@DB")).shown())
                .isEqualTo("mariadb://v@DB:3306/vigie");
        assertThat(home.own(Optional.of("mysql://v:y@db/watch")).schema()).isEqualTo("watch");
        assertThat(key(home, "mysql://v:y@db2/vigie")).isEqualTo("store.own.otherServer");
        assertThat(key(home, "mysql://v:y@db:3307/vigie")).isEqualTo("store.own.otherServer");
        assertThat(key(home, "mysql://v:y@db/homeassistant")).isEqualTo("store.own.notOurs");
        assertThat(key(home, "mysql://v:y@db/mysql")).isEqualTo("store.own.notOurs");
        assertThat(key(home, "http://v")).isEqualTo("store.url.scheme");
    }

    private static String key(DatabaseAddress home, String url) {
        return catchThrowableOfType(Fault.class, () -> home.own(Optional.of(url))).sentence().key();
    }
}
