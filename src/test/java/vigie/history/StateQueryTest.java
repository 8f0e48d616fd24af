package vigie.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import vigie.history.archive.Rolled;
import vigie.history.series.Bucket;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Quality;
import vigie.point.Quality.Reason;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.recorder.CadenceReader;
import vigie.recorder.RecorderSchema;
import vigie.room.Cadences;
import vigie.room.Freshness;
import vigie.room.PointState;
import vigie.room.RecorderState;
import vigie.room.Voice;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;
import vigie.text.Fault;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

@ExtendWith(EmbeddedMariaDb.class)
class StateQueryTest {
    private static final Instant START = Instant.parse("2026-03-04T00:00:00Z");
    private static final long SECOND = 1_000_000;
    private static final long HOUR = 3_600 * SECOND;
    private static final PointKey KEY = new PointKey(2);

    private final TestDatabase database;
    private final PastTables tables;
    private final List<PastTables.Row> rows = new ArrayList<>();

    StateQueryTest(TestDatabase database) {
        this.database = database;
        tables = new PastTables(database);
    }

    @BeforeEach
    void create() throws IOException {
        tables.create();
    }

    @Test
    void every_point_says_what_it_said_last_as_a_slow_reading_of_all_rows_finds_it()
            throws Exception {
        Set<Quality> seen = new HashSet<>();
        for (long seed = 1; seed <= 4; seed++) {
            tables.create();
            rows.clear();
            Random random = new Random(seed);
            people(random);
            tables.write(rows);
            if (seed % 2 == 0) {
                // Many points are asked about in another way; these never said anything.
                database.execute(
                        "INSERT INTO states_meta SELECT 1000+seq,CONCAT('sensor.mute',seq) FROM"
                                + " seq_1_to_400");
            }
            try (History history = tables.history();
                    Connection connection = database.connect()) {
                RecorderSchema schema = RecorderSchema.read(connection);
                for (int i = 0; i < 25; i++) {
                    Instant at = START.plusMillis(random.nextLong(28 * 3_600_000L));
                    PastState state = history.state(at, new Work());
                    assertThat(said(state)).as("seed %d at %s", seed, at).isEqualTo(expected(at));
                    assertThat(qualities(state, state.freshness()))
                            .as("seed %d at %s", seed, at)
                            .isEqualTo(qualities(state, wholly(connection, schema, state)));
                    assertThat(state.freshness().voice())
                            .isEqualTo(wholly(connection, schema, state).voice());
                    seen.addAll(qualities(state, state.freshness()).values());
                }
            }
        }
        assertThat(seen)
                .contains(
                        Quality.GOOD,
                        Quality.of(Reason.STALE),
                        Quality.of(Reason.UNCHANGED),
                        Quality.of(Reason.REMOVED));
    }

    /** Points of all habits, over a day and some hours, with a stop, gaps and deaths. */
    private void people(Random random) {
        List<PastTables.Row> all = new ArrayList<>();
        double[] steps = {5, 10, 17, 30, 60, 300, 900, 4_000};
        long stop = 20 * HOUR + random.nextLong(4 * HOUR);
        long start = stop + random.nextLong(HOUR);
        for (int key = 1; key <= 24; key++) {
            database.execute("INSERT INTO states_meta VALUES (" + key + ",'sensor.p" + key + "')");
            double step = steps[random.nextInt(steps.length)];
            boolean regular = random.nextBoolean();
            long death = random.nextInt(4) == 0 ? random.nextLong(28 * HOUR) : Long.MAX_VALUE;
            long time = random.nextLong(HOUR);
            boolean fresh = true;
            while (time < 28 * HOUR && time < death) {
                boolean away = time > stop && time < start;
                if (!away) {
                    int what = random.nextInt(200);
                    String text =
                            what == 0
                                    ? "unavailable"
                                    : what == 1 ? null : String.valueOf(random.nextInt(50));
                    all.add(
                            new PastTables.Row(
                                    0,
                                    key,
                                    text,
                                    micros(time),
                                    null,
                                    fresh ? null : Long.valueOf(1)));
                }
                fresh = away || random.nextInt(100) == 0;
                double next = regular ? 0.9 + 0.2 * random.nextDouble() : 3 * random.nextDouble();
                time += Math.round(step * next * SECOND) + 1;
            }
        }
        all.sort(Comparator.comparingLong(PastTables.Row::time));
        Map<Long, Integer> last = new TreeMap<>();
        for (int i = 0; i < all.size(); i++) {
            PastTables.Row row = all.get(i);
            Integer before = last.put(row.key(), i);
            if (before != null) {
                // The row before was reported again until a little before this one.
                PastTables.Row earlier = rows.get(before);
                long reported =
                        earlier.time()
                                + (long) ((row.time() - earlier.time()) * random.nextDouble(0.9));
                rows.set(
                        before,
                        new PastTables.Row(
                                earlier.id(),
                                earlier.key(),
                                earlier.text(),
                                earlier.time(),
                                row.key() % 3 == 0 ? Long.valueOf(reported) : null,
                                earlier.before()));
            }
            rows.add(
                    new PastTables.Row(
                            i + 1,
                            row.key(),
                            row.text(),
                            row.time(),
                            null,
                            row.before() == null || before == null
                                    ? null
                                    : Long.valueOf(before + 1)));
        }
        database.execute(
                "INSERT INTO recorder_runs (start, `end`, closed_incorrect, created) VALUES ('"
                        + sql(START.minusSeconds(60))
                        + "','"
                        + sql(Times.instant(micros(stop)))
                        + "',"
                        + random.nextInt(2)
                        + ",'2026-01-01'),('"
                        + sql(Times.instant(micros(start)))
                        + "',NULL,0,'2026-01-01')");
    }

