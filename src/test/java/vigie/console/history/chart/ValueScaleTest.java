package vigie.console.history.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Random;

class ValueScaleTest {
    @Test
    void all_values_are_shown_and_lines_are_round_numbers() {
        ValueScale scale = ValueScale.around(18.3, 24.9, 6, 0.4);
        assertThat(scale.low()).isLessThan(18.3);
        assertThat(scale.high()).isGreaterThan(24.9);
        assertThat(scale.lines()).containsExactly(18.0, 20.0, 22.0, 24.0);
        assertThat(scale.decimals()).isZero();
    }

    @Test
    void what_cannot_be_negative_is_not_shown_to_be() {
        assertThat(ValueScale.around(0, 0, 5, 10).low()).isGreaterThan(-1);
        assertThat(ValueScale.around(100, 100, 5, 10).low()).isBetween(90.0, 100.0);
    }

    @Test
    void any_two_numbers_have_an_axis_with_a_few_lines() {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            double low = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(12) - 4);
            double high = low + random.nextDouble() * Math.pow(10, random.nextInt(12) - 4);
            ValueScale scale =
                    ValueScale.around(low, high, 5, Math.max(1e-6, Math.abs(high) * 1e-9));
            assertThat(scale.suits(low, high)).as(low + " to " + high).isTrue();
            assertThat(scale.lines()).hasSizeBetween(1, 12);
        }
    }
}
