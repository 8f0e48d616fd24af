package vigie.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import vigie.history.archive.Rolled;
import vigie.history.series.Bucket;
import vigie.history.series.Fold;
import vigie.history.series.Grid;
import vigie.history.series.Kind;
import vigie.history.series.Segment;
import vigie.history.series.Tier;
import vigie.point.PointId;
import vigie.point.Reading;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;
import vigie.text.Fault;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;

@ExtendWith(EmbeddedMariaDb.class)
class EventQueryTest {
    private static final Instant START = Instant.parse("2026-03-04T00:00:00Z");
    private static final long SECOND = 1_000_000;
    private static final long HOUR = 3_600 * SECOND;
    private static final long DAY = 24 * HOUR;
    private static final long DAYS = 6;
    private static final double LIMIT = 27;
    private static final PointId NUMBER = new PointId("sensor.a");
    private static final PointId TEXT = new PointId("binary_sensor.b");
    private static final Set<PastEvent.Kind> ALL = EnumSet.allOf(PastEvent.Kind.class);

    private final TestDatabase database;
    private final PastTables tables;
    private final List<PastTables.Row> rows = new ArrayList<>();

    /** When the recorder stood still, and when it died for good. */
    private final List<Long> outages = new ArrayList<>();

    EventQueryTest(TestDatabase database) {
        this.database = database;
        tables = new PastTables(database);
    }

    @BeforeEach
    void create() throws IOException {
        tables.create();
        rows.clear();
        outages.clear();
    }

    // ---- against a slow and obvious scan

    private record Event(
            PastEvent.Kind kind, long at, @Nullable Double value, @Nullable String text) {
        static Event of(PastEvent event) {
            return new Event(
                    event.kind(),
                    Times.micros(event.at()),
                    event.value().isPresent() ? event.value().getAsDouble() : null,
                    event.kind() == PastEvent.Kind.CHANGE ? event.text() : null);
        }
    }

    @Test
    void events_of_states_are_those_that_a_slow_scan_finds() throws Exception {
        for (long seed = 1; seed <= 4; seed++) {
            create();
            Random random = new Random(seed);
            past(random);
            tables.write(rows);
            compare(random, "seed " + seed);
        }
    }

    @Test
    void and_where_statistics_exclude_hours() throws Exception {
        for (long seed = 21; seed <= 24; seed++) {
            create();
            Random random = new Random(seed);
            past(random);
            tables.write(rows);
            statistics();
            compare(random, "seed " + seed);
        }
    }

    /** As Home Assistant compiles them: by the hour, what was held at its beginning included. */
    private void statistics() {
        List<String> all = new ArrayList<>();
        all.add(
                "INSERT INTO statistics_meta (id, statistic_id, source, unit_of_measurement,"
                        + " has_mean, has_sum, mean_type) VALUES (7,'sensor.a','recorder','°C',"
                        + "1,0,1)");
        double held = Double.NaN;
        int next = 0;
        List<PastTables.Row> its = rows.stream().filter(row -> row.key() == 2).toList();
        for (long hour = micros(0); next < its.size(); hour += HOUR) {
            double min = Double.isNaN(held) ? Double.MAX_VALUE : held;
            double max = Double.isNaN(held) ? -Double.MAX_VALUE : held;
            while (next < its.size() && its.get(next).time() < hour + HOUR) {
                held = Reading.number(its.get(next).text()).orElse(Double.NaN);
                if (!Double.isNaN(held)) {
                    min = Math.min(min, held);
                    max = Math.max(max, held);
                }
                next++;
            }
            if (min <= max) {
                all.add(
                        "INSERT INTO statistics (metadata_id, start_ts, mean, min, max) VALUES (7,"
                                + Times.seconds(hour)
                                + ","
                                + (min + max) / 2
                                + ","
                                + min
                                + ","
                                + max
                                + ")");
            }
        }
        database.execute(all.toArray(String[]::new));
    }

    @Test
    void and_where_the_older_half_is_in_the_archive_with_its_roll_ups() throws Exception {
        for (long seed = 11; seed <= 14; seed++) {
            create();
            tables.createArchive(START);
            Random random = new Random(seed);
            past(random);
            long border = micros(DAYS * DAY / 2 + random.nextLong(DAY));
            archive(border);
            tables.write(rows.stream().filter(row -> row.time() >= border).toList());
            compare(random, "seed " + seed);
        }
    }

