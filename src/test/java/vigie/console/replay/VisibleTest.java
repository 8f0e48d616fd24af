package vigie.console.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.console.history.chart.Stretch;

class VisibleTest {
    private static final long NOW = 1_800_000_000_000_000L;
    private static final long MINUTE = 60_000_000L;

    private final Visible visible = new Visible(NOW);

    @Test
    void the_present_stays_near_the_right_edge() {
        assertThat(visible.stretch().width()).isEqualTo(Visible.USUAL);
        assertThat(visible.present(NOW + 1_000)).as("less than a pixel").isFalse();
        assertThat(visible.present(NOW + 10 * MINUTE)).isTrue();
        assertThat(visible.stretch().contains(NOW + 10 * MINUTE)).isTrue();
        assertThat(visible.stretch().to() - NOW - 10 * MINUTE).isLessThan(4 * MINUTE);
    }

    @Test
    void the_lanes_stand_still_while_it_plays_until_the_page_is_full() {
        Stretch before = visible.stretch();
        assertThat(visible.playhead(NOW - 30 * MINUTE, false)).isFalse();
        assertThat(visible.stretch()).isEqualTo(before);
        assertThat(visible.playhead(before.to(), false)).isTrue();
        Stretch next = visible.stretch();
        assertThat(next.width()).isEqualTo(before.width());
        assertThat(share(before.to(), next)).isBetween(0.05, 0.2);
    }

    @Test
    void backwards_the_page_turns_the_other_way() {
        Stretch before = visible.stretch();
        assertThat(visible.playhead(before.from(), true)).isTrue();
        assertThat(share(before.from(), visible.stretch())).isBetween(0.8, 0.95);
    }

    @Test
    void a_moment_far_away_is_shown_in_the_middle() {
        long far = NOW - 30L * 24 * 60 * MINUTE;
        assertThat(visible.playhead(far, false)).isTrue();
        assertThat(share(far, visible.stretch())).isBetween(0.45, 0.55);
    }

    @Test
    void a_hand_that_looks_elsewhere_is_not_pulled_back() {
        visible.move(-600 * MINUTE);
        Stretch looked = visible.stretch();
        assertThat(visible.playhead(NOW, false)).isFalse();
        assertThat(visible.present(NOW + 60 * MINUTE)).isFalse();
        assertThat(visible.stretch()).isEqualTo(looked);
        visible.follow();
        assertThat(visible.playhead(NOW, false)).isTrue();
        assertThat(visible.stretch().contains(NOW)).isTrue();
    }

    @Test
    void it_zooms_from_a_quarter_of_an_hour_to_a_year() {
        for (int i = 0; i < 60; i++) {
            visible.zoom(NOW, 1 / 1.25);
        }
        assertThat(visible.stretch().width()).isEqualTo(Visible.LEAST);
        for (int i = 0; i < 120; i++) {
            visible.zoom(NOW, 1.25);
        }
        assertThat(visible.stretch().width()).isEqualTo(Visible.MOST);
        visible.zoom(NOW, 0.5);
        assertThat(visible.stretch().width()).isEqualTo(Visible.MOST / 2);
    }

    private static double share(long at, Stretch stretch) {
        return (double) (at - stretch.from()) / stretch.width();
    }
}
