package vigie.console.setup;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.PasswordField;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import vigie.console.bridge.FxBridge;
import vigie.console.setup.SetupModel.Purpose;
import vigie.console.words.Speech;
import vigie.feed.Finding.Grade;
import vigie.setup.Settings;
import vigie.store.Secret;
import vigie.text.Sentence;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

@ExtendWith(ApplicationExtension.class)
class SetupViewTest {
    private final FakeTools tools = new FakeTools();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private Stage stage;

    @Start
    void window(Stage given) {
        stage = given;
        stage.show();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void keys_alone_lead_through_all_pages(String language, FxRobot robot) throws Exception {
        open(robot, language, Purpose.FIRST);
        boolean french = language.equals("fr");
        robot.write("db");
        robot.push(KeyCode.TAB);
        robot.push(KeyCode.TAB);
        robot.push(KeyCode.TAB);
        robot.write("vigie");
        robot.push(KeyCode.TAB);
        robot.write("geheim");
        until(() -> !next(robot).isDisabled());
        assertThat(text(robot, "#db-verdict"))
                .contains(french ? "La base peut servir" : "The database can serve");
        robot.push(KeyCode.ENTER);
        until(() -> isFocused(robot, "#plan-reference"));
        robot.push(KeyCode.DOWN);
        robot.push(KeyCode.DOWN);
        assertThat(robot.lookup("#plan-empty").query().isFocused()).isTrue();
        robot.push(KeyCode.TAB);
        robot.write("9");
        until(() -> !next(robot).isDisabled());
        robot.push(KeyCode.ENTER);
        until(() -> isFocused(robot, french ? "#speak-french" : "#speak-english"));
        // To the other language: all words change at once.
        robot.push(french ? KeyCode.UP : KeyCode.DOWN);
        until(() -> next(robot).getText().equals(french ? "_Finish" : "_Terminer"));
        assertThat(text(robot, "#setup-title"))
                .isEqualTo(french ? "Set up Vigie" : "Configurer Vigie");
        assertThat(shownTexts()).doesNotContain("geheim");
        robot.push(KeyCode.ENTER);
        until(() -> told.contains("done"));
        assertThat(tools.written)
                .singleElement()
                .satisfies(order -> {
                    assertThat(order.change().keys())
                            .containsEntry(
                                    "db-url", Optional.of("mariadb://vigie@db:3306/homeassistant"))
                            .containsEntry("lang", Optional.of(french ? "en" : "fr"));
                    assertThat(order.change().password()).contains(Secret.of("geheim"));
                    assertThat(order.drawn()).isPresent();
                });
    }

    @Test
    void mnemonics_lead_back_and_escape_keeps_what_was_typed(FxRobot robot) throws Exception {
        open(robot, "en", Purpose.FIRST);
        robot.write("db");
        robot.push(KeyCode.ALT, KeyCode.U);
        until(() -> isFocused(robot, "#db-user"));
        robot.write("vigie");
        until(() -> !next(robot).isDisabled());
        robot.push(KeyCode.ALT, KeyCode.N);
        until(() -> isFocused(robot, "#plan-reference"));
        robot.push(KeyCode.ALT, KeyCode.B);
        until(() -> isFocused(robot, "#db-host"));
        robot.push(KeyCode.ESCAPE);
        robot.push(KeyCode.ESCAPE);
        until(() -> isFocused(robot, "#setup-cancel"));
        assertThat(told).isEmpty();
        assertThat(field(robot, "#db-host").getText()).isEqualTo("db");
        robot.push(KeyCode.SPACE);
        until(() -> told.contains("left"));
        assertThat(tools.written).isEmpty();
    }

    @Test
    void escape_leaves_where_nothing_was_typed(FxRobot robot) throws Exception {
        open(robot, "en", Purpose.FIRST);
        robot.push(KeyCode.ESCAPE);
        until(() -> told.contains("left"));
    }

    @Test
    void the_guide_is_asked_for_with_its_key(FxRobot robot) throws Exception {
        open(robot, "en", Purpose.FIRST);
        robot.push(KeyCode.F1);
        until(() -> text(robot, "#setup-message").contains("guide"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void a_letter_with_alt_chooses(String language, FxRobot robot) throws Exception {
        tools.grade = Grade.OK;
        open(robot, language, Purpose.CHANGE);
        robot.interact(() ->
                robot.lookup("#step-plan").queryAs(javafx.scene.control.ButtonBase.class).fire());
        until(() -> robot.lookup("#plan-empty").tryQuery().isPresent());
        RadioButton empty = robot.lookup("#plan-empty").queryAs(RadioButton.class);
        robot.push(KeyCode.ALT, letter(empty));
        until(empty::isSelected);
        robot.interact(() ->
                robot.lookup("#step-language")
                        .queryAs(javafx.scene.control.ButtonBase.class)
                        .fire());
        until(() -> robot.lookup("#in-fahrenheit").tryQuery().isPresent());
        RadioButton fahrenheit = robot.lookup("#in-fahrenheit").queryAs(RadioButton.class);
        robot.push(KeyCode.ALT, letter(fahrenheit));
        until(fahrenheit::isSelected);
    }

    private static KeyCode letter(Labeled labeled) {
        String text = labeled.getText();
        return KeyCode.valueOf(
                text.substring(text.indexOf('_') + 1).substring(0, 1).toUpperCase(Locale.ROOT));
    }

    @Test
    void a_whole_address_typed_as_the_host_is_taken_apart(FxRobot robot) throws Exception {
        open(robot, "en", Purpose.FIRST);
        robot.interact(
                () -> field(robot, "#db-host").insertText(0, "mysql://noc:geheim@10.0.0.7:3307/h"));
        until(() -> field(robot, "#db-host").getText().equals("10.0.0.7"));
        assertThat(field(robot, "#db-password").getText()).isEqualTo("geheim");
        assertThat(shownTexts()).doesNotContain("geheim");
        robot.write("9");
        assertThat(field(robot, "#db-host").getText()).isEqualTo("10.0.0.79");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void what_is_to_be_mended_stands_there_with_its_statements_to_copy(
            String language, FxRobot robot) throws Exception {
        tools.grade = Grade.BLOCKED;
        open(robot, language, Purpose.FIRST);
        robot.write("db");
        robot.push(KeyCode.TAB);
        robot.push(KeyCode.TAB);
        robot.push(KeyCode.TAB);
        robot.write("vigie");
        until(() -> robot.lookup(".setup-copy").tryQuery().isPresent());
        assertThat(next(robot).isDisabled()).isTrue();
        Button copy = robot.lookup(".setup-copy").queryButton();
        robot.interact(copy::requestFocus);
        robot.push(KeyCode.SPACE);
        until(() -> !copy.getText().equals(language.equals("fr") ? "Copier" : "Copy"));
        String[] held = {""};
        robot.interact(() -> held[0] = Clipboard.getSystemClipboard().getString());
        assertThat(held[0]).isEqualTo("GRANT SELECT ON `ha`.* TO 'vigie'@'%';");
        // Whoever insists goes on.
        robot.interact(() -> robot.lookup("#db-anyway").query().requestFocus());
        robot.push(KeyCode.SPACE);
        until(() -> !next(robot).isDisabled());
    }

    @Test
    void a_whole_address_pasted_into_the_host_is_never_shown(FxRobot robot) throws Exception {
        open(robot, "en", Purpose.FIRST);
        robot.interact(() -> {
            ClipboardContent content = new ClipboardContent();
            content.putString("mysql://noc:geheim@10.0.0.7:3307/ha");
            Clipboard.getSystemClipboard().setContent(content);
        });
        robot.push(KeyCode.CONTROL, KeyCode.V);
        until(() -> field(robot, "#db-port").getText().equals("3307"));
        assertThat(field(robot, "#db-host").getText()).isEqualTo("10.0.0.7");
        assertThat(field(robot, "#db-password").getText()).isEqualTo("geheim");
        assertThat(field(robot, "#db-password")).isInstanceOf(PasswordField.class);
        assertThat(shownTexts()).doesNotContain("geheim");
    }

    @Test
    void the_settings_open_any_page_and_save_what_changed(FxRobot robot) throws Exception {
        open(robot, "en", Purpose.CHANGE);
        assertThat(robot.lookup("#setup-back").query().isVisible()).isFalse();
        robot.interact(() ->
                robot.lookup("#step-language")
                        .queryAs(javafx.scene.control.ButtonBase.class)
                        .fire());
        until(() -> robot.lookup("#in-fahrenheit").tryQuery().isPresent());
        robot.interact(() ->
                robot.lookup("#in-fahrenheit")
                        .queryAs(javafx.scene.control.ButtonBase.class)
                        .fire());
        until(() -> !next(robot).isDisabled());
        robot.interact(() ->
                robot.lookup("#in-celsius").queryAs(javafx.scene.control.ButtonBase.class).fire());
        until(() -> next(robot).isDisabled());
        robot.interact(
                () -> robot.lookup("#operator").queryAs(TextInputControl.class).requestFocus());
        robot.write("Night shift");
        until(() -> !next(robot).isDisabled());
        robot.push(KeyCode.ENTER);
        until(() -> told.contains("done"));
        assertThat(tools.written.getFirst().change().keys())
                .isEqualTo(java.util.Map.of("as", Optional.of("Night shift")));
        assertThat(text(robot, "#setup-message"))
                .isEqualTo("Outweighs these settings in this session: --lang");
    }

    private void open(FxRobot robot, String language, Purpose purpose) {
        robot.interact(() -> {
            Speech speech = new Speech(Locale.forLanguageTag(language));
            SetupModel model =
                    new SetupModel(
                            speech,
                            purpose,
                            new Settings(
                                    Optional.empty(),
                                    Optional.empty(),
                                    Locale.forLanguageTag(language),
                                    false,
                                    ""),
                            tools.with(Later.THREADS, FxBridge::onFx),
                            _ -> told.add("done"),
                            () -> told.add("left"));
            SetupView view =
                    new SetupView(
                            model,
                            purpose == Purpose.FIRST
                                    ? Optional.empty()
                                    : Optional.of(Sentence.of("setup.outweighed-here", "--lang")));
            Scene scene = Assistant.scene(view, 1280, 720);
            stage.setScene(scene);
            view.focus();
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Every text that is painted; a field of a password paints dots. */
    private String shownTexts() {
        return stage.getScene().getRoot().lookupAll("*").stream()
                .map(SetupViewTest::painted)
                .collect(Collectors.joining("\n"));
    }

    private static String painted(Node node) {
        return switch (node) {
            case Text text -> text.getText();
            case Labeled labeled -> String.valueOf(labeled.getText());
            default -> "";
        };
    }

    /** A page that is not open yet is not there at all. */
    private static boolean isFocused(FxRobot robot, String id) {
        return robot.lookup(id).tryQuery().filter(Node::isFocused).isPresent();
    }

    private static Button next(FxRobot robot) {
        return robot.lookup("#setup-next").queryButton();
    }

    private static String text(FxRobot robot, String id) {
        return robot.lookup(id).queryLabeled().getText();
    }

    private static TextInputControl field(FxRobot robot, String id) {
        return robot.lookup(id).queryTextInputControl();
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
