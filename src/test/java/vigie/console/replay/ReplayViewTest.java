package vigie.console.replay;

import static org.assertj.core.api.Assertions.assertThat;

import static vigie.console.Seen.isSeen;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

import vigie.console.FakeRoom;
import vigie.console.Frames;
import vigie.console.difference.Against;
import vigie.console.window.WindowView;
import vigie.console.words.Speech;
import vigie.text.Sentence;
import vigie.timeline.Occurrence;
import vigie.timeline.Playback;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The gestures of the timeline, in a window whose replay only remembers. */
@ExtendWith(ApplicationExtension.class)
class ReplayViewTest {
    private static final Instant NOW = FakeRoom.NOW;

    private final FakeRoom room = new FakeRoom().normal();
    private final Frames frames = new Frames(room);
    private final FakePastRoom past = new FakePastRoom(room.plan(), NOW);
    private final FakeReplay replay = new FakeReplay(this::told);
    private final List<String> done = new ArrayList<>();
    private WindowView view;

    @org.testfx.framework.junit5.Start
    void open(Stage stage) {
        view = window(Optional.empty());
        stage.setScene(view.scene(1900, 1000));
        stage.show();
        view.show(frames.next());
        view.setReplayActions(
                new ReplayActions(
                        Optional.of((from, to) -> done.add("incident " + from + " " + to)),
                        Optional.empty(),
                        Optional.of(at -> done.add("compare " + at))));
        view.focusPlan();
    }

    private WindowView window(Optional<Duration> returnAfter) {
        return new WindowView(
                new Speech(Locale.UK),
                room.plan(),
                Optional.empty(),
                "vigie@db/homeassistant",
                Optional.empty(),
                Optional.of(
                        new ReplaySettings(
                                past,
                                Optional.of(past),
                                Optional.empty(),
                                Optional.empty(),
                                returnAfter)),
                replay,
                () -> {});
    }

    private void told(Optional<Playback> playback) {
        view.showMode(replay.mode(), playback);
    }

    @Test
    void one_key_goes_to_the_past_and_one_returns(FxRobot robot) throws TimeoutException {
        assertThat(robot.lookup("#mode").query().isVisible()).isFalse();
        enter(robot);
        assertThat(text(robot, "#mode-title")).isEqualTo("REPLAY 2026-11-21 12:13:12 ×1");
        assertThat(isSeen(robot, "#replay-body")).isTrue();
        assertThat(window(robot).getPseudoClassStates().toString()).contains("past");
        robot.push(KeyCode.ESCAPE);
        assertThat(replay.acts.getLast()).isEqualTo("live");
        assertThat(robot.lookup("#mode").query().isVisible()).isFalse();
        assertThat(window(robot).getPseudoClassStates().toString()).doesNotContain("past");
    }

    @Test
    void the_way_back_also_ends_the_comparison(FxRobot robot) throws TimeoutException {
        enter(robot);
        robot.interact(() -> {
            view.show(frames.next());
            view.compare(Optional.of(Against.day()));
        });
        robot.push(KeyCode.ESCAPE);
        assertThat(replay.acts.getLast()).isEqualTo("live");
        robot.interact(() -> assertThat(view.compared()).isEmpty());
        assertThat(window(robot).getPseudoClassStates().toString()).doesNotContain("compared");
    }

    @Test
    void a_comparison_at_present_has_a_frame_and_ends_with_escape(FxRobot robot)
            throws TimeoutException {
        robot.interact(() -> {
            view.show(frames.next());
            view.compare(Optional.of(Against.day()));
        });
        assertThat(window(robot).getPseudoClassStates().toString()).contains("compared");
        assertThat(text(robot, "#mode-title")).isEqualTo("COMPARISON");
        until(() -> text(robot, "#mode-state").startsWith("the room now, compared with Friday"));
        robot.clickOn("#mode-way");
        robot.interact(() -> assertThat(view.compared()).isEmpty());
        assertThat(robot.lookup("#mode").query().isVisible()).isFalse();
        robot.interact(() -> view.compare(Optional.of(Against.day())));
        robot.push(KeyCode.ESCAPE);
        robot.interact(() -> assertThat(view.compared()).isEmpty());
        assertThat(window(robot).getPseudoClassStates().toString()).doesNotContain("compared");
    }

