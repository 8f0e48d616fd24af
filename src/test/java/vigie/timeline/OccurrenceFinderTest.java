package vigie.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.history.History;
import vigie.history.Work;
import vigie.note.NoteBook;
import vigie.plan.Deviation;
import vigie.plan.Element;
import vigie.plan.ElementId;
import vigie.plan.Label;
import vigie.plan.Limits;
import vigie.plan.Placement;
import vigie.plan.Plan;
import vigie.plan.Quantity;
import vigie.plan.SensorRole;
import vigie.plan.Span;
import vigie.plan.Spot;
import vigie.point.PointId;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;
import vigie.text.Fault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;

@ExtendWith(EmbeddedMariaDb.class)
class OccurrenceFinderTest {
    private static final Instant START = Instant.parse("2026-03-04T00:00:00Z");
    private static final int CELSIUS = 1;
    private static final int TEXT = 2;
    private static final int FAHRENHEIT = 3;

    @TempDir Path folder;

    private TestDatabase database;
    private final List<Element> elements = new ArrayList<>();
    private final List<Placement> placements = new ArrayList<>();
    private final List<Limits> limits = new ArrayList<>();
    private final Map<String, Integer> keys = new HashMap<>();

    private record Row(String point, @Nullable String text, Instant time, int attributes) {}

    private final List<Row> rows = new ArrayList<>();

    @BeforeEach
    void tables(TestDatabase database) throws IOException {
        this.database = database;
        List<String> drops = new ArrayList<>(List.of("SET foreign_key_checks=0"));
        for (String table : database.column("SHOW TABLES IN `" + database.schema() + "`")) {
            drops.add("DROP TABLE `" + table + "`");
        }
        database.execute(drops.toArray(String[]::new));
        try (InputStream file =
                Objects.requireNonNull(
                        OccurrenceFinderTest.class.getResourceAsStream(
                                "/recorder/schema-53.sql"))) {
            String schema = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            for (String sql : schema.replaceAll("--[^\n]*", "").split(";")) {
                String verb = sql.strip().toUpperCase(Locale.ROOT);
                if (!verb.isEmpty()
                        && !verb.startsWith("CREATE DATABASE")
                        && !verb.startsWith("USE ")) {
                    database.execute(sql.strip());
                }
            }
        }
        database.execute(
                "DELETE FROM recorder_runs",
                "INSERT INTO recorder_runs (start, closed_incorrect, created) VALUES"
                        + " ('2026-03-01',0,'2026-03-01')",
                "INSERT INTO state_attributes VALUES"
                        + " (1,0,'{\"unit_of_measurement\":\"°C\",\"state_class\":\"measurement\"}'),"
                        + "(2,0,'{}'),(3,0,'{\"unit_of_measurement\":\"°F\"}')");
        elements.add(
                new Element.Room(
                        new ElementId("room"),
                        Label.of("room"),
                        ZoneId.of("UTC"),
                        List.of(new Spot(0, 0), new Spot(9, 0), new Spot(9, 6), new Spot(0, 6))));
    }

    private void sensor(String id, SensorRole role) {
        elements.add(
                new Element.Sensor(
                        new ElementId(id),
                        Label.of(id),
                        role,
                        new Spot(1, 1),
                        1,
                        Optional.empty()));
    }

    private void bind(String point, String sensor, Quantity quantity, Span span) {
        placements.add(new Placement(new PointId(point), new ElementId(sensor), quantity, span));
    }

    private void says(String point, double seconds, @Nullable String text, int attributes) {
        rows.add(new Row(point, text, START.plusMillis(Math.round(seconds * 1000)), attributes));
    }

