package vigie.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Random;

class SourceTimeTest {
    @Test
    void a_double_becomes_the_nearest_microsecond() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            double seconds = random.nextDouble() * 4e9;
            long micros =
                    new BigDecimal(seconds)
                            .movePointRight(6)
                            .setScale(0, RoundingMode.HALF_UP)
                            .longValueExact();
            assertThat(SourceTime.of(seconds))
                    .contains(
                            Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000));
        }
    }

    @Test
    void a_fraction_that_rounds_up_carries_into_the_second() {
        assertThat(SourceTime.of(Math.nextDown(1_795_254_461.0)))
                .contains(Instant.ofEpochSecond(1_795_254_461));
    }

    @Test
    void what_is_no_time_gives_none() {
        for (double odd :
                new double[] {
                    Double.NaN, -1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300
                }) {
            assertThat(SourceTime.of(odd)).isEmpty();
        }
    }
}
