package vigie.console.window;

import static org.assertj.core.api.Assertions.assertThat;

import static vigie.console.Seen.isSeen;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import vigie.console.FakeRoom;
import vigie.console.Frames;
import vigie.console.bridge.FxBridge;
import vigie.console.fault.Obstacle;
import vigie.console.plan.PlanView;
import vigie.console.setup.Later;
import vigie.console.setup.SetupOffer;
import vigie.console.setup.SetupTools;
import vigie.console.words.Speech;
import vigie.feed.FeedStatus.Phase;
import vigie.plan.ElementId;
import vigie.setup.Settings;
import vigie.text.Sentence;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

@ExtendWith(ApplicationExtension.class)
class WindowViewTest {
    private final FakeRoom room = new FakeRoom().normal();
    private final Frames frames = new Frames(room);
    private final AtomicInteger retries = new AtomicInteger();
    private WindowView view;

    @Start
    void open(Stage stage) {
        view =
                new WindowView(
                        new Speech(Locale.UK),
                        room.plan(),
                        Optional.empty(),
                        "vigie@db/homeassistant",
                        Optional.empty(),
                        retries::incrementAndGet);
        stage.setScene(view.scene(1600, 900));
        stage.show();
        view.show(frames.next());
    }

    @Test
    void typing_filters_the_list_and_enter_goes_to_the_point(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.F);
        robot.write("a10 top");
        WaitForAsyncUtils.waitForFxEvents();
        ListView<?> list = robot.lookup("#points").query();
        assertThat(list.getItems()).hasSize(1);
        robot.push(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("#plan").queryAs(PlanView.class).selectedProperty().get())
                .contains(new ElementId("a10-inlet-top"));
        assertThat(text(robot, "#details-title")).isEqualTo("Rack A10 inlet, top");
    }

    @Test
    void escape_empties_the_search_box(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.F);
        robot.write("nothing has this name");
        robot.push(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("#search").queryAs(TextField.class).getText()).isEmpty();
        ListView<?> list = robot.lookup("#points").query();
        assertThat(list.getItems()).hasSizeGreaterThan(90);
    }

    @Test
    void the_language_switch_changes_every_label_at_once(FxRobot robot) {
        assertThat(text(robot, "#overall")).isEqualTo("All normal");
        robot.clickOn("#french");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(text(robot, "#overall")).isEqualTo("Tout est normal");
        assertThat(text(robot, "#room")).isEqualTo("Salle serveurs");
        assertThat(text(robot, "#feed")).isEqualTo("En direct");
        assertThat(robot.lookup("#search").queryAs(TextField.class).getPromptText())
                .isEqualTo("Chercher par nom ou par lieu");
        robot.push(KeyCode.CONTROL, KeyCode.L);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(text(robot, "#overall")).isEqualTo("All normal");
    }

    @Test
    void f1_asks_for_the_guide_and_says_how_it_went(FxRobot robot) throws TimeoutException {
        robot.push(KeyCode.F1);
        // No guide came with these classes.
        WaitForAsyncUtils.waitFor(
                10,
                TimeUnit.SECONDS,
                () ->
                        robot.lookup("#job")
                                .query()
                                .getAccessibleText()
                                .startsWith("The user guide is not beside"));
        assertThat(robot.lookup("#job").query().isVisible()).isTrue();
    }

    @Test
    void settings_open_and_close_with_keys_where_they_are_offered(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.COMMA);
        assertThat(robot.lookup("#setup").tryQuery()).isEmpty();
        assertThat(robot.lookup("#settings-button").query().isVisible()).isFalse();
        robot.interact(() ->
                view.offerSettings(
                        new SetupOffer(
                                () ->
                                        new Settings(
                                                Optional.empty(),
                                                Optional.empty(),
                                                Locale.ENGLISH,
                                                false,
                                                ""),
                                new SetupTools(
                                        address -> {
                                            throw new IllegalStateException("not asked");
                                        },
                                        address -> {
                                            throw new IllegalStateException("not asked");
                                        },
                                        (change, drawn, language) -> {
                                            throw new IllegalStateException("not written");
                                        },
                                        Path.of("vigie.yaml"),
                                        Later.THREADS,
                                        FxBridge::onFx),
                                Optional.empty(),
                                retries::incrementAndGet)));
        robot.push(KeyCode.CONTROL, KeyCode.COMMA);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(text(robot, "#setup-title")).isEqualTo("Settings");
        // An alarm that comes meanwhile is seen.
        assertThat(robot.lookup("#overall").query().isVisible()).isTrue();
        robot.interact(() -> room.timeline().phase(Phase.BACKOFF, Optional.empty()));
        robot.interact(() -> view.show(frames.next()));
        assertThat(robot.lookup("#feed-banner").query().isVisible()).isTrue();
        assertThat(robot.lookup("#plan").query().getParent().isVisible()).isFalse();
        robot.write("db");
        assertThat(robot.lookup("#db-host").queryTextInputControl().getText()).isEqualTo("db");
        // What was typed is not lost by one key: it leads to the button that leaves.
        robot.push(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("#db-host").queryTextInputControl().getText()).isEqualTo("db");
        robot.push(KeyCode.SPACE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("#setup").tryQuery()).isEmpty();
        assertThat(robot.lookup("#plan").query().isFocused()).isTrue();
        assertThat(robot.lookup("#plan").query().getParent().isVisible()).isTrue();
        assertThat(retries).hasValue(0);
    }

    @Test
    void the_menu_of_a_field_speaks_the_language_of_the_window(FxRobot robot) {
        TextInputControl search = robot.lookup("#search").queryTextInputControl();
        robot.push(KeyCode.CONTROL, KeyCode.L);
        robot.interact(() -> {
            search.setText("A1");
            search.selectAll();
            search.getContextMenu().show(search, 0, 0);
        });
        assertThat(search.getContextMenu().getItems().stream().map(MenuItem::getText))
                .contains("Copier", "Coller", "Tout sélectionner");
        robot.interact(() -> {
            search.getContextMenu().hide();
            search.clear();
        });
    }

    @Test
    void while_it_only_begins_to_connect_nothing_is_called_missing(FxRobot robot) {
        FakeRoom unread = new FakeRoom();
        Frames first = new Frames(unread);
        unread.timeline().phase(Phase.CHECK, Optional.empty());
        robot.interact(() -> {
            view =
                    new WindowView(
                            new Speech(Locale.UK),
                            unread.plan(),
                            Optional.empty(),
                            "",
                            Optional.empty(),
                            retries::incrementAndGet);
            Scene beginning = view.scene(1600, 900);
            ((Stage) robot.lookup("#plan").query().getScene().getWindow()).setScene(beginning);
            view.show(first.next());
        });
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(text(robot, "#feed")).isEqualTo("Connecting");
        assertThat(text(robot, "#overall")).isEqualTo("Not known yet");
        assertThat(text(robot, "#details-title")).isEmpty();
        unread.timeline().pass(Duration.ofSeconds(2));
        robot.interact(() -> view.show(first.next()));
        assertThat(text(robot, "#details-title")).isEqualTo("Needs a look");
        assertThat(isSeen(robot, "#feed-banner")).isTrue();
    }

    @Test
    void a_lost_feed_shows_a_banner_that_goes_by_itself(FxRobot robot) {
        assertThat(isSeen(robot, "#feed-banner")).isFalse();
        room.timeline().phase(Phase.BACKOFF, Optional.empty());
        robot.interact(() -> view.show(frames.next()));
        assertThat(isSeen(robot, "#feed-banner")).isTrue();
        assertThat(robot.lookup("#feed-banner").query().getAccessibleText())
                .startsWith("Not live since 12:23:12");
        room.timeline().phase(Phase.LIVE, Optional.empty());
        robot.interact(() -> view.show(frames.next()));
        assertThat(isSeen(robot, "#feed-banner")).isFalse();
    }

    @Test
    void only_what_a_person_must_mend_is_tried_now_and_then(FxRobot robot) {
        Sentence why = Sentence.of("console.fault.unknown");
        robot.interact(
                () -> view.showFault(Optional.of(new Obstacle(Obstacle.Kind.UNREACHED, why))));
        assertThat(text(robot, "#fault-again")).isEqualTo("Vigie keeps trying by itself.");
        assertThat(text(robot, "#feed")).isEqualTo("Database not reached yet, trying again");
        robot.interact(() -> view.showFault(Optional.of(new Obstacle(Obstacle.Kind.BLOCKED, why))));
        assertThat(text(robot, "#fault-again")).contains("after 10 seconds");
        assertThat(text(robot, "#feed")).isEqualTo("Blocked");
    }

    @Test
    void what_stands_in_the_way_is_a_page_whose_text_can_be_copied(FxRobot robot)
            throws TimeoutException {
        robot.interact(() ->
                view.showFault(
                        Optional.of(
                                new Obstacle(
                                        Obstacle.Kind.BLOCKED,
                                        Sentence.of(
                                                "console.start.packages",
                                                "GRANT REPLICATION SLAVE ON *.* TO vigie;")))));
        assertThat(view.isBlocked()).isTrue();
        assertThat(isSeen(robot, "#fault")).isTrue();
        TextInputControl sql = robot.lookup("#fault-statements").query();
        assertThat(sql.getText()).isEqualTo("GRANT REPLICATION SLAVE ON *.* TO vigie;");
        assertThat(sql.isEditable()).isFalse();
        until(() -> robot.lookup("#fault-retry").query().getLayoutBounds().getWidth() > 0);
        robot.clickOn("#fault-retry");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(retries).hasValue(1);
        robot.interact(() -> view.showFault(Optional.empty()));
        assertThat(isSeen(robot, "#fault")).isFalse();
    }

    @Test
    void a_value_that_changes_is_on_its_tile(FxRobot robot) {
        room.with("sensor.rack_b2_inlet_middle", "29.4", "°C");
        robot.interact(() -> view.show(frames.next()));
        assertThat(robot.lookup("#tile-inlet").query().getAccessibleText())
                .startsWith("Worst inlet, 29.4 °C, Rack B2 inlet, middle");
    }

    @Test
    void everything_that_can_be_used_can_be_reached_by_keyboard_and_has_a_name(FxRobot robot) {
        for (String id :
                new String[] {
                    "#search-button",
                    "#fit-button",
                    "#english",
                    "#french",
                    "#search",
                    "#points",
                    "#tile-inlet",
                    "#tile-hot-aisle",
                    "#tile-humidity",
                    "#tile-ups"
                }) {
            Node node = robot.lookup(id).query();
            assertThat(node.isFocusTraversable()).as(id).isTrue();
            assertThat(node.getAccessibleText()).as(id).isNotBlank();
        }
    }

    private static String text(FxRobot robot, String id) {
        return robot.lookup(id).queryAs(Label.class).getText();
    }

    private static void until(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(5, TimeUnit.SECONDS, condition);
    }
}
