package vigie.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

class StatisticsTest {
    @Test
    void means_weigh_by_time_as_a_slow_count_by_milliseconds_does() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 50; round++) {
            List<Statistics.Sample> samples = new ArrayList<>();
            long at = -random.nextInt(2) * 4_000L + 1_500;
            while (at < 10_000) {
                samples.add(new Statistics.Sample(at / 1e3, random.nextInt(-50, 50)));
                at += 1 + random.nextInt(3_000);
            }
            double sum = 0;
            double min = Double.POSITIVE_INFINITY;
            int count = 0;
            for (int ms = 0; ms < 10_000; ms++) {
                Double value = null;
                for (Statistics.Sample sample : samples) {
                    value =
                            sample.time() * 1e3 <= ms + 0.5
                                    ? Double.valueOf(sample.value())
                                    : value;
                }
                if (value != null) {
                    sum += value;
                    min = Math.min(min, value);
                    count++;
                }
            }
            Statistics.Mean mean = Objects.requireNonNull(Statistics.mean(samples, 0, 10));
            assertThat(mean.mean()).isCloseTo(sum / count, within(1e-9));
            assertThat(mean.min()).isLessThanOrEqualTo(min);
        }
    }

    @Test
    void no_sample_makes_no_row() {
        assertThat(Statistics.mean(List.of(), 0, 300)).isNull();
        assertThat(Statistics.total(null, List.of())).isNull();
    }

    @Test
    void a_meter_adds_up_and_survives_a_reset() {
        Statistics.Total first =
                Statistics.total(null, List.of(sample(0, 100), sample(1, 103), sample(2, 110)));
        assertThat(first).isEqualTo(new Statistics.Total(110, 10));
        Statistics.Total reset =
                Statistics.total(first, List.of(sample(2, 110), sample(3, 4), sample(4, 6)));
        assertThat(reset).isEqualTo(new Statistics.Total(6, 16));
    }

    @Test
    void only_finite_numbers_count() {
        assertThat(Statistics.number("21.4")).isEqualTo(21.4);
        assertThat(Statistics.number("-0.5")).isEqualTo(-0.5);
        for (String text :
                new String[] {
                    "unavailable", "unknown", "", "NaN", "inf", "1e400", "1,5", "-", "21 °C"
                }) {
            assertThat(Statistics.number(text)).as(text).isNull();
        }
        assertThat(Statistics.number(null)).isNull();
    }

    private static Statistics.Sample sample(double time, double value) {
        return new Statistics.Sample(time, value);
    }
}
