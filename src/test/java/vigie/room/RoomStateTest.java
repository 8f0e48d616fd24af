package vigie.room;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Quality;
import vigie.point.Reading;
import vigie.point.Source;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

class RoomStateTest {
    private static final Instant START = Instant.parse("2026-03-04T02:00:00Z");

    private final PointKey key = new PointKey(7);
    private final PointId inlet = new PointId("sensor.rack_a1_inlet_top");

    @Test
    void within_a_group_the_newest_source_time_wins_whatever_the_order_of_rows() {
        // A recorder wrote 1, 3, 5, 2, 4 for values set 1, 2, 3, 4, 5 within one commit.
        RoomState state =
                RoomState.EMPTY.after(
                        group(
                                "0-1-1",
                                row(1, 1, "1"),
                                row(2, 3, "3"),
                                row(3, 5, "5"),
                                row(4, 2, "2"),
                                row(5, 4, "4")));
        assertThat(text(state)).isEqualTo("5");
    }

    @Test
    void within_a_group_the_highest_id_wins_between_equal_times() {
        RoomState state =
                RoomState.EMPTY.after(group("0-1-1", row(9, 1, "nine"), row(8, 1, "eight")));
        assertThat(text(state)).isEqualTo("nine");
    }

    @Test
    void between_groups_the_later_group_wins_even_when_a_clock_was_set_back() {
        RoomState state =
                RoomState.EMPTY
                        .after(group("0-1-1", row(1, 3600, "before")))
                        .after(group("0-1-2", row(2, 10, "after")));
        assertThat(text(state)).isEqualTo("after");
    }

    @Test
    void an_amended_row_counts_only_where_it_is_the_newest() {
        RoomState state =
                RoomState.EMPTY
                        .after(group("0-1-1", row(1, 1, "21.4"), row(2, 2, "999")))
                        .after(group("0-1-2", amended(1, 1, "21.5")));
        assertThat(newest(state).text()).isEqualTo("999");
        state = state.after(group("0-1-3", amended(2, 2, "21.6")));
        assertThat(newest(state).text()).isEqualTo("21.6");
        state = state.after(group("0-1-4", amended(3, 3, "21.7")));
        assertThat(newest(state).id()).hasValue(2);
    }

    private Reading newest(RoomState state) {
        return state.point(key).orElseThrow().newest().orElseThrow();
    }

    private Fact amended(long id, long secondsAfterStart, String text) {
        return new Fact.Amended(((Fact.Observed) row(id, secondsAfterStart, text)).reading());
    }

    @Test
    void a_rename_keeps_the_key_and_the_reading() {
        PointId renamed = new PointId("sensor.rack_a1_top");
        RoomState state =
                RoomState.EMPTY
                        .after(group("0-1-1", new Fact.Named(key, inlet), row(1, 1, "21.4")))
                        .after(group("0-1-2", new Fact.Named(key, renamed)));
        assertThat(state.point(inlet)).isEmpty();
        assertThat(state.point(renamed)).isEqualTo(state.point(key)).isPresent();
        assertThat(text(state)).isEqualTo("21.4");
    }

    @Test
    void a_name_that_is_said_again_is_this_points_whoever_had_it_meanwhile() {
        PointKey other = new PointKey(8);
        PointId old = new PointId("sensor.old");
        RoomState state =
                RoomState.EMPTY
                        .after(group("0-1-1", new Fact.Named(other, inlet)))
                        .after(group("0-1-2", new Fact.Named(key, inlet)))
                        .after(group("0-1-3", new Fact.Named(key, old)));
        assertThat(state.point(inlet)).isEmpty();
        state = state.after(group("0-1-4", new Fact.Named(other, inlet)));
        assertThat(state.point(inlet)).map(PointState::key).contains(other);
        assertThat(state.point(old)).map(PointState::key).contains(key);
    }

    @Test
    void a_name_taken_over_by_another_point_survives_the_end_of_the_first() {
        PointKey other = new PointKey(8);
        RoomState state =
                RoomState.EMPTY
                        .after(group("0-1-1", new Fact.Named(key, inlet)))
                        .after(group("0-1-2", new Fact.Named(key, new PointId("sensor.old"))))
                        .after(group("0-1-3", new Fact.Named(other, inlet)))
                        .after(group("0-1-4", new Fact.Forgotten(key)));
        assertThat(state.point(inlet)).map(PointState::key).contains(other);
        assertThat(state.size()).isEqualTo(1);
    }

