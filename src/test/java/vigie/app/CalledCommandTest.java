package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalledCommandTest {
    @ParameterizedTest
    @CsvSource({
        "tail --count 3, tail",
        "--lang fr tail, tail",
        "--lang=fr tail, tail",
        "--help, ''",
        "--lang, ''",
        "--lang fr, ''",
        "-h tail, ''"
    })
    void the_name_is_the_first_word(String words, String name) {
        assertThat(CalledCommand.of(words.split(" ")).name()).isEqualTo(name);
    }

    @Test
    void a_call_without_words_names_nothing() {
        assertThat(CalledCommand.of(new String[0]).name()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"console", "console --wall", "--lang fr console --at 2026-03-04T02:13"})
    void a_console_opens_a_window(String words) {
        assertThat(CalledCommand.of(words.split(" ")).opensWindow()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "console --screenshot f.png",
                "console --screenshot=f.png",
                "console --film f.gif",
                "console --help",
                "tail",
                "--help console"
            })
    void pictures_help_and_other_commands_open_none(String words) {
        assertThat(CalledCommand.of(words.split(" ")).opensWindow()).isFalse();
    }
}
