package vigie.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vigie.text.Fault;

import java.time.ZoneId;
import java.util.Locale;

class EmptyRoomTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Brussels");

    @ParameterizedTest
    @CsvSource({"1, 1", "6.3, 4.7", "13.2, 8.8", "500, 500"})
    void an_empty_room_is_read_back_as_it_was_written(double width, double depth) throws Fault {
        Plan plan = EmptyRoom.of(width, depth, ZONE);

        assertThat(PlanReader.read(PlanWriter.write(plan), "empty.json")).isEqualTo(plan);
        assertThat(plan.bounds()).isEqualTo(new Area(0, 0, width, depth));
    }

    @Test
    void its_four_walls_stand_inside_it_and_it_binds_nothing() {
        Plan plan = EmptyRoom.of(6, 4, ZONE);

        assertThat(plan.elements(Element.Wall.class))
                .extracting(Element.Wall::from, Element.Wall::to)
                .containsExactly(
                        tuple(new Spot(0, 0.1), new Spot(6, 0.1)),
                        tuple(new Spot(5.9, 0), new Spot(5.9, 4)),
                        tuple(new Spot(0, 3.9), new Spot(6, 3.9)),
                        tuple(new Spot(0.1, 0), new Spot(0.1, 4)));
        assertThat(plan.placements()).isEmpty();
        assertThat(plan.elements(Element.Room.class).getFirst().zone()).isEqualTo(ZONE);
        assertThat(plan.label().in(Locale.FRENCH)).isEqualTo("Salle serveurs");
    }

    @ParameterizedTest
    @CsvSource({"0.9, 4", "4, 0", "501, 4", "NaN, 4", "4, -3"})
    void a_room_of_an_impossible_size_is_refused(double width, double depth) {
        assertThatIllegalArgumentException().isThrownBy(() -> EmptyRoom.of(width, depth, ZONE));
    }
}
