package vigie.room;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.point.PointId;
import vigie.point.PointKey;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

class BindingsTest {
    private static final PointId A = new PointId("sensor.a");
    private static final PointId B = new PointId("sensor.b");
    private static final PointId C = new PointId("sensor.c");
    private static final PointKey ONE = new PointKey(1);
    private static final PointKey TWO = new PointKey(2);

    private RoomState state = RoomState.EMPTY;
    private Bindings bindings = Bindings.NONE;

    @Test
    void a_name_is_learned_from_the_point_that_has_it() {
        when(List.of(A, B), named(ONE, A));
        assertThat(bindings.key(A)).contains(ONE);
        assertThat(bindings.key(B)).isEmpty();
    }

    @Test
    void it_follows_a_rename_and_is_not_led_astray_by_who_takes_the_name() {
        when(List.of(A), named(ONE, A));
        when(List.of(A), named(ONE, B));
        assertThat(bindings.key(A)).contains(ONE);
        when(List.of(A), named(TWO, A));
        assertThat(bindings.key(A)).contains(ONE);
    }

    @Test
    void two_points_that_swap_their_names_keep_their_places() {
        when(List.of(A, B), named(ONE, A), named(TWO, B));
        when(List.of(A, B), named(ONE, C), named(TWO, A), named(ONE, B));
        assertThat(bindings.key(A)).contains(ONE);
        assertThat(bindings.key(B)).contains(TWO);
    }

    @Test
    void a_key_that_ended_is_learned_anew_by_exact_name_only() {
        when(List.of(A), named(ONE, A));
        when(List.of(A), named(ONE, B));
        when(List.of(A), new Fact.Forgotten(ONE));
        assertThat(bindings.key(A)).isEmpty();
        when(List.of(A), named(TWO, B));
        assertThat(bindings.key(A)).isEmpty();
        when(List.of(A), named(TWO, A));
        assertThat(bindings.key(A)).contains(TWO);
    }

    @Test
    void a_point_that_one_name_follows_is_not_given_to_another() {
        when(List.of(A, B), named(ONE, A));
        when(List.of(A, B), named(ONE, B));
        assertThat(bindings.key(A)).contains(ONE);
        assertThat(bindings.key(B)).isEmpty();
        restart();
        when(List.of(A, B), named(ONE, B));
        assertThat(bindings.key(A)).contains(ONE);
        assertThat(bindings.key(B)).isEmpty();
    }

    @Test
    void a_plan_that_newly_names_a_point_means_it() {
        when(List.of(A), named(ONE, A));
        when(List.of(A), named(ONE, B), named(TWO, A));
        assertThat(bindings.key(A)).contains(ONE);
        when(List.of(A, B));
        assertThat(bindings.key(B)).contains(ONE);
        assertThat(bindings.key(A)).contains(TWO);
    }

    @Test
    void a_state_before_its_snapshot_ends_nothing() {
        when(List.of(A), named(ONE, A));
        Bindings before = bindings;
        assertThat(bindings.after(RoomState.EMPTY, List.of(A))).isSameAs(before);
    }

    @Test
    void what_was_learned_survives_a_restart() {
        when(List.of(A), named(ONE, A));
        restart();
        // The rename happened while nobody looked.
        when(List.of(A), named(ONE, B), named(TWO, A));
        assertThat(bindings.key(A)).contains(ONE);
    }

    @Test
    void a_name_that_left_the_plan_is_forgotten() {
        when(List.of(A), named(ONE, A));
        when(List.of(A), named(ONE, B), named(TWO, A));
        when(List.of(B));
        when(List.of(A));
        assertThat(bindings.key(A)).contains(TWO);
    }

    @Test
    void nothing_new_is_the_same_object() {
        when(List.of(A, B), named(ONE, A));
        Bindings before = bindings;
        when(List.of(A, B), named(new PointKey(9), C));
        assertThat(bindings).isSameAs(before);
    }

    /**
     * Against a rule told in other words: a name keeps its key as long as that lives; else it gets
     * the point of its exact name, unless another name holds that.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatever_happens_to_the_points_the_rules_hold(long seed) {
        Random random = new Random(seed);
        List<PointId> wanted = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            wanted.add(new PointId("sensor.n" + i));
        }
        Map<PointKey, PointId> living = new HashMap<>();
        Map<PointId, PointKey> expected = new HashMap<>();
        long nextKey = 1;
        boolean first = true;
        for (int step = 0; step < 2_000; step++) {
            List<PointKey> keys = living.keySet().stream().sorted().toList();
            List<PointId> free = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                PointId name = new PointId("sensor.n" + i);
                if (!living.containsValue(name)) {
                    free.add(name);
                }
            }
            Fact fact;
            int what = random.nextInt(3);
            if (what == 0 && !free.isEmpty()) {
                PointId name = free.get(random.nextInt(free.size()));
                PointKey key = new PointKey(nextKey++);
                living.put(key, name);
                fact = named(key, name);
            } else if (what == 1 && !keys.isEmpty() && !free.isEmpty()) {
                PointKey key = keys.get(random.nextInt(keys.size()));
                PointId name = free.get(random.nextInt(free.size()));
                living.put(key, name);
                fact = named(key, name);
            } else if (!keys.isEmpty() && random.nextInt(3) == 0) {
                PointKey key = keys.get(random.nextInt(keys.size()));
                living.remove(key);
                fact = new Fact.Forgotten(key);
            } else {
                continue;
            }
            when(wanted, fact);
            if (random.nextInt(20) == 0) {
                restart();
                state = RoomState.EMPTY;
                when(
                        wanted,
                        living.entrySet().stream()
                                .map(entry -> named(entry.getKey(), entry.getValue()))
                                .toArray(Fact[]::new));
            }
            expected.values().removeIf(key -> !living.containsKey(key));
            for (PointId name : wanted) {
                living.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(name))
                        .map(Map.Entry::getKey)
                        .filter(key -> !expected.containsValue(key))
                        .findFirst()
                        .ifPresent(key -> expected.putIfAbsent(name, key));
            }
            for (PointId name : wanted) {
                assertThat(bindings.key(name))
                        .as("step %d, %s", step, name)
                        .isEqualTo(Optional.ofNullable(expected.get(name)));
            }
            assertThat(first || bindings.known().size() == wanted.size()).isTrue();
            first = false;
        }
    }

    private void when(List<PointId> names, Fact... facts) {
        state = state.after(new Group("0-1-1", Optional.empty(), List.of(facts)));
        bindings = bindings.after(state, names);
    }

    private void restart() {
        bindings = Bindings.of(bindings.known());
    }

    private static Fact named(PointKey key, PointId id) {
        return new Fact.Named(key, id);
    }
}
