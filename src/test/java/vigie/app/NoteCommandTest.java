package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import vigie.store.Accounts;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** {@code vigie note} from outside. */
@ExtendWith(EmbeddedMariaDb.class)
class NoteCommandTest {
    private static final String OWN = "t_note_command_own";

    @TempDir Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private TestDatabase database;

    @BeforeEach
    void fresh(TestDatabase database) {
        this.database = database;
        database.asRoot("DROP DATABASE IF EXISTS " + OWN);
        environment.put("MARIADB_URL", database.reader().url());
        environment.put("VIGIE_DB_URL", database.root().withSchema(OWN).url());
        environment.put("LANG", "en_GB.UTF-8");
        environment.put("HOME", home.toString());
    }

    @AfterEach
    void forget() {
        database.asRoot("DROP DATABASE IF EXISTS " + OWN);
    }

    private int run(String... words) {
        out.reset();
        err.reset();
        return Main.run(
                words,
                environment,
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_note_is_written_printed_and_listed() {
        assertThat(
                        run(
                                "note",
                                "filter",
                                "changed\nand \"reset\" \u0007",
                                "--at",
                                "2026-03-04T02:13:20Z",
                                "--as",
                                "Zoë",
                                "--element",
                                "a1"))
                .as(complained())
                .isZero();
        assertThat(said())
                .isEqualTo(
                        """
                        2026-03-04T03:13:20+01:00  Zoë  (about Rack A1)
                            filter changed
                            and "reset" \uFFFD
                        """);
        assertThat(complained()).isEmpty();
        assertThat(run("note", "--from", "2026-03-04", "--to", "2026-03-05", "--format", "json"))
                .isZero();
        assertThat(said())
                .contains("\"at\":\"2026-03-04T02:13:20.000000Z\"")
                .endsWith(
                        "\"author\":\"Zoë\",\"text\":\"filter changed\\nand \\\"reset\\\" \\u0007\","
                                + "\"element\":\"a1\"}\n");
        assertThat(run("note", "--from", "2026-03-05", "--to", "2026-03-06")).isEqualTo(1);
        assertThat(complained()).hasLineCount(1);
        // What ends a stretch is in the next one.
        assertThat(run("note", "--from", "2026-03-04", "--to", "2026-03-04T02:13:20Z"))
                .isEqualTo(1);
    }

    @Test
    void the_operator_is_named_by_option_environment_configuration_or_login() throws IOException {
        run("note", "a", "--format", "json");
        assertThat(said())
                .contains("\"author\":\"" + System.getProperty("user.name") + "\"")
                .endsWith("\"element\":null}\n");
        Path file = home.resolve(".config/vigie/vigie.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "as: from the file\n");
        run("note", "b", "--format", "json");
        assertThat(said()).contains("\"author\":\"from the file\"");
        environment.put("VIGIE_AS", "from the environment");
        run("note", "c", "--format", "json");
        assertThat(said()).contains("\"author\":\"from the environment\"");
        run("note", "d", "--as", "said", "--format", "json");
        assertThat(said()).contains("\"author\":\"said\"");
        assertThat(run("note")).isZero();
        assertThat(said()).contains("    a\n", "    d\n").hasLineCount(8);
    }

    @Test
    void without_a_schema_it_stays_here_and_says_what_would_help() {
        environment.remove("VIGIE_DB_URL");
        database.asRoot("DROP DATABASE IF EXISTS vigie");
        assertThat(run("note", "kept here")).isZero();
        assertThat(complained())
                .hasLineCount(1)
                .contains(home.toString(), "GRANT")
                .doesNotContain(database.reader().password().reveal());
        assertThat(run("note")).isZero();
        assertThat(said()).contains("kept here");
        assertThat(Accounts.ownSchemaGrants("x", "vigie").getFirst()).contains("INSERT");
    }

    @Test
    void wrong_words_are_told_in_one_line() {
        for (String[] words :
                new String[][] {
                    {"note", "text", "--from", "now-1h"},
                    {"note", "--at", "now"},
                    {"note", "--as", "Bo"},
                    {"note", "text", "--element", "no such"},
                    {"note", "text", "--at", "yesterday"},
                    {"note", "text", "--at", "now+10m"},
                    {"note", " "},
                    {"note", "x".repeat(2001)},
                    {"note", "text", "--as", "x".repeat(65)},
                    {"note", "text", "--at", "now-999999999w"}
                }) {
            assertThat(run(words)).as(String.join(" ", words)).isEqualTo(2);
            assertThat(complained()).as(String.join(" ", words)).hasLineCount(1);
            assertThat(said()).isEmpty();
        }
    }
}
