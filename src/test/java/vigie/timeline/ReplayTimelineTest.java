package vigie.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.plan.Deviation;
import vigie.point.PointId;
import vigie.point.Reading;
import vigie.recording.Basis;
import vigie.recording.Step;
import vigie.room.Fact;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;

class ReplayTimelineTest {
    private static final Instant FROM = FakeRecorded.FROM;
    private final FakeRecorded past =
            new FakeRecorded(1, 7, Duration.ofHours(5), Duration.ofSeconds(8));
    private final ArrayDeque<Runnable> home = new ArrayDeque<>();
    private final ArrayDeque<Runnable> readers = new ArrayDeque<>();
    private final List<Runnable> later = new ArrayList<>();
    private long nanos;
    private ReplayTimeline replay = open(FROM);

    private ReplayTimeline open(Instant at) {
        replay =
                new ReplayTimeline(
                        past,
                        new ReplayTimeline.Settings(
                                at, Optional.empty(), Optional.empty(), Basis.KNOWN_NOW, 1),
                        home::add,
                        readers::add,
                        (work, after) -> later.add(work),
                        () -> nanos,
                        1 << 20,
                        () -> {});
        replay.begin();
        settle();
        return replay;
    }

    /** Everything that can be done without time going on. */
    private void settle() {
        while (!home.isEmpty() || !readers.isEmpty()) {
            Runnable next = home.isEmpty() ? readers.poll() : home.poll();
            next.run();
        }
    }

    /** The moment has been looked at for a while, and its reel is read. */
    private void rest() {
        settle();
        pass(Duration.ofMillis(100));
    }

    /** So much time goes on, in ticks of a screen. */
    private void pass(Duration length) {
        long end = nanos + length.toNanos();
        while (nanos < end) {
            nanos += 16_000_000;
            List<Runnable> due = List.copyOf(later);
            later.clear();
            due.forEach(Runnable::run);
            settle();
        }
    }

    private Instant at() {
        return replay.playback().at();
    }

    private void isTrue() {
        assertThat(replay.moment().state()).as("at %s", at()).isEqualTo(past.truth(at()));
        assertThat(replay.moment().at()).contains(at());
    }

    @Test
    void a_jump_shows_what_was_then_whichever_way_it_came_there() {
        Random random = new Random(5);
        isTrue();
        for (int i = 0; i < 60; i++) {
            Instant wanted = FROM.plusMillis(random.nextLong(5 * 3_600_000));
            replay.seek(wanted);
            settle();
            assertThat(at()).isEqualTo(wanted);
            isTrue();
        }
    }

    @Test
    void the_end_moves_on_with_the_present_while_the_replay_stands() {
        replay.seek(FROM.plusSeconds(3_600));
        settle();
        past.to = past.to.plusSeconds(120);
        pass(Duration.ofMillis(100));
        assertThat(replay.playback().to()).isEqualTo(past.to);
        assertThat(at()).isEqualTo(FROM.plusSeconds(3_600));
        isTrue();
    }

    @Test
    void what_was_committed_late_is_shown_where_it_was_read_before() {
        Instant shown = FROM.plusSeconds(3_600);
        for (Instant read : List.of(shown, FROM.plusSeconds(7_200), shown)) {
            replay.seek(read);
            rest();
        }
        Instant when =
                past.steps.stream()
                        .map(Step::at)
                        .filter(at -> !at.isAfter(shown))
                        .toList()
                        .getLast();
        past.late(when, "99.9");
        settle();
        assertThat(at()).isEqualTo(shown);
        assertThat(past.truth(shown).points())
                .anyMatch(point ->
                        point.newest().filter(one -> "99.9".equals(one.text())).isPresent());
        isTrue();
        replay.seek(FROM.plusSeconds(7_200));
        settle();
        isTrue();
    }

    @Test
    void what_was_being_read_when_something_was_committed_late_is_read_again() {
        Instant shown = FROM.plusSeconds(3_600);
        replay.seek(shown);
        settle();
        past.asked = 0;
        List.copyOf(later).forEach(Runnable::run);
        while (past.asked < 1) {
            // The reel is read, and its answer on the way.
            (home.isEmpty() ? readers : home).remove().run();
        }
        past.late(shown.minusMillis(1), "99.9");
        settle();
        assertThat(at()).isEqualTo(shown);
        isTrue();
    }

