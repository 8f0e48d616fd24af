package vigie.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

class PlanTest {
    @Test
    void elements_come_in_drawing_order_and_within_a_kind_as_given() {
        Plan plan = PlanFile.builtIn();
        List<Element> shuffled = new ArrayList<>(plan.elements());
        Collections.reverse(shuffled);
        Plan reversed = new Plan(plan.label(), shuffled, List.of(), List.of());
        assertThat(reversed.elements().getFirst()).isInstanceOf(Element.Room.class);
        assertThat(reversed.elements().getLast()).isInstanceOf(Element.Sensor.class);
        assertThat(reversed.elements(Element.Rack.class).getFirst().id())
                .isEqualTo(new ElementId("b10"));
    }

    @Test
    void two_elements_with_one_id_are_refused() {
        Element room = PlanFile.builtIn().elements().getFirst();
        assertThatThrownBy(() -> new Plan(Label.of("x"), List.of(room, room), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("room");
    }

    @Test
    void a_room_knows_what_is_inside_it() {
        // An L: the upper right quarter is missing.
        Element.Room room =
                new Element.Room(
                        new ElementId("l"),
                        Label.of("l"),
                        ZoneId.of("UTC"),
                        List.of(
                                new Spot(0, 0),
                                new Spot(2, 0),
                                new Spot(2, 2),
                                new Spot(4, 2),
                                new Spot(4, 4),
                                new Spot(0, 4)));
        Random random = new Random(3);
        for (int i = 0; i < 1_000; i++) {
            Spot spot = new Spot(random.nextDouble(-1, 5), random.nextDouble(-1, 5));
            boolean inside =
                    spot.x() > 0
                            && spot.x() < 4
                            && spot.y() > 0
                            && spot.y() < 4
                            && !(spot.x() > 2 && spot.y() < 2);
            assertThat(room.contains(spot)).as(spot.toString()).isEqualTo(inside);
        }
        assertThat(room.bounds()).isEqualTo(new Area(0, 0, 4, 4));
    }

    @Test
    void a_span_holds_from_its_start_until_before_its_end() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        Instant end = start.plusSeconds(10);
        Span span = new Span(Optional.of(start), Optional.of(end));
        assertThat(span.contains(start)).isTrue();
        assertThat(span.contains(end.minusNanos(1))).isTrue();
        assertThat(span.contains(end)).isFalse();
        assertThat(span.contains(start.minusNanos(1))).isFalse();
        assertThat(span.overlaps(new Span(Optional.of(end), Optional.empty()))).isFalse();
        assertThat(span.overlaps(Span.OPEN)).isTrue();
        assertThatThrownBy(() -> new Span(Optional.of(end), Optional.of(start)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_label_speaks_the_language_it_has() {
        Label both = new Label(Map.of("en", "Door", "fr", "Porte"));
        assertThat(both.in(Locale.FRENCH)).isEqualTo("Porte");
        assertThat(both.in(Locale.GERMAN)).isEqualTo("Door");
        assertThat(Label.of("A1").in(Locale.FRENCH)).isEqualTo("A1");
        assertThat(new Label(Map.of("de", "Tür")).in(Locale.FRENCH)).isEqualTo("Tür");
        assertThatThrownBy(() -> new Label(Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Label(Map.of("", "Door", "fr", "Porte")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
