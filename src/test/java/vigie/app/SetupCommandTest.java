package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vigie.plan.PlanFile;
import vigie.store.DatabaseAddress;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

@ExtendWith(EmbeddedMariaDb.class)
class SetupCommandTest {
    private final InputStream realInput = System.in;
    private final Map<String, String> environment = new HashMap<>();
    private @TempDir Path home;

    private record Answer(int code, String out, String err) {}

    @BeforeEach
    void a_recorder_of_today(TestDatabase database) throws Exception {
        environment.put("HOME", home.toString());
        database.asRoot(
                "DROP DATABASE `" + database.schema() + "`",
                "CREATE DATABASE `" + database.schema() + "`");
        try (InputStream in =
                SetupCommandTest.class.getResourceAsStream("/recorder/schema-53.sql")) {
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String sql : script.replaceAll("--[^\n]*", "").split(";")) {
                if (sql.strip().startsWith("CREATE TABLE")) {
                    database.execute(sql);
                }
            }
        }
        database.execute(
                "INSERT INTO schema_changes (schema_version, changed) VALUES (53, NOW(6))",
                "INSERT INTO recorder_runs (start, closed_incorrect, created) VALUES (NOW(6), 0,"
                        + " NOW(6))",
                "INSERT INTO states_meta (metadata_id, entity_id) VALUES (1, 'sensor.a')",
                "INSERT INTO states (state, metadata_id, last_updated_ts) VALUES ('1', 1,"
                        + " UNIX_TIMESTAMP(NOW(6)))");
    }

    @AfterEach
    void the_real_input() {
        System.setIn(realInput);
    }

    @Test
    void the_password_is_read_from_standard_input_and_lies_apart(TestDatabase database)
            throws Exception {
        String password = database.reader().password().reveal();
        Answer answer =
                typed(
                        password + "\n",
                        "setup",
                        "--db-url",
                        bare(database.reader()),
                        "--lang",
                        "fr",
                        "--units",
                        "fahrenheit",
                        "--as",
                        "Équipe de nuit",
                        "--room",
                        "12x8.5");
        // The account has no schema of its own yet, and encryption is off: warnings.
        assertThat(answer.code()).as(answer.out() + answer.err()).isEqualTo(1);
        assertThat(answer.out()).contains("GRANT", "Écrit : " + yaml()).doesNotContain(password);
        assertThat(Files.readString(yaml()))
                .contains(
                        "\ndb-url: " + bare(database.reader()) + "\n",
                        "\nlang: fr\n",
                        "\nunits: fahrenheit\n",
                        "\nas: Équipe de nuit\n",
                        "\nplan: " + yaml().resolveSibling("room.json") + "\n")
                .doesNotContain(password);
        Path secret = yaml().resolveSibling("password");
        assertThat(Files.readString(secret)).isEqualTo(password + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        assertThat(PlanFile.read(yaml().resolveSibling("room.json")).elements()).isNotEmpty();

        Answer after = typed("", "state", "--format", "json");
        assertThat(after.err()).isEmpty();
        assertThat(after.out()).contains("sensor.a");
    }

    @Test
    void an_address_with_the_password_inside_asks_for_none_and_is_split(TestDatabase database)
            throws Exception {
        Answer answer = typed("", "setup", "--db-url", database.reader().url());
        assertThat(answer.code()).isEqualTo(1);
        assertThat(Files.readString(yaml()))
                .contains("\ndb-url: " + bare(database.reader()) + "\n");
        assertThat(Files.readString(yaml().resolveSibling("password")))
                .isEqualTo(database.reader().password().reveal() + "\n");
    }

    @Test
    void nothing_is_written_where_the_database_cannot_serve_unless_forced() throws Exception {
        String url = "mysql://vigie@127.0.0.1:1/ha";
        Answer refused = typed("geheim\n", "setup", "--db-url", url);
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.out()).contains("nothing listens at 127.0.0.1:1", "check the port");
        assertThat(refused.err()).contains("Nothing was written", "--force");
        assertThat(yaml()).doesNotExist();
        Answer forced = typed("geheim\n", "setup", "--db-url", url, "--force");
        assertThat(forced.code()).isEqualTo(1);
        assertThat(forced.out() + forced.err()).doesNotContain("geheim");
        assertThat(Files.readString(yaml().resolveSibling("password"))).isEqualTo("geheim\n");
    }

    @Test
    void one_setting_is_changed_without_asking_anything_of_the_database() throws Exception {
        Files.createDirectories(yaml().getParent());
        Files.writeString(yaml(), "# ours\ndb-url: mariadb://u@h/s # the big one\nlang: en\n");
        Answer answer = typed("", "setup", "--units", "celsius", "--plan", "reference");
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(Files.readString(yaml()))
                .isEqualTo(
                        "# ours\ndb-url: mariadb://u@h/s # the big one\nlang: en\nunits:"
                                + " celsius\n");
    }

    @Test
    void the_machines_settings_are_for_all_to_read() throws Exception {
        Path file = home.resolve("etc/vigie/vigie.yaml");
        Answer answer =
                typed(
                        "geheim\n",
                        "setup",
                        "--system",
                        "--force",
                        "--config",
                        file.toString(),
                        "--db-url",
                        "mysql://vigie@127.0.0.1:1/ha");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(file.resolveSibling("password"))))
                .isEqualTo("rw-------");
    }

    @Test
    void what_the_environment_outweighs_is_said() {
        environment.put("VIGIE_AS", "Other");
        Answer answer = typed("", "setup", "--as", "Me");
        assertThat(answer.code()).isZero();
        assertThat(answer.err()).contains("VIGIE_AS").contains("outweighs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--room 0x5|2|no size of a room",
                "--room big|2|no size of a room",
                "--room 5x5 --plan x|2|two plans",
                "--plan nowhere.json|3|nowhere.json",
                "--units kelvin|2|kelvin",
                "--db-url postgres://u:geheim@x|2|not understood",
                "--as 12345678901234567890123456789012345678901234567890123456789012345|2|too long",
            })
    void what_is_wrong_is_said_in_one_line_and_nothing_is_written(
            String words, int code, String expected) {
        Answer answer = typed("", ("setup " + words).split(" "));
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.err()).contains(expected).doesNotContain("geheim");
        assertThat(answer.err().strip().lines()).hasSize(1);
        assertThat(yaml()).doesNotExist();
    }

    private Path yaml() {
        return home.resolve(".config/vigie/vigie.yaml");
    }

    private static String bare(DatabaseAddress address) {
        return address.shown();
    }

    private Answer typed(String input, String... words) {
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code =
                Main.run(
                        words,
                        environment,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Answer(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
