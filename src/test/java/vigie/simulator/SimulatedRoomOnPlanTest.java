package vigie.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.picture.Picture;
import vigie.picture.PictureMaker;
import vigie.picture.PlacedReading;
import vigie.picture.Summary;
import vigie.plan.Deviation;
import vigie.plan.Element;
import vigie.plan.PlanFile;
import vigie.plan.SensorRole;
import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.room.Bindings;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.RoomState;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The simulated room, the built-in plan and the default limits belong together. */
class SimulatedRoomOnPlanTest {
    private static final double START =
            Instant.parse("2026-11-20T11:00:00Z").toEpochMilli() / 1000.0;

    private final Map<String, PointKey> keys = new HashMap<>();
    private final PictureMaker maker = new PictureMaker(PlanFile.builtIn(), Bindings.NONE);
    private RoomState state = RoomState.EMPTY;

    @Test
    void on_a_normal_day_every_bound_point_speaks_and_nothing_is_coloured() {
        Map<String, String> abnormal = new TreeMap<>();
        run(
                Scenario.NORMAL,
                24 * 3600,
                picture -> {
                    for (PlacedReading reading : readings(picture)) {
                        if (reading.deviation() != Deviation.NONE || !reading.isTrustworthy()) {
                            abnormal.put(
                                    reading.placement().point().name(),
                                    reading.deviation()
                                            + " "
                                            + reading.quality()
                                            + " "
                                            + reading.value());
                        }
                    }
                    Summary summary = Summary.of(picture);
                    summary.highestDewPoint()
                            .filter(dewPoint -> dewPoint.deviation() != Deviation.NONE)
                            .ifPresent(dewPoint -> abnormal.put("dew point", dewPoint.toString()));
                });
        assertThat(abnormal).isEmpty();
    }

    @Test
    void a_cooling_unit_that_fails_makes_its_own_side_hot() {
        Picture picture = run(Scenario.CRAC_FAILURE, 2 * 3600, _ -> {});
        assertThat(abnormalInlets(picture, "a")).isNotEmpty();
        assertThat(abnormalInlets(picture, "b")).isEmpty();
        Summary summary = Summary.of(picture);
        assertThat(summary.alarms()).isPositive();
        assertThat(summary.worstInlet().orElseThrow().direction()).isEqualTo(1);
    }

    @Test
    void in_a_power_cut_the_supply_says_so() {
        Picture picture = run(Scenario.POWER_CUT, 300, _ -> {});
        Summary summary = Summary.of(picture);
        assertThat(summary.ups().isOnBattery()).contains(true);
        assertThat(summary.ups().status().orElseThrow().text()).contains("OB DISCHRG");
        assertThat(summary.alarms()).isPositive();
    }

    @Test
    void a_sensor_that_drops_out_is_blind_and_not_abnormal() {
        Picture picture = run(Scenario.SENSOR_DROPOUT, 120, _ -> {});
        assertThat(Summary.of(picture).blind()).isGreaterThanOrEqualTo(6);
        assertThat(Summary.of(picture).alarms()).isZero();
    }

    private Picture run(Scenario scenario, double seconds, Consumer<Picture> every) {
        Simulation simulation = new Simulation(7, ZoneId.of("Europe/Brussels"), START);
        simulation.tick(15);
        simulation.add(scenario.incidents(START));
        Map<String, EntityAttributes> about = simulation.attributes();
        List<Fact> facts = new ArrayList<>();
        Consumer<StateChange> changes = change -> facts.add(fact(change, about));
        simulation.start(changes);
        Picture picture = maker.next(state, instant(START));
        for (double at = START + 60; at <= START + seconds; at += 60) {
            simulation.advance(at, changes);
            state = state.after(new Group("0-1-1", Optional.empty(), facts));
            facts.clear();
            picture = maker.next(state, instant(at));
            every.accept(picture);
        }
        return picture;
    }

    private Fact fact(StateChange change, Map<String, EntityAttributes> about) {
        EntityAttributes attributes = about.get(change.entityId());
        Optional<String> unit =
                attributes == null ? Optional.empty() : Optional.ofNullable(attributes.unit());
        return new Fact.Observed(
                Reading.ofRow(
                        OptionalLong.empty(),
                        keys.computeIfAbsent(change.entityId(), _ -> new PointKey(keys.size() + 1)),
                        new PointId(change.entityId()),
                        change.state(),
                        new Attributes(
                                Optional.empty(), unit, Optional.empty(), Optional.empty(), true),
                        instant(change.updated()),
                        instant(change.changed()),
                        Optional.empty(),
                        Optional.empty(),
                        Source.BINLOG));
    }

    private static List<String> abnormalInlets(Picture picture, String row) {
        return readings(picture).stream()
                .filter(reading -> reading.sensor().role() == SensorRole.INLET)
                .filter(reading -> reading.deviation() != Deviation.NONE)
                .map(reading -> reading.sensor().id().value())
                .filter(id -> id.startsWith(row))
                .toList();
    }

    private static List<PlacedReading> readings(Picture picture) {
        return picture.plan().elements(Element.Sensor.class).stream()
                .flatMap(sensor -> picture.element(sensor.id()).stream())
                .flatMap(element -> element.readings().stream())
                .toList();
    }

    private static Instant instant(double seconds) {
        return Instant.ofEpochMilli(Math.round(seconds * 1000));
    }
}
