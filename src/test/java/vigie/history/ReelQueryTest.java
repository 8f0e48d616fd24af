package vigie.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.history.archive.Rolled;
import vigie.history.series.Bucket;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Quality;
import vigie.point.Quality.Reason;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.recording.Basis;
import vigie.recording.Playhead;
import vigie.recording.Reel;
import vigie.room.Fact;
import vigie.room.Freshness;
import vigie.room.PointState;
import vigie.room.RoomState;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

@ExtendWith(EmbeddedMariaDb.class)
class ReelQueryTest {
    private static final Instant START = Instant.parse("2026-03-04T00:00:00Z");
    private static final long SECOND = 1_000_000;
    private static final long HOUR = 3_600 * SECOND;

    private final TestDatabase database;
    private final PastTables tables;
    private final List<PastTables.Row> rows = new ArrayList<>();
    private final Set<Quality> seen = new HashSet<>();

    ReelQueryTest(TestDatabase database) {
        this.database = database;
        tables = new PastTables(database);
    }

    @BeforeEach
    void create() throws IOException {
        tables.create();
    }

    @Test
    void every_moment_of_a_reel_is_the_state_of_that_moment() throws Exception {
        for (long seed = 1; seed <= 3; seed++) {
            tables.create();
            rows.clear();
            Random random = new Random(seed);
            people(random);
            tables.write(rows);
            try (History history = tables.history()) {
                for (int i = 0; i < 8; i++) {
                    agrees(
                            history,
                            START.plusMillis(random.nextLong(28 * 3_600_000L)),
                            random,
                            "seed " + seed);
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

    @Test
    void what_was_purged_comes_from_the_archive_with_commits_and_names() throws Exception {
        Random random = new Random(5);
        people(random);
        tables.createArchive(START);
        tables.write(rows);
        archive();
        // Renamed, and what came before is partly purged; one point lost all its rows.
        tables.archive(
                "INSERT INTO point_name VALUES (3,"
                        + second(9 * HOUR + 100 * SECOND)
                        + ",'sensor.new')");
        database.execute(
                "UPDATE states_meta SET entity_id='sensor.new' WHERE metadata_id=3",
                "SET foreign_key_checks=0",
                "DELETE FROM states WHERE metadata_id=5",
                "DELETE FROM states WHERE last_updated_ts < " + Times.seconds(micros(10 * HOUR)));
        try (History history = tables.history()) {
            for (int i = 0; i < 10; i++) {
                agrees(
                        history,
                        START.plusMillis(random.nextLong(28 * 3_600_000L)),
                        random,
                        "archive");
            }
            agrees(history, Times.instant(micros(9 * HOUR + 100 * SECOND)), random, "rename");
            agrees(history, Times.instant(micros(10 * HOUR)), random, "purge");
            Reel reel = history.reel(Times.instant(micros(9 * HOUR)), Basis.KNOWN_NOW, new Work());
            assertThat(reel.readings()).isPositive();
            assertThat(
                            reel.at(Times.instant(micros(9 * HOUR + 99 * SECOND)))
                                    .point(new PointId("sensor.p3")))
                    .isPresent();
            assertThat(
                            reel.at(Times.instant(micros(9 * HOUR + 100 * SECOND)))
                                    .point(new PointId("sensor.new")))
                    .isPresent();
            assertThat(
                            reel.at(reel.to())
                                    .point(new PointKey(5))
                                    .orElseThrow()
                                    .newest()
                                    .orElseThrow())
                    .satisfies(reading -> {
                        assertThat(reading.committed()).isPresent();
                        assertThat(reading.position()).isPresent();
                        assertThat(reading.source()).isEqualTo(Source.HISTORY);
                    });
        }
    }

    @Test
    void roll_ups_change_where_their_buckets_end() throws Exception {
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
                "UPDATE archive SET complete_from_us="
                        + micros(48 * HOUR)
                        + ",expired_to_us="
                        + micros(48 * HOUR));
        List<Rolled> quarters = new ArrayList<>();
        for (int i = 0; i < 96; i++) {
            long from = micros(i * HOUR / 4);
            quarters.add(
                    new Rolled(
                            i / 4 == 10
                                    ? Bucket.empty(from, from + HOUR / 4)
                                    : bucket(from, from + HOUR / 4, i),
                            Optional.of("°C")));
        }
        tables.block("quarters", 1, micros(0), HOUR / 4, quarters);
        List<Rolled> minutes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            long from = micros(5 * HOUR + i * 60L * SECOND);
            minutes.add(new Rolled(bucket(from, from + 60 * SECOND, 500 + i), Optional.of("°C")));
        }
        tables.block("minutes", 1, micros(5 * HOUR), 60 * SECOND, minutes);
        Random random = new Random(2);
        try (History history = tables.history()) {
            for (long at : new long[] {HOUR, 2 * HOUR, 5 * HOUR + 1, 10 * HOUR, 11 * HOUR}) {
                agrees(history, Times.instant(micros(at)), random, "roll-ups");
            }
            Reel reel = history.reel(Times.instant(micros(2 * HOUR)), Basis.KNOWN_NOW, new Work());
            assertThat(reel.widths()).containsEntry(new PointKey(2), Duration.ofMinutes(15));
            assertThat(Duration.between(reel.from(), reel.to())).isEqualTo(Duration.ofHours(1));
        }
        assertThat(seen).contains(Quality.of(Reason.AGGREGATED), Quality.of(Reason.UNKNOWN));
    }

    @Test
    void a_reel_that_reaches_the_present_ends_there() throws Exception {
        database.execute("INSERT INTO states_meta VALUES (2,'sensor.a')");
        try (History history = tables.history()) {
            assertThat(history.extent(new Work())).isEmpty();
            rows.add(new PastTables.Row(1, 2, "20", micros(SECOND), null, null));
            tables.write(rows);
            Reel reel = history.reel(Instant.MAX, Basis.KNOWN_NOW, new Work());
            History.Extent extent = history.extent(new Work()).orElseThrow();
            assertThat(extent.from()).isEqualTo(Times.instant(micros(SECOND)));
            assertThat(reel.to()).isBetween(extent.to().minusSeconds(60), extent.to());
            assertThat(reel.from()).isBefore(reel.to());
            Reel before = history.reel(reel.from().minusNanos(1_000), Basis.KNOWN_NOW, new Work());
            assertThat(before.to()).isEqualTo(reel.from());
        }
    }

    @Test
    void many_rows_are_cut_in_pieces_that_meet() throws Exception {
        database.execute("INSERT INTO states_meta VALUES (2,'sensor.a'),(4,'sensor.b')");
        for (int i = 0; i < 70_000; i++) {
            rows.add(
                    new PastTables.Row(
                            i + 1, 2 + 2 * (i % 2), "2" + i % 10, micros(i * 8_000L), null, null));
        }
        tables.write(rows);
        try (History history = tables.history()) {
            Instant at = START.minusSeconds(1);
            int readings = 0;
            int reels = 0;
            while (at.isBefore(START.plusSeconds(600))) {
                Reel reel = history.reel(at, Basis.KNOWN_NOW, new Work());
                assertThat(reel.readings()).isLessThanOrEqualTo(30_000);
                Reel next = history.reel(reel.to(), Basis.KNOWN_NOW, new Work());
                assertThat(next.from()).isEqualTo(reel.to());
                assertThat(next.at(next.from())).isEqualTo(reel.at(reel.to()));
                readings += reel.readings();
                reels++;
                at = reel.to();
            }
            assertThat(readings).isEqualTo(70_000);
            assertThat(reels).isGreaterThan(3);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_purge_while_it_is_read_does_not_tear_a_reel(boolean archived) throws Exception {
        database.execute(
                "INSERT INTO states_meta VALUES"
                        + " (1,'sensor.a'),(2,'sensor.b'),(3,'sensor.c'),(4,'sensor.d')");
        for (int i = 0; i < 4_000; i++) {
            long time = micros(HOUR / 2 + i * 15L * SECOND);
            rows.add(new PastTables.Row(i + 1, 1 + i % 4, "2" + i % 10, time, null, null));
        }
        if (archived) {
            tables.createArchive(START);
        }
        tables.write(rows);
        if (archived) {
            archive();
        }
        // As Home Assistant does it: the oldest first, in many transactions.
        AtomicLong gone = new AtomicLong();
        Thread purge =
                Thread.ofVirtual()
                        .start(() -> {
                            for (int to = 4; to <= 4_000; to += 4) {
                                database.execute(
                                        "SET foreign_key_checks=0",
                                        "DELETE FROM states WHERE state_id <= " + to);
                                gone.set(to);
                            }
                        });
        int during = 0;
        try (History history = tables.history()) {
            while (purge.isAlive()) {
                long before = gone.get();
                // The stretch that it is at, or comes to while this is read.
                Instant at = Times.instant(micros(HOUR / 2 + (before + 20) * 15 * SECOND));
                Reel reel = history.reel(at, Basis.KNOWN_NOW, new Work());
                long after = gone.get();
                during += before < after ? 1 : 0;
                assertWhole(reel, archived ? 0 : before, archived ? 0 : after + 4);
            }
        } finally {
            purge.join();
        }
        assertThat(during).as("reels read while rows went").isGreaterThan(20);
    }

    /**
     * Rows up to one are gone, all that are younger are there.
     *
     * @param from at least so many are gone
     * @param to at most
     */
    private void assertWhole(Reel reel, long from, long to) {
        TreeSet<Long> there = new TreeSet<>();
        for (Playhead head = reel.play(); head.next().isPresent(); head.step()) {
            for (Fact fact : head.next().get().group().facts()) {
                if (fact instanceof Fact.Observed(Reading reading)) {
                    there.add(reading.id().orElseThrow());
                }
            }
        }
        Set<Long> beginning = new TreeSet<>();
        for (PointState point : reel.at(reel.from()).points()) {
            point.newest().ifPresent(one -> beginning.add(one.id().orElseThrow()));
        }
        TreeSet<Long> all = new TreeSet<>();
        TreeSet<Long> before = new TreeSet<>();
        for (PastTables.Row row : rows) {
            Instant time = Times.instant(row.time());
            if (!time.isAfter(reel.from())) {
                before.add(row.id());
            } else if (!time.isAfter(reel.to())) {
                all.add(row.id());
            }
        }
        if (beginning.isEmpty()) {
            long lowest = there.isEmpty() ? all.last() + 1 : there.first();
            assertThat(there).isEqualTo(all.tailSet(lowest, true));
            assertThat(lowest - 1)
                    .isBetween(Math.min(from, all.last()), Math.max(to, all.first() - 1));
        } else {
            // Each of the four points says something in a minute, one after the other.
            long lowest = before.last() - 3;
            if (!beginning.contains(lowest)) {
                lowest = beginning.stream().min(Long::compare).orElseThrow();
                assertThat(lowest - 1).isBetween(from, to);
            }
            assertThat(beginning).isEqualTo(before.tailSet(lowest, true));
            assertThat(there).isEqualTo(all);
        }
    }

    /** A reel's moments, its end and its neighbour, against the states of the same moments. */
    private void agrees(History history, Instant at, Random random, String what) throws Exception {
        Reel reel = history.reel(at, Basis.KNOWN_NOW, new Work());
        assertThat(reel.holds(at)).isTrue();
        List<Instant> moments = new ArrayList<>(List.of(reel.from(), at));
        long length = Duration.between(reel.from(), reel.to()).toMillis();
        for (int i = 0; i < 4; i++) {
            moments.add(reel.from().plusMillis(random.nextLong(length)));
        }
        for (Instant moment : moments) {
            PastState state = history.state(moment, new Work());
            RoomState room = reel.at(moment);
            assertThat(said(room))
                    .as("%s at %s of %s", what, moment, at)
                    .isEqualTo(said(state.room()));
            assertThat(room.recorder()).isEqualTo(state.room().recorder());
            Freshness freshness =
                    Freshness.of(
                            room,
                            reel.cadences(),
                            Freshness.USUAL_COMMIT,
                            Optional.empty(),
                            moment);
            assertThat(qualities(room, freshness, moment))
                    .as("%s at %s of %s", what, moment, at)
                    .isEqualTo(qualities(state.room(), state.freshness(), moment));
            seen.addAll(qualities(room, freshness, moment).values());
            Reel alone = history.at(moment, Basis.KNOWN_NOW, new Work());
            assertThat(alone.at(moment)).as("%s at %s of %s", what, moment, at).isEqualTo(room);
        }
        Reel next = history.reel(reel.to(), Basis.KNOWN_NOW, new Work());
        assertThat(next.from()).isEqualTo(reel.to());
        assertThat(next.at(next.from()))
                .as("%s at %s", what, next.from())
                .isEqualTo(reel.at(reel.to()));
    }

    /** Every field but the way it came. */
    private static Map<PointKey, String> said(RoomState room) {
        Map<PointKey, String> said = new TreeMap<>();
        for (PointState point : room.points()) {
            said.put(
                    point.key(),
                    point.id() + " " + point.newest().map(ReelQuery::past).map(Reading::toString));
        }
        return said;
    }

    private static Map<PointKey, Quality> qualities(
            RoomState room, Freshness freshness, Instant at) {
        Map<PointKey, Quality> qualities = new TreeMap<>();
        for (PointState point : room.points()) {
            point.quality(at, freshness).ifPresent(its -> qualities.put(point.key(), its));
        }
        return qualities;
    }

    /** Points of all habits, over a day and some hours, with a stop, gaps and deaths. */
    private void people(Random random) {
        List<PastTables.Row> all = new ArrayList<>();
        double[] steps = {10, 17, 30, 60, 300, 900, 4_000};
        long stop = 20 * HOUR + random.nextLong(4 * HOUR);
        long start = stop + random.nextLong(HOUR);
        for (int key = 1; key <= 16; key++) {
            database.execute("INSERT INTO states_meta VALUES (" + key + ",'sensor.p" + key + "')");
            double step = steps[random.nextInt(steps.length)];
            boolean regular = random.nextBoolean();
            long death = random.nextInt(4) == 0 ? random.nextLong(28 * HOUR) : Long.MAX_VALUE;
            long time = random.nextLong(HOUR);
            while (time < 28 * HOUR && time < death) {
                if (time <= stop || time >= start) {
                    int what = random.nextInt(200);
                    String text =
                            what == 0
                                    ? "unavailable"
                                    : what == 1 ? null : String.valueOf(random.nextInt(50));
                    all.add(new PastTables.Row(0, key, text, micros(time), null, null));
                }
                double next = regular ? 0.9 + 0.2 * random.nextDouble() : 3 * random.nextDouble();
                time += Math.round(step * next * SECOND) + 1;
            }
        }
        all.sort(Comparator.comparingLong(PastTables.Row::time));
        Map<Long, Long> last = new TreeMap<>();
        for (int i = 0; i < all.size(); i++) {
            PastTables.Row row = all.get(i);
            Long before = last.put(row.key(), (long) i + 1);
            rows.add(
                    new PastTables.Row(
                            i + 1L,
                            row.key(),
                            row.text(),
                            row.time(),
                            null,
                            random.nextInt(100) == 0 ? null : before));
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

    /** All that is in {@code states}, as the archiver would write it. */
    private void archive() {
        String schema = database.schema();
        tables.archive(
                "INSERT INTO point SELECT metadata_id,'"
                        + schema
                        + "',entity_id,1 FROM `"
                        + schema
                        + "`.states_meta",
                "INSERT INTO point_key SELECT '" + schema + "',id,id FROM point",
                "INSERT INTO point_name SELECT id,0,name FROM point",
                "INSERT INTO attributes VALUES (1,x'01','°C',NULL,'measurement',NULL),"
                        + "(2,x'02',NULL,NULL,NULL,NULL)",
                "INSERT INTO stream VALUES (1,0,10)",
                "INSERT INTO reading SELECT metadata_id,ROUND(last_updated_ts*1e6),state_id,NULL,"
                        + "IF(state='unavailable',NULL,state),state,attributes_id,"
                        + "CEIL(last_updated_ts),1,state_id FROM `"
                        + schema
                        + "`.states");
    }

    private static Bucket bucket(long from, long to, double value) {
        return new Bucket(from, to, value, value, value, value, value, 1, to - from, Double.NaN, 1);
    }

    private static String sql(Instant at) {
        return at.toString().replace('T', ' ').replace("Z", "");
    }

    private static long second(long since) {
        return micros(since) / SECOND;
    }

    private static long micros(long since) {
        return Times.micros(START) + since;
    }
}
