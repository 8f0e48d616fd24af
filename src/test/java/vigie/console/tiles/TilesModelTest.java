package vigie.console.tiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.console.FakeRoom;
import vigie.console.Frames;
import vigie.console.marks.Mark;
import vigie.console.words.Speech;
import vigie.plan.Deviation;
import vigie.plan.ElementId;

import java.util.Locale;

class TilesModelTest {
    private final FakeRoom room = new FakeRoom().normal();
    private final Frames frames = new Frames(room);
    private final Speech speech = new Speech(Locale.UK);
    private final TilesModel model = new TilesModel(speech);

    @Test
    void before_the_first_frame_there_is_no_number_but_a_reason() {
        TileContent waiting = model.inletProperty().get();
        assertThat(waiting.value()).isEqualTo("–");
        assertThat(waiting.first()).isEqualTo("Waiting for the first values");
        speech.speak(Locale.FRENCH);
        assertThat(model.inletProperty().get().first())
                .isEqualTo("En attente des premières valeurs");
    }

    @Test
    void the_worst_inlet_is_told_with_its_place_and_limits() {
        room.with("sensor.rack_b7_inlet_top", "33.62", "°C");
        model.show(frames.next());
        TileContent inlet = model.inletProperty().get();
        assertThat(inlet.value()).isEqualTo("33.6");
        assertThat(inlet.unit()).isEqualTo("°C");
        assertThat(inlet.first()).isEqualTo("Rack B7 inlet, top");
        assertThat(inlet.second()).isEqualTo("36 sensors");
        assertThat(inlet.deviation()).isEqualTo(Deviation.ALARM);
        assertThat(inlet.mark()).isEqualTo(Mark.ALARM);
        assertThat(inlet.range()).isPresent();
        assertThat(inlet.goTo()).contains(new ElementId("b7-inlet-top"));
    }

    @Test
    void a_number_changes_its_signs_with_the_language() {
        room.with("sensor.rack_b7_inlet_top", "26.5", "°C");
        model.show(frames.next());
        speech.speak(Locale.FRENCH);
        assertThat(model.inletProperty().get().value()).isEqualTo("26,5");
        assertThat(model.inletProperty().get().first()).isEqualTo("Entrée d'air baie B7, haut");
    }

    @Test
    void silent_sensors_are_counted_and_give_no_number() {
        for (String place : new String[] {"north", "hot_spot", "south"}) {
            room.with("sensor.hot_aisle_" + place, "unavailable", "°C");
        }
        model.show(frames.next());
        TileContent hot = model.hotAisleProperty().get();
        assertThat(hot.value()).isEqualTo("–");
        assertThat(hot.mark()).isEqualTo(Mark.BAD);
        assertThat(hot.first()).isEqualTo("None of 3 sensors says anything: device unavailable");
        room.with("sensor.hot_aisle_north", "34.1", "°C");
        model.show(frames.next());
        assertThat(model.hotAisleProperty().get().value()).isEqualTo("34.1");
        assertThat(model.hotAisleProperty().get().second())
                .isEqualTo("3 sensors, 2 of them silent");
    }

    @Test
    void air_that_is_too_dry_is_shown_before_air_that_is_normal() {
        room.with("sensor.rack_a4_inlet_humidity", "12", "%");
        model.show(frames.next());
        TileContent humidity = model.humidityProperty().get();
        assertThat(humidity.value()).isEqualTo("12");
        assertThat(humidity.deviation()).isNotEqualTo(Deviation.NONE);
        assertThat(humidity.second()).startsWith("highest 4").contains("dew point");
    }

    @Test
    void on_mains_the_charge_counts_and_on_battery_the_minutes_left() {
        model.show(frames.next());
        assertThat(model.upsProperty().get().value()).isEqualTo("100");
        assertThat(model.upsProperty().get().first()).isEqualTo("On mains");
        assertThat(model.upsProperty().get().second()).isEqualTo("load 42% · 38\u00A0min left");
        room.with("binary_sensor.ups_on_battery", "on", "");
        model.show(frames.next());
        TileContent ups = model.upsProperty().get();
        assertThat(ups.value()).isEqualTo("38");
        assertThat(ups.unit()).isEqualTo("min");
        assertThat(ups.first()).isEqualTo("On battery");
        assertThat(ups.second()).isEqualTo("charge 100% · load 42%");
        assertThat(ups.deviation()).isNotEqualTo(Deviation.NONE);
    }
}
