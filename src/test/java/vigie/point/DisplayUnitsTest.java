package vigie.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Locale;

class DisplayUnitsTest {
    @Test
    void temperatures_are_shown_in_the_unit_that_was_chosen_and_nothing_else_is_converted() {
        assertThat(DisplayUnits.FAHRENHEIT.unit("°C")).isEqualTo("°F");
        assertThat(DisplayUnits.FAHRENHEIT.value(100, "°C")).isEqualTo(212);
        assertThat(DisplayUnits.FAHRENHEIT.value(300, "K")).isCloseTo(80.33, within(0.01));
        assertThat(DisplayUnits.CELSIUS.unit("°F")).isEqualTo("°C");
        assertThat(DisplayUnits.CELSIUS.value(212, "°F")).isEqualTo(100);
        for (String unit : new String[] {"%", "kW", "", "hPa", "°"}) {
            assertThat(DisplayUnits.FAHRENHEIT.unit(unit)).isEqualTo(unit);
            assertThat(DisplayUnits.FAHRENHEIT.value(21.5, unit)).isEqualTo(21.5);
            assertThat(DisplayUnits.FAHRENHEIT.differenceUnit(unit)).isEqualTo(unit);
        }
        assertThat(DisplayUnits.FAHRENHEIT.value(Double.NaN, "°C")).isNaN();
    }

    @Test
    void a_difference_of_temperatures_is_converted_without_the_offset() {
        assertThat(DisplayUnits.FAHRENHEIT.difference(5, "°C")).isEqualTo(9);
        assertThat(DisplayUnits.FAHRENHEIT.differenceUnit("°C")).isEqualTo("°F");
        assertThat(DisplayUnits.CELSIUS.difference(-9, "°F")).isEqualTo(-5);
        assertThat(DisplayUnits.CELSIUS.differenceUnit("°F")).isEqualTo("K");
        assertThat(DisplayUnits.AS_RECORDED.differenceUnit("°C")).isEqualTo("K");
    }

    @Test
    void where_nothing_was_chosen_everything_stays_as_it_is() {
        assertThat(DisplayUnits.of(Locale.FRANCE)).isEqualTo(DisplayUnits.AS_RECORDED);
        assertThat(DisplayUnits.AS_RECORDED.unit("°F")).isEqualTo("°F");
        assertThat(DisplayUnits.AS_RECORDED.value(70, "°F")).isEqualTo(70);
    }

    @ParameterizedTest
    @EnumSource
    void the_choice_travels_with_the_locale_and_changes_no_other_habit(DisplayUnits chosen) {
        Locale locale = chosen.in(DisplayUnits.FAHRENHEIT.in(Locale.FRANCE));
        assertThat(DisplayUnits.of(locale)).isEqualTo(chosen);
        assertThat(locale.stripExtensions()).isEqualTo(Locale.FRANCE);
        assertThat(String.format(locale, "%.2f", 1.5)).isEqualTo("1,50");
    }
}
