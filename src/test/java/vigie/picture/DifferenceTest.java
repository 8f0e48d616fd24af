package vigie.picture;

import static org.assertj.core.api.Assertions.assertThat;

import static vigie.picture.World.START;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vigie.plan.ElementId;
import vigie.plan.Quantity;
import vigie.plan.SensorRole;
import vigie.plan.Span;
import vigie.point.Attributes;
import vigie.room.Bindings;

import java.time.Instant;
import java.util.Optional;

class DifferenceTest {
    private static final Instant THEN = START.plusSeconds(60);
    private static final Instant NOW = START.plusSeconds(120);
    private static final Offset<Double> EXACT = Offset.offset(1e-9);

    private final World world =
            new World()
                    .sensor("top", SensorRole.INLET, 1.8, "a1")
                    .sensor("low", SensorRole.INLET, 0.4, "a1")
                    .sensor("back", SensorRole.HOT_SPOT, 1.9, "a1")
                    .sensor("door", SensorRole.DOOR, 0, "room")
                    .bind("top", Quantity.TEMPERATURE)
                    .bind("low", Quantity.TEMPERATURE)
                    .bind("back", Quantity.TEMPERATURE)
                    .bind("top", Quantity.HUMIDITY)
                    .bind("door", Quantity.OPEN);

    private Picture picture(Instant at) {
        return new PictureMaker(world.plan(), Bindings.NONE).next(world.state(), at);
    }

    private static Change only(Difference difference, String sensor, Quantity quantity) {
        return difference.element(new ElementId(sensor)).orElseThrow().find(quantity).orElseThrow();
    }

    @Test
    void a_difference_is_now_less_then_in_the_quantity_s_unit() {
        world.says("sensor.top_temperature", 10, "21.5", "°C");
        world.says("sensor.top_humidity", 10, "44", "%");
        Picture then = picture(THEN);
        world.says("sensor.top_temperature", 70, "24.1", "°C");
        world.says("sensor.top_humidity", 70, "41", "%");
        Difference difference = Difference.of(picture(NOW), then);
        Change warmer = only(difference, "top", Quantity.TEMPERATURE);
        assertThat(warmer.amount().orElseThrow()).isCloseTo(2.6, EXACT);
        assertThat(warmer.step()).isEqualTo(3);
        assertThat(warmer.isCertain()).isTrue();
        Change drier = only(difference, "top", Quantity.HUMIDITY);
        assertThat(drier.amount().orElseThrow()).isCloseTo(-3, EXACT);
        assertThat(drier.step()).isEqualTo(-1);
    }

    @Test
    void a_difference_of_temperatures_converts_without_offset() {
        world.says("sensor.top_temperature", 10, "70.7", "°F");
        Picture then = picture(THEN);
        world.says("sensor.top_temperature", 70, "24", "°C");
        Change warmer = only(Difference.of(picture(NOW), then), "top", Quantity.TEMPERATURE);
        assertThat(warmer.amount().orElseThrow()).isCloseTo(2.5, EXACT);
        assertThat(warmer.amount("°F").orElseThrow()).isCloseTo(4.5, EXACT);
        assertThat(warmer.amount("K").orElseThrow()).isCloseTo(2.5, EXACT);
        assertThat(warmer.amount("W")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "21.5, 21.5, 0",
        "21.5, 21.9, 0",
        "21.5, 22.0, 1",
        "21.5, 21.0, -1",
        "21.2, 20.7, -1",
        "21.5, 22.5, 2",
        "21.5, 23.5, 3",
        "21.5, 26.4, 3",
        "21.5, 26.5, 4",
        "21.5, 60.0, 4",
        "26.5, 21.5, -4"
    })
    void steps_grow_with_the_difference(String then, String now, int step) {
        world.says("sensor.top_temperature", 10, then, "°C");
        Picture before = picture(THEN);
        world.says("sensor.top_temperature", 70, now, "°C");
        assertThat(only(Difference.of(picture(NOW), before), "top", Quantity.TEMPERATURE).step())
                .isEqualTo(step);
    }

    @Test
    void nothing_is_said_where_either_side_has_no_trustworthy_value() {
        Picture never = picture(THEN);
        world.says("sensor.top_temperature", 70, "24.1", "°C");
        Picture known = picture(NOW);
        world.says("sensor.top_temperature", 80, "unavailable", "°C");
        Picture lost = picture(NOW);
        for (Difference difference :
                new Difference[] {
                    Difference.of(known, never),
                    Difference.of(never, known),
                    Difference.of(lost, known),
                    Difference.of(known, lost),
                    Difference.of(lost, never)
                }) {
            Change change = only(difference, "top", Quantity.TEMPERATURE);
            assertThat(change.outcome()).isInstanceOf(Change.Outcome.Unknown.class);
            assertThat(change.amount()).isEmpty();
            assertThat(change.amount("K")).isEmpty();
            assertThat(change.differs()).isFalse();
            assertThat(change.isCertain()).isFalse();
        }
    }