    private static String sql(Instant at) {
        return at.toString().replace('T', ' ').replace("Z", "");
    }

    private static long micros(long since) {
        return Times.micros(START) + since;
    }

    private record Said(long id, @Nullable String text, Instant time) {}

    private Map<Long, Said> expected(Instant at) {
        Map<Long, PastTables.Row> newest = new TreeMap<>();
        for (PastTables.Row row : rows) {
            PastTables.Row before = newest.get(row.key());
            if (row.time() <= Times.micros(at) && (before == null || row.time() >= before.time())) {
                newest.put(row.key(), row);
            }
        }
        Map<Long, Said> expected = new TreeMap<>();
        newest.forEach((key, row) ->
                expected.put(key, new Said(row.id(), row.text(), Times.instant(row.time()))));
        return expected;
    }

    private static Map<Long, Said> said(PastState state) {
        Map<Long, Said> said = new TreeMap<>();
        for (PointState point : state.room().points()) {
            point.newest()
                    .ifPresent(reading ->
                            said.put(
                                    point.key().value(),
                                    new Said(
                                            reading.id().orElse(-1),
                                            reading.text(),
                                            reading.time())));
        }
        return said;
    }

    private static Map<PointKey, Quality> qualities(PastState state, Freshness freshness) {
        Map<PointKey, Quality> qualities = new TreeMap<>();
        for (PointState point : state.room().points()) {
            point.quality(state.at(), freshness)
                    .ifPresent(quality -> qualities.put(point.key(), quality));
        }
        return qualities;
    }

    /** As the live picture judges: by the whole cadence of every point. */
    private static Freshness wholly(Connection connection, RecorderSchema schema, PastState state)
            throws SQLException {
        Cadences cadences =
                CadenceReader.read(
                        connection,
                        schema,
                        Cadences.learnable(state.room()),
                        Cadences.learnedToAt(state.at()));
        return Freshness.of(
                state.room(), cadences, Freshness.USUAL_COMMIT, Optional.empty(), state.at());
    }

    @Test
    void before_the_first_row_a_point_has_a_name_and_no_reading() throws Exception {
        name(2, "sensor.a");
        row(1, "20", 10);
        try (History history = tables.history()) {
            PointState point = point(history.state(START, new Work()), "sensor.a");
            assertThat(point.newest()).isEmpty();
            assertThat(point(history.state(START.plusSeconds(10), new Work()), "sensor.a"))
                    .satisfies(later -> assertThat(later.newest()).isPresent());
        }
    }

    @Test
    void the_future_is_told_as_the_present() throws Exception {
        name(2, "sensor.a");
        row(1, "20", 10);
        try (History history = tables.history()) {
            PastState state = history.state(Instant.parse("2999-01-01T00:00:00Z"), new Work());
            assertThat(state.at()).isBefore(Instant.now().plusSeconds(60));
            assertThat(text(state, "sensor.a")).isEqualTo("20");
        }
    }

    @Test
    void after_a_clock_was_set_back_the_rows_since_then_count() throws Exception {
        name(2, "sensor.a");
        name(4, "sensor.b");
        add(1, 2, "before", 1_000);
        add(2, 4, "before", 1_000);
        // Set back by a quarter of an hour.
        add(3, 4, "after", 110);
        add(4, 2, "after", 120);
        tables.write(rows);
        try (History history = tables.history()) {
            PastState state = history.state(START.plusSeconds(1_010), new Work());
            assertThat(text(state, "sensor.a")).isEqualTo("after");
            assertThat(text(state, "sensor.b")).isEqualTo("after");
        }
    }

