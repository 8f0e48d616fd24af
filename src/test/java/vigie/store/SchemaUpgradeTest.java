package vigie.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;
import vigie.text.Fault;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Vigie's own schema under an older, a newer, and again the older program. */
@ExtendWith(EmbeddedMariaDb.class)
class SchemaUpgradeTest {
    private static final String SCHEMA = "t_upgrade";
    private static final String ACCOUNT = "'t_upgrade'@'127.0.0.1'";

    private TestDatabase database;
    private DatabaseAddress own;

    @BeforeEach
    void account(TestDatabase database) {
        this.database = database;
        database.asRoot(
                "DROP DATABASE IF EXISTS " + SCHEMA,
                "CREATE OR REPLACE USER " + ACCOUNT + " IDENTIFIED BY 'pass'");
        Accounts.ownSchemaGrants(ACCOUNT, SCHEMA).forEach(database::asRoot);
        own =
                new DatabaseAddress(
                        List.of(database.server().at()),
                        "t_upgrade",
                        Secret.of("pass"),
                        SCHEMA,
                        new Tls.Off());
    }

    @AfterEach
    void forget() {
        database.asRoot("DROP DATABASE IF EXISTS " + SCHEMA, "DROP USER IF EXISTS " + ACCOUNT);
    }

    private List<String> notes(String table) {
        return database.column("SELECT text FROM " + SCHEMA + "." + table + " ORDER BY text");
    }

    private List<String> copies() {
        return database.column(
                "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA='"
                        + SCHEMA
                        + "' AND TABLE_NAME LIKE 'backup%' ORDER BY 1");
    }

    private void write(String note) {
        database.asRoot(
                "INSERT INTO t_upgrade.note (id, recorder, at_us, written_at, author, text) VALUES"
                        + " (UNHEX(MD5('"
                        + note
                        + "')), 'home', 1, '2026-11-21 06:00:00', 'A', '"
                        + note
                        + "')");
    }

    @Test
    void the_small_tables_are_copied_before_the_first_change_and_the_archive_is_not() {
        OwnSchema.open(own);
        write("before");
        assertThat(copies()).isEmpty();

        assertThat(FutureSchema.open(own)).isEqualTo(new OwnSchema.Usable(own, 99));

        assertThat(copies())
                .containsExactly(
                        "backup_v4",
                        "backup_v4_archive",
                        "backup_v4_attributes",
                        "backup_v4_duty",
                        "backup_v4_fact",
                        "backup_v4_flyway_schema_history",
                        "backup_v4_heartbeat",
                        "backup_v4_note",
                        "backup_v4_outage",
                        "backup_v4_point",
                        "backup_v4_point_key",
                        "backup_v4_point_name",
                        "backup_v4_position",
                        "backup_v4_reroll",
                        "backup_v4_stream");
        assertThat(notes("backup_v4_note")).containsExactly("before");
        assertThat(database.column("SHOW COLUMNS FROM " + SCHEMA + ".backup_v4_note"))
                .doesNotContain("answer");
        assertThat(
                        database.column(
                                "SELECT MAX(CAST(version AS INT)) FROM "
                                        + SCHEMA
                                        + ".backup_v4_flyway_schema_history"))
                .containsExactly("4");
    }

    @Test
    void the_newest_two_sets_of_copies_are_kept() {
        for (int version : List.of(1, 2, 3)) {
            FutureSchema.openAsOf(own, version);
        }
        OwnSchema.open(own);
        assertThat(copies()).contains("backup_v2", "backup_v3").doesNotContain("backup_v1");

        FutureSchema.open(own);

        assertThat(copies())
                .contains("backup_v3", "backup_v3_fact", "backup_v4", "backup_v4_note")
                .noneMatch(name -> name.startsWith("backup_v2"));
    }

    @Test
    void an_older_program_leaves_all_as_it_is_and_a_later_upgrade_goes_on() {
        FutureSchema.openAsOf(own, 3);
        FutureSchema.open(own);
        write("newer");
        List<String> before = database.column("SELECT @@gtid_binlog_pos");

        assertThat(OwnSchema.open(own)).isEqualTo(new OwnSchema.Newer(own, 99, 4));
        assertThat(FutureSchema.openAsOf(own, 3)).isEqualTo(new OwnSchema.Newer(own, 99, 3));

        assertThat(database.column("SELECT @@gtid_binlog_pos")).isEqualTo(before);
        assertThat(FutureSchema.open(own)).isEqualTo(new OwnSchema.Usable(own, 99));
        assertThat(notes("note")).containsExactly("newer");
    }

    @Test
    void copies_that_were_broken_off_are_made_again() {
        OwnSchema.open(own);
        write("now");
        database.asRoot(
                "CREATE TABLE " + SCHEMA + ".backup_v4_note (half INT)",
                "CREATE TABLE " + SCHEMA + ".backup_v4_gone (half INT)");

        FutureSchema.open(own);

        assertThat(notes("backup_v4_note")).containsExactly("now");
        assertThat(copies()).contains("backup_v4").doesNotContain("backup_v4_gone");
    }

