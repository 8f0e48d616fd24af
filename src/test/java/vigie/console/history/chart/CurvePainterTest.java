package vigie.console.history.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.history.series.Bucket;
import vigie.history.series.Segment;
import vigie.history.series.Tier;

import java.util.List;
import java.util.Optional;
import java.util.Random;

class CurvePainterTest {
    private static final int WHITE = 0xffffffff;
    private static final int WARNING = 0xffffa630;
    private static final int ALARM = 0xffff2d55;
    private static final int HATCH = 0xff7f8b94;

    private final int[] pixels = new int[300 * 100];
    private final Raster raster = new Raster(pixels, 300, 100);
    private final CurvePainter painter = new CurvePainter(raster, 1, WARNING, ALARM, HATCH);
    private final CurvePainter.Frame frame =
            new CurvePainter.Frame(new ValueScale(0, 100, 10, 0), 0, 100);
    private final Projection projection = new Projection(new Stretch(0, 300), 0, 300);

    @Test
    void no_line_goes_through_a_gap() {
        paint(List.of(held(0, 100, 50), Bucket.empty(100, 200), held(200, 300, 50)), List.of());
        assertThat(isEmpty(50)).isFalse();
        assertThat(isEmpty(99)).isFalse();
        for (int x = 100; x < 200; x++) {
            assertThat(isEmpty(x)).as("column " + x).isTrue();
        }
        assertThat(isEmpty(200)).isFalse();
    }

    @Test
    void only_what_is_outside_its_limits_has_a_colour() {
        LimitLine limits = new LimitLine(0, 300, Double.NaN, Double.NaN, 60, 80);
        paint(List.of(held(0, 100, 50), held(100, 200, 70), held(200, 300, 90)), List.of(limits));
        assertThat(raster.pixel(50, 50)).isEqualTo(WHITE);
        assertThat(raster.pixel(150, 30)).isEqualTo(WARNING);
        assertThat(raster.pixel(250, 10)).isEqualTo(ALARM);
    }

    @Test
    void a_value_on_its_limit_is_inside_it() {
        paint(
                List.of(held(0, 300, 60)),
                List.of(new LimitLine(0, 300, Double.NaN, Double.NaN, 60, 80)));
        assertThat(raster.pixel(150, 40)).isEqualTo(WHITE);
    }

    @Test
    void limits_hold_while_they_hold() {
        paint(
                List.of(held(0, 300, 70)),
                List.of(
                        new LimitLine(0, 150, Double.NaN, Double.NaN, 60, Double.NaN),
                        new LimitLine(150, 300, Double.NaN, Double.NaN, 75, Double.NaN)));
        assertThat(raster.pixel(100, 30)).isEqualTo(WARNING);
        assertThat(raster.pixel(200, 30)).isEqualTo(WHITE);
    }

    @Test
    void a_lane_in_which_nothing_is_known_is_hatched_and_a_unit_that_ended_is_not() {
        Track gap = track(List.of(held(0, 100, 50), Bucket.empty(100, 200)));
        painter.gaps(List.of(gap), projection, frame, 300, true);
        assertThat(isEmpty(50)).isTrue();
        assertThat(isEmpty(150)).isFalse();
        assertThat(isEmpty(250)).isTrue();
    }

    @Test
    void blending_is_what_slow_and_plain_arithmetic_says() {
        Random random = new Random(3);
        for (int round = 0; round < 2_000; round++) {
            int[] one = new int[3];
            Raster small = new Raster(one, 1, 3);
            int under = 0xff000000 | random.nextInt(1 << 24);
            small.run(0, 0, 3, under);
            int over = random.nextInt();
            small.run(0, 0, 3, over);
            int alpha = over >>> 24;
            for (int shift : new int[] {0, 8, 16}) {
                double wanted =
                        (((over >> shift) & 0xff) * alpha
                                        + ((under >> shift) & 0xff) * (255 - alpha))
                                / 255.0;
                assertThat((double) ((one[1] >> shift) & 0xff))
                        .isCloseTo(wanted, org.assertj.core.api.Assertions.within(1.01));
            }
            assertThat(one[1] >>> 24).isBetween(254, 255);
        }
    }

    private void paint(List<Bucket> buckets, List<LimitLine> limits) {
        painter.curve(track(buckets), projection, frame, new Stroke(WHITE, 0, 0, 3), 0.4, limits);
    }

    private boolean isEmpty(int x) {
        for (int y = 0; y < 100; y++) {
            if (raster.pixel(x, y) != 0) {
                return false;
            }
        }
        return true;
    }

    private static Track track(List<Bucket> buckets) {
        return Track.of("°C", List.of(new Segment(Optional.of("°C"), Tier.STATES, buckets)));
    }

    private static Bucket held(long from, long to, double value) {
        return new Bucket(from, to, value, value, value, value, value, 1, to - from, Double.NaN, 1);
    }
}