    private void compare(Random random, String seed) throws Fault {
        try (History history = tables.history()) {
            for (PointId point : List.of(NUMBER, TEXT)) {
                for (int i = 0; i < 12; i++) {
                    Set<PastEvent.Kind> kinds = EnumSet.noneOf(PastEvent.Kind.class);
                    ALL.stream().filter(kind -> random.nextInt(3) > 0).forEach(kinds::add);
                    List<Event> slow =
                            slow(point).stream()
                                    .filter(event -> kinds.contains(event.kind()))
                                    .toList();
                    compare(history, point, kinds, slow, random, seed);
                }
            }
        }
    }

    private static void compare(
            History history,
            PointId point,
            Set<PastEvent.Kind> kinds,
            List<Event> slow,
            Random random,
            String seed)
            throws Fault {
        long from = micros(random.nextLong(DAYS * DAY));
        long to = from + random.nextLong(DAYS * DAY);
        List<Event> listed = new ArrayList<>();
        history.events(
                List.of(new Watched(point, kinds, List.of(LIMIT), List.of(LIMIT))),
                Times.instant(from),
                Times.instant(to),
                new Work(),
                event -> listed.add(Event.of(event)));
        assertThat(listed)
                .as("%s: %s of %s from %d", seed, kinds, point, from)
                .isEqualTo(
                        slow.stream()
                                .filter(event -> event.at() >= from && event.at() < to)
                                .toList());
        for (int i = 0; i < 6; i++) {
            // Often from an event to the next.
            long at =
                    slow.isEmpty() || random.nextBoolean()
                            ? micros(random.nextLong(DAYS * DAY))
                            : slow.get(random.nextInt(slow.size())).at();
            assertThat(event(history, point, kinds, at, micros(DAYS * DAY)))
                    .as("%s: next of %s of %s from %d", seed, kinds, point, at)
                    .isEqualTo(
                            slow.stream()
                                    .filter(event -> event.at() > at)
                                    .filter(event -> event.at() <= micros(DAYS * DAY))
                                    .findFirst());
            assertThat(event(history, point, kinds, at, micros(0)))
                    .as("%s: last of %s of %s before %d", seed, kinds, point, at)
                    .isEqualTo(
                            slow.reversed().stream().filter(event -> event.at() < at).findFirst());
        }
    }

    private static Optional<Event> event(
            History history, PointId point, Set<PastEvent.Kind> kinds, long at, long until)
            throws Fault {
        return history.event(
                        point,
                        kinds,
                        OptionalDouble.of(LIMIT),
                        Times.instant(at),
                        Times.instant(until),
                        new Work())
                .map(Event::of);
    }

    private List<Event> slow(PointId point) {
        long key = point.equals(NUMBER) ? 2 : 3;
        List<Event> events = new ArrayList<>();
        boolean begun = false;
        boolean trusted = false;
        double held = 0;
        String text = null;
        List<PastTables.Row> its = rows.stream().filter(row -> row.key() == key).toList();
        List<Long> stops = new ArrayList<>(outages);
        for (int i = 0; i <= its.size(); i++) {
            long until = i < its.size() ? its.get(i).time() : Long.MAX_VALUE;
            while (!stops.isEmpty() && stops.getFirst() < until) {
                long stop = stops.removeFirst();
                if (begun && trusted) {
                    events.add(new Event(PastEvent.Kind.GAP_BEGINS, stop, null, null));
                }
                trusted = false;
            }
            if (i == its.size()) {
                break;
            }
            PastTables.Row row = its.get(i);
            String said = row.text();
            OptionalDouble number = Reading.number(said);
            boolean good =
                    key == 2
                            ? number.isPresent()
                            : said != null && !Set.of("unavailable", "unknown").contains(said);
            if (!good) {
                if (begun && trusted) {
                    events.add(new Event(PastEvent.Kind.GAP_BEGINS, row.time(), null, null));
                }
            } else {
                if (begun && !trusted) {
                    events.add(new Event(PastEvent.Kind.GAP_ENDS, row.time(), null, null));
                }
                if (key == 2) {
                    double value = number.getAsDouble();
                    if (begun && value > LIMIT && (!trusted || held <= LIMIT)) {
                        events.add(new Event(PastEvent.Kind.ABOVE, row.time(), value, null));
                    }
                    if (begun && value < LIMIT && (!trusted || held >= LIMIT)) {
                        events.add(new Event(PastEvent.Kind.BELOW, row.time(), value, null));
                    }
                    held = value;
                } else {
                    if (text != null && !text.equals(said)) {
                        events.add(new Event(PastEvent.Kind.CHANGE, row.time(), null, said));
                    }
                    text = said;
                }
            }
            trusted = good;
            begun = true;
        }
        return events;
    }