    @Test
    void an_uncertain_value_is_compared_but_not_certainly() {
        Attributes measured =
                new Attributes(
                        Optional.empty(),
                        Optional.of("°C"),
                        Optional.empty(),
                        Optional.of("measurement"),
                        true);
        world.says("sensor.top_temperature", 10, "21.5", measured);
        Picture then = picture(THEN);
        world.says("sensor.top_temperature", 11, "23.5", measured);
        Picture old = picture(START.plusSeconds(7_200));
        Change change = only(Difference.of(old, then), "top", Quantity.TEMPERATURE);
        assertThat(change.now().orElseThrow().quality().isGood()).isFalse();
        assertThat(change.amount().orElseThrow()).isCloseTo(2, EXACT);
        assertThat(change.isCertain()).isFalse();
    }

    @Test
    void a_state_tells_from_what_to_what() {
        world.says("sensor.door_open", 10, "off", "");
        Picture then = picture(THEN);
        world.says("sensor.door_open", 70, "on", "");
        Change opened = only(Difference.of(picture(NOW), then), "door", Quantity.OPEN);
        assertThat(opened.outcome()).isEqualTo(new Change.Outcome.State("off", "on"));
        assertThat(opened.differs()).isTrue();
        Change same = only(Difference.of(picture(NOW), picture(NOW)), "door", Quantity.OPEN);
        assertThat(same.differs()).isFalse();
        assertThat(same.isKnown()).isTrue();
    }

    @Test
    void an_element_is_led_by_the_inlet_that_changed_most() {
        world.says("sensor.top_temperature", 10, "21.5", "°C");
        world.says("sensor.low_temperature", 10, "20", "°C");
        world.says("sensor.back_temperature", 10, "34", "°C");
        Picture then = picture(THEN);
        world.says("sensor.top_temperature", 70, "22.5", "°C");
        world.says("sensor.low_temperature", 70, "17", "°C");
        world.says("sensor.back_temperature", 70, "44", "°C");
        Difference difference = Difference.of(picture(NOW), then);
        ElementDifference rack = difference.element(new ElementId("a1")).orElseThrow();
        assertThat(rack.leading().orElseThrow().sensor().id()).isEqualTo(new ElementId("low"));
        assertThat(rack.inlets())
                .extracting(change -> change.sensor().id().value())
                .containsExactly("top", "low");
        world.says("sensor.low_temperature", 71, "unavailable", "°C");
        rack = Difference.of(picture(NOW), then).element(new ElementId("a1")).orElseThrow();
        assertThat(rack.leading().orElseThrow().sensor().id()).isEqualTo(new ElementId("top"));
        world.says("sensor.top_temperature", 71, "unavailable", "°C");
        rack = Difference.of(picture(NOW), then).element(new ElementId("a1")).orElseThrow();
        assertThat(rack.leading().orElseThrow().isKnown()).isFalse();
    }

    @Test
    void a_sensor_that_was_replaced_in_between_is_compared_by_its_place() {
        World other =
                new World()
                        .sensor("top", SensorRole.INLET, 1.8, "a1")
                        .sensor("low", SensorRole.INLET, 0.4, "a1")
                        .bind(
                                "sensor.old",
                                "top",
                                Quantity.TEMPERATURE,
                                new Span(Optional.empty(), Optional.of(START.plusSeconds(90))))
                        .bind(
                                "sensor.new",
                                "top",
                                Quantity.TEMPERATURE,
                                new Span(Optional.of(START.plusSeconds(90)), Optional.empty()))
                        .bind(
                                "sensor.gone",
                                "low",
                                Quantity.TEMPERATURE,
                                new Span(Optional.empty(), Optional.of(START.plusSeconds(90))));
        other.says("sensor.old", 10, "21", "°C");
        other.says("sensor.gone", 10, "21", "°C");
        other.says("sensor.new", 70, "22.5", "°C");
        PictureMaker maker = new PictureMaker(other.plan(), Bindings.NONE);
        Picture then = maker.next(other.state(), THEN);
        Picture now = maker.next(other.state(), NOW);
        Difference difference = Difference.of(now, then);
        assertThat(only(difference, "top", Quantity.TEMPERATURE).amount().orElseThrow())
                .isCloseTo(1.5, EXACT);
        Change gone = only(difference, "low", Quantity.TEMPERATURE);
        assertThat(gone.now()).isEmpty();
        assertThat(gone.then()).isPresent();
        assertThat(gone.isKnown()).isFalse();
    }

    @Test
    void what_did_not_change_stays_the_same_object() {
        world.says("sensor.top_temperature", 10, "21.5", "°C");
        world.says("sensor.door_open", 10, "off", "");
        PictureMaker pictures = new PictureMaker(world.plan(), Bindings.NONE);
        Picture then = picture(THEN);
        Difference first = Difference.of(pictures.next(world.state(), NOW), then);
        world.says("sensor.top_temperature", 100, "25", "°C");
        Difference second = first.next(pictures.next(world.state(), NOW.plusSeconds(1)), then);
        assertThat(second.element(new ElementId("door")).orElseThrow())
                .isSameAs(first.element(new ElementId("door")).orElseThrow());
        assertThat(second.element(new ElementId("a1")).orElseThrow())
                .isNotSameAs(first.element(new ElementId("a1")).orElseThrow());
        assertThat(second).isEqualTo(Difference.of(second.now(), then));
    }
}
