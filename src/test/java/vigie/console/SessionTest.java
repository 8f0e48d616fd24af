package vigie.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

final class SessionTest {
    @Test
    void it_asks_again_soon_at_first_and_once_a_minute_where_it_is_refused_for_long() {
        assertThat(Session.patience(0)).isEqualTo(Duration.ofSeconds(10));
        assertThat(Session.patience(1)).isEqualTo(Duration.ofSeconds(20));
        assertThat(Session.patience(2)).isEqualTo(Duration.ofSeconds(40));
        assertThat(Session.patience(3)).isEqualTo(Duration.ofMinutes(1));
        assertThat(Session.patience(1_000_000)).isEqualTo(Duration.ofMinutes(1));
    }
}
