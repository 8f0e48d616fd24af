package vigie.room;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.point.PointKey;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

class CadenceTest {
    private static final PointKey KEY = new PointKey(7);
    private static final Instant FROM = Instant.parse("2026-03-04T02:05:00Z");

    @Test
    void
            a_sensor_that_says_something_new_with_every_report_is_stale_after_three_times_the_period() {
        Cadence cadence = cadence(same(200, 30));
        assertThat(cadence).isEqualTo(new Cadence(KEY, FROM, 200, Duration.ofSeconds(30), true));
        assertThat(cadence.staleAfter()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void a_sensor_that_reports_often_and_seldom_changes_keeps_to_its_silences_not_to_its_reports() {
        List<Cadence.Interval> intervals =
                IntStream.range(0, 100).mapToObj(i -> interval(30, 120 + i)).toList();
        assertThat(cadence(intervals))
                .isEqualTo(new Cadence(KEY, FROM, 100, Duration.ofSeconds(218), true));
    }

    @Test
    void one_silence_of_more_than_twice_the_percentile_shows_that_silence_means_nothing() {
        List<Cadence.Interval> intervals = new ArrayList<>(same(300, 30));
        intervals.add(interval(30, 61));
        Cadence cadence = cadence(intervals);
        assertThat(cadence.regular()).isFalse();
        assertThat(cadence.p99()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void with_few_rows_or_in_a_short_burst_nothing_is_regular() {
        assertThat(cadence(same(49, 120)).regular()).isFalse();
        assertThat(cadence(same(50, 120)).regular()).isTrue();
        assertThat(cadence(same(300, 5)).regular()).isFalse();
        assertThat(Cadence.of(KEY, FROM, same(9, 120))).isEmpty();
    }

    @Test
    void who_speaks_once_an_hour_is_not_regular_but_its_habit_is_known() {
        assertThat(cadence(same(24, 3600)))
                .isEqualTo(new Cadence(KEY, FROM, 24, Duration.ofHours(1), false));
        assertThat(cadence(same(60, 901)).regular()).isFalse();
    }

    @Test
    void the_order_of_rows_makes_no_difference() {
        Random random = new Random(11);
        List<Cadence.Interval> intervals = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            intervals.add(interval(20 + random.nextInt(5), 25 + random.nextInt(5)));
        }
        Cadence cadence = cadence(intervals);
        Collections.shuffle(intervals, random);
        assertThat(cadence(intervals)).isEqualTo(cadence);
    }

    @Test
    void a_version_is_learned_to_a_whole_hour_and_holds_from_five_past() {
        Instant hour = Instant.parse("2026-03-04T02:00:00Z");
        assertThat(Cadences.learnedToAt(hour.plusSeconds(299))).isEqualTo(hour.minusSeconds(3600));
        assertThat(Cadences.learnedToAt(hour.plusSeconds(300))).isEqualTo(hour);
        assertThat(Cadences.validFrom(hour)).isEqualTo(hour.plusSeconds(300));
        Cadences cadences = new Cadences(hour, java.util.Map.of(), java.util.Optional.empty());
        assertThat(cadences.holdAt(hour.plusSeconds(3_899))).isTrue();
        assertThat(cadences.holdAt(hour.plusSeconds(3_900))).isFalse();
    }

    @Test
    void a_hundred_entities_that_report_at_the_full_minute_do_not_hide_the_minute() {
        List<Instant> times = new ArrayList<>();
        for (int minute = 0; minute < 50; minute++) {
            for (int i = 0; i < 100; i++) {
                times.add(FROM.plusSeconds(60L * minute).plusMillis(5L * i));
            }
        }
        assertThat(Cadences.pauses(times)).contains(Duration.ofMillis(60_000 - 495));
        assertThat(Cadences.pauses(times.subList(0, 100))).contains(Duration.ZERO);
        assertThat(Cadences.pauses(times.subList(0, 1))).isEmpty();
    }

    private static Cadence cadence(List<Cadence.Interval> intervals) {
        return Cadence.of(KEY, FROM, intervals).orElseThrow();
    }

    private static List<Cadence.Interval> same(int count, long seconds) {
        return Collections.nCopies(count, interval(seconds, seconds));
    }

    private static Cadence.Interval interval(long reported, long silent) {
        return new Cadence.Interval(Duration.ofSeconds(reported), Duration.ofSeconds(silent));
    }
}
