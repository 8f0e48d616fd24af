package vigie.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;

class SimulationTest {
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");
    private static final double NOON = Instant.parse("2026-11-19T11:00:00Z").getEpochSecond();

    @Test
    void the_same_seed_gives_the_same_rows_however_time_is_cut() {
        SplittableRandom random = new SplittableRandom(5);
        List<StateChange> evenly = new ArrayList<>();
        Simulation one = begun(42, Scenario.SENSOR_DROPOUT, 10, evenly);
        for (int second = 1; second <= 300; second++) {
            one.advance(NOON + second, evenly::add);
        }
        List<StateChange> unevenly = new ArrayList<>();
        Simulation other = begun(42, Scenario.SENSOR_DROPOUT, 10, unevenly);
        double at = NOON;
        while (at < NOON + 300) {
            at = Math.min(NOON + 300, at + 7 * random.nextDouble());
            other.advance(at, unevenly::add);
        }
        assertThat(unevenly).isEqualTo(evenly);
        List<StateChange> otherSeed = new ArrayList<>();
        begun(43, Scenario.SENSOR_DROPOUT, 10, otherSeed).advance(NOON + 300, otherSeed::add);
        assertThat(otherSeed).isNotEqualTo(evenly);
    }

    @Test
    void the_reference_room_has_its_entities_and_a_normal_rate() {
        List<StateChange> changes = new ArrayList<>();
        Simulation simulation = begun(1, Scenario.NORMAL, 1, changes);
        Set<String> ids = new HashSet<>();
        changes.forEach(change -> ids.add(change.entityId()));
        assertThat(ids).hasSameSizeAs(simulation.attributes().keySet());
        assertThat(ids)
                .contains(
                        "sensor.rack_a1_inlet_top",
                        "sensor.rack_b2_inlet_middle",
                        "sensor.rack_a4_inlet_humidity",
                        "sensor.rack_b10_power",
                        "sensor.hot_aisle_hot_spot",
                        "sensor.crac_4_fan_speed",
                        "binary_sensor.crac_1_running",
                        "sensor.ups_status",
                        "binary_sensor.leak_east",
                        "sensor.server_room_energy",
                        "sun.sun")
                .doesNotContain("sensor.rack_a2_inlet_top");
        changes.clear();
        simulation.advance(NOON + 600, changes::add);
        assertThat(changes.size() / 600.0).as("rows per second").isBetween(5.0, 20.0);
    }

    @Test
    void times_ascend_and_never_pass_the_wall_clock() {
        List<StateChange> changes = new ArrayList<>();
        Simulation simulation = begun(9, Scenario.CRAC_FAILURE, 60, changes);
        simulation.advance(NOON + 120, changes::add);
        for (int i = 1; i < changes.size(); i++) {
            assertThat(changes.get(i).updated())
                    .isGreaterThanOrEqualTo(changes.get(i - 1).updated() - 0.25);
        }
        assertThat(changes.getLast().updated()).isLessThan(NOON + 120);
        assertThat(simulation.room().time()).isEqualTo(NOON + 7_200);
    }

    @Test
    void times_are_whole_microseconds_as_those_of_home_assistant() {
        List<StateChange> changes = new ArrayList<>();
        Simulation simulation = begun(3, Scenario.NORMAL, 7, changes);
        simulation.advance(NOON + 60.123_456_7, changes::add);
        assertThat(changes)
                .allSatisfy(change ->
                        assertThat(Math.round(change.updated() * 1e6) / 1e6)
                                .isEqualTo(change.updated()));
    }

    @Test
    void at_pace_60_two_minutes_show_a_hot_west_and_a_normal_east() {
        List<StateChange> changes = new ArrayList<>();
        Simulation simulation = begun(1, Scenario.CRAC_FAILURE, 60, changes);
        simulation.advance(NOON + 120, changes::add);
        Map<String, @Nullable String> newest = newest(changes);
        assertThat(Double.parseDouble(text(newest, "sensor.rack_a10_inlet_top"))).isGreaterThan(32);
        assertThat(Double.parseDouble(text(newest, "sensor.rack_b10_inlet_top"))).isLessThan(27);
        assertThat(newest).containsEntry("binary_sensor.crac_1_running", "off");
    }

