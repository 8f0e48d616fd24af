package vigie.console.details;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.console.FakeRoom;
import vigie.console.Frames;
import vigie.console.bridge.Frame;
import vigie.console.marks.Mark;
import vigie.console.words.Speech;
import vigie.picture.Difference;
import vigie.picture.Picture;
import vigie.plan.ElementId;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

class DetailsModelTest {
    private final FakeRoom room = new FakeRoom().normal();
    private final Frames frames = new Frames(room);
    private final Speech speech = new Speech(Locale.UK);
    private final DetailsModel model = new DetailsModel(speech);

    @Test
    void a_selected_rack_shows_its_readings_with_limits_time_and_age() {
        room.with("sensor.rack_a4_inlet_top", "33.6", "°C");
        room.timeline().pass(Duration.ofSeconds(9));
        model.show(frames.next());
        model.selectedProperty().set(Optional.of(new ElementId("a4")));
        DetailsModel.Content content = model.contentProperty().get();
        assertThat(content.title()).isEqualTo("Rack A4");
        assertThat(content.kind()).isEqualTo("rack");
        assertThat(content.summary()).endsWith("1 out of limits");
        Detail top =
                content.readings().stream()
                        .filter(one -> one.source().equals("sensor.rack_a4_inlet_top"))
                        .findFirst()
                        .orElseThrow();
        assertThat(top.name()).isEqualTo("inlet, top · Temperature");
        assertThat(top.value()).isEqualTo("33.6\u00A0°C");
        assertThat(top.mark()).isEqualTo(Mark.ALARM);
        assertThat(top.quality()).isEqualTo("too high · good quality");
        assertThat(top.when()).isEqualTo("12:23:12, 9\u00A0s ago");
        assertThat(top.limits()).isEqualTo("normal 18 to 27\u00A0°C · allowed 15 to 32\u00A0°C");
    }

    @Test
    void the_pointer_goes_before_the_selection_and_gives_way_again() {
        model.show(frames.next());
        model.selectedProperty().set(Optional.of(new ElementId("a4")));
        model.hoveredProperty().set(Optional.of(new ElementId("crac-1")));
        assertThat(model.contentProperty().get().title()).isEqualTo("Cooling unit 1");
        model.hoveredProperty().set(Optional.empty());
        assertThat(model.contentProperty().get().title()).isEqualTo("Rack A4");
    }

    @Test
    void with_nothing_selected_it_lists_what_needs_a_look_the_worst_first() {
        room.with("sensor.rack_b1_inlet_top", "unavailable", "°C")
                .with("sensor.rack_a4_inlet_middle", "28.5", "°C")
                .with("sensor.rack_a7_inlet_top", "34", "°C");
        model.show(frames.next());
        assertThat(model.contentProperty().get().readings())
                .extracting(Detail::source)
                .containsExactly(
                        "sensor.rack_a7_inlet_top",
                        "sensor.rack_a4_inlet_middle",
                        "sensor.rack_b1_inlet_top");
        assertThat(model.contentProperty().get().readings().getLast().value()).isEqualTo("–");
        assertThat(model.contentProperty().get().readings().getLast().quality())
                .isEqualTo("device unavailable");
    }

    @Test
    void with_nothing_selected_and_all_normal_it_is_empty() {
        model.show(frames.next());
        assertThat(model.contentProperty().get().title()).isEmpty();
    }

    @Test
    void the_language_changes_what_is_shown() {
        model.show(frames.next());
        model.selectedProperty().set(Optional.of(new ElementId("a4")));
        speech.speak(Locale.FRENCH);
        assertThat(model.contentProperty().get().title()).isEqualTo("Baie A4");
        assertThat(model.contentProperty().get().kind()).isEqualTo("baie");
    }

    @Test
    void what_went_wrong_first_stands_before_what_followed() {
        room.with("sensor.rack_b3_inlet_middle", "33", "°C");
        model.show(frames.next());
        room.timeline().pass(Duration.ofMinutes(2));
        room.with("sensor.rack_a4_inlet_top", "34", "°C");
        model.show(frames.next());
        assertThat(model.contentProperty().get().readings())
                .extracting(Detail::source)
                .containsExactly("sensor.rack_b3_inlet_middle", "sensor.rack_a4_inlet_top");
    }

    @Test
    void compared_with_another_moment_each_reading_says_what_it_was() {
        room.with("sensor.rack_a4_inlet_top", "21.0", "°C");
        Picture then = frames.next().picture();
        room.timeline().pass(Duration.ofHours(1));
        room.with("sensor.rack_a4_inlet_top", "24.5", "°C");
        Frame now = frames.next();
        model.show(now);
        model.selectedProperty().set(Optional.of(new ElementId("a4")));
        assertThat(top().against()).isEmpty();
        model.compare(Optional.of(Difference.of(now.picture(), then)));
        assertThat(top().against()).startsWith("before: 21.0").endsWith("+3.5\u00A0K");
        model.compare(Optional.empty());
        assertThat(top().against()).isEmpty();
    }

    private Detail top() {
        return model.contentProperty().get().readings().stream()
                .filter(one -> one.source().equals("sensor.rack_a4_inlet_top"))
                .findFirst()
                .orElseThrow();
    }
}
