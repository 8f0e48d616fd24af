package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Random;

class BackoffTest {
    private final Backoff backoff = new Backoff(new Random(1));

    @Test
    void for_five_minutes_no_wait_is_longer_than_a_second() {
        for (int second = 0; second < 299; second++) {
            assertThat(backoff.next(Duration.ofSeconds(second)))
                    .isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        }
    }

    @Test
    void afterwards_waits_grow_to_half_a_minute_and_fall_back_with_the_next_trouble() {
        Duration longest = Duration.ZERO;
        for (int i = 0; i < 50; i++) {
            Duration next = backoff.next(Duration.ofMinutes(10));
            assertThat(next).isBetween(Duration.ofMillis(500), Duration.ofSeconds(30));
            longest = next.compareTo(longest) > 0 ? next : longest;
        }
        assertThat(longest).isGreaterThan(Duration.ofSeconds(20));
        assertThat(backoff.next(Duration.ZERO)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }
}
