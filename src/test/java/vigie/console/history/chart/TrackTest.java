package vigie.console.history.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import vigie.history.series.Bucket;
import vigie.history.series.Kind;
import vigie.history.series.Segment;
import vigie.history.series.Tier;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class TrackTest {
    private static final long SECOND = 1_000_000;

    @Test
    void a_spike_of_a_second_is_a_spike_at_every_zoom() {
        List<Bucket> buckets = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            double value = i == 123_456 ? 99 : 20;
            buckets.add(held(i * SECOND, (i + 1) * SECOND, value));
        }
        Track track = track(buckets);
        Columns columns = new Columns();
        for (long width : new long[] {200_000, 100_000, 20_000, 3_000, 500, 20}) {
            long from = Math.clamp(123_456 - width / 2, 0, 200_000 - width) * SECOND;
            track.reduce(
                    new Projection(new Stretch(from, from + width * SECOND), 0, 1_000), columns);
            double highest = Double.NaN;
            for (int x = 0; x < columns.width(); x++) {
                highest =
                        Double.isNaN(highest) ? columns.max[x] : Math.max(highest, columns.max[x]);
            }
            assertThat(highest).as("width " + width).isEqualTo(99);
        }
    }

    @Test
    void a_gap_stays_a_gap() {
        Track track =
                track(
                        List.of(
                                held(0, 100 * SECOND, 20),
                                Bucket.empty(100 * SECOND, 200 * SECOND),
                                held(200 * SECOND, 300 * SECOND, 22)));
        Columns columns = new Columns();
        track.reduce(new Projection(new Stretch(0, 300 * SECOND), 0, 300), columns);
        assertThat(columns.mean[50]).isEqualTo(20);
        assertThat(columns.mean[150]).isNaN();
        assertThat(columns.gap[150]).isEqualTo(1);
        assertThat(columns.mean[250]).isEqualTo(22);
    }

    @Test
    void columns_are_what_a_slow_and_plain_reckoning_says() {
        Random random = new Random(11);
        for (int round = 0; round < 50; round++) {
            List<Bucket> buckets = new ArrayList<>();
            long at = 0;
            for (int i = 0; i < 400; i++) {
                long end = at + (1 + random.nextInt(5)) * SECOND;
                buckets.add(
                        random.nextInt(6) == 0
                                ? Bucket.empty(at, end)
                                : held(at, end, random.nextInt(1_000) / 10.0));
                at = end;
            }
            Projection projection = new Projection(new Stretch(0, at), 0, 20);
            Columns columns = new Columns();
            track(buckets).reduce(projection, columns);
            double perColumn = at / 20.0;
            for (int x = 0; x < 20; x++) {
                double low = Double.POSITIVE_INFINITY;
                double high = Double.NEGATIVE_INFINITY;
                for (Bucket bucket : buckets) {
                    double share =
                            Math.min(x + 1, bucket.to() / perColumn)
                                    - Math.max(x, bucket.from() / perColumn);
                    // A sliver of one is shown by the column beside.
                    if (!bucket.isEmpty() && share > 0.021) {
                        low = Math.min(low, bucket.min());
                        high = Math.max(high, bucket.max());
                    }
                }
                assertThat(columns.min[x]).isLessThanOrEqualTo(low);
                assertThat(columns.max[x]).isGreaterThanOrEqualTo(high);
            }
        }
    }

    @Test
    void statistics_are_what_a_slow_and_plain_reckoning_says() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            double[] seconds = new double[600];
            List<Bucket> buckets = new ArrayList<>();
            int at = 0;
            while (at < 600) {
                int end = Math.min(600, at + 1 + random.nextInt(20));
                double value = random.nextInt(5) == 0 ? Double.NaN : random.nextInt(500) / 10.0;
                for (int i = at; i < end; i++) {
                    seconds[i] = value;
                }
                buckets.add(
                        Double.isNaN(value)
                                ? Bucket.empty(at * SECOND, end * SECOND)
                                : held(at * SECOND, end * SECOND, value));
                at = end;
            }
            int from = random.nextInt(300);
            int to = from + 1 + random.nextInt(299);
            double sum = 0;
            int known = 0;
            double low = Double.POSITIVE_INFINITY;
            for (int i = from; i < to; i++) {
                if (!Double.isNaN(seconds[i])) {
                    sum += seconds[i];
                    known++;
                    low = Math.min(low, seconds[i]);
                }
            }
            Statistics found =
                    Statistics.of(
                            track(buckets),
                            Kind.NUMBER,
                            new Stretch(from * SECOND, to * SECOND),
                            Long.MAX_VALUE);
            if (known == 0) {
                assertThat(found.mean()).isNaN();
                assertThat(found.gap()).isEqualTo(1);
            } else {
                assertThat(found.mean()).isCloseTo(sum / known, within(1e-9));
                assertThat(found.min()).isEqualTo(low);
                assertThat(found.gap()).isCloseTo(1 - (double) known / (to - from), within(1e-9));
            }
        }
    }

    @Test
    void a_meter_says_by_how_much_it_grew_and_a_mean_alone_is_its_own_least_and_greatest() {
        Bucket first = grown(0, 3_600 * SECOND, 100, 4);
        Bucket second = grown(3_600 * SECOND, 7_200 * SECOND, 104, 6);
        Statistics found =
                Statistics.of(
                        track(List.of(first, second)),
                        Kind.METER,
                        new Stretch(1_800 * SECOND, 7_200 * SECOND),
                        Long.MAX_VALUE);
        assertThat(found.growth()).isEqualTo(8);
        assertThat(found.min()).isEqualTo(100);
        assertThat(found.max()).isEqualTo(104);
    }

    @Test
    void north_winds_have_a_mean_in_the_north() {
        List<Bucket> buckets = List.of(angle(0, SECOND, 350), angle(SECOND, 2 * SECOND, 20));
        Statistics found =
                Statistics.of(
                        track(buckets), Kind.ANGLE, new Stretch(0, 2 * SECOND), Long.MAX_VALUE);
        assertThat(found.mean()).isCloseTo(5, within(1e-9));
        assertThat(found.min()).isNaN();
    }

    @Test
    void the_future_is_no_gap() {
        Bucket present = new Bucket(0, 100 * SECOND, 5, 5, 5, 5, 5, 1, 40 * SECOND, Double.NaN, 1);
        Statistics found =
                Statistics.of(
                        track(List.of(present)),
                        Kind.NUMBER,
                        new Stretch(0, 100 * SECOND),
                        40 * SECOND);
        assertThat(found.gap()).isZero();
    }

    private static Track track(List<Bucket> buckets) {
        return Track.of("°C", List.of(new Segment(Optional.of("°C"), Tier.STATES, buckets)));
    }

    private static Bucket held(long from, long to, double value) {
        return new Bucket(from, to, value, value, value, value, value, 1, to - from, Double.NaN, 1);
    }

    private static Bucket grown(long from, long to, double mean, double growth) {
        return new Bucket(
                from, to, Double.NaN, Double.NaN, mean, mean, mean, -1, to - from, growth, 1);
    }

    private static Bucket angle(long from, long to, double degrees) {
        return new Bucket(
                from,
                to,
                Double.NaN,
                Double.NaN,
                degrees,
                degrees,
                degrees,
                1,
                to - from,
                Double.NaN,
                1);
    }
}
