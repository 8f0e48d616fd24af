package vigie.console.wall;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import javafx.scene.text.TextBoundsType;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import vigie.console.header.HeaderModel;
import vigie.console.marks.Mark;
import vigie.console.marks.Sign;
import vigie.console.start.PixelSize;
import vigie.console.style.Palette;
import vigie.console.style.Theme;
import vigie.console.words.Figures;
import vigie.console.words.Speech;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the band says when most is wrong is there to the last letter. */
@ExtendWith(ApplicationExtension.class)
class WallBandTest {
    private static final ZoneId INDIA = ZoneId.of("Asia/Kolkata");

    /** A Wednesday: no day of the week is longer, in both languages, nor is a month. */
    private static final Instant NOW = Instant.parse("2026-09-30T14:36:07Z");

    private static final Instant YESTERDAY = Instant.parse("2026-09-29T14:28:09Z");

    /** Pixels; letters are placed in fractions of one. */
    private static final double ROUNDING = 1;

    private static final Pattern BREAKABLE = Pattern.compile("\\d \\p{L}");

    @Start
    void toolkit(Stage stage) {
        stage.setTitle("only starts the toolkit");
    }

    @ParameterizedTest
    @CsvSource({
        "en,3840,2160,wall.gone",
        "en,1920,1080,wall.gone",
        "en,1280,720,wall.gone",
        "fr,3840,2160,wall.gone",
        "fr,1920,1080,wall.gone",
        "fr,1280,720,wall.gone",
        "en,1280,720,wall.migrating",
        "fr,1280,720,wall.migrating",
        "en,1280,1024,wall.gone",
        "fr,1280,1024,wall.gone"
    })
    void nothing_is_cut_off_and_nothing_lies_on_another(
            String language, int width, int height, String word) throws Exception {
        List<String> faults =
                WaitForAsyncUtils.asyncFx(() ->
                                faults(
                                        band(new Speech(Locale.forLanguageTag(language)), word),
                                        width,
                                        height))
                        .get();
        assertThat(faults).isEmpty();
    }

    /** Else the test above would find nothing because it sees nothing. */
    @Test
    void a_band_too_narrow_for_its_words_is_found_out() throws Exception {
        List<String> faults =
                WaitForAsyncUtils.asyncFx(() ->
                                faults(band(new Speech(Locale.FRENCH), "wall.gone"), 500, 1080))
                        .get();
        assertThat(faults).isNotEmpty();
    }

    private static HBox band(Speech speech, String word) {
        Figures figures = new Figures(speech.words(), INDIA);
        String state = speech.say("header.alarms", 12) + ", " + speech.say("header.warnings", 104);
        String since =
                String.join(
                        " · ",
                        speech.say("header.since-before", figures.time(YESTERDAY, NOW)),
                        speech.say("header.silent", 17),
                        speech.say("header.stale", 23));
        HeaderModel.Content header =
                new HeaderModel.Content(
                        "Salle des machines du bâtiment principal",
                        Mark.ALARM,
                        speech.say("header.last-known", state),
                        since,
                        false);
        WallModel.Content wall =
                new WallModel.Content(
                        figures.clock(NOW),
                        figures.day(NOW) + " · " + figures.offset(NOW),
                        new Beat(Beat.Kind.GONE, 3),
                        speech.say(word),
                        speech.say("wall.since", figures.time(YESTERDAY, NOW)));
        return new WallView(
                        new SimpleObjectProperty<>(header),
                        new SimpleObjectProperty<>(wall),
                        speech)
                .node();
    }

    /** What is wrong with the band at the top of a window. */
    private static List<String> faults(HBox band, int width, int height) {
        BorderPane window = new BorderPane(new Region());
        window.setTop(band);
        Scene scene = new Scene(window, width, height);
        new Theme(Palette.dark()).dress(scene, PixelSize.scale(width, height));
        window.applyCss();
        window.resize(width, height);
        window.layout();
        List<String> faults = new ArrayList<>();
        List<Node> shown = new ArrayList<>();
        for (Node node : band.lookupAll("*")) {
            if (node instanceof Label label && !label.getText().isEmpty()) {
                Text text = (Text) label.lookup(".text");
                if (!text.getText().replace("\n", "").equals(label.getText())) {
                    faults.add(label.getText() + " is cut to " + text.getText());
                }
                if (label.isWrapText() && BREAKABLE.matcher(label.getText()).find()) {
                    faults.add(label.getText() + " may leave a number alone at a line's end");
                }
                shown.add(text);
            } else if (node instanceof BeatMark || node instanceof Sign) {
                shown.add(node);
            }
        }
        assertThat(shown).hasSize(9);
        Bounds all = grown(band.localToScene(band.getLayoutBounds()), ROUNDING);
        for (int i = 0; i < shown.size(); i++) {
            Bounds one = place(shown.get(i));
            if (!all.contains(one)) {
                faults.add(shown.get(i) + " is outside the band " + all);
            }
            for (Node other : shown.subList(0, i)) {
                if (one.intersects(grown(place(other), -ROUNDING))) {
                    faults.add(shown.get(i) + " lies on " + other);
                }
            }
        }
        if (band.getHeight() > height * 0.27) {
            faults.add("the band takes %.0f of %d".formatted(band.getHeight(), height));
        }
        return faults;
    }

    /** Where a node's ink is: the room above and below the letters may be shared. */
    private static Bounds place(Node node) {
        if (!(node instanceof Text text)) {
            return node.localToScene(node.getLayoutBounds());
        }
        Text ink = new Text(text.getText());
        ink.setFont(text.getFont());
        ink.setWrappingWidth(text.getWrappingWidth());
        ink.setBoundsType(TextBoundsType.VISUAL);
        return text.localToScene(ink.getLayoutBounds());
    }

    private static Bounds grown(Bounds bounds, double by) {
        return new BoundingBox(
                bounds.getMinX() - by,
                bounds.getMinY() - by,
                bounds.getWidth() + 2 * by,
                bounds.getHeight() + 2 * by);
    }
}
