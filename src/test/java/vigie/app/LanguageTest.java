package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vigie.point.DisplayUnits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

class LanguageTest {
    @TempDir Path home;

    private Locale of(String yaml, String... words) throws IOException {
        Path file = home.resolve("vigie.yaml");
        Files.writeString(file, yaml);
        String[] all = new String[words.length + 2];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--config";
        all[words.length + 1] = file.toString();
        return Language.of(all, Map.of("LANG", "en_GB.UTF-8", "HOME", home.toString()));
    }

    @Test
    void the_unit_of_temperatures_comes_with_the_language_wherever_that_comes_from()
            throws IOException {
        assertThat(of("units: fahrenheit\n")).isEqualTo(DisplayUnits.FAHRENHEIT.in(Locale.UK));
        assertThat(of("units: fahrenheit\nlang: fr\n"))
                .isEqualTo(DisplayUnits.FAHRENHEIT.in(Locale.FRANCE));
        assertThat(of("units: celsius\n", "--lang", "fr"))
                .isEqualTo(DisplayUnits.CELSIUS.in(Locale.FRANCE));
    }

    @Test
    void where_nothing_is_chosen_or_the_choice_is_unknown_the_locale_stays_plain()
            throws IOException {
        assertThat(of("lang: fr\n")).isEqualTo(Locale.FRANCE);
        assertThat(of("units: kelvin\n")).isEqualTo(Locale.UK);
    }

    @Test
    void what_the_start_script_kept_of_the_locale_counts_before_the_locale_that_it_set() {
        assertThat(
                        Language.of(
                                new String[0],
                                Map.of(
                                        "VIGIE_SYSTEM_LANG",
                                        "fr_BE.UTF-8",
                                        "LC_ALL",
                                        "C.UTF-8",
                                        "HOME",
                                        home.toString())))
                .isEqualTo(Locale.FRANCE);
    }
}
