package vigie.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vigie.point.Attributes;
import vigie.point.PointId;

import java.util.Arrays;
import java.util.Optional;

class QuantityGuessTest {
    @ParameterizedTest
    @CsvSource({
        "sensor.x, °F, temperature, , temperature",
        "sensor.x, °F, , , temperature",
        "sensor.x, %, humidity, ups, humidity",
        "sensor.x, %, battery, , charge",
        "sensor.x, %, , inlet, humidity",
        "sensor.x, %, , unit, fan-speed",
        "sensor.x, %, , ups, ",
        "sensor.x, %, , , ",
        "sensor.x, kW, power, , power",
        "sensor.x, s, duration, , runtime",
        "sensor.x, kWh, energy, power, ",
        "sensor.x, kWh, temperature, inlet, ",
        "sensor.x, , , inlet, ",
        "binary_sensor.x, , , door, open",
        "binary_sensor.x, , moisture, , leak",
        "binary_sensor.x, , , ups, on-battery",
        "binary_sensor.x, , , inlet, ",
    })
    void a_quantity_follows_from_class_unit_and_role_or_is_not_guessed(
            String point, String unit, String deviceClass, String role, String quantity) {
        Optional<SensorRole> its =
                Arrays.stream(SensorRole.values())
                        .filter(one -> one.word().equals(role))
                        .findFirst();
        Attributes said =
                new Attributes(
                        Optional.empty(),
                        Optional.ofNullable(unit),
                        Optional.ofNullable(deviceClass),
                        Optional.empty(),
                        true);

        assertThat(QuantityGuess.of(new PointId(point), said, its).map(Quantity::word))
                .isEqualTo(Optional.ofNullable(quantity));
    }
}
