package vigie.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.history.archive.BlockCodec;
import vigie.history.archive.Rolled;
import vigie.history.series.Bucket;
import vigie.history.series.Fold;
import vigie.history.series.Grid;
import vigie.history.series.Kind;
import vigie.history.series.Segment;
import vigie.history.series.Tier;
import vigie.point.PointId;
import vigie.store.DatabaseAddress;
import vigie.store.FutureSchema;
import vigie.store.OwnSchema;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Ranges over an archive whose tables are filled here, by no code of the archiver's. */
@ExtendWith(EmbeddedMariaDb.class)
class ArchiveRangeTest {
    private static final PointId INLET = new PointId("sensor.inlet");
    private static final long SECOND = 1_000_000;
    private static final long HOUR = 3_600 * SECOND;
    private static final long DAY = 24 * HOUR;

    private final TestDatabase database;
    private final DatabaseAddress own;
    private final Home home;

    ArchiveRangeTest(TestDatabase database) throws IOException {
        this.database = database;
        own = database.root().withSchema(database.schema() + "_own");
        home = Home.fresh(database);
        database.asRoot("DROP DATABASE IF EXISTS `" + own.schema() + "`");
        assertThat(OwnSchema.open(own)).isInstanceOf(OwnSchema.Usable.class);
    }

    @AfterEach
    void drop() {
        database.asRoot("DROP DATABASE IF EXISTS `" + own.schema() + "`");
    }