    @Test
    void a_forgotten_point_is_gone_and_its_place_is_used_again() {
        RoomState state = RoomState.EMPTY;
        for (int i = 0; i < 10_000; i++) {
            PointKey next = new PointKey(i);
            state =
                    state.after(
                                    group(
                                            "0-1-" + i,
                                            new Fact.Named(next, new PointId("sensor.p" + i))))
                            .after(group("0-1-" + i, new Fact.Forgotten(next)));
        }
        assertThat(state.size()).isZero();
        assertThat(state.points()).isEmpty();
    }

    @Test
    void an_earlier_state_is_not_touched_by_a_later_group() {
        RoomState before = RoomState.EMPTY.after(group("0-1-1", row(1, 1, "21.4")));
        RoomState copy = RoomState.EMPTY.after(group("0-1-1", row(1, 1, "21.4")));
        before.after(group("0-1-2", row(2, 2, "22.0"), new Fact.Forgotten(key)));
        assertThat(before).isEqualTo(copy);
    }

    @Test
    void an_unchanged_point_stays_the_same_object() {
        Fact other = observed(new PointKey(900), new PointId("sensor.other"), 5, 5, "x");
        RoomState one = RoomState.EMPTY.after(group("0-1-1", row(1, 1, "21.4"), other));
        RoomState two = one.after(group("0-1-2", row(2, 2, "22.0")));
        assertThat(two.point(new PointKey(900)).orElseThrow())
                .isSameAs(one.point(new PointKey(900)).orElseThrow());
    }

    @Test
    void a_reading_from_the_future_has_no_age_and_says_so() {
        RoomState state = RoomState.EMPTY.after(group("0-1-1", row(1, 60, "21.4")));
        PointState point = state.point(key).orElseThrow();
        assertThat(point.age(START)).contains(Duration.ZERO);
        assertThat(point.quality(START)).contains(Quality.of(Quality.Reason.FUTURE));
        assertThat(point.quality(START.plusSeconds(60))).contains(Quality.GOOD);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_fold_equals_a_slow_and_obvious_one(long seed) {
        Random random = new Random(seed);
        RoomState state = RoomState.EMPTY;
        Map<PointKey, PointState> slow = new HashMap<>();
        for (int g = 0; g < 200; g++) {
            List<Fact> facts = new ArrayList<>();
            int rows = random.nextInt(12);
            for (int r = 0; r < rows; r++) {
                PointKey point = new PointKey(random.nextInt(300));
                facts.add(
                        observed(
                                point,
                                new PointId("sensor.p" + point.value()),
                                random.nextLong(1_000_000),
                                random.nextInt(100_000),
                                Integer.toString(random.nextInt(50))));
            }
            facts.stream()
                    .map(fact -> ((Fact.Observed) fact).reading())
                    .sorted(
                            Comparator.comparing(Reading::time)
                                    .thenComparingLong(reading -> reading.id().orElseThrow()))
                    .forEach(reading ->
                            slow.put(
                                    reading.key(),
                                    new PointState(
                                            reading.key(), reading.point(), Optional.of(reading))));
            if (random.nextInt(5) == 0) {
                PointKey gone = new PointKey(random.nextInt(300));
                facts.add(new Fact.Forgotten(gone));
                slow.remove(gone);
            }
            state = state.after(new Group("0-1-" + g, Optional.empty(), facts));
        }
        assertThat(state.points()).containsExactlyInAnyOrderElementsOf(slow.values());
        for (PointState point : slow.values()) {
            assertThat(state.point(point.id())).contains(point);
        }
    }

    private String text(RoomState state) {
        return String.valueOf(state.point(key).orElseThrow().newest().orElseThrow().text());
    }

    private static Group group(String position, Fact... facts) {
        return new Group(position, Optional.empty(), List.of(facts));
    }

    private Fact row(long id, long secondsAfterStart, String text) {
        return observed(key, inlet, id, secondsAfterStart, text);
    }

    private static Fact observed(
            PointKey key, PointId point, long id, long secondsAfterStart, String text) {
        Instant time = START.plusSeconds(secondsAfterStart);
        return new Fact.Observed(
                Reading.ofRow(
                        OptionalLong.of(id),
                        key,
                        point,
                        text,
                        Attributes.NONE,
                        time,
                        time,
                        Optional.empty(),
                        Optional.empty(),
                        Source.BINLOG));
    }
}
