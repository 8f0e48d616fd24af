package vigie.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import vigie.history.History;
import vigie.history.Work;
import vigie.note.NoteBook;
import vigie.picture.Picture;
import vigie.picture.PictureMaker;
import vigie.picture.PlacedReading;
import vigie.plan.Deviation;
import vigie.plan.Element;
import vigie.plan.Plan;
import vigie.plan.PlanFile;
import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.room.Bindings;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.RoomState;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;
import vigie.timeline.Occurrence;
import vigie.timeline.OccurrenceFinder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What is found in the tables of a simulated story is what the live picture would have shown. */
@ExtendWith(EmbeddedMariaDb.class)
class OccurrencesOfStoryTest {
    private static final double START =
            Instant.parse("2026-11-20T11:00:00Z").toEpochMilli() / 1000.0;
    private static final int MINUTES = 120;

    @TempDir Path folder;

    private final Plan plan = PlanFile.builtIn();
    private final Map<String, Integer> keys = new HashMap<>();
    private final Map<String, Integer> attributes = new HashMap<>();
    private final List<StateChange> written = new ArrayList<>();

    @BeforeEach
    void tables(TestDatabase database) throws IOException {
        List<String> drops = new ArrayList<>(List.of("SET foreign_key_checks=0"));
        for (String table : database.column("SHOW TABLES IN `" + database.schema() + "`")) {
            drops.add("DROP TABLE `" + table + "`");
        }
        database.execute(drops.toArray(String[]::new));
        try (InputStream file =
                Objects.requireNonNull(
                        OccurrencesOfStoryTest.class.getResourceAsStream(
                                "/vigie/simulator/home-assistant-schema-53.sql"))) {
            String schema = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            for (String sql : schema.replaceAll("--[^\n]*", "").split(";")) {
                if (!sql.isBlank()) {
                    database.execute(sql.strip());
                }
            }
        }
        database.execute(
                "INSERT INTO schema_changes (schema_version, changed) VALUES (53, '2026-01-01')",
                "INSERT INTO recorder_runs (start, closed_incorrect, created) VALUES"
                        + " ('2026-11-01',0,'2026-11-01')");
    }

    @ParameterizedTest
    @EnumSource(
            value = Scenario.class,
            names = {"NORMAL", "CRAC_FAILURE", "POWER_CUT", "SENSOR_DROPOUT", "INTRUSION"})
    void a_reading_is_off_in_the_picture_while_an_occurrence_says_so(
            Scenario scenario, TestDatabase database) throws Exception {
        List<Map<String, Deviation>> pictures = pictures(scenario);
        write(database);
        List<Occurrence> found = new ArrayList<>();
        try (History history =
                        new History(
                                database.reader(),
                                database.reader().withSchema("vigie"),
                                ZoneId.of("Europe/Brussels"));
                NoteBook notes =
                        NoteBook.open(
                                database.reader(),
                                database.reader().withSchema("t_none_of_this_name"),
                                folder)) {
            new OccurrenceFinder(history, plan, notes)
                    .occurrences(
                            instant(START + 60),
                            instant(START + MINUTES * 60),
                            new Work(),
                            found::add);
        }
        for (int minute = 1; minute < MINUTES; minute++) {
            Instant at = instant(START + minute * 60);
            Map<String, Deviation> told = new TreeMap<>();
            for (Occurrence one : found) {
                boolean then = !one.at().isAfter(at) && one.to().map(at::isBefore).orElse(true);
                if (then && one.deviation() != Deviation.NONE) {
                    told.merge(
                            one.element().orElseThrow() + " " + one.point().orElseThrow(),
                            one.deviation(),
                            (first, second) -> first.compareTo(second) > 0 ? first : second);
                }
            }
            assertThat(told)
                    .as("%s, minute %s", scenario, minute)
                    .isEqualTo(pictures.get(minute - 1));
        }
        List<Occurrence.Kind> kinds = found.stream().map(Occurrence::kind).distinct().toList();
        switch (scenario) {
            case CRAC_FAILURE -> assertThat(kinds).contains(Occurrence.Kind.LIMIT);
            case POWER_CUT -> assertThat(kinds).contains(Occurrence.Kind.POWER);
            case SENSOR_DROPOUT -> assertThat(kinds).contains(Occurrence.Kind.SENSOR_OUTAGE);
            case INTRUSION ->
                    assertThat(kinds).contains(Occurrence.Kind.MOTION, Occurrence.Kind.DOOR);
            default -> assertThat(kinds).doesNotContain(Occurrence.Kind.LIMIT);
        }
    }

