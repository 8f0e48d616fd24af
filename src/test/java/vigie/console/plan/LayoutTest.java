package vigie.console.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.plan.Element;
import vigie.plan.ElementId;
import vigie.plan.Facing;
import vigie.plan.Label;
import vigie.plan.Plan;
import vigie.plan.PlanFile;
import vigie.plan.Spot;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

class LayoutTest {
    private final Layout layout = new Layout(PlanFile.builtIn());

    @Test
    void the_extent_is_the_room_with_its_walls() {
        assertThat(layout.extent()).isEqualTo(new Extent(0, 0, 13.2, 8.8));
    }

    @Test
    void a_sensor_of_a_rack_is_read_on_the_rack() {
        assertThat(id(layout.piece(new ElementId("a1-inlet-top")))).contains("a1");
        assertThat(layout.piece(new ElementId("a1")).orElseThrow().sensors())
                .extracting(sensor -> sensor.id().value())
                .contains("a1-inlet-top", "a1-inlet-middle", "a1-inlet-bottom", "a1-power");
    }

    @Test
    void a_sensor_of_an_aisle_has_a_mark_of_its_own() {
        assertThat(id(layout.piece(new ElementId("hot-spot")))).contains("hot-spot");
    }

    @Test
    void sensors_are_meant_before_furniture_before_aisles_before_the_room() {
        assertThat(id(layout.at(new Spot(6.65, 4.72), 0.12))).contains("hot-spot");
        assertThat(id(layout.at(new Spot(5.2, 2.0), 0.12))).contains("a1");
        assertThat(id(layout.at(new Spot(6.2, 3.6), 0.12))).contains("hot-aisle");
        assertThat(id(layout.at(new Spot(2, 6), 0.12))).contains("room");
        assertThat(layout.at(new Spot(-3, 6), 0.12)).isEmpty();
    }

    @Test
    void an_open_door_is_meant_where_its_leaf_swings() {
        assertThat(id(layout.at(new Spot(1.2, 8.3), 0.12))).contains("door");
    }

    @Test
    void the_arrow_keys_go_to_the_nearest_in_their_direction() {
        Piece a1 = layout.piece(new ElementId("a1")).orElseThrow();
        assertThat(id(layout.beside(a1, Facing.SOUTH))).contains("a2");
        Piece a5 = layout.piece(new ElementId("a5")).orElseThrow();
        assertThat(id(layout.beside(a5, Facing.EAST))).contains("hot-spot");
        Piece a10 = layout.piece(new ElementId("a10")).orElseThrow();
        assertThat(id(layout.beside(a10, Facing.NORTH))).contains("a9");
    }

    @Test
    void the_tab_key_reads_row_by_row_and_reaches_everything_once() {
        List<String> order =
                layout.inReadingOrder().stream().map(piece -> piece.id().value()).toList();
        assertThat(order)
                .doesNotHaveDuplicates()
                .hasSize(layout.pieces().size() - 1)
                .containsSubsequence(
                        "crac-1", "crac-4", "a1", "a2", "a10", "b1", "b10", "ups-zone");
    }

    @Test
    void racks_are_told_apart_by_what_their_names_do_not_share() {
        Element rack = layout.piece(new ElementId("a10")).orElseThrow().element();
        assertThat(layout.shortName(rack, Locale.ENGLISH)).isEqualTo("A10");
        assertThat(layout.shortName(rack, Locale.FRENCH)).isEqualTo("A10");
    }

    @Test
    void names_that_share_nothing_stay_whole() {
        Layout mixed =
                new Layout(
                        new Plan(
                                Label.of("p"),
                                List.of(rack("x", "Core"), rack("y", "Core switch")),
                                List.of(),
                                List.of()));
        assertThat(
                        mixed.shortName(
                                mixed.piece(new ElementId("y")).orElseThrow().element(),
                                Locale.ENGLISH))
                .isEqualTo("Core switch");
    }

    @Test
    void an_empty_plan_has_an_extent_and_nothing_in_it() {
        Layout empty = new Layout(new Plan(Label.of("p"), List.of(), List.of(), List.of()));
        assertThat(empty.extent().isEmpty()).isFalse();
        assertThat(empty.at(new Spot(1, 1), 1)).isEmpty();
    }

    private static Element.Rack rack(String id, String name) {
        return new Element.Rack(
                new ElementId(id),
                Label.of(name),
                "r",
                new vigie.plan.Area(0, 0, 1, 1),
                Facing.NORTH,
                2);
    }

    private static Optional<String> id(Optional<Piece> piece) {
        return piece.map(found -> found.id().value());
    }
}
