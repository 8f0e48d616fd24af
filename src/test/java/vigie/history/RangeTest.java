package vigie.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.history.series.Bucket;
import vigie.history.series.Segment;
import vigie.history.series.TextSpan;
import vigie.history.series.Tier;
import vigie.point.PointId;
import vigie.store.testing.EmbeddedMariaDb;
import vigie.store.testing.TestDatabase;
import vigie.text.Fault;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

@ExtendWith(EmbeddedMariaDb.class)
class RangeTest {
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");
    private static final PointId INLET = new PointId("sensor.inlet");
    private static final String CELSIUS = Home.measured("°C");
    private static final String FAHRENHEIT = Home.measured("°F");
    private static final long SECOND = 1_000_000;

    private final TestDatabase database;
    private final Home home;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    RangeTest(TestDatabase database) throws IOException {
        this.database = database;
        this.home = Home.fresh(database);
    }

    private History history() {
        return new History(
                database.reader(), database.reader().withSchema("nothing_here"), BRUSSELS);
    }

    private PointRange range(PointId point, Instant from, Instant to, int wanted) throws Fault {
        try (History history = history()) {
            return history.range(List.of(point), from, to, wanted, new Work()).getFirst();
        }
    }

    private static List<Bucket> buckets(PointRange range) {
        return range.segments().stream().flatMap(segment -> segment.buckets().stream()).toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_range_of_states_equals_the_plain_definition(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        long begin = Times.micros(now.minus(Duration.ofHours(6)));
        long end = Times.micros(now);
        PlainSeries plain = new PlainSeries();
        try (Home.Rows rows = home.new Rows()) {
            long time = begin + random.nextLong(3_600 * SECOND);
            boolean celsius = true;
            while (time < end - SECOND) {
                int dice = random.nextInt(20);
                String text =
                        switch (dice) {
                            case 0 -> "unavailable";
                            case 1 -> "unknown";
                            case 2 -> null;
                            case 3 -> "not a number";
                            default -> String.valueOf(random.nextInt(-200, 400) / 10.0);
                        };
                if (random.nextInt(60) == 0) {
                    celsius = !celsius;
                }
                rows.add(INLET.name(), text, time, celsius ? CELSIUS : FAHRENHEIT);
                plain.reading(
                        time,
                        dice > 3 ? Double.parseDouble(String.valueOf(text)) : Double.NaN,
                        celsius ? "°C" : "°F");
                time +=
                        random.nextInt(10) == 0
                                ? random.nextLong(1_800 * SECOND)
                                : random.nextLong(90 * SECOND);
            }
        }
        // Some other point speaks all the time, so that the recorder is never silent.
        try (Home.Rows rows = home.new Rows()) {
            for (long time = begin; time < end; time += 60 * SECOND) {
                rows.add("sensor.other", "1", time, CELSIUS);
            }
        }
        Instant stop = Times.instant(begin + random.nextLong(end - begin - 1_200 * SECOND));
        Instant again = stop.plusSeconds(random.nextLong(1, 900));
        home.run(Times.instant(begin), stop.truncatedTo(ChronoUnit.MICROS), false);
        home.run(again.truncatedTo(ChronoUnit.MICROS), null, false);
        plain.outage(Times.micros(stop.truncatedTo(ChronoUnit.MICROS)));
        for (int i = 0; i < 12; i++) {
            long from = begin - 3_600 * SECOND + random.nextLong(5 * 3_600 * SECOND);
            long to = from + 1 + random.nextLong(4 * 3_600 * SECOND);
            int wanted = random.nextInt(1, 400);
            PointRange range = range(INLET, Times.instant(from), Times.instant(to), wanted);
            long known = Times.micros(Instant.now());
            assertThat(range.from()).isLessThanOrEqualTo(from);
            if (to < known) {
                assertThat(range.to()).isGreaterThanOrEqualTo(to);
            }
            long at = range.from();
            for (Segment segment : range.segments()) {
                for (Bucket bucket : segment.buckets()) {
                    assertThat(bucket.from()).isEqualTo(at);
                    at = bucket.to();
                    plain.compare(bucket, segment.unit(), Math.min(known, bucket.to()));
                }
            }
            assertThat(at).isEqualTo(range.to());
        }
    }

    @Test
    void a_point_without_rows_has_a_gap_and_an_unknown_one_no_answer() throws Exception {
        home.key("sensor.empty");
        try (History history = history()) {
            List<PointRange> ranges =
                    history.range(
                            List.of(new PointId("sensor.empty"), new PointId("sensor.nobody")),
                            now.minusSeconds(3_600),
                            now,
                            10,
                            new Work());
            assertThat(ranges).hasSize(1);
            assertThat(ranges.getFirst().segments()).isEmpty();
            assertThat(ranges.getFirst().spans()).isEmpty();
        }
    }

    @Test
    void what_was_purged_is_told_by_the_statistics_and_both_meet_without_a_hole() throws Exception {
        Instant purged = now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(5));
        List<double[]> hours = new ArrayList<>();
        for (int i = 48; i > 0; i--) {
            double start = purged.minus(Duration.ofHours(i)).getEpochSecond();
            hours.add(new double[] {start, 20, i == 30 ? -5 : 19, 22, Double.NaN, Double.NaN});
        }
        home.statistics(INLET.name(), "°C", false, hours.toArray(double[][]::new));
        try (Home.Rows rows = home.new Rows()) {
            for (long s = 0; s < 5 * 3_600; s += 60) {
                rows.add(INLET.name(), "21", Times.micros(purged.plusSeconds(s)), CELSIUS);
            }
        }
        PointRange range =
                range(
                        INLET,
                        purged.minus(Duration.ofDays(2)),
                        purged.plus(Duration.ofMinutes(290)),
                        2_000);
        assertThat(range.segments())
                .extracting(Segment::tier)
                .containsExactly(Tier.STATISTICS, Tier.STATES);
        assertThat(buckets(range).stream().filter(bucket -> bucket.gap() > 0)).isEmpty();
        // The one cold moment of a day and a half ago is there at every zoom.
        assertThat(buckets(range).stream().mapToDouble(Bucket::min).min().orElseThrow())
                .isEqualTo(-5);
        assertThat(
                        buckets(range(INLET, purged.minus(Duration.ofDays(400)), now, 20)).stream()
                                .mapToDouble(Bucket::min)
                                .filter(min -> !Double.isNaN(min))
                                .min()
                                .orElseThrow())
                .isEqualTo(-5);
    }

