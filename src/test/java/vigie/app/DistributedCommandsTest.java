package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import picocli.CommandLine;

import vigie.text.Words;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

class DistributedCommandsTest {
    @Test
    void only_what_is_there_is_recommended_where_no_database_is_named() {
        assertThat(noDatabase(Distribution.Kind.PLAIN))
                .contains("vigie setup")
                .doesNotContain("demo");
        assertThat(noDatabase(Distribution.Kind.DEMO))
                .contains("vigie demo")
                .doesNotContain("./vigie");
        assertThat(noDatabase(Distribution.Kind.CHECKOUT)).contains("./vigie demo");
    }

    private static String noDatabase(Distribution.Kind kind) {
        return Words.in(Locale.UK)
                .say(new Distribution(kind, Optional.empty()).noDatabase().sentence());
    }

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo|\"demo\" is not in this package: Vigie's demonstration package, vigie-demo, has it",
                "demo --fresh --pace 60|\"demo\" is not in this package",
                "simulate --help|\"simulate\" is not in this package",
                "simulate import x.csv|\"simulate\" is not in this package",
                "test|\"test\" is part of a checkout of Vigie, not of the package: run ./vigie test there",
                "bench live --json x|run ./vigie bench there",
                "package --demo|run ./vigie package there"
            })
    void what_the_plain_package_lacks_answers_with_one_sentence_and_exit_code_3(
            String words, String expected) {
        assertThat(line(Distribution.Kind.PLAIN, Locale.ENGLISH).execute(words.split(" ")))
                .isEqualTo(3);
        assertThat(text(out)).isEmpty();
        assertThat(text(err).lines()).hasSize(1);
        assertThat(text(err)).contains(expected);
    }

    @Test
    void the_help_of_the_plain_package_lists_what_is_there_and_names_what_is_not() {
        assertThat(line(Distribution.Kind.PLAIN, Locale.ENGLISH).execute("--help")).isZero();
        assertThat(text(out).lines().map(String::strip))
                .anyMatch(line -> line.startsWith("console "))
                .noneMatch(line -> line.matches("(demo|simulate|bench|test|package) .*"));
        assertThat(text(out).replaceAll("\\s+", " "))
                .endsWith(
                        "Not in this package: demo, simulate (they are in the demonstration package,"
                                + " vigie-demo); bench, test, package (in a checkout of Vigie). ");
    }

    @Test
    void the_demonstration_package_has_the_simulator_and_nothing_of_a_checkout() {
        CommandLine line = line(Distribution.Kind.DEMO, Locale.FRENCH);
        assertThat(line.execute("simulate", "--list")).isZero();
        assertThat(text(out)).contains("crac-failure");
        assertThat(line.execute("test")).isEqualTo(3);
        assertThat(text(err)).contains("copie de travail");
    }

    @Test
    void a_checkout_lists_every_command() {
        assertThat(line(Distribution.Kind.CHECKOUT, Locale.ENGLISH).execute("--help")).isZero();
        assertThat(text(out).lines().map(String::strip))
                .anyMatch(line -> line.startsWith("demo "))
                .anyMatch(line -> line.startsWith("simulate "))
                .anyMatch(line -> line.startsWith("bench "))
                .anyMatch(line -> line.startsWith("test "))
                .anyMatch(line -> line.startsWith("package "));
        assertThat(text(out)).doesNotContain("Not in this package");
    }

    @Test
    void a_command_that_is_read_alone_speaks_as_among_all() {
        CommandLine all = line(Distribution.Kind.CHECKOUT, Locale.FRENCH);
        for (String name : all.getSubcommands().keySet()) {
            out.reset();
            assertThat(all.execute(name, "--help")).as(name).isZero();
            String among = text(out);
            out.reset();
            PrintStream alone = new PrintStream(out, true, StandardCharsets.UTF_8);
            assertThat(
                            Main.run(
                                    new String[] {"--lang", "fr", name, "--help"},
                                    Map.of(),
                                    alone,
                                    alone))
                    .as(name)
                    .isZero();
            assertThat(text(out)).as(name).isEqualTo(among).isNotBlank();
        }
    }

    private CommandLine line(Distribution.Kind kind, Locale locale) {
        return Main.commandLine(
                new Invocation(
                        Map.of(),
                        Words.in(locale),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)),
                new Distribution(kind, Optional.empty()));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
