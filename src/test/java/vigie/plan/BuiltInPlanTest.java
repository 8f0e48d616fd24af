package vigie.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

class BuiltInPlanTest {
    private final Plan plan = PlanFile.builtIn();

    @Test
    void it_has_the_reference_room() {
        assertThat(plan.elements(Element.Rack.class)).hasSize(20);
        assertThat(plan.elements(Element.CoolingUnit.class)).hasSize(4);
        assertThat(plan.elements(Element.UpsZone.class)).hasSize(1);
        assertThat(plan.elements(Element.Aisle.class))
                .extracting(Element.Aisle::kind)
                .containsExactly(
                        Element.Aisle.Kind.COLD, Element.Aisle.Kind.HOT, Element.Aisle.Kind.COLD);
        assertThat(plan.placements()).hasSize(93);
        assertThat(plan.bounds()).isEqualTo(new Area(0, 0, 13.2, 8.8));
    }

    @Test
    void it_is_written_as_the_writer_writes() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(PlanFile.class.getResourceAsStream("server-room.json"))) {
            assertThat(new String(PlanWriter.write(plan), StandardCharsets.UTF_8))
                    .isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void every_entity_of_the_reference_room_is_bound_once() {
        List<String> entities = new ArrayList<>();
        for (String row : new String[] {"a", "b"}) {
            for (int n = 1; n <= 10; n++) {
                String rack = "sensor.rack_" + row + n;
                entities.add(rack + "_power");
                entities.add(rack + "_inlet_middle");
                if (n % 3 == 1) {
                    entities.add(rack + "_inlet_top");
                    entities.add(rack + "_inlet_bottom");
                }
                if (n == 4 || n == 7) {
                    entities.add(rack + "_inlet_humidity");
                }
            }
        }
        for (int unit = 1; unit <= 4; unit++) {
            entities.add("sensor.crac_" + unit + "_supply_temperature");
            entities.add("sensor.crac_" + unit + "_return_temperature");
            entities.add("sensor.crac_" + unit + "_fan_speed");
            entities.add("binary_sensor.crac_" + unit + "_running");
        }
        entities.addAll(
                List.of(
                        "sensor.hot_aisle_north",
                        "sensor.hot_aisle_hot_spot",
                        "sensor.hot_aisle_south",
                        "sensor.ups_load",
                        "sensor.ups_battery_charge",
                        "sensor.ups_runtime",
                        "sensor.ups_input_voltage",
                        "binary_sensor.ups_on_battery",
                        "sensor.ups_status",
                        "sensor.ups_zone_temperature",
                        "sensor.ups_zone_humidity",
                        "binary_sensor.room_motion",
                        "binary_sensor.room_door",
                        "binary_sensor.leak_west",
                        "binary_sensor.leak_east",
                        "sensor.room_temperature",
                        "sensor.room_humidity"));
        assertThat(plan.placements())
                .extracting(placement -> placement.point().name())
                .containsExactlyInAnyOrderElementsOf(entities);
    }

    @Test
    void everything_has_an_english_and_a_french_name() {
        assertThat(plan.elements())
                .allSatisfy(element ->
                        assertThat(element.label().texts()).containsOnlyKeys("en", "fr"));
    }

    @Test
    void everything_is_inside_the_room_and_furniture_does_not_overlap() {
        Element.Room room = plan.elements(Element.Room.class).getFirst();
        List<Element> furniture = new ArrayList<>(plan.elements(Element.Rack.class));
        furniture.addAll(plan.elements(Element.CoolingUnit.class));
        furniture.addAll(plan.elements(Element.UpsZone.class));
        furniture.addAll(plan.elements(Element.Aisle.class));
        for (Element one : furniture) {
            assertThat(room.contains(one.bounds().centre())).as(one.id().value()).isTrue();
            for (Element other : furniture) {
                assertThat(one.equals(other) || apart(one.bounds(), other.bounds()))
                        .as(one.id() + " and " + other.id())
                        .isTrue();
            }
        }
        Set<Spot> spots = new HashSet<>();
        for (Element.Sensor sensor : plan.elements(Element.Sensor.class)) {
            assertThat(room.contains(sensor.at())).as(sensor.id().value()).isTrue();
            assertThat(spots.add(sensor.at())).as(sensor.id().value()).isTrue();
            assertThat(plan.placementsOf(sensor.id())).as(sensor.id().value()).isNotEmpty();
        }
    }

    @Test
    void the_servers_breathe_from_the_wall_side_and_their_inlets_are_measured_there() {
        Area hot = plan.element(new ElementId("hot-aisle")).orElseThrow().bounds();
        for (Element.Rack rack : plan.elements(Element.Rack.class)) {
            boolean west = rack.area().right() <= hot.x() + 1e-9;
            assertThat(rack.facing()).isEqualTo(west ? Facing.WEST : Facing.EAST);
            assertThat(plan.sensorsOf(rack.id()))
                    .filteredOn(sensor -> sensor.role() == SensorRole.INLET)
                    .isNotEmpty()
                    .allSatisfy(sensor ->
                            assertThat(
                                            west
                                                    ? sensor.at().x() < rack.area().x()
                                                    : sensor.at().x() > rack.area().right())
                                    .isTrue());
        }
    }

    private static boolean apart(Area one, Area other) {
        double slack = 1e-9;
        return one.right() <= other.x() + slack
                || other.right() <= one.x() + slack
                || one.bottom() <= other.y() + slack
                || other.bottom() <= one.y() + slack;
    }
}
