package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.text.Words;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

class PackagePagesTest {
    @TempDir private Path root;

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void the_manual_names_every_command_and_option_with_what_it_does(String language)
            throws IOException {
        PackagePages.write(root, "7.8.9");
        String page =
                unpacked(
                        language.equals("en")
                                ? "usr/share/man/man1/vigie.1.gz"
                                : "usr/share/man/fr/man1/vigie.1.gz");
        assertThat(page).startsWith(".TH VIGIE 1 \"\" \"Vigie 7.8.9\"");
        PackagePages.tree(Words.in(Locale.of(language)))
                .commands()
                .forEach((path, command) -> {
                    if (!path.isEmpty()) {
                        assertThat(page)
                                .contains("\n.SS \"" + ManualPage.text(CommandTree.typed(path)))
                                .contains(
                                        "\n" + ManualPage.text(CommandTree.header(command)) + "\n");
                    }
                    CommandTree.options(command)
                            .forEach(option ->
                                    assertThat(page)
                                            .contains(
                                                    "\\fB"
                                                            + ManualPage.text(option.longestName())
                                                            + "\\fR")
                                            .contains(
                                                    "\n"
                                                            + ManualPage.text(
                                                                    CommandTree.description(option))
                                                            + "\n"));
                });
    }

    @Test
    void an_option_of_every_command_stands_in_the_manual_once() throws IOException {
        PackagePages.write(root, "1");
        assertThat(unpacked("usr/share/man/man1/vigie.1.gz"))
                .containsOnlyOnce("\\fB\\-\\-lang\\fR")
                .containsOnlyOnce("\\fB\\-\\-config\\fR");
    }

    @Test
    void a_line_that_roff_would_take_for_an_order_is_text() {
        assertThat(List.of(ManualPage.text(".TH a-b"), ManualPage.text("C:\\x \"y\"")))
                .containsExactly("\\&.TH a\\-b", "C:\\ex \\(dqy\\(dq");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            textBlock =
                    """
                    vigie incident v > verify
                    vigie console --lan > --lang
                    vigie console --lang '' > en fr
                    vigie console --lang = f > fr
                    vigie demo --plan plan --scen > --scenario
                    vigie --lang fr incident sh > show
                    """)
    void bash_completes(String typed, String proposed) throws Exception {
        PackagePages.write(root, "1");
        Path script = root.resolve("usr/share/bash-completion/completions/vigie");
        String ask =
                "compopt() { :; }; source '%s'; COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _vigie; echo ${COMPREPLY[*]}"
                        .formatted(script, typed);
        Process bash = new ProcessBuilder("bash", "-c", ask).redirectErrorStream(true).start();
        try (InputStream said = bash.getInputStream()) {
            assertThat(new String(said.readAllBytes(), StandardCharsets.UTF_8).strip())
                    .isEqualTo(proposed);
        }
        assertThat(bash.waitFor()).isZero();
    }

    @Test
    void the_same_program_gives_the_same_files(@TempDir Path other) throws IOException {
        PackagePages.write(root, "1");
        PackagePages.write(other, "1");
        for (String file :
                List.of(
                        "usr/share/man/man1/vigie.1.gz",
                        "usr/share/zsh/vendor-completions/_vigie",
                        "usr/share/fish/vendor_completions.d/vigie.fish")) {
            assertThat(root.resolve(file)).hasSameBinaryContentAs(other.resolve(file));
        }
    }

    private String unpacked(String file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(root.resolve(file)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