    /** Some days of a number that crosses the limit now and then, of a door, and of two stops. */
    private void past(Random random) {
        database.execute("INSERT INTO states_meta VALUES (2,'sensor.a'),(3,'binary_sensor.b')");
        long[] stop = {random.nextLong(2 * DAY), 3 * DAY + random.nextLong(2 * DAY)};
        long[] start = {stop[0] + random.nextLong(2 * HOUR), stop[1] + random.nextLong(2 * HOUR)};
        long id = 0;
        double value = 25;
        boolean on = false;
        for (long time = random.nextLong(HOUR); time < DAYS * DAY; ) {
            boolean away =
                    (time > stop[0] && time < start[0]) || (time > stop[1] && time < start[1]);
            if (!away) {
                int what = random.nextInt(120);
                value += random.nextGaussian() * 0.3 + (25 - value) * 0.02;
                String number = String.format(Locale.ROOT, "%.1f", value);
                String said = what == 0 ? "unavailable" : what == 1 ? null : number;
                rows.add(new PastTables.Row(++id, 2, said, micros(time), null, null));
                if (random.nextInt(20) == 0) {
                    on = random.nextInt(3) == 0 ? on : !on;
                    String door = random.nextInt(8) == 0 ? "unavailable" : on ? "on" : "off";
                    rows.add(new PastTables.Row(++id, 3, door, micros(time) + 7, null, null));
                }
            }
            time += 1 + random.nextLong(random.nextInt(30) == 0 ? 4 * HOUR : 10 * 60 * SECOND);
        }
        for (int i = 0; i < 2; i++) {
            database.execute(
                    "INSERT INTO recorder_runs (start, `end`, closed_incorrect, created) VALUES ('"
                            + sql(i == 0 ? micros(0) - SECOND : micros(start[0]))
                            + "','"
                            + sql(micros(stop[i]))
                            + "',0,'2026-03-01')");
            outages.add(micros(stop[i]));
        }
        database.execute(
                "INSERT INTO recorder_runs (start, closed_incorrect, created) VALUES ('"
                        + sql(micros(start[1]))
                        + "',0,'2026-03-01')");
        // Nothing came any more, until now.
        outages.add(rows.stream().mapToLong(PastTables.Row::time).max().orElseThrow());
    }

    private static String sql(long at) {
        return Times.instant(at).toString().replace('T', ' ').replace("Z", "");
    }

    /** What lies before the border: single readings, changes of texts, roll-ups of hours. */
    private void archive(long border) throws SQLException {
        String schema = "'" + database.schema() + "'";
        long rolledTo = Math.floorDiv(border, HOUR) * HOUR;
        List<String> all = new ArrayList<>();
        all.add(
                "INSERT INTO point VALUES (1,"
                        + schema
                        + ",'sensor.a',1),(2,"
                        + schema
                        + ",'binary_sensor.b',0)");
        all.add("INSERT INTO point_key VALUES (" + schema + ",2,1),(" + schema + ",3,2)");
        all.add("INSERT INTO attributes VALUES (1,REPEAT('a',16),'°C',NULL,'measurement',NULL)");
        all.add("UPDATE archive SET rolled_from_us=" + micros(0) + ", rolled_to_us=" + rolledTo);
        Fold fold = new Fold(Grid.of(HOUR), Kind.NUMBER, Tier.HOURS, micros(0));
        List<Long> stops = new ArrayList<>(outages);
        for (PastTables.Row row : rows) {
            String text = row.text() == null ? "NULL" : "'" + row.text() + "'";
            if (row.time() >= border) {
                continue;
            }
            if (row.key() == 3) {
                all.add(
                        "INSERT INTO text_change VALUES (2,"
                                + row.time()
                                + ","
                                + row.id()
                                + ","
                                + text
                                + ")");
                continue;
            }
            OptionalDouble number = Reading.number(row.text());
            all.add(
                    "INSERT INTO reading (point, time_us, id, value, text, attributes) VALUES (1,"
                            + row.time()
                            + ","
                            + row.id()
                            + ","
                            + (number.isPresent() ? row.text() : "NULL")
                            + ","
                            + text
                            + ",1)");
            while (stops.getFirst() < row.time()) {
                fold.outage(stops.removeFirst());
            }
            fold.reading(row.time(), number.orElse(Double.NaN), Optional.of("°C"));
        }
        while (stops.getFirst() < rolledTo) {
            fold.outage(stops.removeFirst());
        }
        tables.archive(all.toArray(String[]::new));
        for (long day = micros(0); day < rolledTo; day += DAY) {
            long begin = day;
            List<Rolled> hours = new ArrayList<>();
            for (Segment segment : segments(fold, rolledTo)) {
                segment.buckets().stream()
                        .filter(bucket -> bucket.from() >= begin && bucket.from() < begin + DAY)
                        .forEach(bucket -> hours.add(new Rolled(bucket, segment.unit())));
            }
            tables.block("hours", 1, day, HOUR, hours);
        }
    }

