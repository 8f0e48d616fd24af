package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class LogDoubtTest {
    private final LogDoubt doubt = new LogDoubt();

    private static long at(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void one_difference_after_another_makes_the_log_doubtful_for_ten_minutes() {
        doubt.differed(at(30));
        doubt.differed(at(60));
        assertThat(doubt.isDoubtful(at(61))).isFalse();
        doubt.differed(at(90));
        assertThat(doubt.isDoubtful(at(91))).isTrue();
        assertThat(doubt.isDoubtful(at(689))).isTrue();
        assertThat(doubt.isDoubtful(at(690))).isFalse();
    }

    @Test
    void differences_that_are_far_apart_do_not() {
        for (int i = 0; i < 10; i++) {
            doubt.differed(at(i * 600L));
            assertThat(doubt.isDoubtful(at(i * 600L))).isFalse();
        }
    }
}
