package vigie.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.point.PointId;
import vigie.text.Fault;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

class PlanEditTest {
    private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
    private static final PlanEdit.When FROM_NOW = new PlanEdit.When(Optional.empty(), NOW, false);
    private static final PlanEdit.When ALWAYS_WRONG =
            new PlanEdit.When(Optional.empty(), NOW, true);

    private static final String PLAN =
            """
            {
              "format": "vigie-plan", "version": 1,
              "rooms": [{"id": "room",  "zone": "Europe/Brussels",
                         "outline": [[0,0],[6,0],[6,4],[0,4]]}],
              "sensors": [
                {"id": "a", "role": "inlet", "at": [1.50, 1], "height": 1.5},
                {"id": "b", "role": "inlet", "at": [2, 1], "height": 1.5}
              ],
              "placements": [
                {"point": "sensor.old", "sensor": "a", "quantity": "temperature"},
                {"point": "sensor.damp",
                 "sensor": "a",
                 "quantity": "humidity"}
              ]
            }
            """;

    private static PlanEdit.Edited bind(
            String json, String point, String sensor, PlanEdit.When when) throws Fault {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        Element.Sensor its =
                PlanReader.read(bytes, "p").sensor(new ElementId(sensor)).orElseThrow();
        return PlanEdit.bind(bytes, "p", new PointId(point), its, Quantity.TEMPERATURE, when);
    }

    private static PlanEdit.Edited unbind(
            String json, String point, Optional<String> sensor, PlanEdit.When when) throws Fault {
        return PlanEdit.unbind(
                json.getBytes(StandardCharsets.UTF_8),
                "p",
                new PointId(point),
                sensor.map(ElementId::new),
                when);
    }

    private static String text(PlanEdit.Edited edited) {
        return edited.text();
    }

    @Test
    void a_sensor_that_had_a_point_shows_the_new_one_from_now_on_and_the_old_one_before()
            throws Fault {
        PlanEdit.Edited edited = bind(PLAN, "sensor.new", "a", FROM_NOW);

        assertThat(text(edited))
                .isEqualTo(
                        PLAN.replace(
                                        "\"a\", \"quantity\": \"temperature\"}",
                                        "\"a\", \"quantity\": \"temperature\", \"to\":"
                                                + " \"2026-11-21T06:00:00Z\"}")
                                .replace(
                                        "\"humidity\"}",
                                        "\"humidity\"},\n    {\"point\": \"sensor.new\","
                                                + " \"sensor\": \"a\", \"quantity\":"
                                                + " \"temperature\", \"from\":"
                                                + " \"2026-11-21T06:00:00Z\"}"));
        assertThat(edited.closed())
                .extracting(Placement::point)
                .containsExactly(new PointId("sensor.old"));
        assertThat(edited.removed()).isEmpty();
    }

    @Test
    void a_point_that_moves_leaves_its_sensor_and_the_lines_of_an_object_stay_lines() throws Fault {
        PlanEdit.Edited edited =
                PlanEdit.bind(
                        PLAN.getBytes(StandardCharsets.UTF_8),
                        "p",
                        new PointId("sensor.damp"),
                        PlanReader.read(PLAN.getBytes(StandardCharsets.UTF_8), "p")
                                .sensor(new ElementId("b"))
                                .orElseThrow(),
                        Quantity.HUMIDITY,
                        FROM_NOW);

        assertThat(text(edited))
                .contains(
                        "     \"quantity\": \"humidity\",\n     \"to\": \"2026-11-21T06:00:00Z\"},");
    }

    @Test
    void what_was_never_bound_is_bound_since_ever_and_from_a_moment_where_one_is_said()
            throws Fault {
        assertThat(bind(PLAN, "sensor.new", "b", FROM_NOW).added().orElseThrow().span())
                .isEqualTo(Span.OPEN);
        Instant then = NOW.minusSeconds(600);
        PlanEdit.When said = new PlanEdit.When(Optional.of(then), NOW, false);
        assertThat(bind(PLAN, "sensor.new", "b", said).added().orElseThrow().span())
                .isEqualTo(new Span(Optional.of(then), Optional.empty()));
    }