    @Test
    void a_recorder_that_says_nothing_any_more_leaves_a_gap_and_no_flat_line() throws Exception {
        try (Home.Rows rows = home.new Rows()) {
            for (long s = 0; s < 3_600; s += 10) {
                rows.add(INLET.name(), "21", Times.micros(now.minusSeconds(7_200 - s)), CELSIUS);
            }
        }
        PointRange range = range(INLET, now.minusSeconds(7_200), now, 4);
        List<Bucket> buckets = buckets(range);
        assertThat(buckets.getLast().isEmpty()).isTrue();
        assertThat(buckets.getLast().gap()).isEqualTo(1);
    }

    @Test
    void an_outage_that_was_over_before_the_range_still_cuts_off_who_said_nothing_since()
            throws Exception {
        Instant stop = now.minus(Duration.ofHours(10));
        home.run(now.minus(Duration.ofDays(1)), stop, false);
        home.run(stop.plusSeconds(600), null, false);
        try (Home.Rows rows = home.new Rows()) {
            rows.add(INLET.name(), "21", Times.micros(stop.minusSeconds(60)), CELSIUS);
            for (long s = 0; s < 9 * 3_600 + 3_590; s += 30) {
                rows.add("sensor.other", "1", Times.micros(stop.plusSeconds(600 + s)), CELSIUS);
            }
        }
        PointRange range = range(INLET, now.minusSeconds(7_200), now.minusSeconds(3_600), 10);
        assertThat(buckets(range)).allMatch(Bucket::isEmpty);
    }

    @Test
    void an_on_off_point_has_spans_and_the_one_that_stood_before_begins_them() throws Exception {
        PointId door = new PointId("binary_sensor.door");
        String json = "{\"device_class\":\"door\"}";
        long start = Times.micros(now.minusSeconds(3_600));
        try (Home.Rows rows = home.new Rows()) {
            rows.add(door.name(), "off", start - 60 * SECOND, json);
            rows.add(door.name(), "on", start + 60 * SECOND, json);
            rows.add(door.name(), "on", start + 70 * SECOND, json);
            rows.add(door.name(), "off", start + 90 * SECOND, json);
            rows.add(door.name(), "unavailable", start + 3_500 * SECOND, json);
        }
        PointRange range = range(door, Times.instant(start), now, 60);
        assertThat(range.segments()).isEmpty();
        assertThat(range.spans())
                .extracting(TextSpan::text)
                .containsExactly("off", "on", "off", "unavailable");
        assertThat(range.spans().get(1).from()).isEqualTo(start + 60 * SECOND);
        assertThat(range.spans().get(1).to()).isEqualTo(start + 90 * SECOND);
        assertThat(range.spans().getLast().quality().isBad()).isTrue();
    }

