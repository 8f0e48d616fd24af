package vigie.console.points;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.console.FakeRoom;
import vigie.console.Frames;
import vigie.console.words.Speech;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

class PointsModelTest {
    private final FakeRoom room = new FakeRoom().normal();
    private final Frames frames = new Frames(room);
    private final Speech speech = new Speech(Locale.UK);
    private final PointsModel model = new PointsModel(speech);

    @Test
    void all_points_are_there_those_off_the_plan_too() {
        model.show(frames.next());
        assertThat(model.shown()).hasSize(room.plan().placements().size() + 5);
        assertThat(row("sun.sun").place()).isEmpty();
        assertThat(row("sensor.rack_a1_inlet_top").place().orElseThrow().label())
                .isEqualTo("Rack A1 inlet, top");
        assertThat(model.countProperty().get()).endsWith("points, 5 not on the plan");
    }

    @Test
    void typing_filters_by_name_title_and_place_without_case_and_accents() {
        model.show(frames.next());
        model.filterProperty().set("RÁCK a10 top");
        assertThat(names()).containsExactly("sensor.rack_a10_inlet_top");
        model.filterProperty().set("ups_load");
        assertThat(names()).containsExactly("sensor.ups_load");
        model.filterProperty().set("no such thing");
        assertThat(names()).isEmpty();
        assertThat(model.emptyTextProperty().get()).contains("“no such thing”");
        model.filterProperty().set("  ");
        assertThat(names()).hasSize(room.plan().placements().size() + 5);
    }

    @Test
    void places_are_found_in_the_language_spoken() {
        speech.speak(Locale.FRENCH);
        model.show(frames.next());
        model.filterProperty().set("baie a10 haut");
        assertThat(names()).containsExactly("sensor.rack_a10_inlet_top");
    }

    @Test
    void new_values_keep_the_rows_and_sort_nothing() {
        model.show(frames.next());
        List<PointRow> before = List.copyOf(model.shown());
        AtomicInteger changes = new AtomicInteger();
        model.shown()
                .addListener(
                        (javafx.collections.ListChangeListener<PointRow>)
                                change -> changes.incrementAndGet());
        for (int i = 0; i < 20; i++) {
            room.with("sensor.ups_load", String.valueOf(40 + i), "%");
            room.timeline().pass(Duration.ofSeconds(1));
            model.show(frames.next());
        }
        assertThat(changes).hasValue(0);
        assertThat(model.shown()).isEqualTo(before);
        assertThat(row("sensor.ups_load").value(model.lookProperty().get().orElseThrow().figures()))
                .isEqualTo("59%");
    }

    @Test
    void frames_that_follow_fast_are_passed_over() {
        model.show(frames.next());
        AtomicInteger looks = new AtomicInteger();
        model.lookProperty().addListener(look -> looks.incrementAndGet());
        for (int i = 0; i < 60; i++) {
            room.timeline().pass(Duration.ofMillis(16));
            model.show(frames.next());
        }
        assertThat(looks.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void a_point_that_comes_is_sorted_in() {
        model.show(frames.next());
        room.with("sensor.aaa", "1", "W");
        room.timeline().pass(Duration.ofSeconds(1));
        model.show(frames.next());
        assertThat(names().getFirst()).isEqualTo("sensor.aaa");
    }

    private List<String> names() {
        return model.shown().stream().map(PointRow::name).toList();
    }

    private PointRow row(String name) {
        return model.shown().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