    @Test
    void what_was_committed_late_does_not_stop_a_replay_that_plays() {
        replay.speed(60);
        replay.play(false);
        pass(Duration.ofSeconds(20));
        past.late(at().minusSeconds(30), "99.9");
        pass(Duration.ofSeconds(1));
        assertThat(replay.playback().playing()).isTrue();
        assertThat(replay.playback().waits()).isFalse();
        isTrue();
        pass(Duration.ofSeconds(10));
        isTrue();
    }

    @Test
    void what_is_played_to_equals_what_is_jumped_to_and_no_reading_is_left_out() {
        Random random = new Random(6);
        replay.play(false);
        settle();
        for (int i = 0; i < 400 && !replay.playback().ended(); i++) {
            replay.speed(new double[] {1, 60, 600, 3600}[random.nextInt(4)]);
            pass(Duration.ofMillis(random.nextInt(300)));
            isTrue();
        }
        replay.speed(3600);
        pass(Duration.ofSeconds(10));
        assertThat(replay.playback().ended()).isTrue();
        assertThat(replay.playback().playing()).isFalse();
        assertThat(at()).isEqualTo(past.to);
        isTrue();
        assertThat(replay.folded()).isEqualTo(past.readings());
    }

    @Test
    void forward_back_and_forward_again_ends_in_the_same_state() {
        replay.seek(FROM.plus(Duration.ofMinutes(100)));
        settle();
        replay.speed(600);
        replay.play(false);
        pass(Duration.ofSeconds(6));
        replay.play(true);
        for (int i = 0; i < 50; i++) {
            Instant before = at();
            pass(Duration.ofMillis(160));
            assertThat(at()).isBefore(before);
            isTrue();
        }
        replay.play(false);
        pass(Duration.ofSeconds(3));
        isTrue();
        replay.play(true);
        replay.speed(3600);
        pass(Duration.ofSeconds(6));
        assertThat(at()).isEqualTo(FROM);
        assertThat(replay.playback().ended()).isTrue();
        isTrue();
    }

    @Test
    void the_speed_is_kept_by_the_watch() {
        replay.speed(60);
        replay.play(false);
        settle();
        pass(Duration.ofSeconds(20));
        assertThat(Duration.between(FROM, at()))
                .isBetween(Duration.ofSeconds(1_190), Duration.ofSeconds(1_201));
    }

    @Test
    void steps_go_from_one_recorded_moment_to_the_next_and_back_the_same_way() {
        List<Instant> moments = past.steps.stream().map(Step::at).distinct().toList();
        int first = 3;
        replay.seek(moments.get(first));
        settle();
        for (int i = first + 1; i < moments.size(); i++) {
            replay.step(false);
            settle();
            assertThat(at()).isEqualTo(moments.get(i));
            if (i % 50 == 0) {
                isTrue();
            }
        }
        for (int i = moments.size() - 2; i > first; i--) {
            replay.step(true);
            settle();
            assertThat(at()).isEqualTo(moments.get(i));
        }
        isTrue();
    }

    @Test
    void it_plays_until_a_condition_begins_to_hold() {
        PointId point = new PointId("sensor.p3");
        Instant expected = null;
        boolean held = false;
        for (Step step : past.steps) {
            for (Fact fact : step.group().facts()) {
                if (fact instanceof Fact.Observed(Reading reading)
                        && reading.point().equals(point)) {
                    boolean holds = reading.value().orElse(0) > 219;
                    if (holds && !held && expected == null && step.at().isAfter(FROM)) {
                        expected = step.at();
                    }
                    held = holds;
                }
            }
        }
        replay.speed(3600);
        replay.until(Optional.of(new Until(point, Until.Comparison.ABOVE, "219")));
        replay.play(false);
        settle();
        pass(Duration.ofSeconds(12));
        assertThat(at()).isEqualTo(expected);
        assertThat(replay.playback().playing()).isFalse();
        assertThat(replay.playback().stoppedAt()).isPresent();
        isTrue();
    }

    private static Occurrence occurrence(Occurrence.Kind kind, Duration after) {
        return new Occurrence(
                kind,
                FROM.plus(after),
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                Deviation.NONE,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                null,
                null,
                null);
    }

