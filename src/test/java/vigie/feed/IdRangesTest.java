package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;
import java.util.TreeSet;

class IdRangesTest {
    private static final long DEEP = 1_000_000;

    @Test
    void what_is_below_the_floor_is_in_it_and_what_is_above_is_not() {
        IdRanges ids = new IdRanges(10, DEEP);
        assertThat(ids.contains(10)).isTrue();
        assertThat(ids.contains(11)).isFalse();
        assertThat(ids.highest()).isEqualTo(10);
    }

    @Test
    void a_hole_that_is_filled_late_is_a_hole_until_then() {
        IdRanges ids = new IdRanges(0, DEEP);
        ids.add(1);
        ids.add(3);
        assertThat(ids.contains(2)).isFalse();
        assertThat(ids.floor()).isEqualTo(1);
        ids.add(2);
        assertThat(ids.contains(2)).isTrue();
        assertThat(ids.floor()).isEqualTo(3);
    }

    @Test
    void a_hole_far_below_the_highest_is_closed() {
        IdRanges ids = new IdRanges(0, 100);
        ids.add(2);
        for (long id = 4; id < 200; id++) {
            ids.add(id);
        }
        ids.add(300);
        assertThat(ids.floor()).isEqualTo(200);
        assertThat(ids.contains(1)).isTrue();
        assertThat(ids.contains(299)).isFalse();
    }

    @Test
    void an_id_that_is_taken_out_can_come_again_also_from_below_the_floor() {
        IdRanges ids = new IdRanges(10, DEEP);
        ids.add(11);
        ids.add(12);
        ids.remove(11);
        ids.remove(9);
        assertThat(ids.contains(11)).isFalse();
        assertThat(ids.contains(9)).isFalse();
        assertThat(ids.contains(10)).isTrue();
        assertThat(ids.contains(12)).isTrue();
        assertThat(ids.floor()).isEqualTo(8);
        ids.add(9);
        ids.add(11);
        assertThat(ids.floor()).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void it_is_a_set(long seed) {
        Random random = new Random(seed);
        IdRanges ids = new IdRanges(0, DEEP);
        TreeSet<Long> plain = new TreeSet<>();
        long next = 1;
        for (int step = 0; step < 5_000; step++) {
            switch (random.nextInt(10)) {
                case 0 -> next += random.nextInt(4);
                case 1 -> {
                    long id = 1 + random.nextLong(next);
                    ids.remove(id);
                    plain.remove(id);
                }
                case 2 -> {
                    long id = 1 + random.nextLong(next);
                    ids.add(id);
                    plain.add(id);
                }
                default -> {
                    ids.add(next);
                    plain.add(next);
                    next++;
                }
            }
        }
        long floor = 0;
        while (plain.contains(floor + 1)) {
            floor++;
        }
        for (long id = 1; id <= next + 3; id++) {
            assertThat(ids.contains(id)).as("id %d", id).isEqualTo(plain.contains(id));
        }
        assertThat(ids.floor()).isEqualTo(floor);
        assertThat(ids.highest()).isEqualTo(plain.last());
    }
}
