package vigie.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The hashes are those a real Home Assistant 2026.11 wrote. */
class FnvTest {
    @Test
    void attributes_hash_as_in_a_real_recorder() {
        assertThat(Fnv.hash("{}")).isEqualTo(1415952421L);
        assertThat(Fnv.hash("{\"friendly_name\":\"Sun\"}")).isEqualTo(1454287034L);
        assertThat(
                        Fnv.hash(
                                "{\"state_class\":\"measurement\",\"unit_of_measurement\":\"°C\","
                                        + "\"device_class\":\"temperature\",\"friendly_name\":\"Rack A1"
                                        + " inlet\"}"))
                .isEqualTo(3213857810L);
        assertThat(
                        EntityAttributes.measurement(
                                        "temperature", "°C", "temperature", "Rack A1 inlet")
                                .json())
                .as("our attributes are written as Home Assistant writes them")
                .satisfies(json -> assertThat(Fnv.hash(json)).isEqualTo(3213857810L));
    }
}
