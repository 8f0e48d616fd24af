package vigie.console.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.console.history.chart.Stretch;
import vigie.history.Times;

import java.time.Instant;
import java.time.ZoneId;

class TypedMomentTest {
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");
    private static final Instant NOW = Instant.parse("2026-11-21T11:23:12Z");

    @ParameterizedTest
    @CsvSource({
        "2026-11-20, 2026-11-19T23:00:00Z",
        "2026-07-20 08:15, 2026-07-20T06:15:00Z",
        "2026-11-20T08:15:30, 2026-11-20T07:15:30Z",
        "2026-11-20T08:15:30Z, 2026-11-20T08:15:30Z",
        "2026-11-20 08:15+05:00, 2026-11-20T03:15:00Z",
        "2026-10-25 02:30, 2026-10-25T00:30:00Z",
        "now, 2026-11-21T11:23:12Z",
        "NOW-36h, 2026-11-19T23:23:12Z",
        "now - 2 w, 2026-11-07T11:23:12Z",
        "now+10m, 2026-11-21T11:33:12Z"
    })
    void moments_are_read_as_people_type_them(String typed, Instant meant) {
        assertThat(TypedMoment.parse(typed, BRUSSELS, NOW)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "yesterday", "2026-13-01", "2026-11-20 25:00", "now-3y", "20.11.2026"})
    void what_is_no_moment_is_none(String typed) {
        assertThat(TypedMoment.parse(typed, BRUSSELS, NOW)).isEmpty();
    }

    @Test
    void what_is_written_is_read() {
        assertThat(TypedMoment.parse(TypedMoment.write(Times.micros(NOW), BRUSSELS), BRUSSELS, NOW))
                .contains(NOW);
    }

    @Test
    void eight_in_the_morning_is_compared_with_eight_in_the_morning() {
        Stretch stretch =
                Stretch.between(
                        Instant.parse("2026-10-25T07:00:00Z"),
                        Instant.parse("2026-10-26T07:00:00Z"));
        assertThat(Comparison.DAY.shift(stretch, BRUSSELS)).isEqualTo(24 * 3_600_000_000L);
        assertThat(Comparison.DAY.shift(stretch.moved(-12 * 3_600_000_000L), BRUSSELS))
                .isEqualTo(25 * 3_600_000_000L);
        assertThat(Comparison.PREVIOUS.shift(stretch, BRUSSELS)).isEqualTo(stretch.width());
        assertThat(Comparison.NONE.shift(stretch, BRUSSELS)).isZero();
    }
}
