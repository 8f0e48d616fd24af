package vigie.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.point.Attributes;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

class AttributesTextTest {
    private static Attributes bytes(String json) {
        byte[] padded = ("xx" + json + "yyy").getBytes(StandardCharsets.UTF_8);
        return AttributesText.read(padded, 2, padded.length - 5);
    }

    @Test
    void the_four_keys_are_read_and_all_others_skipped() {
        String json =
                "{\"min\":[1,{\"unit_of_measurement\":\"no\"}],\"unit_of_measurement\":\"°C\","
                        + "\"state_class\":\"measurement\",\"device_class\":\"temperature\","
                        + "\"friendly_name\":\"Rack A1 雪\"}";
        assertThat(bytes(json))
                .isEqualTo(
                        new Attributes(
                                Optional.of("Rack A1 雪"),
                                Optional.of("°C"),
                                Optional.of("temperature"),
                                Optional.of("measurement"),
                                true));
        assertThat(AttributesText.read(json)).isEqualTo(bytes(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "12",
                "\"text\"",
                "[]",
                "{",
                "{\"a\":1",
                "{\"a\":1}}",
                "{} {}",
                "{'a':1}",
                "not json",
                "{\"unit_of_measurement\":\"W\"",
                "{\"a\":nul}"
            })
    void what_is_not_a_json_object_is_missing(String json) {
        assertThat(bytes(json)).isEqualTo(Attributes.MISSING);
    }

    @Test
    void a_key_with_another_type_counts_as_absent() {
        assertThat(
                        bytes(
                                "{\"unit_of_measurement\":5,\"friendly_name\":[\"x\"],\"device_class\":{}}"))
                .isEqualTo(Attributes.NONE);
        assertThat(bytes("{\"unit_of_measurement\":null,\"state_class\":\"\"}"))
                .isEqualTo(Attributes.NONE);
    }

    @Test
    void bytes_that_are_not_utf_8_are_missing() {
        byte[] broken = "{\"device_class\":\"?(\"}".getBytes(StandardCharsets.UTF_8);
        broken[17] = (byte) 0xC3;
        assertThat(AttributesText.read(broken, 0, broken.length)).isEqualTo(Attributes.MISSING);
    }

    @Test
    void absurd_nesting_does_no_harm() {
        assertThat(bytes("{\"a\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}"))
                .isIn(Attributes.MISSING, Attributes.NONE);
    }

    @Test
    void null_is_missing() {
        assertThat(AttributesText.read(null)).isEqualTo(Attributes.MISSING);
    }
}
