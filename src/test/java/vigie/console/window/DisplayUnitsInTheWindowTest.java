package vigie.console.window;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import vigie.console.FakeRoom;
import vigie.console.Frames;
import vigie.console.words.Speech;
import vigie.point.DisplayUnits;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** No part of the window forgets in which unit the reader wants temperatures. */
@ExtendWith(ApplicationExtension.class)
class DisplayUnitsInTheWindowTest {
    private final FakeRoom room =
            new FakeRoom().normal().with("sensor.rack_a10_inlet_top", "33.6", "°C");
    private final Frames frames = new Frames(room);
    private Speech speech;

    @Start
    void open(Stage stage) {
        speech = new Speech(DisplayUnits.FAHRENHEIT.in(Locale.UK));
        WindowView view =
                new WindowView(
                        speech,
                        room.plan(),
                        Optional.empty(),
                        "vigie@db/homeassistant",
                        Optional.empty(),
                        () -> {});
        stage.setScene(view.scene(1600, 900));
        stage.show();
        view.show(frames.next());
    }

    @Test
    void every_word_of_it_follows_the_choice_at_once(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.F);
        robot.write("a10 top");
        robot.push(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
        // The whole list again: tiles, details, limits, points, foot, and what is read aloud.
        robot.push(KeyCode.CONTROL, KeyCode.F);
        robot.push(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();

        List<String> words = words(robot);
        assertThat(words).noneMatch(DisplayUnitsInTheWindowTest::isCelsius);
        assertThat(words).anyMatch(word -> word.contains("92.5"));
        assertThat(words).anyMatch(word -> word.contains("64.4 to 80.6\u00A0°F"));
        assertThat(words).filteredOn(word -> word.contains("°F")).hasSizeGreaterThan(10);

        robot.interact(() -> speech.speak(Locale.FRENCH));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(words(robot))
                .noneMatch(DisplayUnitsInTheWindowTest::isCelsius)
                .anyMatch(word -> word.contains("92,5"));

        robot.interact(() -> speech.show(DisplayUnits.CELSIUS));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(words(robot))
                .noneMatch(word -> word.contains("°F"))
                .anyMatch(word -> word.contains("33,6"))
                .anyMatch(DisplayUnitsInTheWindowTest::isCelsius);
    }

    private static boolean isCelsius(String word) {
        return word.contains("°C");
    }

    private static List<String> words(FxRobot robot) {
        List<String> words = new ArrayList<>();
        robot.interact(() -> collect(robot.window(0).getScene().getRoot(), words));
        return words;
    }

    private static void collect(Node node, List<String> words) {
        if (node.getAccessibleText() != null) {
            words.add(node.getAccessibleText());
        }
        if (node instanceof Labeled labeled && labeled.getText() != null) {
            words.add(labeled.getText());
            if (labeled.getTooltip() != null) {
                words.add(labeled.getTooltip().getText());
            }
        } else if (node instanceof Text text) {
            words.add(text.getText());
        } else if (node instanceof TextInputControl) {
            // What is typed there, and an example of it, is the reader's own.
            return;
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, words));
        }
    }
}
