package vigie.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.room.Fact;
import vigie.room.Group;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

class CommitPaceTest {
    private static final Instant START = Instant.parse("2026-11-21T06:00:00Z");

    private final CommitPace pace = new CommitPace();

    @Test
    void home_assistants_default_holds_until_more_is_known() {
        assertThat(pace.every()).isEqualTo(Duration.ofSeconds(5));
        commits(4, 30);
        assertThat(pace.every()).isEqualTo(Duration.ofSeconds(5));
        commits(1, 30);
        assertThat(pace.every()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void one_blocked_commit_changes_nothing() {
        commits(20, 4);
        commits(3, 240);
        assertThat(pace.every()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void it_follows_a_new_setting_and_stays_bounded() {
        commits(100, 12);
        assertThat(pace.every()).isEqualTo(Duration.ofSeconds(15));
        commits(100, 3_000);
        assertThat(pace.every()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void a_clock_that_is_ahead_is_taken_into_account() {
        Duration ahead = Duration.ofSeconds(60);
        for (int i = 0; i < 10; i++) {
            pace.observe(group(8, ahead), ahead);
        }
        assertThat(pace.every()).isEqualTo(Duration.ofSeconds(10));
    }

    private void commits(int count, long oldestSeconds) {
        for (int i = 0; i < count; i++) {
            pace.observe(group(oldestSeconds, Duration.ZERO), Duration.ZERO);
        }
    }

    private static Group group(long oldestSeconds, Duration ahead) {
        Instant newest = START.plus(ahead);
        return new Group(
                "0-1-1",
                Optional.of(START),
                List.of(reading(newest.minusSeconds(oldestSeconds)), reading(newest)));
    }

    private static Fact reading(Instant time) {
        return new Fact.Observed(
                Reading.ofRow(
                        OptionalLong.empty(),
                        new PointKey(1),
                        new PointId("sensor.a"),
                        "1",
                        Attributes.NONE,
                        time,
                        time,
                        Optional.of(START),
                        Optional.empty(),
                        Source.BINLOG));
    }
}
