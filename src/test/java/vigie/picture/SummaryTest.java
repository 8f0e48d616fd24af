package vigie.picture;

import static org.assertj.core.api.Assertions.assertThat;

import static vigie.picture.World.START;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import vigie.plan.Deviation;
import vigie.plan.Quantity;
import vigie.plan.SensorRole;
import vigie.room.Bindings;

class SummaryTest {
    private final World world =
            new World()
                    .sensor("top", SensorRole.INLET, 1.8, "a1")
                    .sensor("low", SensorRole.INLET, 0.4, "a1")
                    .sensor("damp", SensorRole.INLET, 0.6, "a1")
                    .sensor("hot", SensorRole.HOT_SPOT, 2, "")
                    .sensor("climate", SensorRole.ROOM, 1.5, "room")
                    .sensor("ups", SensorRole.UPS, 1, "")
                    .bind("top", Quantity.TEMPERATURE)
                    .bind("low", Quantity.TEMPERATURE)
                    .bind("damp", Quantity.HUMIDITY)
                    .bind("hot", Quantity.TEMPERATURE)
                    .bind("climate", Quantity.TEMPERATURE)
                    .bind("climate", Quantity.HUMIDITY)
                    .bind("ups", Quantity.LOAD)
                    .bind("ups", Quantity.CHARGE)
                    .bind("ups", Quantity.RUNTIME)
                    .bind("ups", Quantity.ON_BATTERY)
                    .bind("ups", Quantity.STATUS);

    @Test
    void a_room_in_a_few_figures() {
        world.says("sensor.top_temperature", 1, "28", "°C");
        world.says("sensor.low_temperature", 1, "20", "°C");
        world.says("sensor.damp_humidity", 1, "50", "%");
        world.says("sensor.hot_temperature", 1, "46", "°C");
        world.says("sensor.climate_temperature", 1, "30", "°C");
        world.says("sensor.climate_humidity", 1, "55", "%");
        world.says("sensor.ups_load", 1, "42", "%");
        world.says("sensor.ups_charge", 1, "100", "%");
        world.says("sensor.ups_runtime", 1, "1380", "s");
        world.says("sensor.ups_on-battery", 1, "off", "");
        world.says("sensor.ups_status", 1, "OL CHRG", "");
        Summary summary = summary();

        assertThat(summary.worstInlet().orElseThrow().value()).hasValue(28);
        assertThat(summary.hotAisle().orElseThrow().value()).hasValue(46);
        assertThat(summary.driest().orElseThrow().value()).hasValue(50);
        assertThat(summary.dampest().orElseThrow().value()).hasValue(55);
        // 20 °C beside the humidity sensor (the sensor nearest in height), not 28 °C at the top.
        DewPointReading lowest = summary.lowestDewPoint().orElseThrow();
        assertThat(lowest.celsius()).isCloseTo(9.26, Offset.offset(0.01));
        assertThat(lowest.deviation()).isEqualTo(Deviation.NONE);
        DewPointReading highest = summary.highestDewPoint().orElseThrow();
        assertThat(highest.celsius()).isGreaterThan(17);
        assertThat(highest.deviation()).isEqualTo(Deviation.ALARM);
        assertThat(highest.direction()).isEqualTo(1);
        assertThat(summary.ups().load().orElseThrow().value()).hasValue(42);
        assertThat(summary.ups().charge().orElseThrow().value()).hasValue(100);
        assertThat(summary.ups().runtime().orElseThrow().value()).hasValue(23);
        assertThat(summary.ups().isOnBattery()).contains(false);
        assertThat(summary.ups().status().orElseThrow().text()).contains("OL CHRG");
        assertThat(summary.readings()).isEqualTo(11);
        assertThat(summary.warnings()).as("the top inlet and the room").isEqualTo(2);
        assertThat(summary.alarms()).as("the hot aisle").isEqualTo(1);
        assertThat(summary.blind()).isZero();
    }

    @Test
    void the_battery_carries_the_load() {
        world.says("sensor.ups_on-battery", 1, "on", "");
        assertThat(summary().ups().isOnBattery()).contains(true);
        assertThat(summary().alarms()).isEqualTo(1);
    }

    @Test
    void what_nobody_says_is_empty() {
        world.says("sensor.top_temperature", 1, "unavailable", "°C");
        world.says("sensor.damp_humidity", 1, "50", "%");
        Summary summary = summary();
        assertThat(summary.worstInlet()).isEmpty();
        assertThat(summary.highestDewPoint()).as("no temperature beside it").isEmpty();
        assertThat(summary.ups().isOnBattery()).isEmpty();
        assertThat(summary.blind()).isEqualTo(10);
    }

    private Summary summary() {
        return Summary.of(
                new PictureMaker(world.plan(), Bindings.NONE)
                        .next(world.state(), START.plusSeconds(60)));
    }
}