    @Test
    void it_jumps_to_the_next_and_the_last_event_of_a_kind() {
        past.occurrences.add(occurrence(Occurrence.Kind.MOTION, Duration.ofMinutes(10)));
        past.occurrences.add(occurrence(Occurrence.Kind.LIMIT, Duration.ofMinutes(60)));
        past.occurrences.add(occurrence(Occurrence.Kind.MOTION, Duration.ofHours(4)));
        replay.seek(FROM.plus(Duration.ofMinutes(30)));
        settle();
        replay.jump(Set.of(Occurrence.Kind.MOTION), false);
        settle();
        assertThat(at()).isEqualTo(FROM.plus(Duration.ofHours(4)));
        replay.jump(Set.of(Occurrence.Kind.MOTION), false);
        settle();
        assertThat(at()).isEqualTo(FROM.plus(Duration.ofHours(4)));
        assertThat(replay.playback().stoppedAt()).isPresent();
        replay.jump(Set.of(Occurrence.Kind.LIMIT, Occurrence.Kind.MOTION), true);
        settle();
        assertThat(at()).isEqualTo(FROM.plus(Duration.ofMinutes(60)));
        replay.jump(Set.of(Occurrence.Kind.MOTION), true);
        settle();
        assertThat(at()).isEqualTo(FROM.plus(Duration.ofMinutes(10)));
        isTrue();
    }

    @Test
    void keys_pressed_faster_than_an_event_is_found_all_count() {
        for (int hour = 1; hour <= 4; hour++) {
            past.occurrences.add(occurrence(Occurrence.Kind.MOTION, Duration.ofHours(hour)));
        }
        for (int i = 0; i < 3; i++) {
            replay.jump(Set.of(Occurrence.Kind.MOTION), false);
        }
        settle();
        assertThat(at()).isEqualTo(FROM.plus(Duration.ofHours(3)));
        isTrue();
        replay.jump(Set.of(Occurrence.Kind.MOTION), true);
        replay.jump(Set.of(Occurrence.Kind.MOTION), true);
        replay.step(false);
        settle();
        rest();
        Instant after = FROM.plus(Duration.ofHours(1));
        assertThat(at())
                .isEqualTo(
                        past.steps.stream()
                                .map(Step::at)
                                .filter(after::isBefore)
                                .findFirst()
                                .get());
        isTrue();
        replay.jump(Set.of(Occurrence.Kind.MOTION), false);
        replay.play(false);
        settle();
        pass(Duration.ofMillis(500));
        assertThat(at())
                .isBetween(
                        FROM.plus(Duration.ofHours(2)),
                        FROM.plus(Duration.ofHours(2)).plusSeconds(1));
        assertThat(replay.playback().playing()).isTrue();
        isTrue();
    }

    @Test
    void a_key_held_down_does_not_go_on_long_after_it_is_let_go() {
        for (int minute = 1; minute <= 60; minute++) {
            past.occurrences.add(occurrence(Occurrence.Kind.MOTION, Duration.ofMinutes(minute)));
        }
        for (int i = 0; i < 50; i++) {
            replay.jump(Set.of(Occurrence.Kind.MOTION), false);
        }
        settle();
        assertThat(at()).isEqualTo(FROM.plus(Duration.ofMinutes(5)));
    }

    @Test
    void a_moment_that_is_gone_to_ends_what_was_to_begin_at_an_event() {
        past.occurrences.add(occurrence(Occurrence.Kind.MOTION, Duration.ofHours(1)));
        replay.jump(Set.of(Occurrence.Kind.MOTION), false);
        replay.play(false);
        replay.seek(FROM.plus(Duration.ofHours(4)));
        settle();
        rest();
        assertThat(at()).isEqualTo(FROM.plus(Duration.ofHours(4)));
        assertThat(replay.playback().playing()).isFalse();
        isTrue();
    }

    @Test
    void a_step_and_another_knowledge_begin_where_one_is_about_to_be() {
        List<Instant> moments = past.steps.stream().map(Step::at).distinct().toList();
        rest();
        int far = moments.size() - 20;
        replay.seek(moments.get(far));
        replay.step(false);
        settle();
        rest();
        assertThat(at()).isEqualTo(moments.get(far + 1));
        isTrue();
        Instant wanted = FROM.plus(Duration.ofHours(2));
        replay.seek(wanted);
        replay.basis(Basis.KNOWN_THEN);
        settle();
        rest();
        assertThat(at()).isEqualTo(wanted);
        assertThat(replay.playback().basis()).isEqualTo(Basis.KNOWN_THEN);
    }

