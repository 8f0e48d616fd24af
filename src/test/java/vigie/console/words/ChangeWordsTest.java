package vigie.console.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.plan.Quantity;
import vigie.point.DisplayUnits;
import vigie.text.Words;

import java.time.ZoneOffset;
import java.util.Locale;

class ChangeWordsTest {
    private static ChangeWords in(DisplayUnits units) {
        return new ChangeWords(new Figures(Words.in(units.in(Locale.UK)), ZoneOffset.UTC));
    }

    @Test
    void a_difference_of_temperatures_is_told_without_the_offset_in_the_reader_s_unit() {
        assertThat(in(DisplayUnits.AS_RECORDED).amount(Quantity.TEMPERATURE, 2.6))
                .isEqualTo("+2.6\u00A0K");
        assertThat(in(DisplayUnits.CELSIUS).amount(Quantity.DEW_POINT, -2.6))
                .isEqualTo("−2.6\u00A0K");
        ChangeWords fahrenheit = in(DisplayUnits.FAHRENHEIT);
        assertThat(fahrenheit.amount(Quantity.TEMPERATURE, 5)).isEqualTo("+9.0\u00A0°F");
        assertThat(fahrenheit.number(Quantity.TEMPERATURE, -5)).isEqualTo("−9.0");
        assertThat(fahrenheit.amount(Quantity.POWER, 120)).isEqualTo("+120\u00A0W");
        assertThat(fahrenheit.amount(Quantity.HUMIDITY, 0.2)).startsWith("±0");
    }
}
