package vigie.console.style;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javafx.scene.paint.Color;

import org.junit.jupiter.api.Test;

import vigie.picture.Change;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class PaletteTest {
    private static final double TEXT_CONTRAST = 4.5;
    private static final double SIGN_CONTRAST = 3.0;

    private static final List<Role> PRIORITIES =
            List.of(Role.PRIORITY_1, Role.PRIORITY_2, Role.PRIORITY_3, Role.PRIORITY_4);

    /** What has a colour without being abnormal: marks of the operator and of the mode. */
    private static final List<Role> COLOURED =
            List.of(Role.FOCUS, Role.PAST, Role.DIFFERENCE_LESS, Role.DIFFERENCE_MORE);

    private final Palette dark = Palette.dark();
    private final Palette drawing = Palette.drawing();

    @Test
    void text_can_be_read_on_every_ground_it_is_used_on() {
        List<Role> grounds =
                List.of(
                        Role.GROUND,
                        Role.SURFACE,
                        Role.SURFACE_RAISED,
                        Role.SURFACE_HOVER,
                        Role.FLOOR,
                        Role.RACK,
                        Role.COOLING,
                        Role.UPS,
                        Role.AISLE_HOT,
                        Role.AISLE_COLD,
                        Role.TRACK);
        List<Role> texts = List.of(Role.TEXT, Role.TEXT_MUTED, Role.UNCERTAIN, Role.BAD);
        assertThat(tooFaint(dark, texts, grounds, TEXT_CONTRAST)).isEmpty();
        assertThat(tooFaint(dark, List.of(Role.ON_PRIORITY), PRIORITIES, TEXT_CONTRAST)).isEmpty();
        assertThat(
                        tooFaint(
                                drawing,
                                List.of(Role.TEXT),
                                List.of(
                                        Role.SURFACE,
                                        Role.FLOOR,
                                        Role.AISLE_HOT,
                                        Role.AISLE_COLD,
                                        Role.COOLING,
                                        Role.UPS),
                                TEXT_CONTRAST))
                .isEmpty();
    }

    @Test
    void signs_can_be_seen_on_every_ground_they_are_used_on() {
        List<Role> grounds =
                List.of(
                        Role.GROUND,
                        Role.SURFACE,
                        Role.SURFACE_RAISED,
                        Role.SURFACE_HOVER,
                        Role.FLOOR,
                        Role.AISLE_HOT,
                        Role.AISLE_COLD);
        List<Role> signs = new ArrayList<>(PRIORITIES);
        signs.addAll(
                List.of(
                        Role.NORMAL,
                        Role.LINE_STRONG,
                        Role.SENSOR,
                        Role.WALL,
                        Role.SELECTION,
                        Role.HOVER,
                        Role.FOCUS));
        assertThat(tooFaint(dark, signs, grounds, SIGN_CONTRAST)).isEmpty();
        assertThat(
                        tooFaint(
                                dark,
                                List.of(Role.RACK_LINE, Role.COOLING_LINE, Role.UPS_LINE),
                                List.of(Role.FLOOR, Role.AISLE_COLD, Role.AISLE_HOT),
                                SIGN_CONTRAST))
                .isEmpty();
    }

    @Test
    void priorities_are_told_apart_by_every_kind_of_eyes() {
        assertThat(leastDistance(dark, ColourScience.Eyes.NORMAL)).isCloseTo(27, within(0.6));
        assertThat(leastDistance(dark, ColourScience.Eyes.PROTAN)).isCloseTo(19, within(0.6));
        assertThat(leastDistance(dark, ColourScience.Eyes.DEUTAN)).isCloseTo(15.5, within(0.6));
        assertThat(leastDistance(dark, ColourScience.Eyes.TRITAN)).isCloseTo(19, within(0.6));
    }

    /** The selection is not among them: it is an outline, and no priority is ever an outline. */
    @Test
    void priorities_are_far_from_everything_that_is_normal() {
        List<Role> calm =
                List.of(
                        Role.NORMAL,
                        Role.SENSOR,
                        Role.TEXT_MUTED,
                        Role.RACK_LINE,
                        Role.FOCUS,
                        Role.PAST);
        for (ColourScience.Eyes eyes : ColourScience.Eyes.values()) {
            for (Role priority : PRIORITIES) {
                for (Role role : calm) {
                    assertThat(
                                    ColourScience.distance(
                                            dark.colour(priority), dark.colour(role), eyes))
                            .as("%s to %s for %s eyes", priority, role, eyes)
                            .isGreaterThan(10);
                }
            }
        }
    }

    @Test
    void what_is_normal_has_hardly_any_colour() {
        for (Role role : Role.values()) {
            if (!PRIORITIES.contains(role) && !COLOURED.contains(role)) {
                var colour = dark.colour(role);
                double most =
                        Math.max(colour.getRed(), Math.max(colour.getGreen(), colour.getBlue()));
                double least =
                        Math.min(colour.getRed(), Math.min(colour.getGreen(), colour.getBlue()));
                assertThat(most - least).as(role.cssName()).isLessThan(0.1);
            }
        }
    }

    @Test
    void differences_are_told_apart_by_every_kind_of_eyes_and_are_no_alarm() {
        List<Color> scale = new ArrayList<>();
        for (int step = -Change.MOST_STEPS; step <= Change.MOST_STEPS; step++) {
            scale.add(dark.difference(step, Change.MOST_STEPS));
        }
        for (ColourScience.Eyes eyes : ColourScience.Eyes.values()) {
            for (int i = 0; i < scale.size(); i++) {
                for (Role priority : PRIORITIES) {
                    assertThat(ColourScience.distance(scale.get(i), dark.colour(priority), eyes))
                            .as("step %d to %s for %s eyes", i, priority, eyes)
                            .isGreaterThan(9);
                }
                if (i > 0) {
                    assertThat(ColourScience.distance(scale.get(i - 1), scale.get(i), eyes))
                            .as("steps %d and %d for %s eyes", i - 1, i, eyes)
                            .isGreaterThan(2);
                }
            }
            for (int step = 1; step <= Change.MOST_STEPS; step++) {
                assertThat(
                                ColourScience.distance(
                                        dark.difference(-step, Change.MOST_STEPS),
                                        dark.difference(step, Change.MOST_STEPS),
                                        eyes))
                        .as("less and more, step %d, for %s eyes", step, eyes)
                        .isGreaterThan(8.0 * step);
            }
        }
        for (Color ground : scale) {
            assertThat(ColourScience.contrast(dark.colour(Role.TEXT), ground))
                    .isGreaterThan(TEXT_CONTRAST);
        }
    }

    @Test
    void the_formula_of_colour_distance_gives_the_published_values() {
        assertThat(
                        ColourScience.ciede2000(
                                new double[] {50, 2.6772, -79.7751},
                                new double[] {50, 0, -82.7485}))
                .isCloseTo(2.0425, within(1e-4));
        assertThat(
                        ColourScience.ciede2000(
                                new double[] {2.0776, 0.0795, -1.1350},
                                new double[] {0.9033, -0.0636, -0.5514}))
                .isCloseTo(0.9082, within(1e-4));
        assertThat(ColourScience.ciede2000(new double[] {50, 2.5, 0}, new double[] {58, 24, 15}))
                .isCloseTo(19.4535, within(1e-4));
    }

    @Test
    void a_sheet_with_a_missing_doubled_or_unknown_role_is_refused() {
        assertThatThrownBy(() -> Palette.parse(".root { -vigie-surface: #22272B; }"))
                .hasMessageContaining("no colour for -vigie-ground");
        assertThatThrownBy(() ->
                        Palette.parse(".root { -vigie-text: #FFFFFF; -vigie-text: #000000; }"))
                .hasMessageContaining("declared twice: -vigie-text");
        assertThatThrownBy(() -> Palette.parse(".root { -vigie-txt: #FFFFFF; }"))
                .hasMessageContaining("no such role: -vigie-txt");
        assertThatThrownBy(() -> Palette.parse(".root { -vigie-text: white; }"))
                .hasMessageContaining("-vigie-text: white");
        assertThatThrownBy(() -> Palette.parse(".other { }")).hasMessageContaining(".root");
    }

    @Test
    void the_window_s_sheet_names_only_roles_and_holds_no_colour_of_its_own() throws IOException {
        String css = Files.readString(Path.of("styles/console.css"));
        Matcher named = Pattern.compile("-vigie-[a-z0-9-]+").matcher(css);
        while (named.find()) {
            assertThat(Role.values()).extracting(Role::cssName).contains(named.group());
        }
        assertThat(css).doesNotContainPattern("#[0-9A-Fa-f]{3,8}\\b").doesNotContain("rgb");
    }

    @Test
    void a_colour_is_written_as_the_sheet_has_it() {
        assertThat(dark.hex(Role.PRIORITY_1)).isEqualTo("#FF2D55");
        assertThat(dark.hex(Role.VEIL)).isEqualTo("#1A1E21B3");
    }

    private static List<String> tooFaint(
            Palette palette, List<Role> signs, List<Role> grounds, double least) {
        List<String> faint = new ArrayList<>();
        for (Role sign : signs) {
            for (Role ground : grounds) {
                double contrast =
                        ColourScience.contrast(palette.colour(sign), palette.colour(ground));
                if (contrast < least) {
                    faint.add("%s on %s: %.2f".formatted(sign, ground, contrast));
                }
            }
        }
        return faint;
    }

    private static double leastDistance(Palette palette, ColourScience.Eyes eyes) {
        double least = Double.MAX_VALUE;
        for (Role one : PRIORITIES) {
            for (Role other : PRIORITIES) {
                if (one.compareTo(other) < 0) {
                    least =
                            Math.min(
                                    least,
                                    ColourScience.distance(
                                            palette.colour(one), palette.colour(other), eyes));
                }
            }
        }
        return least;
    }
}
