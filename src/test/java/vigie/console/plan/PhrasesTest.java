package vigie.console.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.picture.ElementPicture;
import vigie.picture.PlacedReading;
import vigie.plan.Deviation;
import vigie.plan.ElementId;
import vigie.point.DisplayUnits;
import vigie.text.Words;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;

class PhrasesTest {
    private static final String INLET = "sensor.rack_a2_inlet_middle";

    private final Phrases english = new Phrases(Words.in(Locale.ENGLISH));
    private final Phrases french = new Phrases(Words.in(Locale.FRENCH));
    private final ReferenceRoom room = new ReferenceRoom().calm();

    @Test
    void a_fresh_value_has_a_number_a_unit_and_no_age() {
        room.with(INLET, "21.44");
        Phrases.Figure figure = english.figure(inlet(), room.now(), true);
        assertThat(figure.whole()).isEqualTo("21.4\u00a0°C");
        assertThat(figure.trust()).isEqualTo(Phrases.Trust.LIVE);
        assertThat(figure.age()).isEmpty();
        assertThat(french.figure(inlet(), room.now(), true).whole()).isEqualTo("21,4\u00a0°C");
    }

    @Test
    void a_temperature_is_drawn_in_the_unit_that_the_reader_wants() {
        room.with(INLET, "21.44");
        Phrases fahrenheit = new Phrases(Words.in(DisplayUnits.FAHRENHEIT.in(Locale.FRENCH)));
        assertThat(fahrenheit.figure(inlet(), room.now(), true).whole()).isEqualTo("70,6\u00a0°F");
    }

    @Test
    void without_a_connection_every_value_has_its_age() {
        room.with(INLET, "21.4").later(125);
        Phrases.Figure figure = english.figure(inlet(), room.now(), false);
        assertThat(figure.trust()).isEqualTo(Phrases.Trust.AGED);
        assertThat(figure.age()).contains("2 min");
    }

    @Test
    void a_bad_value_is_a_sign_and_never_a_number() {
        assertThat(shown("unavailable")).isEqualTo("×");
        assertThat(shown("unknown")).isEqualTo("–");
        assertThat(shown("1,5")).isEqualTo("?");
        assertThat(shown("NaN")).isEqualTo("?");
        assertThat(shown("1e400")).isEqualTo("?");
    }

    @Test
    void a_point_never_seen_is_a_dash() {
        ReferenceRoom empty = new ReferenceRoom();
        Phrases.Figure figure = english.figure(reading(empty, "a2"), empty.now(), true);
        assertThat(figure.number()).isEqualTo("–");
        assertThat(figure.trust()).isEqualTo(Phrases.Trust.NEVER);
        assertThat(figure.age()).isEmpty();
    }

    @Test
    void a_value_too_high_points_up_and_one_too_low_down() {
        room.with(INLET, "34");
        Phrases.Figure high = english.figure(inlet(), room.now(), true);
        assertThat(high.deviation()).isEqualTo(Deviation.ALARM);
        assertThat(high.direction()).isEqualTo(1);
        room.with(INLET, "16.9");
        Phrases.Figure low = english.figure(inlet(), room.now(), true);
        assertThat(low.deviation()).isEqualTo(Deviation.WARNING);
        assertThat(low.direction()).isEqualTo(-1);
    }

    @Test
    void nothing_is_written_as_minus_zero() {
        room.with(INLET, "-0.01");
        assertThat(english.figure(inlet(), room.now(), true).number()).isEqualTo("0.0");
    }

    @Test
    void ages_are_told_in_the_largest_unit_that_fits() {
        assertThat(english.age(Duration.ofSeconds(59))).isEqualTo("59 s");
        assertThat(english.age(Duration.ofSeconds(60))).isEqualTo("1 min");
        assertThat(english.age(Duration.ofMinutes(59))).isEqualTo("59 min");
        assertThat(english.age(Duration.ofMinutes(61))).isEqualTo("1 h");
        assertThat(english.age(Duration.ofHours(49))).isEqualTo("2 d");
        assertThat(french.age(Duration.ofHours(49))).isEqualTo("2 j");
        assertThat(english.age(Duration.ofSeconds(-3))).isEqualTo("0 s");
    }

    @Test
    void presence_is_told_since_when_in_the_time_of_the_room() {
        room.with("binary_sensor.room_motion", "on").later(600);
        PlacedReading motion =
                room.picture().element(new ElementId("motion")).orElseThrow().readings().getFirst();
        ZoneId brussels = ZoneId.of("Europe/Brussels");
        assertThat(english.since(motion, room.now(), brussels)).contains("since 11:00");
        assertThat(french.since(motion, room.now(), brussels)).contains("depuis 11:00");
        assertThat(english.since(motion, room.now().plusSeconds(86_400), brussels))
                .contains("since 21 Nov 11:00");
    }

    private String shown(String text) {
        room.with(INLET, text);
        Phrases.Figure figure = english.figure(inlet(), room.now(), true);
        assertThat(figure.unit()).isEmpty();
        return figure.number();
    }

    private PlacedReading inlet() {
        return reading(room, "a2");
    }

    private static PlacedReading reading(ReferenceRoom room, String rack) {
        ElementPicture picture = room.picture().element(new ElementId(rack)).orElseThrow();
        return RackShape.temperatures(picture).getFirst();
    }
}