    private void write() throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert =
                    connection.prepareStatement(
                            "INSERT INTO states (metadata_id, state, last_updated_ts,"
                                    + " attributes_id) VALUES (?,?,?,?)")) {
                for (Row row : rows) {
                    if (!keys.containsKey(row.point())) {
                        keys.put(row.point(), keys.size() + 1);
                        connection
                                .createStatement()
                                .execute(
                                        "INSERT INTO states_meta VALUES ("
                                                + keys.size()
                                                + ",'"
                                                + row.point()
                                                + "')");
                    }
                    insert.setInt(1, Objects.requireNonNull(keys.get(row.point())));
                    insert.setString(2, row.text());
                    insert.setDouble(3, row.time().toEpochMilli() / 1e3);
                    insert.setInt(4, row.attributes());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            connection.commit();
        }
    }

    private Plan plan() {
        return new Plan(Label.of("trial"), elements, placements, limits);
    }

    private static Instant at(double hours) {
        return START.plusMillis(Math.round(hours * 3_600_000));
    }

    private List<Occurrence> found(Instant from, Instant to) throws Fault {
        List<Occurrence> found = new ArrayList<>();
        try (History history =
                        new History(
                                database.reader(),
                                database.reader().withSchema("vigie"),
                                ZoneId.of("UTC"));
                NoteBook notes =
                        NoteBook.open(
                                database.reader(),
                                database.reader().withSchema("t_none_of_this_name"),
                                folder)) {
            new OccurrenceFinder(history, plan(), notes)
                    .occurrences(from, to, new Work(), found::add);
        }
        return found;
    }

    private static Span between(double from, double to) {
        return new Span(Optional.of(at(from)), Optional.of(at(to)));
    }

    private static Limits numbers(SensorRole role, double[] bounds, Span span) {
        return new Limits(
                role,
                Quantity.TEMPERATURE,
                Optional.empty(),
                "°C",
                OptionalDouble.of(bounds[0]),
                OptionalDouble.of(bounds[1]),
                OptionalDouble.of(bounds[2]),
                OptionalDouble.of(bounds[3]),
                Optional.empty(),
                Deviation.NONE,
                span);
    }

    // ---- against a slow and obvious definition

    /** What of a placement holds at a moment, each with what it is told with. */
    private Map<String, String> holding(Placement placement, Instant at) {
        Map<String, String> holding = new TreeMap<>();
        Element.Sensor sensor = plan().sensor(placement.sensor()).orElseThrow();
        if (!placement.span().contains(at)) {
            return holding;
        }
        Row last = null;
        for (Row row : rows) {
            if (row.point().equals(placement.point().name())
                    && !row.time().isAfter(at)
                    && (last == null || !row.time().isBefore(last.time()))) {
                last = row;
            }
        }
        if (last == null) {
            return holding;
        }
        String who = placement.point() + " " + placement.sensor();
        boolean isNumber = last.attributes() == CELSIUS || last.attributes() == FAHRENHEIT;
        if (last.text() == null || last.text().equals("unavailable")) {
            holding.put("sensor-outage " + who, "");
            return holding;
        }
        Optional<Limits> inForce = plan().limits(sensor, placement.quantity(), at);
        if (isNumber) {
            double value = Double.parseDouble(last.text());
            inForce.ifPresent(its -> {
                check(its.highWarning(), true, value, "WARNING", who, holding);
                check(its.highAlarm(), true, value, "ALARM", who, holding);
                check(its.lowWarning(), false, value, "WARNING", who, holding);
                check(its.lowAlarm(), false, value, "ALARM", who, holding);
            });
            return holding;
        }
        String text = last.text();
        Occurrence.Kind kind =
                switch (placement.quantity()) {
                    case MOTION -> Occurrence.Kind.MOTION;
                    case OPEN -> Occurrence.Kind.DOOR;
                    case ON_BATTERY -> Occurrence.Kind.POWER;
                    default -> Occurrence.Kind.STATE;
                };
        Optional<String> normal = inForce.flatMap(Limits::normal);
        boolean told =
                normal.map(its -> !its.equals(text))
                        .orElse(text.equals("on") && placement.quantity() != Quantity.RUNNING);
        if (told) {
            String deviation =
                    normal.isPresent() ? inForce.orElseThrow().deviation().name() : "NONE";
            holding.put(kind.word() + " " + who + " " + deviation, text);
        }
        return holding;
    }

    private static void check(
            OptionalDouble bound,
            boolean high,
            double value,
            String deviation,
            String who,
            Map<String, String> holding) {
        if (bound.isPresent()
                && (high ? value > bound.getAsDouble() : value < bound.getAsDouble())) {
            holding.put(
                    "limit " + who + " " + bound.getAsDouble() + " " + deviation,
                    String.valueOf(value));
        }
    }

    private List<String> expected(Instant from, Instant to) {
        TreeSet<Instant> moments = new TreeSet<>();
        rows.forEach(row -> moments.add(row.time()));
        for (Placement placement : placements) {
            placement.span().from().ifPresent(moments::add);
            placement.span().to().ifPresent(moments::add);
        }
        for (Limits one : limits) {
            one.span().from().ifPresent(moments::add);
            one.span().to().ifPresent(moments::add);
        }
        List<String> told = new ArrayList<>();
        for (Placement placement : placements) {
            Map<String, String> open = new TreeMap<>();
            for (Instant moment : moments) {
                if (!moment.isBefore(to)) {
                    break;
                }
                Map<String, String> now = holding(placement, moment);
                for (String key : List.copyOf(open.keySet())) {
                    if (!now.containsKey(key)) {
                        if (moment.isAfter(from) || moment.equals(from)) {
                            told.add(line(key, open.get(key), moment.toString()));
                        }
                        open.remove(key);
                    }
                }
                now.forEach((key, with) -> open.putIfAbsent(key, moment + " " + with));
            }
            open.forEach((key, with) -> told.add(line(key, with, "-")));
        }
        // What ended as the stretch began is not in it.
        told.removeIf(line -> line.contains(" to " + from + " "));
        told.sort(null);
        return told;
    }

    private static String line(String key, @Nullable String with, String to) {
        String[] parts = String.valueOf(with).split(" ", 2);
        return parts[0] + " to " + to + " " + key + " " + parts[1];
    }

    private static String line(Occurrence one) {
        String who =
                one.point().map(PointId::name).orElse("")
                        + " "
                        + one.element().map(ElementId::value).orElse("");
        String what =
                switch (one.kind()) {
                    case LIMIT -> " " + one.limit().orElseThrow() + " " + one.deviation();
                    case SENSOR_OUTAGE -> "";
                    default -> " " + one.deviation();
                };
        String with =
                one.kind() == Occurrence.Kind.LIMIT
                        ? String.valueOf(one.value().orElse(Double.NaN))
                        : one.text() == null ? "" : one.text();
        return one.at()
                + " to "
                + one.to().map(Instant::toString).orElse("-")
                + " "
                + one.kind().word()
                + " "
                + who
                + what
                + " "
                + with;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 7001, 7007, 7016, 7017})
    void it_tells_what_a_slow_look_at_every_row_tells(long seed) throws Exception {
        Random random = new Random(seed);
        sensor("inlet", SensorRole.INLET);
        sensor("hot", SensorRole.HOT_SPOT);
        sensor("motion", SensorRole.MOTION);
        sensor("door", SensorRole.DOOR);
        sensor("ups", SensorRole.UPS);
        sensor("unit", SensorRole.UNIT);
        bind("sensor.a", "inlet", Quantity.TEMPERATURE, between(-100, 15));
        bind("sensor.a", "hot", Quantity.TEMPERATURE, between(15, 400));
        bind("sensor.b", "inlet", Quantity.TEMPERATURE, between(15, 22));
        bind("binary_sensor.m", "motion", Quantity.MOTION, Span.OPEN);
        bind("binary_sensor.d", "door", Quantity.OPEN, between(5, 30));
        bind("binary_sensor.u", "ups", Quantity.ON_BATTERY, Span.OPEN);
        bind("binary_sensor.r", "unit", Quantity.RUNNING, Span.OPEN);
        limits.add(numbers(SensorRole.INLET, new double[] {15, 18, 27, 32}, between(-100, 10)));
        limits.add(numbers(SensorRole.INLET, new double[] {15, 17, 27, 30}, between(10, 20)));
        limits.add(
                new Limits(
                        SensorRole.DOOR,
                        Quantity.OPEN,
                        Optional.empty(),
                        "",
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        Optional.of("off"),
                        Deviation.WARNING,
                        between(12, 18)));
        for (String point : List.of("sensor.a", "sensor.b")) {
            double value = 22;
            double at = 0;
            says(point, 0, "22.0", CELSIUS);
            while (at < 40 * 3_600) {
                at += 30 + random.nextInt(1_200);
                value += random.nextGaussian() * 3 + (23 - value) / 15;
                // Often exactly on a limit.
                value = random.nextInt(6) == 0 ? Math.rint(value) : value;
                boolean gap = random.nextInt(15) == 0;
                says(
                        point,
                        at,
                        gap
                                ? random.nextBoolean() ? "unavailable" : null
                                : String.format(Locale.ROOT, "%.1f", value),
                        CELSIUS);
                if (random.nextInt(30) == 0) {
                    says(point, at, "40.0", CELSIUS);
                    says(point, at, "22.5", CELSIUS);
                }
            }
        }
        for (String point : List.of("m", "d", "u", "r")) {
            says("binary_sensor." + point, 0, point.equals("r") ? "on" : "off", TEXT);
            double at = 0;
            while (at < 40 * 3_600) {
                at += 10 + random.nextInt(3_000);
                int what = random.nextInt(10);
                says(
                        "binary_sensor." + point,
                        at,
                        what == 0 ? "unavailable" : what < 5 ? "on" : "off",
                        TEXT);
            }
        }
        write();
        for (int i = 0; i < 4; i++) {
            double from = 1 + random.nextDouble() * 25;
            Instant begin = at(from);
            Instant end = at(from + random.nextDouble() * 12 + 0.1);
            List<Occurrence> found = found(begin, end);
            assertThat(found).isSortedAccordingTo(java.util.Comparator.comparing(Occurrence::at));
            assertThat(found.stream().map(OccurrenceFinderTest::line).sorted())
                    .as("seed %s from %s to %s", seed, begin, end)
                    .containsExactlyElementsOf(expected(begin, end));
        }
    }

    // ---- what the random rows do not have

    @Test
    void sensors_that_fall_silent_with_the_recorder_are_not_told_unless_they_stay_silent()
            throws Exception {
        sensor("inlet", SensorRole.INLET);
        bind("sensor.a", "inlet", Quantity.TEMPERATURE, Span.OPEN);
        sensor("motion", SensorRole.MOTION);
        bind("binary_sensor.m", "motion", Quantity.MOTION, Span.OPEN);
        database.execute(
                "DELETE FROM recorder_runs",
                "INSERT INTO recorder_runs (start,`end`,closed_incorrect,created) VALUES"
                        + " ('2026-03-01','2026-03-04 02:00:00',0,'2026-03-01'),"
                        + " ('2026-03-04 02:10:00',NULL,0,'2026-03-01')");
        says("sensor.a", 3_600, "22.0", CELSIUS);
        says("binary_sensor.m", 3_600, "off", TEXT);
        says("sensor.a", 2 * 3_600 + 630, "23.0", CELSIUS);
        says("binary_sensor.m", 2 * 3_600 + 1_800, "off", TEXT);
        says("sensor.a", 3 * 3_600, "22.0", CELSIUS);
        write();
        assertThat(found(at(1.5), at(2.9)).stream().map(OccurrenceFinderTest::line))
                .containsExactly(
                        "2026-03-04T02:00:00Z to 2026-03-04T02:10:00Z recorder-outage   NONE ",
                        "2026-03-04T02:10:00Z to 2026-03-04T02:30:00Z sensor-outage"
                                + " binary_sensor.m motion ");
        // Looked at from its middle, and not beyond it.
        assertThat(found(at(2.05), at(2.15)).stream().map(OccurrenceFinderTest::line))
                .containsExactly("2026-03-04T02:00:00Z to - recorder-outage   NONE ");
    }

    @Test
    void notes_are_told_at_their_moment() throws Exception {
        try (NoteBook notes =
                NoteBook.open(
                        database.reader(),
                        database.reader().withSchema("t_none_of_this_name"),
                        folder)) {
            notes.add(at(2), "Zoë", "filter changed", Optional.of("room"));
            notes.add(at(1), "Bo", "before", Optional.empty());
            notes.add(at(3), "Bo", "too late", Optional.empty());
        }
        List<Occurrence> found = found(at(1), at(3));
        assertThat(found).extracting(Occurrence::text).containsExactly("before", "filter changed");
        Occurrence note = found.getLast();
        assertThat(note.kind()).isEqualTo(Occurrence.Kind.NOTE);
        assertThat(note.author()).isEqualTo("Zoë");
        assertThat(note.element()).contains(new ElementId("room"));
    }

    @Test
    void limits_hold_for_readings_in_another_unit_and_a_status_is_told_as_it_changes()
            throws Exception {
        sensor("inlet", SensorRole.INLET);
        bind("sensor.f", "inlet", Quantity.TEMPERATURE, Span.OPEN);
        sensor("ups", SensorRole.UPS);
        bind("sensor.s", "ups", Quantity.STATUS, Span.OPEN);
        says("sensor.f", 0, "70", FAHRENHEIT);
        says("sensor.f", 600, "81", FAHRENHEIT);
        says("sensor.f", 900, "80.6", FAHRENHEIT);
        says("sensor.s", 0, "Online", TEXT);
        says("sensor.s", 700, "On Battery", TEXT);
        says("sensor.s", 800, "Online", TEXT);
        says("sensor.s", 4_000, "Online", TEXT);
        write();
        List<Occurrence> found = found(at(0.1), at(1));
        assertThat(found.stream().map(OccurrenceFinderTest::line))
                .containsExactly(
                        "2026-03-04T00:10:00Z to 2026-03-04T00:15:00Z limit sensor.f inlet 80.6"
                                + " WARNING 81.0",
                        "2026-03-04T00:11:40Z to - power sensor.s ups NONE On Battery",
                        "2026-03-04T00:13:20Z to - power sensor.s ups NONE Online");
        assertThat(found.getFirst().unit()).isEqualTo("°F");
    }

    @Test
    void what_begins_far_back_is_told_from_the_beginning_of_the_stretch_or_its_own()
            throws Exception {
        sensor("inlet", SensorRole.INLET);
        bind("sensor.a", "inlet", Quantity.TEMPERATURE, Span.OPEN);
        says("sensor.a", 0, "22", CELSIUS);
        says("sensor.a", 60, "29", CELSIUS);
        for (int hour = 1; hour < 400; hour++) {
            says("sensor.a", hour * 3_600, hour % 2 == 0 ? "29" : "30", CELSIUS);
        }
        write();
        assertThat(found(at(100), at(101)).stream().map(OccurrenceFinderTest::line))
                .containsExactly(
                        "2026-03-04T00:01:00Z to - limit sensor.a inlet 27.0 WARNING 29.0");
        assertThat(found(at(300), at(301)).stream().map(OccurrenceFinderTest::line))
                .containsExactly(
                        "2026-03-16T12:00:00Z to - limit sensor.a inlet 27.0 WARNING 30.0");
    }

    @Test
    void it_ends_when_nobody_waits_any_more() throws Exception {
        sensor("inlet", SensorRole.INLET);
        bind("sensor.a", "inlet", Quantity.TEMPERATURE, Span.OPEN);
        says("sensor.a", 0, "22", CELSIUS);
        write();
        Work work = new Work();
        work.cancel();
        try (History history =
                        new History(
                                database.reader(),
                                database.reader().withSchema("vigie"),
                                ZoneId.of("UTC"));
                NoteBook notes = NoteBook.open(database.reader(), database.reader(), folder)) {
            OccurrenceFinder finder = new OccurrenceFinder(history, plan(), notes);
            assertThatThrownBy(() -> finder.occurrences(at(0), at(1), work, _ -> {}))
                    .isInstanceOf(CancellationException.class);
            List<Occurrence> none = new ArrayList<>();
            finder.occurrences(at(1), at(1), new Work(), none::add);
            assertThat(none).isEmpty();
            assertThat(Duration.between(at(0), at(1))).isEqualTo(Duration.ofHours(1));
        }
    }
}