    @Test
    void what_was_always_wrong_is_taken_out_and_the_new_point_has_its_whole_time() throws Fault {
        PlanEdit.Edited edited = bind(PLAN, "sensor.new", "a", ALWAYS_WRONG);

        assertThat(edited.plan().placementsOf(new ElementId("a")))
                .filteredOn(one -> one.quantity() == Quantity.TEMPERATURE)
                .containsExactly(
                        new Placement(
                                new PointId("sensor.new"),
                                new ElementId("a"),
                                Quantity.TEMPERATURE,
                                Span.OPEN));
        assertThat(text(edited)).doesNotContain("sensor.old");
        assertThat(edited.removed()).hasSize(1);
    }

    @Test
    void a_second_change_keeps_the_whole_history() throws Fault {
        String once = text(bind(PLAN, "sensor.new", "a", FROM_NOW));
        PlanEdit.When later = new PlanEdit.When(Optional.empty(), NOW.plusSeconds(60), false);

        Plan plan = bind(once, "sensor.old", "a", later).plan();

        assertThat(plan.placementsOf(new ElementId("a")))
                .filteredOn(one -> one.quantity() == Quantity.TEMPERATURE)
                .extracting(one -> one.point().name() + " " + one.span())
                .containsExactly(
                        "sensor.old " + new Span(Optional.empty(), Optional.of(NOW)),
                        "sensor.new "
                                + new Span(Optional.of(NOW), Optional.of(NOW.plusSeconds(60))),
                        "sensor.old "
                                + new Span(Optional.of(NOW.plusSeconds(60)), Optional.empty()));
    }

    @Test
    void binding_again_what_is_bound_changes_nothing() throws Fault {
        PlanEdit.Edited edited = bind(PLAN, "sensor.old", "a", FROM_NOW);
        assertThat(text(edited)).isEqualTo(PLAN);
        assertThat(edited.added()).isEmpty();
    }

    @Test
    void unbinding_ends_a_binding_and_always_wrong_takes_it_out() throws Fault {
        assertThat(text(unbind(PLAN, "sensor.old", Optional.empty(), FROM_NOW)))
                .contains("\"temperature\", \"to\": \"2026-11-21T06:00:00Z\"},\n");
        assertThat(text(unbind(PLAN, "sensor.old", Optional.of("a"), ALWAYS_WRONG)))
                .isEqualTo(
                        PLAN.replace(
                                "{\"point\": \"sensor.old\", \"sensor\": \"a\", \"quantity\":"
                                        + " \"temperature\"},\n    ",
                                ""));
        assertThat(text(unbind(PLAN, "sensor.old", Optional.of("b"), FROM_NOW))).isEqualTo(PLAN);
        assertThat(text(unbind(PLAN, "sensor.damp", Optional.empty(), ALWAYS_WRONG)))
                .contains("\"temperature\"}\n  ]\n}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"format\":\"vigie-plan\",\"version\":1,\"rooms\":[{\"id\":\"r\",\"zone\":\"UTC\",\"outline\":[[0,0],[1,0],[1,1]]}],\"sensors\":[{\"id\":\"a\",\"role\":\"room\",\"at\":[0,0],\"height\":0}]}",
                "\uFEFF{\"format\":\"vigie-plan\",\"version\":1,\r\n\"rooms\":[{\"id\":\"r\",\"zone\":\"UTC\",\"outline\":[[0,0],[1,0],[1,1]]}],\r\n\"sensors\":[{\"id\":\"a\",\"role\":\"room\",\"at\":[0,0],\"height\":0}],\r\n\"placements\":[ ]\r\n}\r\n"
            })
    void a_plan_without_placements_gets_its_first_and_keeps_its_ways(String json) throws Fault {
        PlanEdit.Edited edited = bind(json, "sensor.ä", "a", FROM_NOW);
        assertThat(edited.plan().placements()).hasSize(1);
        String text = text(edited);
        assertThat(text.startsWith("\uFEFF")).isEqualTo(json.startsWith("\uFEFF"));
        assertThat(text.replace("\r\n", "").contains("\n")).isEqualTo(!json.contains("\r\n"));
        assertThat(text(unbind(text, "sensor.ä", Optional.empty(), ALWAYS_WRONG)))
                .contains("\"placements\"")
                .contains("[]");
    }