    @Test
    void it_hurries_through_the_quiet_and_is_slow_where_something_happens() {
        past.occurrences.add(occurrence(Occurrence.Kind.LIMIT, Duration.ofMinutes(200)));
        replay.skipQuiet(true);
        replay.play(false);
        settle();
        double fastest = 0;
        Instant event = FROM.plus(Duration.ofMinutes(200));
        int ticks = 0;
        while (at().isBefore(event) && ticks++ < 5_000) {
            pass(Duration.ofMillis(16));
            fastest = Math.max(fastest, replay.playback().pace());
            if (Math.abs(Duration.between(at(), event).toSeconds()) < 2) {
                assertThat(replay.playback().pace()).isLessThanOrEqualTo(3);
            }
        }
        assertThat(fastest).isGreaterThan(1_000);
        assertThat(Duration.ofMillis(16L * ticks)).isLessThan(Duration.ofSeconds(40));
        isTrue();
    }

    @Test
    void while_it_reads_the_moment_before_stays_and_it_says_so() {
        replay.play(false);
        settle();
        pass(Duration.ofMillis(500));
        Instant shown = at();
        replay.seek(FROM.plus(Duration.ofHours(3)));
        while (!home.isEmpty()) {
            home.poll().run();
        }
        assertThat(replay.playback().waits()).isTrue();
        assertThat(at()).isEqualTo(shown);
        isTrue();
        settle();
        assertThat(replay.playback().waits()).isFalse();
        isTrue();
        assertThat(replay.playback().playing()).isTrue();
    }

    @Test
    void a_hand_that_drags_sees_consistent_moments_and_ends_at_the_last() {
        Random random = new Random(9);
        for (int i = 0; i < 300; i++) {
            replay.seek(FROM.plusSeconds(random.nextInt(5 * 3_600)));
            int done = random.nextInt(4);
            for (int n = 0; n < done; n++) {
                if (!home.isEmpty()) {
                    home.poll().run();
                } else if (!readers.isEmpty()) {
                    readers.poll().run();
                }
            }
            isTrue();
        }
        Instant last = FROM.plusSeconds(7_777);
        replay.seek(last);
        settle();
        assertThat(at()).isEqualTo(last);
        isTrue();
        rest();
        assertThat(at()).isEqualTo(last);
        assertThat(replay.playback().waits()).isFalse();
        isTrue();
    }

    @Test
    void what_is_in_the_way_is_said_and_tried_again() {
        past.failures = 3;
        replay.seek(FROM.plus(Duration.ofHours(2)));
        settle();
        assertThat(replay.playback().fault()).isPresent();
        assertThat(replay.playback().waits()).isTrue();
        isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(replay.playback().fault()).isEmpty();
        assertThat(at()).isEqualTo(FROM.plus(Duration.ofHours(2)));
        isTrue();
    }

    @Test
    void where_the_present_has_moved_on_it_plays_on_and_counts_nothing_twice() {
        FakeRecorded longer = new FakeRecorded(1, 7, Duration.ofHours(5), Duration.ofSeconds(8));
        past.to = FROM.plus(Duration.ofMinutes(125));
        open(FROM);
        replay.speed(3600);
        replay.play(false);
        settle();
        pass(Duration.ofMillis(1_600));
        past.to = longer.to;
        pass(Duration.ofSeconds(10));
        assertThat(at()).isEqualTo(past.to);
        assertThat(replay.folded()).isEqualTo(past.readings());
        isTrue();
    }

    @Test
    void a_moment_before_all_records_is_the_first_of_them() {
        open(FROM.minus(Duration.ofDays(3)));
        assertThat(at()).isEqualTo(FROM);
        rest();
        assertThat(replay.playback().waits()).isFalse();
        isTrue();
    }

    @Test
    void reels_are_read_once_while_they_are_kept() {
        replay.speed(3600);
        replay.play(false);
        settle();
        pass(Duration.ofSeconds(8));
        int asked = past.asked;
        assertThat(asked).isLessThanOrEqualTo(31);
        replay.seek(FROM.plus(Duration.ofMinutes(42)));
        settle();
        assertThat(past.asked).isEqualTo(asked);
    }

    @Test
    void a_moment_alone_is_on_the_screen_before_its_reel_is_read() {
        past.asked = 0;
        replay.seek(FROM.plusSeconds(3_600));
        settle();
        isTrue();
        assertThat(past.asked).isZero();
        rest();
        assertThat(past.asked).isPositive();
        isTrue();
    }

    @Test
    void where_it_plays_the_reel_is_read_at_once() {
        replay.play(false);
        settle();
        past.asked = 0;
        replay.seek(FROM.plusSeconds(10_000));
        settle();
        assertThat(past.asked).isPositive();
        isTrue();
    }
}