    @Test
    void the_keys_of_a_player_play(FxRobot robot) throws TimeoutException {
        enter(robot);
        replay.acts.clear();
        robot.push(KeyCode.SPACE);
        robot.push(KeyCode.J);
        robot.push(KeyCode.K);
        robot.push(KeyCode.F);
        robot.push(KeyCode.PERIOD);
        robot.push(KeyCode.COMMA);
        robot.push(KeyCode.Q);
        assertThat(replay.acts)
                .containsExactly(
                        "play",
                        "play back",
                        "pause",
                        "speed 2.0",
                        "step",
                        "step back",
                        "skip true");
    }

    @Test
    void keys_that_are_typed_into_a_field_play_nothing(FxRobot robot) throws TimeoutException {
        enter(robot);
        replay.acts.clear();
        robot.clickOn("#replay-search");
        robot.write("jkl fn");
        assertThat(replay.acts).isEmpty();
        robot.push(KeyCode.ESCAPE);
        assertThat(robot.lookup("#replay-search").queryAs(TextField.class).getText()).isEmpty();
        assertThat(replay.acts).as("a field's Escape is not the way back").isEmpty();
        robot.push(KeyCode.ESCAPE);
        assertThat(replay.acts).containsExactly("live");
    }

    @Test
    void dragging_the_playhead_seeks(FxRobot robot) throws TimeoutException {
        enter(robot);
        replay.acts.clear();
        Bounds lanes = lanes(robot);
        robot.moveTo(lanes.getMinX() + 400, lanes.getMinY() + 60)
                .press(MouseButton.PRIMARY)
                .moveBy(80, 0)
                .release(MouseButton.PRIMARY);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(replay.acts).hasSizeGreaterThan(1).allMatch(act -> act.startsWith("seek "));
    }

    @Test
    void an_interval_is_marked_with_shift_and_given_to_what_is_done_with_it(FxRobot robot)
            throws TimeoutException {
        enter(robot);
        Button incident = robot.lookup("#replay-incident").queryButton();
        assertThat(incident.isDisabled()).isTrue();
        Bounds lanes = lanes(robot);
        robot.press(KeyCode.SHIFT)
                .moveTo(lanes.getMinX() + 300, lanes.getMinY() + 60)
                .press(MouseButton.PRIMARY)
                .moveBy(100, 0)
                .release(MouseButton.PRIMARY)
                .release(KeyCode.SHIFT);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(text(robot, "#replay-marked")).startsWith("Marked ");
        assertThat(incident.isDisabled()).isFalse();
        assertThat(robot.lookup("#replay-film").query().isDisabled())
                .as("nobody makes films here")
                .isTrue();
        robot.clickOn("#replay-incident");
        MenuButton compare = robot.lookup("#replay-compare").queryAs(MenuButton.class);
        robot.interact(() -> compare.getItems().forEach(MenuItem::fire));
        assertThat(done.getFirst()).startsWith("incident 2026-11-21T");
        assertThat(done.subList(1, done.size()))
                .containsExactly(
                        "compare " + Optional.of(Against.day()),
                        "compare " + Optional.of(Against.week()),
                        "compare " + Optional.of(new Against.Fixed(NOW.minusSeconds(600))),
                        "compare " + Optional.empty());
    }

