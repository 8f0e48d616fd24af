package vigie.picture;

import static org.assertj.core.api.Assertions.assertThat;

import static vigie.picture.World.START;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.plan.Deviation;
import vigie.plan.ElementId;
import vigie.plan.Plan;
import vigie.plan.Quantity;
import vigie.plan.SensorRole;
import vigie.plan.Span;
import vigie.point.Attributes;
import vigie.point.Quality;
import vigie.room.Bindings;
import vigie.room.Cadences;
import vigie.room.Freshness;
import vigie.room.RoomState;
import vigie.room.Voice;

import java.time.Instant;
import java.util.Optional;
import java.util.Random;

class PictureMakerTest {
    private static final Instant NOW = START.plusSeconds(60);

    private final World world =
            new World()
                    .sensor("top", SensorRole.INLET, 1.8, "a1")
                    .sensor("low", SensorRole.INLET, 0.4, "a1")
                    .sensor("high", SensorRole.INLET, 1.9, "a1")
                    .sensor("door", SensorRole.LEAK, 0, "room")
                    .bind("low", Quantity.TEMPERATURE)
                    .bind("top", Quantity.TEMPERATURE)
                    .bind("high", Quantity.HUMIDITY)
                    .bind("door", Quantity.LEAK);

    @Test
    void a_value_is_told_in_the_quantity_s_unit_and_judged() {
        world.says("sensor.top_temperature", 1, "82.4", "°F");
        PlacedReading reading = only(picture(), "top");
        assertThat(reading.value().orElseThrow()).isCloseTo(28, Offset.offset(1e-9));
        assertThat(reading.deviation()).isEqualTo(Deviation.WARNING);
        assertThat(reading.direction()).isEqualTo(1);
        assertThat(reading.quality()).isEqualTo(Quality.GOOD);
        assertThat(reading.time()).contains(START.plusSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({
        "14.9, ALARM, -1",
        "15, WARNING, -1",
        "17.9, WARNING, -1",
        "18, NONE, 0",
        "27, NONE, 0",
        "27.1, WARNING, 1",
        "32, WARNING, 1",
        "32.1, ALARM, 1"
    })
    void default_limits_of_an_inlet(String text, Deviation deviation, int direction) {
        world.says("sensor.top_temperature", 1, text, "°C");
        PlacedReading reading = only(picture(), "top");
        assertThat(reading.deviation()).isEqualTo(deviation);
        assertThat(reading.direction()).isEqualTo(direction);
    }

    @Test
    void a_rack_shows_its_highest_sensor_first_and_its_worst_reading() {
        world.says("sensor.top_temperature", 1, "29", "°C");
        world.says("sensor.low_temperature", 1, "33", "°C");
        world.says("sensor.high_humidity", 1, "45", "%");
        ElementPicture rack = element(picture(), "a1");
        assertThat(rack.readings())
                .extracting(one -> one.sensor().id().value())
                .containsExactly("high", "top", "low");
        assertThat(rack.deviation()).isEqualTo(Deviation.ALARM);
        assertThat(rack.worst().orElseThrow().sensor().id().value()).isEqualTo("low");
        assertThat(rack.blind()).isZero();
    }

    @Test
    void where_all_is_normal_the_worst_is_the_hottest_inlet() {
        world.says("sensor.top_temperature", 1, "22", "°C");
        world.says("sensor.low_temperature", 1, "20", "°C");
        world.says("sensor.high_humidity", 1, "45", "%");
        assertThat(element(picture(), "a1").worst().orElseThrow().sensor().id().value())
                .isEqualTo("top");
    }

    @Test
    void what_was_never_seen_is_blind_and_unknown() {
        ElementPicture rack = element(picture(), "a1");
        assertThat(rack.blind()).isEqualTo(3);
        assertThat(rack.worst()).isEmpty();
        assertThat(only(picture(), "top").quality()).isEqualTo(Quality.of(Quality.Reason.UNKNOWN));
        assertThat(only(picture(), "top").time()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "unavailable, °C, BAD, unavailable",
        "hot, °C, BAD, not-a-number",
        "99, W, BAD, mismatch",
        "99, '', BAD, mismatch",
        "99, %, BAD, mismatch"
    })
    void no_value_and_no_deviation_without_trust(
            String text, String unit, Quality.Grade grade, String reason) {
        world.says("sensor.top_temperature", 1, text, unit);
        PlacedReading reading = only(picture(), "top");
        assertThat(reading.value()).isEmpty();
        assertThat(reading.deviation()).isEqualTo(Deviation.NONE);
        assertThat(reading.quality().grade()).isEqualTo(grade);
        assertThat(reading.quality().reason().orElseThrow().word()).isEqualTo(reason);
        assertThat(element(picture(), "top").blind()).isEqualTo(1);
    }

    @Test
    void without_its_attributes_a_number_has_no_unit_and_is_not_shown() {
        world.says("sensor.top_temperature", 1, "99", Attributes.MISSING);
        PlacedReading reading = only(picture(), "top");
        assertThat(reading.value()).isEmpty();
        assertThat(reading.quality()).isEqualTo(Quality.of(Quality.Reason.NO_ATTRIBUTES));
        assertThat(element(picture(), "top").blind()).isEqualTo(1);
    }

    @Test
    void a_switch_is_judged_by_its_text() {
        world.says("sensor.door_leak", 1, "off", "");
        assertThat(only(picture(), "door").deviation()).isEqualTo(Deviation.NONE);
        world.says("sensor.door_leak", 2, "on", "");
        assertThat(only(picture(), "door").deviation()).isEqualTo(Deviation.ALARM);
        assertThat(only(picture(), "door").isOn()).isTrue();
        assertThat(element(picture(), "room").deviation()).isEqualTo(Deviation.ALARM);
        world.says("sensor.door_leak", 3, "17", "");
        assertThat(only(picture(), "door").quality())
                .isEqualTo(Quality.of(Quality.Reason.MISMATCH));
        assertThat(only(picture(), "door").deviation()).isEqualTo(Deviation.NONE);
    }

    @Test
    void the_nearest_limits_win_and_the_plan_s_before_the_defaults() {
        world.says("sensor.top_temperature", 1, "26", "°C");
        assertThat(only(picture(), "top").deviation()).isEqualTo(Deviation.NONE);
        world.limit(SensorRole.INLET, Quantity.TEMPERATURE, "", "°F", 75.2, 77, Span.OPEN);
        assertThat(only(picture(), "top").deviation()).isEqualTo(Deviation.ALARM);
        world.limit(SensorRole.INLET, Quantity.TEMPERATURE, "room", "°C", 25, 28, Span.OPEN);
        assertThat(only(picture(), "top").deviation()).isEqualTo(Deviation.WARNING);
        world.limit(SensorRole.INLET, Quantity.TEMPERATURE, "a1", "°C", 35, 36, Span.OPEN);
        assertThat(only(picture(), "top").deviation()).isEqualTo(Deviation.NONE);
        world.limit(SensorRole.INLET, Quantity.TEMPERATURE, "top", "°C", 20, 36, Span.OPEN);
        assertThat(only(picture(), "top").deviation()).isEqualTo(Deviation.WARNING);
        world.limit(SensorRole.HOT_SPOT, Quantity.TEMPERATURE, "top", "°C", 1, 2, Span.OPEN);
        world.limit(SensorRole.INLET, Quantity.HUMIDITY, "top", "%", 1, 2, Span.OPEN);
        assertThat(only(picture(), "top").deviation()).isEqualTo(Deviation.WARNING);
    }

    @Test
    void limits_and_placements_begin_and_end_by_time_alone() {
        Instant noon = START.plusSeconds(3600);
        world.limit(
                SensorRole.INLET,
                Quantity.TEMPERATURE,
                "top",
                "°C",
                20,
                21,
                new Span(Optional.of(noon), Optional.empty()));
        world.sensor("later", SensorRole.ROOM, 1, "")
                .bind(
                        "sensor.moved",
                        "later",
                        Quantity.TEMPERATURE,
                        new Span(Optional.of(noon), Optional.of(noon.plusSeconds(60))));
        RoomState state = world.says("sensor.top_temperature", 1800, "22", "°C");
        PictureMaker maker = new PictureMaker(world.plan(), Bindings.NONE);
        Picture before = maker.next(state, noon.minusMillis(1));
        assertThat(only(before, "top").deviation()).isEqualTo(Deviation.NONE);
        assertThat(before.element(new ElementId("later"))).isEmpty();
        Picture during = maker.next(state, noon);
        assertThat(only(during, "top").deviation()).isEqualTo(Deviation.ALARM);
        assertThat(during.element(new ElementId("later"))).isPresent();
        Picture after = maker.next(state, noon.plusSeconds(60));
        assertThat(after.element(new ElementId("later"))).isEmpty();
        assertThat(after.elements().get(new ElementId("top")))
                .isSameAs(during.elements().get(new ElementId("top")));
        Picture back = maker.next(state, noon.minusMillis(1));
        assertThat(back.elements()).isEqualTo(before.elements());
    }

    @Test
    void a_quality_turns_when_its_time_has_come_and_nothing_else_is_touched() {
        RoomState state = world.says("sensor.top_temperature", 1, "22", "°C");
        PictureMaker maker = new PictureMaker(world.plan(), Bindings.NONE);
        Picture before = maker.next(state, START.plusSeconds(3_601));
        assertThat(only(before, "top").quality()).isEqualTo(Quality.GOOD);
        Picture after = maker.next(state, START.plusSeconds(3_602));
        assertThat(only(after, "top").quality()).isEqualTo(Quality.of(Quality.Reason.UNCHANGED));
        Picture later = maker.next(state, START.plusSeconds(9_000));
        assertThat(later.elements()).isSameAs(after.elements());
        Picture back = maker.next(state, START.plusSeconds(3_601));
        assertThat(only(back, "top").quality()).isEqualTo(Quality.GOOD);
    }

    @Test
    void everything_is_judged_anew_when_home_assistant_falls_silent() {
        RoomState state = world.says("sensor.top_temperature", 1, "22", "°C");
        PictureMaker maker = new PictureMaker(world.plan(), Bindings.NONE);
        maker.next(state, START.plusSeconds(2));
        Freshness silent =
                new Freshness(
                        Cadences.NONE,
                        new Voice(Voice.Kind.SILENT, Optional.of(START)),
                        Optional.empty(),
                        Freshness.USUAL_COMMIT);
        assertThat(only(maker.next(state, silent, START.plusSeconds(3)), "top").quality())
                .isEqualTo(Quality.of(Quality.Reason.SOURCE_SILENT));
        assertThat(only(maker.next(state, START.plusSeconds(4)), "top").quality())
                .isEqualTo(Quality.GOOD);
    }

    @Test
    void a_reading_from_the_future_is_marked_until_its_time_has_come() {
        RoomState state = world.says("sensor.top_temperature", 100, "22", "°C");
        PictureMaker maker = new PictureMaker(world.plan(), Bindings.NONE);
        assertThat(only(maker.next(state, START), "top").quality())
                .isEqualTo(Quality.of(Quality.Reason.FUTURE));
        assertThat(only(maker.next(state, START.plusSeconds(100)), "top").quality())
                .isEqualTo(Quality.GOOD);
    }

    @Test
    void a_placement_follows_its_point_through_a_rename() {
        PictureMaker maker = new PictureMaker(world.plan(), Bindings.NONE);
        maker.next(world.says("sensor.top_temperature", 1, "22", "°C"), NOW);
        maker.next(world.rename("sensor.top_temperature", "sensor.other"), NOW);
        Picture picture = maker.next(world.says("sensor.other", 2, "23", "°C"), NOW);
        assertThat(only(picture, "top").value()).hasValue(23);

        world.says("sensor.top_temperature", 3, "99", "°C");
        assertThat(only(maker.next(world.state(), NOW), "top").value()).hasValue(23);

        PictureMaker restarted =
                new PictureMaker(world.plan(), Bindings.of(maker.bindings().known()));
        assertThat(only(restarted.next(world.state(), NOW), "top").value()).hasValue(23);
    }

    @Test
    void what_did_not_change_stays_the_same_object() {
        world.says("sensor.top_temperature", 1, "22", "°C");
        world.says("sensor.door_leak", 1, "off", "");
        PictureMaker maker = new PictureMaker(world.plan(), Bindings.NONE);
        Picture first = maker.next(world.state(), NOW);
        Picture later = maker.next(world.state(), NOW.plusSeconds(9));
        assertThat(later.elements()).isSameAs(first.elements());

        Picture third = maker.next(world.says("sensor.door_leak", 2, "on", ""), NOW);
        assertThat(third.elements().get(new ElementId("a1")))
                .isSameAs(first.elements().get(new ElementId("a1")));
        assertThat(third.elements().get(new ElementId("room")))
                .isNotEqualTo(first.elements().get(new ElementId("room")));

        Picture fourth = maker.next(world.says("sensor.nobody_asked", 2, "1", "W"), NOW);
        assertThat(fourth.elements()).isSameAs(third.elements());
    }

    /** The pictures before only save work: a fresh maker makes the same picture. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_picture_does_not_depend_on_the_pictures_before(long seed) {
        Random random = new Random(seed);
        Span first = new Span(Optional.empty(), Optional.of(START.plusSeconds(500)));
        Span second = new Span(Optional.of(START.plusSeconds(500)), Optional.empty());
        world.limit(SensorRole.INLET, Quantity.TEMPERATURE, "a1", "°F", 70, 80, first);
        world.limit(SensorRole.INLET, Quantity.TEMPERATURE, "low", "K", 290, 300, second);
        world.sensor("more", SensorRole.ROOM, 1, "room")
                .bind("sensor.more", "more", Quantity.TEMPERATURE, first)
                .bind("sensor.less", "more", Quantity.TEMPERATURE, second);
        String[] points = {
            "sensor.top_temperature",
            "sensor.low_temperature",
            "sensor.high_humidity",
            "sensor.door_leak",
            "sensor.more",
            "sensor.less"
        };
        String[] units = {"°C", "°F", "%", ""};
        String[] texts = {"on", "off", "unavailable", "22", "35", "14", "NaN"};
        Plan plan = world.plan();
        PictureMaker maker = new PictureMaker(plan, Bindings.NONE);
        for (int step = 0; step < 1_000; step++) {
            Bindings before = maker.bindings();
            if (random.nextInt(3) > 0) {
                world.says(
                        points[random.nextInt(points.length)],
                        random.nextInt(1_000),
                        texts[random.nextInt(texts.length)],
                        units[random.nextInt(units.length)]);
            }
            Instant at = START.plusSeconds(random.nextInt(1_000));
            Picture picture = maker.next(world.state(), at);
            Picture fresh = new PictureMaker(plan, before).next(world.state(), at);
            assertThat(picture).as("step " + step).isEqualTo(fresh);
        }
    }

    private Picture picture() {
        return new PictureMaker(world.plan(), Bindings.NONE).next(world.state(), NOW);
    }

    private static PlacedReading only(Picture picture, String sensor) {
        return element(picture, sensor).readings().getFirst();
    }

    private static ElementPicture element(Picture picture, String id) {
        return picture.element(new ElementId(id)).orElseThrow();
    }
}