    @Test
    void a_stop_that_came_later_was_not_there_yet() throws Exception {
        name(2, "sensor.a");
        row(1, "20", 10);
        database.execute(
                "INSERT INTO recorder_runs (start, `end`, closed_incorrect, created) VALUES"
                        + " ('2026-03-04 00:00:00','2026-03-04 00:01:00',0,'2026-03-04')");
        try (History history = tables.history()) {
            assertThat(history.state(START.plusSeconds(50), new Work()).room().recorder())
                    .isEqualTo(new RecorderState(RecorderState.Phase.RUNNING, Optional.of(START)));
            PastState after = history.state(START.plusSeconds(70), new Work());
            assertThat(after.freshness().voice())
                    .isEqualTo(new Voice(Voice.Kind.STOPPED, Optional.of(START.plusSeconds(60))));
            assertThat(quality(after, "sensor.a")).isEqualTo(Quality.of(Reason.SOURCE_STOPPED));
        }
    }

    @Test
    void a_point_only_in_statistics_is_told_by_the_finest_period_that_ended_by_then()
            throws Exception {
        database.execute(
                "INSERT INTO statistics_meta (id, statistic_id, source, unit_of_measurement,"
                        + " has_mean, has_sum, mean_type) VALUES (7,'sensor.gone','recorder','°C',"
                        + "1,0,1),(8,'sensor.meter','recorder','kWh',0,1,0),"
                        + "(9,'energy:outside','energy','kWh',0,1,0)");
        long hour = START.getEpochSecond();
        database.execute(
                "INSERT INTO statistics (metadata_id, start_ts, mean, min, max, state, sum) VALUES"
                        + " (7,"
                        + hour
                        + ",21.5,20,22,NULL,NULL),(8,"
                        + hour
                        + ",NULL,NULL,NULL,1234,5),(9,"
                        + hour
                        + ",NULL,NULL,NULL,1,1)",
                "INSERT INTO statistics_short_term (metadata_id, start_ts, mean, min, max) VALUES"
                        + " (7,"
                        + (hour + 3_600)
                        + ",23,22,24)");
        try (History history = tables.history()) {
            PastState state = history.state(START.plusSeconds(3_700), new Work());
            Reading gone = reading(state, "sensor.gone");
            assertThat(gone.value()).hasValue(21.5);
            assertThat(gone.attributes().unit()).contains("°C");
            assertThat(gone.time()).isEqualTo(START.plusSeconds(3_600));
            assertThat(gone.source()).isEqualTo(Source.HISTORY);
            assertThat(quality(state, "sensor.gone")).isEqualTo(Quality.of(Reason.AGGREGATED));
            assertThat(state.aggregated()).containsEntry(gone.key(), Duration.ofHours(1));
            assertThat(reading(state, "sensor.meter").value()).hasValue(1_234);
            assertThat(state.room().size()).isEqualTo(2);

            PastState finer = history.state(START.plusSeconds(3_950), new Work());
            assertThat(reading(finer, "sensor.gone").value()).hasValue(23);
            assertThat(finer.aggregated()).containsEntry(gone.key(), Duration.ofMinutes(5));

            // The next hour has no row: nothing was trustworthy.
            PastState lost = history.state(START.plusSeconds(3 * 3_600), new Work());
            assertThat(quality(lost, "sensor.gone")).isEqualTo(Quality.of(Reason.UNKNOWN));
            assertThat(reading(lost, "sensor.gone").value()).isEmpty();
            assertThat(history.state(START.plus(Duration.ofDays(30)), new Work()).room().size())
                    .isZero();
        }
    }

    @Test
    void what_was_purged_is_told_by_statistics_and_what_was_not_by_itself() throws Exception {
        name(2, "sensor.a");
        database.execute(
                "INSERT INTO statistics_meta (id, statistic_id, source, unit_of_measurement,"
                        + " has_mean, has_sum, mean_type) VALUES (7,'sensor.a','recorder','°C',"
                        + "1,0,1)",
                "INSERT INTO statistics (metadata_id, start_ts, mean) VALUES (7,"
                        + START.getEpochSecond()
                        + ",19)");
        add(1, 2, null, 7_000);
        add(2, 2, "25", 8_000);
        tables.write(rows);
        try (History history = tables.history()) {
            PastState purged = history.state(START.plusSeconds(4_000), new Work());
            assertThat(reading(purged, "sensor.a").value()).hasValue(19);
            assertThat(purged.aggregated()).containsKey(KEY);
            PastState removed = history.state(START.plusSeconds(7_500), new Work());
            assertThat(quality(removed, "sensor.a")).isEqualTo(Quality.of(Reason.REMOVED));
            assertThat(removed.aggregated()).isEmpty();
            assertThat(text(history.state(START.plusSeconds(8_500), new Work()), "sensor.a"))
                    .isEqualTo("25");
        }
    }

