package vigie.point;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Random;

class UnitsTest {
    private static final String[] ALL = {
        "°C", "°F", "K", "mW", "W", "kW", "MW", "BTU/h", "VA", "kVA", "Wh", "kWh", "MWh", "kJ",
        "µV", "mV", "V", "kV", "mA", "A", "Hz", "kHz", "%", "‰", "ms", "s", "min", "h", "d", "Pa",
        "hPa", "kPa", "mbar", "bar", "psi", "mmHg", "inHg", "m/s", "km/h", "mph", "mm", "m", "in",
        "m³/s", "m³/h", "L/s", "L/min", "ft³/min", "g/m³", "µg/m³"
    };

    @ParameterizedTest
    @CsvSource({
        "212, °F, °C, 100",
        "32, °F, °C, 0",
        "80.6, °F, °C, 27",
        "100, °C, °F, 212",
        "-40, °C, °F, -40",
        "0, °C, K, 273.15",
        "300, K, °F, 80.33",
        "21.5, ℃, °C, 21.5",
        "4.2, kW, W, 4200",
        "0.003, MW, W, 3000",
        "230500, mV, V, 230.5",
        "0.23, kV, V, 230",
        "5400, s, min, 90",
        "1.5, h, min, 90",
        "1, d, h, 24",
        "12, %, ‰, 120",
        "3600, kJ, Wh, 1000",
        "1013.25, hPa, mbar, 1013.25",
        "1, bar, psi, 14.5037738",
        "298.5, m³/h, L/s, 82.9166667",
        "36, km/h, m/s, 10"
    })
    void a_value_converts(double value, String from, String to, double expected) {
        assertThat(Units.convert(value, from, to).orElseThrow())
                .isCloseTo(expected, Offset.offset(1e-6));
    }

    @Test
    void fahrenheit_and_the_same_unit_are_exact() {
        assertThat(Units.convert(212, "°F", "°C")).hasValue(100);
        assertThat(Units.convert(0.1, "°C", "°C")).hasValue(0.1);
        assertThat(Units.convert(7, "sheep", "sheep")).hasValue(7);
    }

    @Test
    void a_difference_of_temperatures_converts_without_offset() {
        assertThat(Units.convertDifference(9, "°F", "K")).hasValue(5);
        assertThat(Units.convertDifference(5, "°C", "K")).hasValue(5);
        assertThat(Units.convertDifference(5, "K", "°F")).hasValue(9);
        assertThat(Units.convertDifference(2, "kW", "W")).hasValue(2000);
    }

    @Test
    void an_unknown_pair_is_not_guessed() {
        assertThat(Units.convert(1, "°C", "%")).isEmpty();
        assertThat(Units.convert(1, "", "°C")).isEmpty();
        assertThat(Units.convert(1, "c", "°C")).isEmpty();
        assertThat(Units.convert(1, "VA", "W")).as("needs the power factor").isEmpty();
        assertThat(Units.convertDifference(1, "°C", "W")).isEmpty();
        assertThat(Units.convertible("°C", "W")).isFalse();
        assertThat(Units.convertible("kW", "W")).isTrue();
    }

    @Test
    void what_is_not_finite_is_empty() {
        assertThat(Units.convert(Double.NaN, "°C", "°C")).isEmpty();
        assertThat(Units.convert(1e308, "MW", "mW")).isEmpty();
        assertThat(Units.convertDifference(1e308, "MW", "mW")).isEmpty();
    }

    @Test
    void there_and_back_is_the_same_for_every_pair() {
        Random random = new Random(11);
        for (String from : ALL) {
            for (String to : ALL) {
                double value = random.nextDouble(-500, 5_000);
                assertThat(Units.convertible(from, to)).isEqualTo(Units.convertible(to, from));
                Units.convert(value, from, to)
                        .ifPresent(there ->
                                assertThat(Units.convert(there, to, from).orElseThrow())
                                        .as(from + " to " + to)
                                        .isCloseTo(value, Offset.offset(1e-6)));
            }
        }
    }
}
