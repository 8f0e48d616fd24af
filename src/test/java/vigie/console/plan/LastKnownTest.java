package vigie.console.plan;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.Scene;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;

import org.junit.jupiter.api.Test;

import vigie.console.style.Palette;
import vigie.console.style.Role;
import vigie.plan.Deviation;
import vigie.text.Words;

import java.util.List;
import java.util.Locale;

/** What the plan shows of a room that is no longer followed. */
class LastKnownTest {
    private static final int WIDTH = 1380;
    private static final int HEIGHT = 930;

    @Test
    void where_the_trouble_was_keeps_its_colour_at_the_edge_alone() throws Exception {
        ReferenceRoom later = Gallery.hot().later(125);
        for (Deviation deviation : List.of(Deviation.ALARM, Deviation.WARNING)) {
            Role role = Symbols.role(deviation);
            int followed = pixels(role, Gallery.hot(), true);
            int lost = pixels(role, later, false);
            assertThat(lost).as("%s", role).isGreaterThan(60).isLessThan(followed * 3 / 4);
        }
    }

    @Test
    void a_room_that_was_calm_has_no_such_colour() throws Exception {
        for (Deviation deviation : List.of(Deviation.ALARM, Deviation.WARNING)) {
            Role role = Symbols.role(deviation);
            assertThat(pixels(role, new ReferenceRoom().calm().later(125), false)).isZero();
        }
    }

    /** How many pixels have the hue of a role's colour, and are not grey. */
    private static int pixels(Role role, ReferenceRoom room, boolean connected) throws Exception {
        Palette palette = Palette.dark();
        Color colour = palette.colour(role);
        PixelReader image =
                Toolkit.call(
                                () -> {
                                    PlanView view = new PlanView(Words.in(Locale.ENGLISH), palette);
                                    Scene scene = new Scene(view, WIDTH, HEIGHT);
                                    view.resize(WIDTH, HEIGHT);
                                    view.show(room.picture(), room.now(), connected);
                                    view.layout();
                                    return scene.snapshot(new WritableImage(WIDTH, HEIGHT));
                                })
                        .getPixelReader();
        int found = 0;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                Color here = image.getColor(x, y);
                // The plan of a room not followed is dimmed: the hue stays.
                if (Math.abs(here.getHue() - colour.getHue()) < 8 && here.getSaturation() > 0.4) {
                    found++;
                }
            }
        }
        return found;
    }
}