    @Test
    void the_archive_tells_what_was_purged_under_the_name_it_had() throws Exception {
        tables.createArchive(START);
        name(6, "sensor.new");
        String schema = database.schema();
        long start = Times.micros(START);
        tables.archive(
                "INSERT INTO point VALUES (1,'" + schema + "','sensor.new',1)",
                // It was purged, and came back with another key.
                "INSERT INTO point_key VALUES ('" + schema + "',4,1),('" + schema + "',6,1)",
                "INSERT INTO point_name VALUES (1,0,'sensor.old'),(1,"
                        + (START.getEpochSecond() + 500)
                        + ",'sensor.new')",
                "INSERT INTO attributes VALUES (3,x'00112233445566778899aabbccddeeff','°F',NULL,"
                        + "'measurement','Old')",
                "INSERT INTO stream VALUES (1,0,10)",
                "INSERT INTO reading VALUES (1,"
                        + (start + 100 * SECOND)
                        + ",41,NULL,70,NULL,3,"
                        + (START.getEpochSecond() + 102)
                        + ",1,4711),(1,"
                        + (start + 200 * SECOND)
                        + ",42,NULL,71,'71.00',3,NULL,NULL,NULL)");
        add(50, 6, "80", 1_000);
        tables.write(rows);
        try (History history = tables.history()) {
            PastState state = history.state(START.plusSeconds(150), new Work());
            Reading reading = reading(state, "sensor.old");
            assertThat(reading.key()).isEqualTo(new PointKey(6));
            assertThat(reading.text()).isEqualTo("70.0");
            assertThat(reading.attributes().unit()).contains("°F");
            assertThat(reading.committed()).contains(START.plusSeconds(102));
            assertThat(reading.position()).contains("0-10-4711");
            assertThat(reading.source()).isEqualTo(Source.HISTORY);
            assertThat(state.room().position()).isEqualTo("0-10-4711");
            assertThat(state.room().point(new PointId("sensor.new"))).isEmpty();

            PastState renamed = history.state(START.plusSeconds(600), new Work());
            assertThat(text(renamed, "sensor.new")).isEqualTo("71.00");
            PastState back = history.state(START.plusSeconds(1_000), new Work());
            assertThat(text(back, "sensor.new")).isEqualTo("80");
            assertThat(reading(back, "sensor.new").source()).isEqualTo(Source.TABLE);
        }
        try (History history = tables.historyWithoutRight()) {
            PastState state = history.state(START.plusSeconds(150), new Work());
            assertThat(point(state, "sensor.new").newest()).isEmpty();
            assertThat(text(history.state(START.plusSeconds(1_000), new Work()), "sensor.new"))
                    .isEqualTo("80");
        }
    }

    @Test
    void an_account_for_a_schema_that_is_not_there_leaves_home_assistants_tables()
            throws Exception {
        name(2, "sensor.a");
        row(1, "20", 10);
        try (History history =
                new History(
                        database.reader(),
                        database.root().withSchema("t_no_such_schema"),
                        ZoneOffset.UTC)) {
            assertThat(text(history.state(START.plusSeconds(20), new Work()), "sensor.a"))
                    .isEqualTo("20");
        }
    }

    @Test
    void a_row_of_the_states_knows_its_commit_by_the_archive() throws Exception {
        tables.createArchive(START);
        name(2, "sensor.a");
        row(9, "20", 10);
        tables.archive(
                "INSERT INTO point VALUES (1,'" + database.schema() + "','sensor.a',1)",
                "INSERT INTO point_key VALUES ('" + database.schema() + "',2,1)",
                "INSERT INTO stream VALUES (1,0,10)",
                "INSERT INTO reading VALUES (1,"
                        + micros(10 * SECOND)
                        + ",9,NULL,20,'20',NULL,"
                        + START.plusSeconds(12).getEpochSecond()
                        + ",1,5)");
        try (History history = tables.history()) {
            PastState state = history.state(START.plusSeconds(20), new Work());
            assertThat(reading(state, "sensor.a").committed()).contains(START.plusSeconds(12));
            assertThat(state.room().position()).isEqualTo("0-10-5");
            assertThat(state.room().committed()).contains(START.plusSeconds(12));
        }
    }