    @Test
    void many_changes_at_random_leave_a_plan_that_says_what_was_said() throws Fault {
        SplittableRandom random = new SplittableRandom(20_261_126);
        String json = PLAN;
        Instant time = NOW;
        for (int i = 0; i < 300; i++) {
            time = time.plusSeconds(1 + random.nextInt(100));
            PlanEdit.When when = new PlanEdit.When(Optional.empty(), time, random.nextInt(4) == 0);
            String point = "sensor.p" + random.nextInt(4);
            String sensor = random.nextBoolean() ? "a" : "b";
            PlanEdit.Edited edited;
            try {
                edited =
                        random.nextInt(3) == 0
                                ? unbind(json, point, Optional.empty(), when)
                                : bind(json, point, sensor, when);
            } catch (Fault overlaps) {
                // What was always wrong may have an earlier time that is taken; nothing is written.
                assertThat(overlaps.sentence().key()).isEqualTo("plan.edit.refused");
                continue;
            }
            json = text(edited);
            Instant at = time;
            edited.added()
                    .ifPresent(added ->
                            assertThat(
                                            edited.plan().placements().stream()
                                                    .filter(one -> one.span().contains(at))
                                                    .filter(one ->
                                                            one.point().equals(added.point())
                                                                    || (one.sensor()
                                                                                    .equals(
                                                                                            added
                                                                                                    .sensor())
                                                                            && one.quantity()
                                                                                    == added
                                                                                            .quantity())))
                                    .containsExactly(added));
            assertThat(PlanReader.read(json.getBytes(StandardCharsets.UTF_8), "p"))
                    .isEqualTo(edited.plan());
            assertThat(json).startsWith(PLAN.substring(0, PLAN.indexOf("\"placements\"")));
        }
    }

    @Test
    void a_binding_that_would_make_the_plan_wrong_is_refused_with_the_reason() {
        String ended =
                PLAN.replace(
                        "\"a\", \"quantity\": \"temperature\"}",
                        "\"a\", \"quantity\": \"temperature\", \"to\": \"2026-01-01T00:00:00Z\"}");
        Fault refused =
                catchThrowableOfType(
                        Fault.class, () -> bind(ended, "sensor.new", "a", ALWAYS_WRONG));
        assertThat(refused.sentence().key()).isEqualTo("plan.edit.refused");
    }

    @Test
    void an_empty_room_gets_a_sensor_of_its_own_for_each_point_that_is_bound_to_it() throws Fault {
        Plan empty = EmptyRoom.of(6, 4, ZoneId.of("Europe/Brussels"));
        byte[] json = PlanWriter.write(empty);
        Plan plan = empty;
        for (String point : List.of("sensor.one", "sensor.two")) {
            Element room = SensorChoice.element(plan, "room");
            Element.Sensor sensor = SensorChoice.in(plan, room, Quantity.TEMPERATURE, NOW);
            PlanEdit.Edited edited =
                    PlanEdit.bind(
                            json, "p", new PointId(point), sensor, Quantity.TEMPERATURE, FROM_NOW);
            json = edited.text().getBytes(StandardCharsets.UTF_8);
            plan = edited.plan();
        }
        assertThat(plan.elements(Element.Sensor.class))
                .extracting(one -> one.id().value() + " " + one.at())
                .containsExactly("room-room " + new Spot(3, 2), "room-room-2 " + new Spot(3.5, 2));
        assertThat(plan.placements()).hasSize(2);
        String text = new String(json, StandardCharsets.UTF_8);
        assertThat(text.indexOf("\"sensors\"")).isLessThan(text.indexOf("\"placements\""));
    }

    @Test
    void the_sensor_of_a_rack_is_found_by_what_it_is_for() throws Fault {
        Plan plan = PlanFile.builtIn();
        Element.Rack rack = plan.elements(Element.Rack.class).getFirst();
        Fault several =
                catchThrowableOfType(
                        Fault.class, () -> SensorChoice.in(plan, rack, Quantity.TEMPERATURE, NOW));
        assertThat(several.sentence().key()).isEqualTo("plan.edit.which-sensor");
        assertThat(several.kind()).isEqualTo(Fault.Kind.USAGE);
        Fault none =
                catchThrowableOfType(
                        Fault.class,
                        () ->
                                SensorChoice.in(
                                        plan,
                                        plan.elements(Element.Wall.class).getFirst(),
                                        Quantity.TEMPERATURE,
                                        NOW));
        assertThat(none.sentence().key()).isEqualTo("plan.edit.no-sensor");
        Fault unknown =
                catchThrowableOfType(
                        Fault.class, () -> SensorChoice.element(plan, rack.id().value() + "x"));
        assertThat(unknown.sentence().values().toString()).contains(rack.id().value());
    }
}