    private @Nullable List<Segment> folded;

    private List<Segment> segments(Fold fold, long to) {
        if (folded == null || folded.getLast().buckets().getLast().to() != to) {
            folded = fold.finish(Long.MAX_VALUE, to);
        }
        return folded;
    }

    private static long micros(long since) {
        return Times.micros(START) + since;
    }

    @Test
    void numbers_are_told_as_they_were_recorded() throws Exception {
        database.execute("INSERT INTO states_meta VALUES (2,'sensor.a')");
        rows.add(new PastTables.Row(1, 2, "20", micros(0), null, null));
        rows.add(new PastTables.Row(2, 2, "28.0", micros(60_000_000), null, null));
        rows.add(new PastTables.Row(3, 2, "20", micros(120_000_000), null, null));
        rows.add(new PastTables.Row(4, 2, "28", micros(180_000_000), null, null));
        rows.add(new PastTables.Row(5, 2, "20", micros(240_000_000), null, null));
        rows.add(new PastTables.Row(6, 2, "28.50", micros(300_000_000), null, null));
        tables.write(rows);
        List<String> told = new ArrayList<>();
        try (History history = tables.history()) {
            history.events(
                    List.of(
                            new Watched(
                                    NUMBER,
                                    EnumSet.of(PastEvent.Kind.ABOVE),
                                    List.of(LIMIT),
                                    List.of())),
                    START,
                    START.plusSeconds(600),
                    new Work(),
                    event -> told.add(String.valueOf(event.text())));
        }
        assertThat(told).containsExactly("28.0", "28", "28.50");
    }

    // ---- where only roll-ups are left

    @Test
    void where_only_statistics_are_left_the_hour_is_told_in_which_it_happened() throws Exception {
        database.execute(
                "INSERT INTO statistics_meta (id, statistic_id, source, unit_of_measurement,"
                        + " has_mean, has_sum, mean_type) VALUES (7,'sensor.a','recorder','°C',"
                        + "1,0,1)");
        double[][] hours = {
            {0, 20, 19, 21}, {1, 26, 25, 28}, {2, 28, 27.5, 29}, {5, 24, 22, 26}, {6, 24, 22, 26}
        };
        for (double[] hour : hours) {
            database.execute(
                    String.format(
                            Locale.ROOT,
                            "INSERT INTO statistics (metadata_id, start_ts, mean, min, max) VALUES"
                                    + " (7,%f,%f,%f,%f)",
                            START.getEpochSecond() + hour[0] * 3_600,
                            hour[1],
                            hour[2],
                            hour[3]));
        }
        try (History history = tables.history()) {
            List<PastEvent> found = all(history, NUMBER);
            assertThat(found)
                    .extracting(event ->
                            event.kind().word()
                                    + " "
                                    + Duration.between(START, event.at()).toHours())
                    .containsExactly(
                            "above 1", "gap-begins 3", "gap-ends 5", "below 5", "gap-begins 7");
            assertThat(found)
                    .allSatisfy(event -> {
                        assertThat(event.within()).isEqualTo(Duration.ofHours(1));
                        assertThat(event.tier()).isEqualTo(Tier.STATISTICS);
                    });
            assertThat(found.getFirst().value()).hasValue(28);
            assertThat(
                            history.event(
                                    NUMBER,
                                    ALL,
                                    OptionalDouble.of(LIMIT),
                                    START.plusSeconds(4 * 3_600),
                                    START,
                                    new Work()))
                    .map(PastEvent::kind)
                    .contains(PastEvent.Kind.GAP_BEGINS);
        }
    }