    private record Said(long time, double value) {}

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void a_range_over_all_tiers_equals_the_plain_definition(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        long now = Times.micros(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        long rolledTo = Math.floorDiv(now, HOUR) * HOUR - HOUR;
        long begin = Math.floorDiv(now, DAY) * DAY - 4 * DAY;
        // Home Assistant has purged all but the last hours, the archive its oldest readings.
        long purged = rolledTo - 5 * HOUR + random.nextLong(HOUR);
        long expired = begin + DAY;
        List<Said> said = new ArrayList<>();
        PlainSeries plain = new PlainSeries();
        long time = begin + random.nextLong(HOUR);
        while (time < now) {
            double value = random.nextInt(12) == 0 ? Double.NaN : random.nextInt(-200, 400) / 10.0;
            said.add(new Said(time, value));
            time +=
                    random.nextInt(30) == 0
                            ? random.nextLong(4 * HOUR)
                            : random.nextLong(600 * SECOND);
        }
        // What was held where the readings were dropped is known only where that minute is whole.
        said.add(new Said(expired - 90 * SECOND, 21));
        said.add(new Said(expired - 30 * SECOND, 22));
        said.removeIf(one ->
                Double.isNaN(one.value())
                        && one.time() > expired - 90 * SECOND
                        && one.time() < expired);
        said.sort(Comparator.comparingLong(Said::time));
        said.forEach(one -> plain.reading(one.time(), one.value(), "°C"));
        try (Home.Rows rows = home.new Rows()) {
            for (Said one : said) {
                if (one.time() >= purged) {
                    rows.add(
                            INLET.name(),
                            Double.isNaN(one.value()) ? "unavailable" : "" + one.value(),
                            one.time(),
                            Home.measured("°C"));
                }
            }
            // Somebody always speaks.
            rows.add("sensor.other", "1", now - 5 * SECOND, Home.measured("°C"));
        }
        fill(said, begin, expired, rolledTo);
        Set<Tier> seen = EnumSet.noneOf(Tier.class);
        try (History history = new History(database.root(), own, ZoneId.of("Europe/Brussels"))) {
            for (int i = 0; i < 60; i++) {
                if (i == 30) {
                    // A newer Vigie comes and adds to the tables: the rest is read as before.
                    assertThat(FutureSchema.open(own)).isInstanceOf(OwnSchema.Usable.class);
                    assertThat(OwnSchema.open(own)).isInstanceOf(OwnSchema.Newer.class);
                }
                long length = Math.round(Math.pow(10, 1 + random.nextDouble(4.5)) * SECOND);
                // The first is of the present, where only Home Assistant's states are.
                long from =
                        i == 0
                                ? now - 1_800 * SECOND
                                : begin + random.nextLong(now - begin - 600 * SECOND);
                long to = Math.min(now - 30 * SECOND, from + length);
                int wanted = random.nextInt(1, 300);
                if (i == 1) {
                    // One that is told in hours, whatever the time of day.
                    from = begin;
                    to = now - 30 * SECOND;
                    wanted = 20;
                }
                PointRange range =
                        history.range(
                                        List.of(INLET),
                                        Times.instant(from),
                                        Times.instant(Math.max(from + 1, to)),
                                        wanted,
                                        new Work())
                                .getFirst();
                long at = range.segments().getFirst().buckets().getFirst().from();
                assertThat(at).isLessThanOrEqualTo(from);
                for (Segment segment : range.segments()) {
                    seen.add(segment.tier());
                    for (Bucket bucket : segment.buckets()) {
                        assertThat(bucket.from()).isEqualTo(at);
                        at = bucket.to();
                        plain.compare(bucket, segment.unit(), Math.min(now, bucket.to()));
                    }
                }
                assertThat(at).isGreaterThanOrEqualTo(range.to());
            }
        }
        assertThat(seen)
                .contains(Tier.STATES, Tier.READINGS, Tier.MINUTES, Tier.QUARTERS, Tier.HOURS);
    }

    private void fill(List<Said> said, long begin, long expired, long rolledTo)
            throws SQLException {
        run(
                "INSERT INTO archive (recorder, complete_from_us, rolled_from_us, rolled_to_us,"
                        + " expired_to_us, fill_next, epoch) VALUES (?, ?, ?, ?, ?, 0, 1)",
                database.schema(),
                begin,
                begin,
                rolledTo,
                expired);
        run(
                "INSERT INTO point (id, recorder, name, rolled) VALUES (7, ?, ?, 1)",
                database.schema(),
                INLET.name());
        run(
                "INSERT INTO attributes (id, hash, unit, state_class) VALUES (3, UNHEX(MD5('x')), ?,"
                        + " 'measurement')",
                "°C");
        try (Connection connection = connect();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO reading (point, time_us, id, value, text, attributes)"
                                        + " VALUES (7, ?, ?, ?, ?, 3)")) {
            for (int i = 0; i < said.size(); i++) {
                Said one = said.get(i);
                // The one that holds where the readings begin was kept, as expiry keeps none: gone.
                if (one.time() >= expired && one.time() < rolledTo) {
                    insert.setLong(1, one.time());
                    insert.setLong(2, i);
                    insert.setObject(3, Double.isNaN(one.value()) ? null : one.value());
                    insert.setString(4, Double.isNaN(one.value()) ? "unavailable" : null);
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
        blocks("minutes", said, begin, rolledTo, 60 * SECOND, HOUR, Tier.MINUTES);
        blocks("quarters", said, begin, rolledTo, 900 * SECOND, DAY, Tier.QUARTERS);
        blocks("hours", said, begin, rolledTo, HOUR, DAY, Tier.HOURS);
    }

    private void blocks(
            String table,
            List<Said> said,
            long begin,
            long rolledTo,
            long width,
            long block,
            Tier tier)
            throws SQLException {
        Fold fold = new Fold(Grid.of(width), Kind.NUMBER, tier, begin);
        for (Said one : said) {
            if (one.time() < rolledTo) {
                fold.reading(one.time(), one.value(), Optional.of("°C"));
            }
        }
        Map<Long, List<Rolled>> byStart = new TreeMap<>();
        for (Segment segment : fold.finish(rolledTo, rolledTo)) {
            for (Bucket bucket : segment.buckets()) {
                byStart.computeIfAbsent(
                                Math.floorDiv(bucket.from(), block) * block, _ -> new ArrayList<>())
                        .add(new Rolled(bucket, segment.unit()));
            }
        }
        for (Map.Entry<Long, List<Rolled>> entry : byStart.entrySet()) {
            run(
                    "INSERT INTO " + table + " (point, start_us, buckets) VALUES (7, ?, ?)",
                    entry.getKey(),
                    BlockCodec.encode(entry.getValue(), entry.getKey(), width));
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = database.connect();
        connection.close();
        try (var ways = new vigie.store.Connections(own, "test")) {
            return ways.single();
        } catch (vigie.text.Fault fault) {
            throw new SQLException(fault);
        }
    }

    private void run(String sql, Object... values) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }
}
