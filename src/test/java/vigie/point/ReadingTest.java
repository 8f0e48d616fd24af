package vigie.point;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.regex.Pattern;

class ReadingTest {
    private static final Attributes DEGREES =
            new Attributes(
                    Optional.of("Inlet"),
                    Optional.of("°C"),
                    Optional.of("temperature"),
                    Optional.of("measurement"),
                    true);

    @ParameterizedTest
    @CsvSource({"21.4,21.4", "-3,-3", "+7.,7", ".5,0.5", "1e3,1000", "4E-2,0.04", "0,0"})
    void a_decimal_number_is_a_value(String text, double value) {
        assertThat(Reading.number(text)).hasValue(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " 1",
                "1 ",
                "NaN",
                "nan",
                "inf",
                "-inf",
                "Infinity",
                "1e400",
                "1,5",
                "0x10",
                "1f",
                "1d",
                "１２",
                "on",
                "1e99999"
            })
    void what_no_recorder_means_as_a_number_is_not_one(String text) {
        assertThat(Reading.number(text)).isEqualTo(OptionalDouble.empty());
    }

    @Test
    void numbers_are_what_the_slow_and_obvious_pattern_takes() {
        Pattern slow = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,4})?");
        Random random = new Random(11);
        int numbers = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(9); length > 0; length--) {
                text.append("+-..eE0158 f".charAt(random.nextInt(12)));
            }
            OptionalDouble number = Reading.number(text.toString());
            boolean expected =
                    slow.matcher(text).matches()
                            && Double.isFinite(Double.parseDouble(text.toString()));
            assertThat(number.isPresent()).as(text.toString()).isEqualTo(expected);
            numbers += expected ? 1 : 0;
        }
        assertThat(numbers).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @CsvSource({
        "unavailable,UNAVAILABLE",
        "unknown,UNKNOWN",
        "NaN,NOT_A_NUMBER",
        "1e400,NOT_A_NUMBER",
        "'',NOT_A_NUMBER"
    })
    void a_text_that_is_no_value_says_why(String text, Quality.Reason reason) {
        assertThat(reading(text, DEGREES).quality()).isEqualTo(Quality.of(reason));
    }

    @Test
    void a_null_state_is_a_removed_point() {
        assertThat(reading(null, Attributes.NONE).quality())
                .isEqualTo(Quality.of(Quality.Reason.REMOVED));
    }

    @Test
    void a_text_without_a_unit_is_good_whatever_it_says() {
        assertThat(reading("NaN", Attributes.NONE).quality()).isEqualTo(Quality.GOOD);
    }

    @Test
    void a_number_whose_attributes_never_came_is_uncertain() {
        assertThat(reading("21.4", Attributes.MISSING).quality())
                .isEqualTo(Quality.of(Quality.Reason.NO_ATTRIBUTES));
    }

    private static Reading reading(@Nullable String text, Attributes attributes) {
        return Reading.ofRow(
                OptionalLong.of(1),
                new PointKey(1),
                new PointId("sensor.x"),
                text,
                attributes,
                Instant.EPOCH,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Source.BINLOG);
    }
}
