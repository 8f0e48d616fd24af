package vigie.console.plan;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.image.Image;
import javafx.scene.image.PixelReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vigie.console.picture.Png;
import vigie.plan.Element;
import vigie.plan.Plan;
import vigie.plan.PlanFile;
import vigie.text.Words;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

class PlanDrawingTest {
    private static final Path DRAWING = Path.of("docs/server_room_plan.png");
    private static final String REMEDY =
            "the drawing no longer shows the plan: ./vigie plan draw docs/server_room_plan.png";
    private static final Words ENGLISH = Words.in(Locale.ENGLISH);

    /** Pixels; differences of less are the rasteriser's. */
    private static final int BLOCK = 12;

    /** Of 255, in the mean colour of a block. */
    private static final double TOLERATED = 14;

    @TempDir Path folder;

    @Test
    void the_drawing_in_the_papers_was_made_from_the_built_in_plan() throws Exception {
        assertThat(Png.texts(DRAWING).get(PlanDrawing.FINGERPRINT))
                .as(REMEDY)
                .isEqualTo(PlanDrawing.fingerprint(PlanFile.builtIn(), ENGLISH));
    }

    @Test
    void the_drawing_in_the_papers_looks_like_one_made_now() throws Exception {
        Image kept = image(DRAWING);
        Image made = Toolkit.call(() -> PlanDrawing.image(PlanFile.builtIn(), ENGLISH));
        assertThat(differences(kept, made)).as(REMEDY).isEmpty();
    }

    @Test
    void a_moved_rack_is_seen_by_the_comparison() throws Exception {
        Image made = Toolkit.call(() -> PlanDrawing.image(moved(PlanFile.builtIn()), ENGLISH));
        assertThat(differences(image(DRAWING), made)).isNotEmpty();
    }

    @Test
    void another_plan_language_or_place_has_another_fingerprint() {
        Plan plan = PlanFile.builtIn();
        String fingerprint = PlanDrawing.fingerprint(plan, ENGLISH);
        assertThat(PlanDrawing.fingerprint(PlanFile.builtIn(), ENGLISH)).isEqualTo(fingerprint);
        assertThat(PlanDrawing.fingerprint(moved(plan), ENGLISH)).isNotEqualTo(fingerprint);
        assertThat(PlanDrawing.fingerprint(plan, Words.in(Locale.FRENCH)))
                .isNotEqualTo(fingerprint);
    }

    @Test
    void the_file_says_of_which_plan_it_is() throws Exception {
        Path file = folder.resolve("plan.png");
        Words french = Words.in(Locale.FRENCH);
        Toolkit.call(() -> file);
        PlanDrawing.write(PlanFile.builtIn(), french, file);
        assertThat(Png.texts(file))
                .containsEntry("Title", "Salle serveurs")
                .containsEntry(
                        PlanDrawing.FINGERPRINT,
                        PlanDrawing.fingerprint(PlanFile.builtIn(), french));
        assertThat(image(file).getWidth()).isEqualTo(1800);
    }

    private static Plan moved(Plan plan) {
        List<Element> elements = new ArrayList<>(plan.elements());
        elements.replaceAll(element ->
                element instanceof Element.Rack rack && rack.id().value().equals("a1")
                        ? new Element.Rack(
                                rack.id(),
                                rack.label(),
                                rack.row(),
                                new vigie.plan.Area(
                                        rack.area().x() - 0.3,
                                        rack.area().y(),
                                        rack.area().width(),
                                        rack.area().depth()),
                                rack.facing(),
                                rack.height())
                        : element);
        return new Plan(plan.label(), elements, plan.placements(), plan.limits());
    }

    private static Image image(Path file) throws Exception {
        try (var in = Files.newInputStream(file)) {
            return new Image(in);
        }
    }

    /** The blocks whose mean colours are too far apart; fonts differ a little between machines. */
    private static List<String> differences(Image one, Image other) {
        List<String> found = new ArrayList<>();
        if (one.getWidth() != other.getWidth() || one.getHeight() != other.getHeight()) {
            found.add("size");
            return found;
        }
        PixelReader left = one.getPixelReader();
        PixelReader right = other.getPixelReader();
        for (int y = 0; y + BLOCK <= one.getHeight(); y += BLOCK) {
            for (int x = 0; x + BLOCK <= one.getWidth(); x += BLOCK) {
                double difference = 0;
                for (int shift = 0; shift <= 16; shift += 8) {
                    double sum = 0;
                    for (int dy = 0; dy < BLOCK; dy++) {
                        for (int dx = 0; dx < BLOCK; dx++) {
                            sum += (left.getArgb(x + dx, y + dy) >> shift) & 0xff;
                            sum -= (right.getArgb(x + dx, y + dy) >> shift) & 0xff;
                        }
                    }
                    difference = Math.max(difference, Math.abs(sum) / (BLOCK * BLOCK));
                }
                if (difference > TOLERATED) {
                    found.add(x + "," + y);
                }
            }
        }
        return found;
    }
}