    @Test
    void days_begin_at_the_rooms_midnight_also_where_a_day_has_another_length() throws Exception {
        // 29 March 2026 has 23 hours in Brussels, 25 October 25.
        List<double[]> hours = new ArrayList<>();
        Instant first = Instant.parse("2026-03-20T00:00:00Z");
        for (int i = 0; i < 24 * 225; i++) {
            double start = first.plus(Duration.ofHours(i)).getEpochSecond();
            hours.add(new double[] {start, 20, 19, 21, Double.NaN, Double.NaN});
        }
        home.statistics(INLET.name(), "°C", false, hours.toArray(double[][]::new));
        PointRange spring =
                range(
                        INLET,
                        Instant.parse("2026-03-27T23:00:00Z"),
                        Instant.parse("2026-03-30T22:00:00Z"),
                        3);
        assertThat(buckets(spring))
                .extracting(bucket -> Duration.of(bucket.to() - bucket.from(), ChronoUnit.MICROS))
                .containsExactly(Duration.ofHours(24), Duration.ofHours(23), Duration.ofHours(24));
        PointRange autumn =
                range(
                        INLET,
                        Instant.parse("2026-10-23T22:00:00Z"),
                        Instant.parse("2026-10-26T23:00:00Z"),
                        4);
        assertThat(buckets(autumn))
                .extracting(bucket -> Duration.of(bucket.to() - bucket.from(), ChronoUnit.MICROS))
                .containsExactly(Duration.ofHours(24), Duration.ofHours(25), Duration.ofHours(24));
        assertThat(buckets(autumn)).allMatch(bucket -> bucket.gap() == 0);
    }

    @Test
    void an_angle_has_a_circular_mean() throws Exception {
        PointId wind = new PointId("sensor.wind");
        String json = "{\"unit_of_measurement\":\"°\",\"state_class\":\"measurement_angle\"}";
        long start = Times.micros(now.minusSeconds(7_200).truncatedTo(ChronoUnit.HOURS));
        try (Home.Rows rows = home.new Rows()) {
            rows.add(wind.name(), "350", start, json);
            rows.add(wind.name(), "10", start + 1_800 * SECOND, json);
            rows.add(wind.name(), "10", start + 3_600 * SECOND, json);
        }
        Bucket hour =
                buckets(range(wind, Times.instant(start), Times.instant(start + 3_600 * SECOND), 1))
                        .getFirst();
        assertThat(hour.mean() % 360).isCloseTo(0, within(1e-9));
        assertThat(hour.min()).isNaN();
    }

    @Test
    void a_meter_grows_through_its_resets() throws Exception {
        PointId energy = new PointId("sensor.energy");
        String json = "{\"unit_of_measurement\":\"kWh\",\"state_class\":\"total_increasing\"}";
        long start = Times.micros(now.minusSeconds(7_200).truncatedTo(ChronoUnit.HOURS));
        try (Home.Rows rows = home.new Rows()) {
            rows.add(energy.name(), "100", start - 60 * SECOND, json);
            rows.add(energy.name(), "103", start + 60 * SECOND, json);
            rows.add(energy.name(), "unavailable", start + 100 * SECOND, json);
            rows.add(energy.name(), "2", start + 120 * SECOND, json);
            rows.add(energy.name(), "5", start + 180 * SECOND, json);
        }
        Bucket hour =
                buckets(
                                range(
                                        energy,
                                        Times.instant(start),
                                        Times.instant(start + 3_600 * SECOND),
                                        1))
                        .getFirst();
        assertThat(hour.growth()).isCloseTo(3 + 2 + 3, within(1e-9));
    }

    @Test
    void a_meter_that_also_runs_backwards_falls_and_is_not_reset() throws Exception {
        PointId net = new PointId("sensor.net");
        String json = "{\"unit_of_measurement\":\"kWh\",\"state_class\":\"total\"}";
        long start = Times.micros(now.minusSeconds(7_200).truncatedTo(ChronoUnit.HOURS));
        try (Home.Rows rows = home.new Rows()) {
            rows.add(net.name(), "-10", start - 60 * SECOND, json);
            rows.add(net.name(), "-9.5", start + 60 * SECOND, json);
            rows.add(net.name(), "40", start + 120 * SECOND, json);
            rows.add(net.name(), "-9.6", start + 180 * SECOND, json);
        }
        Bucket hour =
                buckets(range(net, Times.instant(start), Times.instant(start + 3_600 * SECOND), 1))
                        .getFirst();
        assertThat(hour.growth()).isCloseTo(0.4, within(1e-9));
    }

