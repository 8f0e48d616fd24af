package vigie.console.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import vigie.plan.Spot;

import java.util.Random;

class ViewportTest {
    private static final Extent ROOM = new Extent(0, 0, 13.2, 8.8);

    @Test
    void fitting_shows_the_whole_part_in_the_middle() {
        Viewport fit = Viewport.fitting(ROOM, 1380, 930, 34);
        assertThat(fit.x(0)).isGreaterThanOrEqualTo(34 - 1e-9);
        assertThat(fit.y(8.8)).isLessThanOrEqualTo(930 - 34 + 1e-9);
        assertThat(fit.x(6.6)).isCloseTo(690, within(1e-9));
        assertThat(fit.y(4.4)).isCloseTo(465, within(1e-9));
    }

    @Test
    void fitting_into_nearly_nothing_still_has_a_scale() {
        assertThat(Viewport.fitting(ROOM, 3, 3, 34).scale()).isPositive();
    }

    @Test
    void what_is_under_the_pointer_stays_there_at_any_zoom() {
        Random random = new Random(11);
        Viewport viewport = Viewport.fitting(ROOM, 1380, 930, 34);
        for (int i = 0; i < 1000; i++) {
            double x = random.nextDouble() * 1380;
            double y = random.nextDouble() * 930;
            Spot before = viewport.spot(x, y);
            viewport = viewport.zoomedAt(x, y, 0.8 + random.nextDouble() * 0.45);
            Spot after = viewport.spot(x, y);
            assertThat(after.x()).isCloseTo(before.x(), within(1e-6));
            assertThat(after.y()).isCloseTo(before.y(), within(1e-6));
        }
    }

    @Test
    void the_middle_of_the_view_stays_in_the_plan() {
        Viewport far = Viewport.fitting(ROOM, 1380, 930, 34).panned(1e5, -1e5);
        Spot middle = far.keeping(ROOM, 1380, 930).spot(690, 465);
        assertThat(ROOM.grown(1e-6).contains(middle.x(), middle.y())).isTrue();
    }

    @Test
    void snapping_puts_the_origin_on_whole_device_pixels() {
        Viewport snapped = new Viewport(93.7, 12.34, 56.78).snapped(1.5);
        assertThat(snapped.left() * 1.5).isEqualTo(Math.rint(snapped.left() * 1.5));
        assertThat(snapped.top() * 1.5).isEqualTo(Math.rint(snapped.top() * 1.5));
    }
}