    @Test
    void a_click_on_an_event_opens_the_past_there(FxRobot robot) throws TimeoutException {
        robot.push(KeyCode.T);
        ListView<EventRow> list = robot.lookup("#replay-list").queryListView();
        until(() -> !list.getItems().isEmpty());
        WaitForAsyncUtils.waitForFxEvents(20);
        Bounds inside = list.localToScreen(list.getLayoutBounds());
        ListCell<?> cell =
                robot.lookup(".event-cell").queryAllAs(ListCell.class).stream()
                        .filter(one -> one.getItem() != null && one.isVisible())
                        .filter(one -> inside.contains(one.localToScreen(one.getLayoutBounds())))
                        .findFirst()
                        .orElseThrow();
        EventRow row = (EventRow) cell.getItem();
        robot.clickOn(cell);
        until(() -> !replay.acts.isEmpty());
        assertThat(replay.acts).containsExactly("open REPLAY at " + row.event().at());
    }

    @Test
    void a_moment_that_is_typed_is_gone_to_and_nonsense_is_told(FxRobot robot)
            throws TimeoutException {
        enter(robot);
        robot.push(KeyCode.T);
        robot.write("2026-11-21 11:06").push(KeyCode.ENTER);
        assertThat(replay.acts.getLast()).isEqualTo("seek 2026-11-21T10:06:00Z");
        robot.push(KeyCode.T);
        robot.write("soon").push(KeyCode.ENTER);
        assertThat(text(robot, "#replay-message")).startsWith("\"soon\" is no moment");
    }

    @Test
    void a_condition_is_told_before_it_is_played_to(FxRobot robot) throws TimeoutException {
        enter(robot);
        robot.push(KeyCode.U);
        robot.write("hot spot > 38");
        assertThat(text(robot, "#replay-message").replace('\u00A0', ' '))
                .isEqualTo("Enter plays until: Hot spot · Temperature > 38 °C");
        TextField until = robot.lookup("#replay-until").queryAs(TextField.class);
        robot.push(KeyCode.ENTER);
        assertThat(replay.acts).contains("until sensor.hot_aisle_hot_spot > 38", "play");
        assertThat(text(robot, "#replay-message")).doesNotStartWith("Enter plays");
        robot.push(KeyCode.ESCAPE);
        assertThat(until.getText()).isEmpty();
    }

    @Test
    void one_press_shows_one_kind_of_event_alone_and_one_all_again(FxRobot robot)
            throws TimeoutException {
        enter(robot);
        MenuButton kinds = robot.lookup("#replay-kinds").queryAs(MenuButton.class);
        assertThat(kinds.getText()).isEqualTo("All kinds");
        robot.clickOn(kinds).clickOn("#replay-only-door");
        assertThat(kinds.getText()).isEqualTo("Door open");
        assertThat(kinds.isShowing()).isFalse();
        assertThat(listed(robot)).containsOnly(Occurrence.Kind.DOOR);
        robot.clickOn(kinds).clickOn("#replay-kind-limit");
        assertThat(kinds.isShowing()).as("one mark is often not all").isTrue();
        assertThat(kinds.getText()).isEqualTo("2 of 8 kinds");
        assertThat(listed(robot)).containsOnly(Occurrence.Kind.DOOR, Occurrence.Kind.LIMIT);
        robot.clickOn("#replay-kinds-all");
        assertThat(kinds.getText()).isEqualTo("All kinds");
    }

    @Test
    void the_kinds_are_reached_by_keys(FxRobot robot) throws TimeoutException {
        enter(robot);
        MenuButton kinds = robot.lookup("#replay-kinds").queryAs(MenuButton.class);
        robot.push(KeyCode.E);
        until(kinds::isShowing);
        // The first line is all; the next is the first kind.
        robot.push(KeyCode.DOWN).push(KeyCode.DOWN).push(KeyCode.ENTER);
        assertThat(kinds.getText()).isEqualTo("7 of 8 kinds");
        assertThat(listed(robot)).isNotEmpty().doesNotContain(Occurrence.Kind.LIMIT);
        robot.push(KeyCode.RIGHT);
        assertThat(kinds.getText()).isEqualTo("Limit crossed");
        assertThat(listed(robot)).containsOnly(Occurrence.Kind.LIMIT);
    }