    @Test
    void sensors_drop_out_in_every_way_and_one_comes_back_by_itself() {
        List<StateChange> changes = new ArrayList<>();
        Simulation simulation = begun(1, Scenario.SENSOR_DROPOUT, 1, changes);
        simulation.advance(NOON + 120, changes::add);
        Map<String, @Nullable String> during = newest(changes);
        assertThat(during)
                .containsEntry("sensor.rack_b7_inlet_top", "unavailable")
                .containsEntry("sensor.rack_a4_inlet_middle", "unavailable")
                .containsEntry("sensor.rack_a7_inlet_humidity", "unknown")
                .containsEntry("sensor.rack_b10_inlet_top", null);
        int silent = count(changes, "sensor.rack_a10_inlet_bottom");
        int frozen = count(changes, "sensor.hot_aisle_south");
        simulation.advance(NOON + 700, changes::add);
        Map<String, @Nullable String> after = newest(changes);
        assertThat(text(after, "sensor.rack_b7_inlet_top")).matches("\\d+\\.\\d");
        assertThat(text(after, "sensor.rack_a4_inlet_middle")).isEqualTo("unavailable");
        assertThat(count(changes, "sensor.rack_a10_inlet_bottom")).isEqualTo(silent);
        assertThat(count(changes, "sensor.hot_aisle_south")).isEqualTo(frozen);
    }

    @Test
    void battery_devices_change_attributes_without_changing_state() {
        List<StateChange> changes = new ArrayList<>();
        Simulation simulation = begun(1, Scenario.NORMAL, 1, changes);
        simulation.tick(5);
        simulation.advance(NOON + 86_400, changes::add);
        List<StateChange> leaks =
                changes.stream()
                        .filter(c -> c.entityId().equals("binary_sensor.leak_west"))
                        .toList();
        assertThat(leaks).hasSizeGreaterThan(2).allMatch(c -> "off".equals(c.state()));
        assertThat(leaks.getLast().changed()).isLessThan(leaks.getLast().updated());
        assertThat(leaks.getLast().changed()).isEqualTo(leaks.getFirst().changed());
    }

    @Test
    void a_jump_of_the_clock_is_not_lived_through() {
        List<StateChange> changes = new ArrayList<>();
        Simulation simulation = begun(1, Scenario.NORMAL, 1, changes);
        simulation.advance(NOON + 60, changes::add);
        double lived = simulation.room().time();
        changes.clear();
        simulation.jump(NOON + 7_200);
        simulation.advance(NOON + 7_260, changes::add);
        assertThat(simulation.room().time()).isEqualTo(lived + 60);
        assertThat(changes).isNotEmpty().allMatch(change -> change.updated() >= NOON + 7_200);
    }

    private static Simulation begun(
            long seed, Scenario scenario, double pace, List<StateChange> changes) {
        Simulation simulation = new Simulation(seed, BRUSSELS, NOON);
        simulation.pace(pace);
        simulation.add(scenario.incidents(NOON));
        simulation.start(changes::add);
        return simulation;
    }

    private static Map<String, @Nullable String> newest(List<StateChange> changes) {
        Map<String, @Nullable String> newest = new HashMap<>();
        changes.forEach(change -> newest.put(change.entityId(), change.state()));
        return newest;
    }

    private static String text(Map<String, @Nullable String> states, String entityId) {
        return Objects.requireNonNull(states.get(entityId), entityId);
    }

    private static int count(List<StateChange> changes, String entityId) {
        return (int) changes.stream().filter(c -> c.entityId().equals(entityId)).count();
    }
}
