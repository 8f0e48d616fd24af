package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import vigie.store.Accounts;
import vigie.store.FutureSchema;
import vigie.store.OwnSchema;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** {@code vigie duty} from outside. */
@ExtendWith(EmbeddedMariaDb.class)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DutyCommandTest {
    private static final String OWN = "t_duty_command_own";

    @TempDir Path folder;

    private TestDatabase database;
    private String account;

    @BeforeEach
    void tables(TestDatabase database) throws IOException {
        this.database = database;
        account = Accounts.account(database.reader().user(), "127.0.0.1");
        database.asRoot("DROP DATABASE IF EXISTS " + OWN);
        try (InputStream file =
                Objects.requireNonNull(
                        DutyCommandTest.class.getResourceAsStream("/recorder/schema-53.sql"))) {
            String schema = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            for (String sql : schema.replaceAll("--[^\n]*", "").split(";")) {
                String statement = sql.strip();
                String verb = statement.toUpperCase(Locale.ROOT);
                if (verb.startsWith("CREATE TABLE")) {
                    database.execute(
                            statement.replaceFirst(
                                    "(?i)CREATE TABLE ", "CREATE TABLE IF NOT EXISTS "));
                }
            }
        }
        database.execute(
                "INSERT IGNORE INTO states_meta VALUES (1,'sensor.a')",
                "INSERT IGNORE INTO state_attributes VALUES (1,0,'{\"unit_of_measurement\":\"°C\"}')",
                "INSERT INTO schema_changes(schema_version,changed) VALUES (53,NOW())",
                "INSERT INTO states (metadata_id,state,last_updated_ts,attributes_id) VALUES"
                        + " (1,'21.5',UNIX_TIMESTAMP()-7200,1)");
    }

    @AfterEach
    void forget() {
        database.asRoot("DROP DATABASE IF EXISTS " + OWN);
    }

    private String ownUrl() {
        return database.reader().withSchema(OWN).url();
    }

    private void allow() {
        Accounts.ownSchemaGrants(account, OWN).forEach(database::asRoot);
    }

    @Test
    void without_the_right_to_write_it_names_the_statement_that_gives_it_and_ends_with_three() {
        allow();
        database.asRoot("REVOKE ALL PRIVILEGES ON " + Accounts.allOf(OWN) + " FROM " + account);
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code =
                Main.run(
                        new String[] {"duty"},
                        Map.of(
                                "MARIADB_URL",
                                database.reader().url(),
                                "VIGIE_DB_URL",
                                ownUrl(),
                                "LANG",
                                "en_GB.UTF-8",
                                "HOME",
                                folder.toString()),
                        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
                        new PrintStream(err, false, StandardCharsets.UTF_8));
        assertThat(code).isEqualTo(3);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(Accounts.ownSchemaGrants(account, OWN).getFirst())
                .doesNotContain(database.reader().password().reveal());
    }

    @Test
    void a_wrong_number_of_days_is_told() throws IOException {
        Path file = folder.resolve("vigie.yaml");
        Files.writeString(
                file, "archive-raw-days: 1\narchive-points:\n  - sensor.*\n  - light.x\n");
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code =
                Main.run(
                        new String[] {"duty", "--config", file.toString()},
                        Map.of("MARIADB_URL", database.reader().url(), "LANG", "en_GB.UTF-8"),
                        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
                        new PrintStream(err, false, StandardCharsets.UTF_8));
        assertThat(code).isEqualTo(3);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("archive-raw-days", "\"1\"", "3");
    }

    @Test
    void beside_tables_of_a_newer_vigie_it_stands_by_and_says_so() throws Exception {
        allow();
        assertThat(FutureSchema.open(database.reader().withSchema(OWN)))
                .isInstanceOf(OwnSchema.Usable.class);
        Process older = start();
        try (BufferedReader said = older.errorReader(StandardCharsets.UTF_8)) {
            assertThat(until(said, "newer Vigie").getLast())
                    .contains("version 99", "use the same Vigie everywhere");
            assertThat(older.isAlive()).isTrue();
            assertThat(database.column("SELECT COUNT(*) FROM " + OWN + ".duty"))
                    .containsExactly("0");
            older.destroy();
            assertThat(older.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(older.exitValue()).isZero();
        } finally {
            older.destroyForcibly();
        }
    }

    @Test
    void a_program_made_as_old_as_it_once_was_makes_older_tables_and_an_update_goes_on()
            throws Exception {
        allow();
        Process older = start("-Dvigie.schema=3");
        try (BufferedReader said = older.errorReader(StandardCharsets.UTF_8)) {
            assertThat(until(said, "archiving; all that is kept is up to date"))
                    .contains("On duty");
            assertThat(database.column("SHOW TABLES IN " + OWN)).doesNotContain("note");
            // The update comes while the older one runs.
            assertThat(OwnSchema.open(database.reader().withSchema(OWN)))
                    .isInstanceOf(OwnSchema.Usable.class);
            assertThat(until(said, "newer Vigie").getLast()).contains("this one knows 3");
        } finally {
            older.destroyForcibly();
        }
        assertThat(database.column("SHOW TABLES IN " + OWN))
                .contains("note", "backup_v3", "backup_v3_fact");
        assertThat(database.column("SELECT value FROM " + OWN + ".reading")).contains("21.5");
    }

    @Test
    void it_archives_until_it_is_stopped_and_another_one_stands_by() throws Exception {
        allow();
        Process first = start();
        try (BufferedReader said = first.errorReader(StandardCharsets.UTF_8)) {
            assertThat(until(said, "archiving; all that is kept is up to date"))
                    .anyMatch(line -> line.startsWith("Archives "))
                    .contains("On duty");
            Process second = start();
            try (BufferedReader alsoSaid = second.errorReader(StandardCharsets.UTF_8)) {
                assertThat(until(alsoSaid, "stands by").getLast())
                        .contains(String.valueOf(first.pid()));
                first.destroy();
                assertThat(first.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(first.exitValue()).isZero();
                until(alsoSaid, "archiving; all that is kept is up to date");
                second.destroy();
                assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(second.exitValue()).isZero();
            } finally {
                second.destroyForcibly();
            }
        } finally {
            first.destroyForcibly();
        }
        assertThat(database.column("SELECT value FROM " + OWN + ".reading")).contains("21.5");
    }

    private Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of(options));
        command.add("-cp");
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        command.add("vigie.app.Main");
        command.add("duty");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .putAll(
                        Map.of(
                                "MARIADB_URL",
                                database.reader().url(),
                                "VIGIE_DB_URL",
                                ownUrl(),
                                "LANG",
                                "en_GB.UTF-8",
                                "HOME",
                                folder.toString(),
                                "XDG_STATE_HOME",
                                folder.resolve("state").toString()));
        return builder.start();
    }

    private static List<String> until(BufferedReader said, String end) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            lines.add(line);
            if (line.contains(end)) {
                return lines;
            }
        }
        throw new AssertionError("it only said " + lines);
    }
}
