package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import vigie.text.Fault;
import vigie.text.Words;

import java.util.Locale;

class SpeedTest {
    private static final Speed.Converter CONVERTER = new Speed.Converter();

    @Test
    void a_comma_is_as_good_as_a_point() throws Exception {
        assertThat(CONVERTER.convert("0,25").checked()).isEqualTo(0.25);
        assertThat(CONVERTER.convert("0.25").checked()).isEqualTo(0.25);
        assertThat(CONVERTER.convert("3600").checked()).isEqualTo(3600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "0.2", "3601", "NaN", "1e9"})
    void a_speed_nobody_can_play_at_is_repeated_as_it_was_typed(String typed) {
        assertThatThrownBy(() -> CONVERTER.convert(typed).checked())
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> {
                            assertThat(Words.in(Locale.ENGLISH).say(fault.sentence()))
                                    .startsWith("\"" + typed + "\"")
                                    .contains("0.25 to 3600 ");
                            assertThat(Words.in(Locale.FRENCH).say(fault.sentence()))
                                    .startsWith("« " + typed + " »")
                                    .contains("0,25 à 3600 ");
                        });
    }

    @Test
    void what_is_no_number_is_told_to_the_parser() {
        assertThatThrownBy(() -> CONVERTER.convert("fast"))
                .isInstanceOf(CommandLine.TypeConversionException.class);
    }
}
