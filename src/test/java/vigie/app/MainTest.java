package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

class MainTest {
    private @TempDir Path home;
    private final Map<String, String> environment = new HashMap<>();

    private record Answer(int code, String out, String err) {}

    @BeforeEach
    void a_user_of_their_own() {
        environment.put("HOME", home.toString());
    }

    @Test
    void a_call_without_a_command_names_the_commands() {
        Answer answer = call();
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).startsWith("Name a command: ").contains("demo", "console", "tail");
        assertThat(answer.err().lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fly|\"fly\" is not a command",
                "console --bogus|\"--bogus\" is not understood here",
                "demo --pace fast|\"fast\" is not a value for --pace",
                "demo --pace 0|A pace of 0.0 is not possible",
                "demo --scenario flood|\"flood\" is not a scenario; there are: normal, ",
                "demo --seed|--seed",
                "demo --after 3|--after and --size belong to --screenshot",
                "demo --screenshot x.png --size big|\"big\" is not a size",
                "demo --speed 60|--speed belongs to --from T or --at T",
                "demo --history sensor.x --from now --to now-1h|--from must be before --to",
                "history sensor.x --size 800x600|--size belongs to --png",
                "demo --screenshot x.png --after -1|\"-1.0\" is not a number of seconds",
                "bench nothing|",
                "history sensor.a --from yesterday|\"yesterday\" is not a moment",
                "history sensor.a --from now --to now-1h|--from must be before --to",
                "history sensor.a --points 0|\"0\" is not a value for --points",
                "history|POINT",
                "simulate import x.csv --point sensor.a --unit W|--column is missing",
                "simulate import x.csv --point sensor.a --unit W --column v --zone Mons|\"Mons\" is not",
                "simulate import x.csv --point sensor.a --unit W --column v --start soon|is not a moment",
                "console --wall --at now-1h|--wall shows the present",
                "console --wall --incident x.vigie|--wall shows the present",
                "console --wall --history sensor.a|--wall shows the present",
                "demo --wall --from now-2h --to now|--wall shows the present",
                "console --db-url postgres://x|The database address is not understood"
            })
    void wrong_words_get_one_line_and_exit_code_2(String words, String expected) {
        Answer answer = call(words.split(" "));
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err().strip().lines()).hasSize(1);
        assertThat(answer.err()).contains(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "console",
                "tail",
                "state",
                "events",
                "replay",
                "note",
                "history",
                "doctor",
                "support-bundle",
                "simulate",
                "bench",
                "test"
            })
    void every_command_helps_in_both_languages(String command) {
        Answer english = call(command, "--help");
        Answer french = call(command, "--help", "--lang", "fr");
        assertThat(english.code()).isZero();
        assertThat(english.err()).isEmpty();
        assertThat(english.out()).contains("Usage: vigie " + command, "Show this help and end.");
        assertThat(french.out()).contains("Utilisation : vigie " + command, "Afficher cette aide");
        for (String line : english.out().lines().toList()) {
            assertThat(line).hasSizeLessThanOrEqualTo(80);
        }
    }

    @Test
    void every_option_and_command_is_explained() {
        var line =
                Main.commandLine(
                        new Invocation(
                                environment,
                                vigie.text.Words.in(java.util.Locale.FRANCE),
                                System.out,
                                System.err));
        for (var command : line.getSubcommands().values()) {
            assertThat(command.getCommandSpec().usageMessage().header())
                    .as(command.getCommandName())
                    .isNotEmpty();
            for (var option : command.getCommandSpec().options()) {
                assertThat(option.description())
                        .as(command.getCommandName() + " " + option.longestName())
                        .isNotEmpty();
            }
        }
    }

    @Test
    void the_language_of_an_error_follows_the_option_then_the_environment() {
        environment.put("VIGIE_LANG", "fr");
        assertThat(call("fly").err()).contains("n'est pas une commande");
        assertThat(call("fly", "--lang", "en").err()).contains("is not a command");
    }

    @Test
    void without_a_database_the_remedy_is_named() {
        Answer answer = call("state");
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err()).contains("MARIADB_URL", "./vigie demo");
    }

    @Test
    void a_server_that_is_not_there_is_named_without_the_password() {
        environment.put("MARIADB_URL", "mysql://vigie:geheim@127.0.0.1:1/homeassistant");
        Answer answer = call("state");
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err()).contains("127.0.0.1:1").doesNotContain("geheim");
        assertThat(answer.err().strip().lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "colour: blue|\"colour\" is not a setting of Vigie",
                "- a list|expected lines of the form",
                "db-url: [|not readable as YAML"
            })
    void a_wrong_configuration_is_said_with_its_file(String text, String expected)
            throws IOException {
        Path file = Files.writeString(home.resolve("mine.yaml"), text);
        Answer answer = call("state", "--config", file.toString());
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err()).contains(file.toString(), expected);
    }

    @Test
    void the_configuration_file_is_used_where_nothing_else_names_a_database() throws IOException {
        Path folder = Files.createDirectories(home.resolve(".config/vigie"));
        Path file =
                Files.writeString(
                        folder.resolve("vigie.yaml"),
                        "db-url: mysql://u:p@127.0.0.1:2/homeassistant\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(call("state").err()).contains("127.0.0.1:2");
        environment.put("MARIADB_URL", "mysql://u:p@127.0.0.1:3/homeassistant");
        assertThat(call("state").err()).contains("127.0.0.1:3");
        assertThat(call("state", "--db-url", "mysql://u:p@127.0.0.1:4/homeassistant").err())
                .contains("127.0.0.1:4");
    }

    @Test
    void a_configuration_with_a_password_that_others_may_read_is_refused() throws IOException {
        Path file =
                Files.writeString(
                        home.resolve("open.yaml"), "db-url: mysql://u:geheim@127.0.0.1:2/ha\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Answer answer = call("state", "--config", file.toString());
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err()).contains("chmod 600", file.toString()).doesNotContain("geheim");
    }

    @Test
    void a_picture_into_a_folder_that_does_not_exist_is_refused_before_anything_starts() {
        Answer answer = call("demo", "--screenshot", home.resolve("no/where.png").toString());
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err()).contains("where.png").contains("cannot be written");
    }

    private Answer call(String... words) {
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