    @Test
    void the_copies_from_before_a_migration_that_was_broken_off_are_kept_for_the_next_try() {
        OwnSchema.open(own);
        write("before");
        assertThat(FutureSchema.openAndBreakOff(own)).isInstanceOf(OwnSchema.Unavailable.class);
        assertThat(notes("backup_v4_note")).containsExactly("before");
        assertThat(database.column("SHOW COLUMNS FROM " + SCHEMA + ".note")).contains("answer");
        write("since");

        assertThat(FutureSchema.openAndBreakOff(own)).isInstanceOf(OwnSchema.Unavailable.class);

        assertThat(notes("backup_v4_note")).containsExactly("before");
        assertThat(OwnSchema.open(own))
                .as("the older program")
                .isEqualTo(new OwnSchema.Usable(own, Migrations.NEWEST));
        assertThat(notes("note")).containsExactly("before", "since");
    }

    @Test
    void after_a_way_back_the_copies_of_the_next_upgrade_are_new_ones() {
        OwnSchema.open(own);
        write("first");
        FutureSchema.open(own);
        database.asRoot(
                "DELETE FROM " + SCHEMA + ".flyway_schema_history WHERE version='99'",
                "DROP TABLE " + SCHEMA + ".alarm");
        assertThat(OwnSchema.open(own)).isInstanceOf(OwnSchema.Usable.class);
        write("second");

        FutureSchema.open(own);

        assertThat(notes("backup_v4_note")).containsExactly("first", "second");
    }

    @Test
    void what_cannot_be_copied_is_not_migrated_and_said_in_one_sentence() {
        OwnSchema.open(own);
        // Its copy would have a name longer than the server allows.
        database.asRoot("CREATE TABLE " + SCHEMA + "." + "x".repeat(60) + " (id INT)");

        OwnSchema.Access access = FutureSchema.open(own);

        assertThat(access.obstacle().orElseThrow().key()).isEqualTo("store.own.notCopied");
        assertThat(database.column("SHOW TABLES IN " + SCHEMA)).doesNotContain("alarm");
        database.asRoot("DROP TABLE " + SCHEMA + "." + "x".repeat(60));
        assertThat(FutureSchema.open(own)).isInstanceOf(OwnSchema.Usable.class);
    }

    @Test
    void an_account_that_may_not_make_tables_is_told_which_right_and_nothing_is_migrated() {
        OwnSchema.open(own);
        database.asRoot("REVOKE CREATE ON " + Accounts.allOf(SCHEMA) + " FROM " + ACCOUNT);

        assertThat(FutureSchema.open(own)).isInstanceOf(OwnSchema.NotPermitted.class);

        assertThat(database.column("SHOW COLUMNS FROM " + SCHEMA + ".note"))
                .doesNotContain("answer");
    }

    @ParameterizedTest
    @CsvSource({
        "1021, Disk full (/tmp); waiting for someone to free some space, store.own.noSpace",
        "1114, The table 'note' is full, store.own.noSpace",
        "1030, Got error 28 from storage engine InnoDB, store.own.noSpace",
        "1030, Got error 168 from storage engine InnoDB, store.own.notCopied",
        "1205, Lock wait timeout exceeded, store.db.busy"
    })
    void a_full_disk_is_called_by_its_name(int code, String message, String key) {
        SQLException failed = new SQLException(message, "HY000", code);

        Fault fault = new SchemaBackup.NotMade(failed).fault(own);

        assertThat(fault.sentence().key()).isEqualTo(key);
        assertThat(fault.kind()).isEqualTo(Fault.Kind.PASSING);
    }

    @Test
    void many_consoles_that_are_updated_at_once_copy_and_migrate_once() throws Exception {
        OwnSchema.open(own);
        write("before");
        List<OwnSchema.Access> opened = new ArrayList<>();
        try (ExecutorService consoles = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<OwnSchema.Access>> answers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                answers.add(consoles.submit(() -> FutureSchema.open(own)));
            }
            for (Future<OwnSchema.Access> answer : answers) {
                opened.add(answer.get());
            }
        }
        assertThat(opened).containsOnly(new OwnSchema.Usable(own, 99));
        assertThat(notes("backup_v4_note")).containsExactly("before");
        assertThat(
                        database.column(
                                "SELECT COUNT(*) FROM "
                                        + SCHEMA
                                        + ".flyway_schema_history WHERE version='99'"))
                .containsExactly("1");
    }

    @Test
    void who_was_on_duty_before_the_upgrade_is_sent_off_it() {
        OwnSchema.open(own);
        database.asRoot("INSERT INTO " + SCHEMA + ".duty VALUES (1, 7, 'older', UTC_TIMESTAMP())");

        FutureSchema.open(own);

        assertThat(database.column("SELECT epoch FROM " + SCHEMA + ".duty")).containsExactly("8");
        FutureSchema.open(own);
        assertThat(database.column("SELECT epoch FROM " + SCHEMA + ".duty")).containsExactly("8");
    }
}
