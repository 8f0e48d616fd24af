package vigie.console.history.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.text.Words;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

class TimeTicksTest {
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");

    @Test
    void the_hour_that_comes_twice_is_there_twice_with_its_offset() {
        assertThat(labels(BRUSSELS, "2026-10-24T23:30:00Z", "2026-10-25T02:30:00Z", 8))
                .containsExactly(
                        "01:30",
                        "02:00 UTC+2",
                        "02:30 UTC+2",
                        "02:00 UTC+1",
                        "02:30 UTC+1",
                        "03:00");
    }

    @Test
    void the_hour_that_is_left_out_is_not_there() {
        assertThat(labels(BRUSSELS, "2026-03-28T23:00:00Z", "2026-03-29T03:30:00Z", 6))
                .containsExactly("00:00", "01:00", "03:00", "04:00", "05:00");
    }

    @Test
    void days_begin_at_midnight_also_when_the_clocks_change() {
        assertThat(ticks(BRUSSELS, "2026-10-23T10:00:00Z", "2026-10-27T10:00:00Z", 5))
                .extracting(tick -> tick.at() / 1_000_000)
                .containsExactly(
                        Instant.parse("2026-10-23T22:00:00Z").getEpochSecond(),
                        Instant.parse("2026-10-24T22:00:00Z").getEpochSecond(),
                        Instant.parse("2026-10-25T23:00:00Z").getEpochSecond(),
                        Instant.parse("2026-10-26T23:00:00Z").getEpochSecond());
    }

    @Test
    void hours_are_counted_by_the_clock_on_the_wall_also_where_it_is_off_by_a_quarter() {
        assertThat(
                        labels(
                                ZoneId.of("Asia/Kathmandu"),
                                "2026-06-01T00:00:00Z",
                                "2026-06-01T12:00:00Z",
                                6))
                .containsExactly("06:00", "08:00", "10:00", "12:00", "14:00", "16:00");
    }

    @Test
    void the_day_stands_below_the_first_tick_and_below_each_midnight() {
        assertThat(ticks(BRUSSELS, "2026-11-20T17:00:00Z", "2026-11-21T05:00:00Z", 4))
                .extracting(Tick::context)
                .containsExactly("Fri 20 Nov", "", "Sat 21 Nov", "");
    }

    @Test
    void months_are_named_in_the_users_language() {
        List<Tick> ticks =
                new TimeTicks(BRUSSELS, Words.in(Locale.FRENCH))
                        .of(stretch("2025-11-20T00:00:00Z", "2026-03-10T00:00:00Z"), 5);
        assertThat(ticks).extracting(Tick::label).containsExactly("déc.", "janv.", "févr.", "mars");
        assertThat(ticks).extracting(Tick::context).containsExactly("2025", "2026", "", "");
    }

    @ParameterizedTest
    @ValueSource(
            longs = {2, 90, 3_600, 40_000, 86_400, 1_000_000, 9_000_000, 70_000_000, 600_000_000})
    void there_are_some_ticks_and_not_many_more_than_find_room(long seconds) {
        Stretch stretch =
                new Stretch(1_700_000_000_000_000L, 1_700_000_000_000_000L + seconds * 1_000_000);
        List<Tick> ticks = new TimeTicks(BRUSSELS, Words.in(Locale.UK)).of(stretch, 10);
        assertThat(ticks).hasSizeBetween(2, 13);
        assertThat(ticks).allMatch(tick -> stretch.contains(tick.at()));
    }

    private static List<String> labels(ZoneId zone, String from, String to, int most) {
        return ticks(zone, from, to, most).stream().map(Tick::label).toList();
    }

    private static List<Tick> ticks(ZoneId zone, String from, String to, int most) {
        return new TimeTicks(zone, Words.in(Locale.UK)).of(stretch(from, to), most);
    }

    private static Stretch stretch(String from, String to) {
        return Stretch.between(Instant.parse(from), Instant.parse(to));
    }
}