    @Test
    void where_only_roll_ups_are_left_the_finest_tells_its_last_value() throws Exception {
        tables.createArchive(START);
        String schema = database.schema();
        tables.archive(
                "INSERT INTO point VALUES (1,'"
                        + schema
                        + "','sensor.a',1),(2,'"
                        + schema
                        + "','binary_sensor.door',0)",
                "INSERT INTO point_key VALUES ('" + schema + "',2,1),('" + schema + "',3,2)",
                "INSERT INTO text_change VALUES (2,"
                        + micros(-HOUR)
                        + ",1,'on'),(2,"
                        + micros(HOUR)
                        + ",2,'off')",
                "UPDATE archive SET expired_to_us=" + micros(48 * HOUR));
        long day = micros(0);
        List<Rolled> quarters = new ArrayList<>();
        for (int i = 0; i < 96; i++) {
            long from = day + i * HOUR / 4;
            quarters.add(
                    new Rolled(
                            // From ten to eleven nothing was trustworthy.
                            i / 4 == 10
                                    ? Bucket.empty(from, from + HOUR / 4)
                                    : bucket(from, from + HOUR / 4, i),
                            Optional.of("°C")));
        }
        tables.block("quarters", 1, day, HOUR / 4, quarters);
        List<Rolled> minutes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            long from = day + 5 * HOUR + i * 60L * SECOND;
            minutes.add(new Rolled(bucket(from, from + 60 * SECOND, 500 + i), Optional.of("°C")));
        }
        tables.block("minutes", 1, day + 5 * HOUR, 60 * SECOND, minutes);
        try (History history = tables.history()) {
            PastState state = history.state(Times.instant(day + 2 * HOUR + 1), new Work());
            assertThat(reading(state, "sensor.a").value()).hasValue(7);
            assertThat(state.aggregated()).containsEntry(KEY, Duration.ofMinutes(15));
            assertThat(quality(state, "sensor.a")).isEqualTo(Quality.of(Reason.AGGREGATED));
            assertThat(text(state, "binary_sensor.door")).isEqualTo("off");
            assertThat(quality(state, "binary_sensor.door")).isEqualTo(Quality.GOOD);

            PastState finer =
                    history.state(Times.instant(day + 5 * HOUR + 90 * SECOND), new Work());
            assertThat(reading(finer, "sensor.a").value()).hasValue(500);
            assertThat(reading(finer, "sensor.a").time())
                    .isEqualTo(Times.instant(day + 5 * HOUR + 60 * SECOND));
            assertThat(finer.aggregated()).containsEntry(KEY, Duration.ofMinutes(1));

            PastState gap = history.state(Times.instant(day + 10 * HOUR + 1), new Work());
            assertThat(quality(gap, "sensor.a")).isEqualTo(Quality.of(Reason.UNKNOWN));
            tables.archive(
                    "INSERT INTO outage VALUES ('"
                            + schema
                            + "',"
                            + (day + 10 * HOUR)
                            + ","
                            + (day + 11 * HOUR)
                            + ")");
            PastState stopped = history.state(Times.instant(day + 10 * HOUR + 60), new Work());
            assertThat(reading(stopped, "sensor.a").value()).hasValue(39);
            assertThat(stopped.freshness().voice().kind()).isEqualTo(Voice.Kind.STOPPED);
        }
    }

    private static Bucket bucket(long from, long to, double value) {
        return new Bucket(from, to, value, value, value, value, value, 1, to - from, Double.NaN, 1);
    }

    private void name(long key, String name) {
        database.execute("INSERT INTO states_meta VALUES (" + key + ",'" + name + "')");
    }

    private void row(long id, @Nullable String text, long seconds) throws SQLException {
        add(id, 2, text, seconds);
        tables.write(rows);
    }

    private void add(long id, long key, @Nullable String text, long seconds) {
        rows.add(new PastTables.Row(id, key, text, micros(seconds * SECOND), null, null));
    }

    private static PointState point(PastState state, String name) {
        return state.room().point(new PointId(name)).orElseThrow();
    }

    private static Reading reading(PastState state, String name) {
        return point(state, name).newest().orElseThrow();
    }

    private static @Nullable String text(PastState state, String name) {
        return reading(state, name).text();
    }

    private static Quality quality(PastState state, String name) throws Fault {
        return point(state, name).quality(state.at(), state.freshness()).orElseThrow();
    }
}
