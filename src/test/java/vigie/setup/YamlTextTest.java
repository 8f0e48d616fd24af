package vigie.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

class YamlTextTest {
    @Test
    void a_line_is_changed_and_all_else_stays_as_it_was() {
        String before =
                """
                # ours
                lang: en   # the night shift reads English

                "db-url": 'mariadb://a@b/c' # old
                archive-points:
                  - sensor.rack_*   # all racks
                as: Night shift
                """;
        assertThat(YamlText.change(before, changes("lang", "fr", "db-url", "mariadb://x@y/z")))
                .contains(
                        """
                        # ours
                        lang: fr   # the night shift reads English

                        db-url: mariadb://x@y/z # old
                        archive-points:
                          - sensor.rack_*   # all racks
                        as: Night shift
                        """);
    }

    @Test
    void a_new_line_stands_below_its_example_or_at_the_end() {
        String before = "# lang: en\n\n# db-url: x\nas: Me";
        assertThat(
                        YamlText.change(
                                before,
                                changes(
                                        "lang", "fr",
                                        "units", "celsius",
                                        "db-url", "mariadb://u@h/s",
                                        "db-password-file", "password")))
                .contains(
                        """
                        # lang: en
                        lang: fr

                        # db-url: x
                        db-url: mariadb://u@h/s
                        db-password-file: password
                        as: Me
                        units: celsius
                        """);
    }

    @Test
    void a_line_goes_with_what_is_indented_below_it() {
        assertThat(
                        YamlText.change(
                                "plan: >-\n  /a\n  /b\nlang: en\n",
                                Map.of("plan", Optional.<String>empty())))
                .contains("lang: en\n");
    }

    @Test
    void ends_of_lines_stay_what_they_were() {
        assertThat(YamlText.change("lang: en\r\nas: Me\r\n", changes("lang", "fr")))
                .contains("lang: fr\r\nas: Me\r\n");
    }

    @Test
    void what_says_it_already_is_not_touched() {
        String before = "lang:    'fr'\n";
        assertThat(YamlText.change(before, changes("lang", "fr"))).contains(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Équipe de nuit",
                "007",
                "no",
                "a: b",
                "# x",
                "it's \"me\"",
                "- x",
                "tab\tx",
                "x:",
                "/home/a b/c.json",
                "null",
                "1e3",
                "{x}",
                "é # ü",
                " padded "
            })
    void every_text_comes_back_as_it_was_written(String text) {
        // What the change checks itself: a text that came back differently would be refused.
        assertThat(YamlText.change("lang: en\n", changes("as", text)))
                .get()
                .asString()
                .startsWith("lang: en\nas: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{lang: en}", "- lang", "lang: [", "lang: en\n...\n", "%x"})
    void a_file_that_is_not_lines_is_refused_not_spoilt(String text) {
        assertThat(YamlText.change(text, changes("lang", "fr", "as", "x"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void the_commented_template_takes_every_setting_below_its_comment(String language) {
        String template = SettingsFile.template(Locale.forLanguageTag(language));
        Map<String, Optional<String>> all =
                changes(
                        "db-url", "mariadb://u@h/s",
                        "db-password-file", "password",
                        "plan", "/x/room.json",
                        "lang", "fr",
                        "units", "celsius",
                        "as", "Me");
        String written = YamlText.change(template, all).orElseThrow();
        all.forEach((key, value) ->
                assertThat(written.lines().toList())
                        .containsSubsequence(
                                template.lines()
                                        .filter(line -> line.startsWith("# " + key + ":"))
                                        .findFirst()
                                        .orElseThrow(),
                                key + ": " + value.orElseThrow()));
        assertThat(written.lines().filter(line -> line.startsWith("#")))
                .containsExactlyElementsOf(
                        template.lines().filter(line -> line.startsWith("#")).toList());
    }

    private static Map<String, Optional<String>> changes(String... pairs) {
        Map<String, Optional<String>> changes = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            changes.put(pairs[i], Optional.of(pairs[i + 1]));
        }
        return changes;
    }
}