    private static java.util.Set<Occurrence.Kind> listed(FxRobot robot) {
        WaitForAsyncUtils.waitForFxEvents();
        java.util.Set<Occurrence.Kind> kinds = java.util.EnumSet.noneOf(Occurrence.Kind.class);
        robot.lookup("#replay-list")
                .<EventRow>queryListView()
                .getItems()
                .forEach(row -> kinds.add(row.event().kind()));
        return kinds;
    }

    @Test
    void the_edge_is_drawn_and_a_double_click_folds_the_lanes(FxRobot robot)
            throws TimeoutException {
        enter(robot);
        Node edge = robot.lookup("#replay-divider").query();
        Node body = robot.lookup("#replay-body").query();
        double before = body.getBoundsInParent().getHeight();
        robot.drag(edge, MouseButton.PRIMARY).moveBy(0, -120).drop();
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(body.getBoundsInParent().getHeight())
                .isCloseTo(before + 120, org.assertj.core.data.Offset.offset(6.0));
        PanelSize drawn = view.kept().timeline().orElseThrow();
        assertThat(drawn.ems()).isGreaterThan(PanelSize.USUAL.ems() + 5);
        robot.doubleClickOn(edge);
        assertThat(body.isVisible()).isFalse();
        assertThat(robot.lookup("#replay-transport").query().isVisible()).isTrue();
        assertThat(view.kept().timeline()).contains(drawn.turned());
        robot.doubleClickOn(edge);
        assertThat(body.isVisible()).isTrue();
        assertThat(view.kept().timeline()).contains(drawn);
        robot.drag(edge, MouseButton.PRIMARY).moveBy(0, 600).drop();
        assertThat(body.isVisible()).as("drawn to nothing, it folds").isFalse();
        robot.interact(edge::requestFocus);
        robot.push(KeyCode.UP);
        assertThat(body.isVisible()).isTrue();
    }

    @Test
    void a_window_gives_the_timeline_what_it_had(FxRobot robot) throws TimeoutException {
        PanelSize tall = new PanelSize(20, false);
        robot.interact(() ->
                view.restoreTimeline(
                        new vigie.console.wall.KeptView(
                                Optional.empty(),
                                Optional.empty(),
                                "",
                                true,
                                Optional.of(tall),
                                Optional.empty())));
        enter(robot);
        assertThat(view.kept().timeline()).contains(tall);
        // By the size of the text, which is another one on another screen.
        double em = robot.lookup("#replay-note").queryAs(TextField.class).getFont().getSize();
        until(() -> robot.lookup("#replay-body").query().getBoundsInParent().getHeight() > 17 * em);
    }

    @Test
    void a_condition_at_the_end_is_told_to_be_of_no_use_there(FxRobot robot)
            throws TimeoutException {
        enter(robot);
        robot.interact(replay::end);
        robot.push(KeyCode.U);
        robot.write("hot spot > 38").push(KeyCode.ENTER);
        assertThat(text(robot, "#replay-message")).startsWith("Nothing comes after the end");
    }

    @Test
    void a_note_asks_once_who_writes(FxRobot robot) throws TimeoutException {
        past.staysHere = Optional.of(Sentence.of("replay.nothing"));
        enter(robot);
        assertThat(robot.lookup("#replay-note").query().getParent().isVisible()).isFalse();
        robot.push(KeyCode.W);
        robot.clickOn("#replay-note").write("Doors checked").push(KeyCode.ENTER);
        assertThat(past.notes).isEmpty();
        assertThat(text(robot, "#replay-note-remark")).startsWith("Write your name first");
        robot.write("Night").push(KeyCode.ENTER);
        until(() -> past.notes.size() == 1);
        assertThat(past.notes.getFirst().author()).isEqualTo("Night");
        until(() -> !robot.lookup("#replay-by").query().isVisible());
        until(() -> robot.lookup("#replay-note").queryAs(TextField.class).getText().isEmpty());
        assertThat(text(robot, "#replay-note-remark")).startsWith("Nothing was recorded");
        robot.push(KeyCode.ESCAPE);
        until(() -> !robot.lookup("#replay-note").query().getParent().isVisible());
    }

