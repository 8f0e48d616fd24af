package vigie.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class RecorderSnapshotTest {
    @Test
    void rows_of_one_commit_out_of_order_are_no_clock_step() {
        assertThat(RecorderSnapshot.countingRow(5, 1_000, List.of(6L, 7L), List.of(999.0, 998.0)))
                .isEqualTo(5);
        assertThat(RecorderSnapshot.countingRow(5, 1_000, List.of(), List.of())).isEqualTo(5);
    }

    @Test
    void after_a_clock_that_was_set_back_the_newest_row_from_the_step_on_counts() {
        assertThat(
                        RecorderSnapshot.countingRow(
                                5, 10_000, List.of(6L, 7L, 8L), List.of(9_999.0, 100.0, 110.0)))
                .isEqualTo(8);
        assertThat(
                        RecorderSnapshot.countingRow(
                                5, 10_000, List.of(6L, 7L, 8L), List.of(100.0, 110.0, 105.0)))
                .isEqualTo(7);
    }

    @Test
    void a_clock_set_back_twice_counts_from_the_second_step() {
        assertThat(
                        RecorderSnapshot.countingRow(
                                5,
                                10_000,
                                List.of(6L, 7L, 8L, 9L),
                                List.of(5_000.0, 5_010.0, 100.0, 120.0)))
                .isEqualTo(9);
    }
}
