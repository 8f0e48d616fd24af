package vigie.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.feed.Deadline;
import vigie.feed.FeedStatus;
import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.room.Fact;
import vigie.room.Group;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

class LiveTimelineTest {
    private static final Instant START = Instant.parse("2026-11-21T06:00:00Z");

    /** Both clocks, moved by hand. */
    private static final class Hands extends Clock {
        private Duration passed = Duration.ZERO;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return START.plus(passed);
        }

        long nanos() {
            return passed.toNanos();
        }
    }

    private final Hands hands = new Hands();
    private final LiveTimeline timeline = new LiveTimeline(hands, hands::nanos);

    private static Group group(long number, Instant committed, Instant... times) {
        List<Fact> facts = new ArrayList<>();
        for (Instant time : times) {
            facts.add(
                    new Fact.Observed(
                            Reading.ofRow(
                                    OptionalLong.of(number),
                                    new PointKey(1),
                                    new PointId("sensor.x"),
                                    Long.toString(number),
                                    Attributes.NONE,
                                    time,
                                    time,
                                    Optional.of(committed),
                                    Optional.of("0-1-" + number),
                                    Source.BINLOG)));
        }
        return new Group("0-1-" + number, Optional.of(committed), facts);
    }

    @Test
    void each_group_makes_one_moment_and_tells_the_listeners() throws Exception {
        AtomicInteger told = new AtomicInteger();
        AutoCloseable leave = timeline.onChange(told::incrementAndGet);
        timeline.listener().snapshot(new Group("0-1-1", Optional.empty(), List.of()));
        timeline.listener().group(group(2, START, START));
        assertThat(told).hasValue(2);
        assertThat(timeline.moment().state().position()).isEqualTo("0-1-2");
        leave.close();
        timeline.listener().group(group(3, START, START));
        assertThat(told).hasValue(2);
    }

    @Test
    void a_listener_that_fails_keeps_nothing_from_the_others() throws Exception {
        AtomicInteger told = new AtomicInteger();
        try (AutoCloseable first =
                        timeline.onChange(() -> {
                            throw new IllegalStateException("broken");
                        });
                AutoCloseable second = timeline.onChange(told::incrementAndGet)) {
            assertThat(List.of(first, second)).hasSize(2);
            timeline.listener().group(group(2, START, START));
        }
        assertThat(told).hasValue(1);
    }

    @Test
    void the_rate_is_that_of_the_last_ten_seconds_and_falls_when_nothing_comes() {
        for (int second = 0; second < 20; second++) {
            timeline.listener().group(group(second, hands.instant(), START, START, START));
            hands.passed = hands.passed.plusSeconds(1);
        }
        assertThat(timeline.moment().readingsPerSecond()).isEqualTo(3);
        hands.passed = hands.passed.plusSeconds(5);
        assertThat(timeline.moment().readingsPerSecond()).isEqualTo(1.5);
        hands.passed = hands.passed.plusSeconds(10);
        assertThat(timeline.moment().readingsPerSecond()).isZero();
    }

    @Test
    void rows_that_come_long_after_their_time_are_told_of_once_together() throws Exception {
        LateRows late = new LateRows(Duration.ofMillis(200));
        LiveTimeline followed = new LiveTimeline(hands, hands::nanos, late);
        List<String> told = new CopyOnWriteArrayList<>();
        AutoCloseable leave = late.onLate((from, to) -> told.add(from + " to " + to));
        followed.listener().group(group(1, START, START, START.minusSeconds(200)));
        followed.listener().group(group(2, START, START.minusSeconds(3_600), START));
        followed.listener().group(group(3, START, START.minusSeconds(7_200)));
        Reading repaired =
                ((Fact.Observed) group(4, START, START.minusSeconds(1)).facts().getFirst())
                        .reading();
        Fact.Place former = new Fact.Place(new PointKey(2), START.minusSeconds(600));
        followed.listener()
                .group(
                        new Group(
                                "0-1-4",
                                Optional.of(START),
                                List.of(new Fact.Amended(repaired, Optional.of(former)))));
        Deadline.within(Duration.ofSeconds(20), "told", () -> !told.isEmpty());
        assertThat(told).containsExactly("2026-11-21T04:00:00Z to " + START.minusSeconds(600));
        leave.close();
        followed.listener().group(group(5, START, START.minusSeconds(900)));
        List<String> others = new CopyOnWriteArrayList<>();
        late.onLate((from, to) -> others.add(from + " to " + to));
        Deadline.within(Duration.ofSeconds(20), "told", () -> !others.isEmpty());
        assertThat(others).containsExactly("2026-11-21T05:45:00Z to 2026-11-21T05:45:00Z");
        assertThat(told).as("nobody who let go").hasSize(1);
    }

    @Test
    void the_status_is_part_of_the_moment() {
        FeedStatus live = new FeedStatus(FeedStatus.Phase.LIVE, START, Optional.empty());
        timeline.listener().status(live);
        assertThat(timeline.moment().feed()).isEqualTo(live);
    }

    @Test
    void now_follows_the_database_and_home_assistant() {
        assertThat(timeline.now()).isEqualTo(START);
        timeline.databaseAhead(Duration.ofSeconds(30));
        assertThat(timeline.now()).isEqualTo(START.plusSeconds(30));
        // Rows that are true ten seconds after their commit: Home Assistant's clock is ahead.
        Instant committed = START.plusSeconds(30);
        timeline.listener().group(group(2, committed, committed.plusSeconds(10)));
        assertThat(timeline.now()).isBetween(START.plusSeconds(39), START.plusSeconds(41));
        assertThat(timeline.clocks().isDatabaseOff()).isTrue();
        assertThat(timeline.clocks().isHomeAssistantOff()).isTrue();
    }

    @Test
    void clocks_that_agree_to_the_second_are_taken_for_one() {
        timeline.listener().group(group(2, START, START.plusMillis(800), START.minusSeconds(4)));
        assertThat(timeline.clocks()).isEqualTo(Clocks.EQUAL);
    }

    @Test
    void a_clock_that_was_set_right_is_believed_after_two_windows() {
        timeline.listener().group(group(2, START, START.plusSeconds(3_600)));
        assertThat(timeline.clocks().isHomeAssistantOff()).isTrue();
        for (int i = 0; i < 3; i++) {
            hands.passed = hands.passed.plus(Duration.ofMinutes(6));
            timeline.listener().group(group(3 + i, hands.instant(), hands.instant()));
        }
        assertThat(timeline.clocks().isHomeAssistantOff()).isFalse();
    }

    @Test
    void the_delay_is_what_the_commits_second_leaves_certain() {
        timeline.listener().group(group(2, START, START));
        assertThat(timeline.moment().delay()).contains(new Delay(Duration.ZERO, false));
        hands.passed = Duration.ofSeconds(7);
        timeline.listener().group(group(3, START, START));
        assertThat(timeline.moment().delay()).contains(new Delay(Duration.ofSeconds(6), false));
    }

    @Test
    void a_heartbeat_tells_the_delay_exactly_until_it_stays_away() {
        timeline.databaseAhead(Duration.ofSeconds(3));
        hands.passed = Duration.ofMillis(1_250);
        timeline.listener().heartbeat(START.plusMillis(4_200));
        assertThat(timeline.moment().delay()).contains(new Delay(Duration.ofMillis(50), true));
        timeline.listener().group(group(2, START, START));
        assertThat(timeline.moment().delay()).contains(new Delay(Duration.ofMillis(50), true));
        hands.passed = Duration.ofSeconds(40);
        timeline.listener().group(group(3, START.plusSeconds(42), START));
        assertThat(timeline.moment().delay().orElseThrow().exact()).isFalse();
    }

    @Test
    void since_when_nothing_is_followed_is_kept_through_all_phases_until_live() {
        timeline.listener().status(status(FeedStatus.Phase.LIVE));
        assertThat(timeline.moment().followedUntil()).isEmpty();
        hands.passed = Duration.ofSeconds(10);
        timeline.listener().status(status(FeedStatus.Phase.BACKOFF));
        hands.passed = Duration.ofSeconds(20);
        timeline.listener().status(status(FeedStatus.Phase.SNAPSHOT));
        assertThat(timeline.moment().followedUntil()).contains(START.plusSeconds(10));
        timeline.listener().status(status(FeedStatus.Phase.LIVE));
        assertThat(timeline.moment().followedUntil()).isEmpty();
    }

    private static FeedStatus status(FeedStatus.Phase phase) {
        return new FeedStatus(phase, START, Optional.empty());
    }

    @Test
    void silence_counts_from_the_last_time_the_server_was_heard() {
        assertThat(timeline.silence()).isEmpty();
        timeline.listener().heard();
        assertThat(timeline.silence()).contains(Duration.ZERO);
        hands.passed = hands.passed.plusSeconds(7);
        assertThat(timeline.silence()).contains(Duration.ofSeconds(7));
        timeline.listener().heard();
        assertThat(timeline.silence()).contains(Duration.ZERO);
    }
}