    @Test
    void what_was_known_then_is_refused_with_its_reason(FxRobot robot) throws TimeoutException {
        past.thenMissing = Optional.of(Sentence.of("replay.nothing"));
        enter(robot);
        ToggleButton then = robot.lookup("#replay-then").queryAs(ToggleButton.class);
        until(() -> String.valueOf(then.getAccessibleHelp()).startsWith("Nothing was recorded"));
        assertThat(then.isDisabled()).isTrue();
    }

    @Test
    void a_drill_shows_its_end_and_no_controls(FxRobot robot) {
        robot.interact(() ->
                replay.open(
                        new vigie.console.replay.Start(
                                Mode.DRILL,
                                NOW.minusSeconds(3600),
                                NOW,
                                NOW.minusSeconds(60),
                                1,
                                true)));
        assertThat(isSeen(robot, "#replay-transport")).isFalse();
        assertThat(isSeen(robot, "#replay-slim")).isFalse();
        assertThat(isSeen(robot, "#replay-body")).isFalse();
        assertThat(text(robot, "#mode-title")).startsWith("DRILL");
        assertThat(window(robot).getPseudoClassStates().toString()).contains("drill");
        robot.push(KeyCode.ESCAPE);
        assertThat(replay.acts).hasSize(1);
        robot.clickOn("#mode-way");
        assertThat(replay.acts.getLast()).startsWith("open INCIDENT");
        assertThat(isSeen(robot, "#replay-transport")).isTrue();
    }

    @Test
    void a_wall_that_nobody_touches_returns_by_itself(FxRobot robot) throws TimeoutException {
        robot.interact(() -> {
            Stage stage = (Stage) window(robot).getScene().getWindow();
            view = window(Optional.of(Duration.ofMillis(1500)));
            stage.setScene(view.scene(1900, 1000));
            view.show(frames.next());
            replay.open(
                    new vigie.console.replay.Start(
                            Mode.REPLAY,
                            NOW.minusSeconds(3600),
                            NOW,
                            NOW.minusSeconds(60),
                            1,
                            false));
        });
        until(() -> replay.acts.contains("live"));
        assertThat(robot.lookup("#mode").query().isVisible()).isFalse();
    }

    @Test
    void everything_that_can_be_used_has_a_name(FxRobot robot) throws TimeoutException {
        enter(robot);
        for (Node node : robot.lookup("#replay .tool").queryAll()) {
            assertThat(node.getAccessibleText()).as("%s", node).isNotBlank();
        }
        for (String id :
                new String[] {
                    "#replay-moment",
                    "#replay-until",
                    "#replay-search",
                    "#replay-note",
                    "#replay-list",
                    "#replay-lane-view"
                }) {
            assertThat(robot.lookup(id).query().getAccessibleText()).as(id).isNotBlank();
            assertThat(robot.lookup(id).query().isFocusTraversable()).as(id).isTrue();
        }
    }

    private void enter(FxRobot robot) throws TimeoutException {
        robot.push(KeyCode.R);
        until(() -> replay.replay().isPresent());
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(() -> window(robot).getScene().getRoot().layout());
        until(() -> lanes(robot).getWidth() > 100);
    }

    private static Bounds lanes(FxRobot robot) {
        Node lanes = robot.lookup("#replay-lane-view").query();
        return lanes.localToScreen(lanes.getLayoutBounds());
    }

    private static Node window(FxRobot robot) {
        return robot.lookup(".window").query();
    }

    private static String text(FxRobot robot, String id) {
        WaitForAsyncUtils.waitForFxEvents();
        return robot.lookup(id).queryAs(Label.class).getText();
    }

    private static void until(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(5, TimeUnit.SECONDS, condition);
    }
}
