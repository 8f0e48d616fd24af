package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class RecentRowsTest {
    private final RecentRows rows = new RecentRows();

    private static RecentRows.Row row(long id, String text) {
        return new RecentRows.Row(id, 1, id * 1_000, RecentRows.hash(text));
    }

    @Test
    void rows_come_back_by_id_with_their_content() {
        rows.add(row(7, "b"));
        rows.add(row(5, "a"));
        assertThat(rows.above(4)).containsExactly(row(5, "a"), row(7, "b"));
        assertThat(rows.above(5)).containsExactly(row(7, "b"));
    }

    @Test
    void of_two_rows_with_one_id_the_later_counts() {
        rows.add(row(5, "undone"));
        rows.add(row(5, "real"));
        assertThat(rows.above(0)).containsExactly(row(5, "real"));
    }

    @Test
    void a_deleted_row_is_gone_and_an_amended_one_has_its_new_content() {
        rows.add(row(5, "a"));
        rows.add(row(6, "b"));
        rows.removeAll(new long[] {5, 99});
        rows.amend(row(6, "c"));
        assertThat(rows.above(0)).containsExactly(row(6, "c"));
    }

    @Test
    void it_keeps_the_last_rows_and_no_more() {
        for (long id = 1; id <= RecentRows.KEPT + 10; id++) {
            rows.add(row(id, "x"));
        }
        RecentRows.Row[] kept = rows.above(0);
        assertThat(kept).hasSize(RecentRows.KEPT);
        assertThat(kept[0].id()).isEqualTo(11);
        assertThat(Arrays.stream(kept).mapToLong(RecentRows.Row::id).max())
                .hasValue(RecentRows.KEPT + 10);
    }

    @Test
    void a_row_without_a_time_fits_every_time() {
        RecentRows.Row timeless =
                new RecentRows.Row(5, 1, RecentRows.NO_TIME, RecentRows.hash("a"));
        assertThat(row(5, "a").isSame(timeless)).isTrue();
        assertThat(row(5, "b").isSame(timeless)).isFalse();
        assertThat(row(5, "a").isSame(row(5, "a"))).isTrue();
        assertThat(RecentRows.hash(null)).isNotEqualTo(RecentRows.hash(""));
    }
}