    @Test
    void a_point_without_unit_that_says_a_number_among_its_words_is_told_in_spans()
            throws Exception {
        PointId mixed = new PointId("sensor.mode");
        long start = Times.micros(now.minusSeconds(600));
        try (Home.Rows rows = home.new Rows()) {
            int second = 0;
            for (String text : new String[] {"idle", "heating", "3", "idle", "off"}) {
                rows.add(mixed.name(), text, start + second * SECOND, "{}");
                second += 60;
            }
        }
        assertThat(range(mixed, Times.instant(start), now, 10).spans())
                .extracting(TextSpan::text)
                .containsExactly("idle", "heating", "3", "idle", "off");
    }

    @Test
    void four_days_of_which_one_has_25_hours_are_four_steps() {
        var grid =
                vigie.history.series.Grid.fitting(
                        Times.micros(Instant.parse("2026-10-23T22:00:00Z")),
                        Times.micros(Instant.parse("2026-10-27T23:00:00Z")),
                        4,
                        BRUSSELS);
        assertThat(grid.days()).isEqualTo(1);
    }

    @Test
    void a_renamed_point_brings_its_past_along() throws Exception {
        long start = Times.micros(now.minusSeconds(3_600));
        try (Home.Rows rows = home.new Rows()) {
            for (int i = 0; i < 360; i++) {
                rows.add(INLET.name(), "21", start + i * 10L * SECOND, CELSIUS);
            }
        }
        home.statistics(
                INLET.name(),
                "°C",
                false,
                new double[][] {
                    {now.getEpochSecond() / 3_600 * 3_600 - 36_000, 5, 4, 6, Double.NaN, Double.NaN}
                });
        database.execute(
                "UPDATE states_meta SET entity_id = 'sensor.renamed' WHERE entity_id = '"
                        + INLET.name()
                        + "'",
                "UPDATE statistics_meta SET statistic_id = 'sensor.renamed' WHERE statistic_id = '"
                        + INLET.name()
                        + "'");
        PointRange range =
                range(new PointId("sensor.renamed"), now.minus(Duration.ofDays(1)), now, 500);
        assertThat(buckets(range).stream().mapToInt(bucket -> Math.max(0, bucket.count())).sum())
                .isEqualTo(360);
        assertThat(buckets(range).stream().mapToDouble(Bucket::min).filter(min -> min == 4))
                .isNotEmpty();
        try (History history = history()) {
            assertThat(history.range(List.of(INLET), now.minusSeconds(60), now, 1, new Work()))
                    .isEmpty();
        }
    }

    @Test
    void an_upgrade_of_home_assistant_in_between_changes_no_answer() throws Exception {
        long start = Times.micros(now.minusSeconds(3_600));
        try (Home.Rows rows = home.new Rows()) {
            for (int i = 0; i < 360; i++) {
                rows.add(INLET.name(), "" + i % 7, start + i * 10L * SECOND, CELSIUS);
            }
        }
        Instant from = now.minusSeconds(3_600);
        Instant to = now.minusSeconds(60);
        try (History history = history()) {
            List<PointRange> before = history.range(List.of(INLET), from, to, 60, new Work());
            database.execute(
                    "ALTER TABLE states DROP COLUMN last_reported_ts, MODIFY COLUMN state"
                            + " VARCHAR(255) AFTER metadata_id, ADD COLUMN extra DATETIME FIRST",
                    "ALTER TABLE statistics_meta DROP COLUMN unit_class, DROP COLUMN mean_type",
                    "INSERT INTO schema_changes (schema_version, changed) VALUES (48, NOW())");
            List<PointRange> after = history.range(List.of(INLET), from, to, 60, new Work());
            assertThat(after).isEqualTo(before);
        }
    }

    @Test
    void a_cancelled_question_ends_on_the_server_too() throws Exception {
        try (Home.Rows rows = home.new Rows()) {
            rows.add(INLET.name(), "21", Times.micros(now.minusSeconds(60)), CELSIUS);
        }
        Work work = new Work();
        work.cancel();
        try (History history = history()) {
            assertThat(
                            org.assertj.core.api.Assertions.catchThrowable(() ->
                                    history.range(
                                            List.of(INLET), now.minusSeconds(60), now, 10, work)))
                    .isInstanceOf(java.util.concurrent.CancellationException.class);
            assertThat(history.points(new Work())).extracting(HistoryPoint::name).contains(INLET);
        }
    }
}
