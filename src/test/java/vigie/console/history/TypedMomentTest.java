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
        "2026-10-25 02:30+01:00, 2026-10-25T01:30:00Z",
        "2026-10-25 02:30:00 UTC+2, 2026-10-25T00:30:00Z",
        "2026-10-25 02:30:00 UTC+1, 2026-10-25T01:30:00Z",
        "2026-10-25 02:30 utc−3:30, 2026-10-25T06:00:00Z",
        "2026-10-25 02:30 UTC, 2026-10-25T02:30:00Z",
        "2026-03-29 02:30, 2026-03-29T01:30:00Z",
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T11:23:12Z",
                "2026-10-24T23:59:59Z",
                "2026-10-25T00:30:00Z",
                "2026-10-25T01:30:00Z",
                "2026-10-25T02:00:00Z",
                "2026-03-29T00:59:59Z",
                "2026-03-29T01:00:00Z"
            })
    void what_is_written_is_read_also_where_the_clocks_change(Instant moment) {
        String written = TypedMoment.write(Times.micros(moment), BRUSSELS);
        assertThat(TypedMoment.parse(written, BRUSSELS, NOW)).as(written).contains(moment);
    }

    @Test
    void only_an_hour_that_comes_twice_is_written_with_its_offset() {
        assertThat(written("2026-10-25T00:30:00Z")).isEqualTo("2026-10-25 02:30:00+02:00");
        assertThat(written("2026-10-25T01:30:00Z")).isEqualTo("2026-10-25 02:30:00+01:00");
        assertThat(written("2026-10-25T02:30:00Z")).isEqualTo("2026-10-25 03:30:00");
        assertThat(written("2026-03-29T01:30:00Z")).isEqualTo("2026-03-29 03:30:00");
    }

    private static String written(String moment) {
        return TypedMoment.write(Times.micros(Instant.parse(moment)), BRUSSELS);
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