    /** What is off in each minute. */
    private List<Map<String, Deviation>> pictures(Scenario scenario) {
        Simulation simulation = new Simulation(7, ZoneId.of("Europe/Brussels"), START);
        simulation.tick(15);
        simulation.add(scenario.incidents(START + 300));
        Map<String, EntityAttributes> about = simulation.attributes();
        Consumer<StateChange> changes = written::add;
        simulation.start(changes);
        // What is true at a moment may be said some seconds later.
        simulation.advance(START + MINUTES * 60, changes);
        RoomState state = RoomState.EMPTY;
        PictureMaker maker = new PictureMaker(plan, Bindings.NONE);
        List<Map<String, Deviation>> pictures = new ArrayList<>();
        for (int minute = 1; minute < MINUTES; minute++) {
            double end = START + minute * 60;
            List<Fact> facts =
                    written.stream()
                            .filter(change ->
                                    change.updated() <= end
                                            && (change.updated() > end - 60 || end - 60 == START))
                            .map(change -> fact(change, about))
                            .toList();
            state = state.after(new Group("0-1-1", Optional.empty(), facts));
            Picture picture = maker.next(state, instant(START + minute * 60));
            Map<String, Deviation> off = new TreeMap<>();
            for (Element.Sensor sensor : plan.elements(Element.Sensor.class)) {
                for (PlacedReading reading :
                        picture.element(sensor.id()).map(one -> one.readings()).orElse(List.of())) {
                    if (reading.deviation() != Deviation.NONE) {
                        off.put(
                                sensor.id() + " " + reading.placement().point(),
                                reading.deviation());
                    }
                }
            }
            pictures.add(off);
        }
        return pictures;
    }

    private Fact fact(StateChange change, Map<String, EntityAttributes> about) {
        EntityAttributes its = about.get(change.entityId());
        Optional<String> unit = its == null ? Optional.empty() : Optional.ofNullable(its.unit());
        return new Fact.Observed(
                Reading.ofRow(
                        OptionalLong.empty(),
                        new PointKey(keys.computeIfAbsent(change.entityId(), _ -> keys.size() + 1)),
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

    private void write(TestDatabase database) throws Exception {
        try (Connection connection = database.connect();
                PreparedStatement names =
                        connection.prepareStatement("INSERT INTO states_meta VALUES (?,?)");
                PreparedStatement shared =
                        connection.prepareStatement("INSERT INTO state_attributes VALUES (?,0,?)");
                PreparedStatement rows =
                        connection.prepareStatement(
                                "INSERT INTO states (metadata_id, state, last_updated_ts,"
                                        + " attributes_id, origin_idx) VALUES (?,?,?,?,0)")) {
            connection.setAutoCommit(false);
            for (Map.Entry<String, Integer> key : keys.entrySet()) {
                names.setInt(1, key.getValue());
                names.setString(2, key.getKey());
                names.executeUpdate();
            }
            for (StateChange change : written) {
                Integer id = attributes.get(change.attributes());
                if (id == null) {
                    id = attributes.size() + 1;
                    attributes.put(change.attributes(), id);
                    shared.setInt(1, id);
                    shared.setString(2, change.attributes());
                    shared.executeUpdate();
                }
                rows.setInt(1, Objects.requireNonNull(keys.get(change.entityId())));
                rows.setString(2, change.state());
                rows.setDouble(3, change.updated());
                rows.setInt(4, id);
                rows.addBatch();
            }
            rows.executeBatch();
            connection.commit();
        }
    }

    private static Instant instant(double seconds) {
        return Instant.ofEpochMilli(Math.round(seconds * 1000));
    }
}