    @Test
    void minutes_tell_where_there_are_any_and_quarters_elsewhere() throws Exception {
        tables.createArchive(START);
        String schema = "'" + database.schema() + "'";
        tables.archive(
                "INSERT INTO point VALUES (1," + schema + ",'sensor.a',1)",
                "INSERT INTO point_key VALUES (" + schema + ",2,1)");
        database.execute(
                "INSERT INTO statistics_meta (id, statistic_id, source, unit_of_measurement,"
                        + " has_mean, has_sum, mean_type) VALUES (7,'sensor.a','recorder','°C',"
                        + "1,0,1)");
        List<Rolled> quarters = new ArrayList<>();
        for (int i = 0; i < 96; i++) {
            boolean spike = i == 21 || i == 50;
            quarters.add(bucket(micros(i * HOUR / 4), HOUR / 4, 20, spike ? 30 : 20, 20));
        }
        tables.block("quarters", 1, micros(0), HOUR / 4, quarters);
        List<Rolled> minutes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            minutes.add(
                    bucket(
                            micros(5 * HOUR + i * 60L * SECOND),
                            60 * SECOND,
                            20,
                            i == 17 ? 30 : 20,
                            20));
        }
        tables.block("minutes", 1, micros(5 * HOUR), 60 * SECOND, minutes);
        try (History history = tables.history()) {
            List<PastEvent> found = new ArrayList<>();
            history.events(
                    List.of(
                            new Watched(
                                    NUMBER,
                                    Set.of(PastEvent.Kind.ABOVE),
                                    List.of(LIMIT),
                                    List.of())),
                    START,
                    START.plus(Duration.ofDays(1)),
                    new Work(),
                    found::add);
            assertThat(found)
                    .extracting(event -> event.at() + " " + event.within())
                    .containsExactly("2026-03-04T05:17:00Z PT1M", "2026-03-04T12:30:00Z PT15M");
        }
    }

    private static Rolled bucket(long from, long width, double min, double max, double last) {
        return new Rolled(
                new Bucket(from, from + width, min, max, min, min, last, 3, width, Double.NaN, 1),
                Optional.of("°C"));
    }

    @Test
    void what_was_purged_makes_no_event_at_the_first_row_that_is_left() throws Exception {
        database.execute(
                "INSERT INTO states_meta VALUES (2,'sensor.a')",
                "INSERT INTO recorder_runs (start, closed_incorrect, created) VALUES"
                        + " ('2026-03-01',0,'2026-03-01')");
        rows.add(new PastTables.Row(1, 2, "30", micros(HOUR), null, null));
        rows.add(new PastTables.Row(2, 2, "31", micros(HOUR) + 10 * SECOND, null, null));
        tables.write(rows);
        try (History history = tables.history()) {
            assertThat(all(history, NUMBER))
                    .extracting(PastEvent::kind)
                    .containsExactly(PastEvent.Kind.GAP_BEGINS);
        }
    }

    @Test
    void a_point_without_a_past_has_no_events() throws Exception {
        try (History history = tables.history()) {
            assertThat(all(history, new PointId("sensor.none"))).isEmpty();
            assertThat(
                            history.event(
                                    new PointId("sensor.none"),
                                    ALL,
                                    OptionalDouble.empty(),
                                    START,
                                    START.plusSeconds(9),
                                    new Work()))
                    .isEmpty();
        }
    }

    private static List<PastEvent> all(History history, PointId point) throws Fault {
        List<PastEvent> found = new ArrayList<>();
        history.events(
                List.of(new Watched(point, ALL, List.of(LIMIT), List.of(LIMIT))),
                START.minus(Duration.ofDays(9)),
                START.plus(Duration.ofDays(90)),
                new Work(),
                found::add);
        return found;
    }
}
