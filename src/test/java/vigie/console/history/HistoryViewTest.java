package vigie.console.history;

import static org.assertj.core.api.Assertions.assertThat;

import static vigie.console.Seen.isSeen;

import javafx.event.Event;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.ZoomEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import vigie.console.FakePast;
import vigie.console.FakeRoom;
import vigie.console.Frames;
import vigie.console.plan.PlanView;
import vigie.console.window.WindowView;
import vigie.console.words.Speech;
import vigie.plan.ElementId;
import vigie.plan.Placement;
import vigie.point.PointId;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

@ExtendWith(ApplicationExtension.class)
class HistoryViewTest {
    private static final Instant NOW = FakeRoom.NOW;

    @TempDir private static Path folder;

    private final FakeRoom room = new FakeRoom().normal();
    private final Frames frames = new Frames(room);
    private final FakePast past = new FakePast(NOW, ZoneId.of("Europe/Brussels"));
    private WindowView view;
    private Path charts;

    @Start
    void open(Stage stage) {
        charts = folder.resolve("charts-" + System.nanoTime() + ".json");
        for (Placement placement : room.plan().placements()) {
            String name = placement.point().name();
            if (placement.quantity().isNumber()) {
                past.number(
                        name,
                        placement.quantity().unit(),
                        Duration.ofMinutes(1),
                        FakePast.around(22, 2, name.hashCode()));
            } else {
                past.text(name, Duration.ofHours(1), _ -> "on");
            }
        }
        view =
                new WindowView(
                        new Speech(Locale.UK),
                        room.plan(),
                        Optional.empty(),
                        "vigie@db/homeassistant",
                        Optional.of(new PastSettings(past, charts, Optional.empty())),
                        () -> {});
        stage.setScene(view.scene(1600, 900));
        stage.show();
        view.show(frames.next());
        view.focusPlan();
    }

    @Test
    void a_double_click_on_an_element_opens_its_history_and_escape_goes_back(FxRobot robot)
            throws TimeoutException {
        PlanView plan = robot.lookup("#plan").queryAs(PlanView.class);
        Point2D rack =
                plan.localToScreen(
                        plan.pointOf(
                                room.plan()
                                        .element(new ElementId("a4"))
                                        .orElseThrow()
                                        .bounds()
                                        .centre()));
        robot.moveTo(rack).doubleClickOn(MouseButton.PRIMARY);
        until(() -> text(robot, "#history-title").equals("Rack A4"));
        assertThat(isSeen(robot, "#history")).isTrue();
        assertThat(plan.isVisible()).isFalse();
        until(() -> lines(robot) >= 4);
        robot.push(KeyCode.ESCAPE);
        assertThat(isSeen(robot, "#history")).isFalse();
        assertThat(plan.isVisible()).isTrue();
        assertThat(plan.isFocused()).isTrue();
    }

    @Test
    void the_key_h_opens_the_history_of_what_is_selected(FxRobot robot) throws TimeoutException {
        PlanView plan = robot.lookup("#plan").queryAs(PlanView.class);
        robot.interact(() -> {
            plan.selectedProperty().set(Optional.of(new ElementId("b3")));
            plan.requestFocus();
        });
        robot.push(KeyCode.H);
        until(() -> text(robot, "#history-title").equals("Rack B3"));
    }

    @Test
    void a_point_in_the_list_has_a_history(FxRobot robot) throws TimeoutException {
        robot.push(KeyCode.CONTROL, KeyCode.F);
        robot.write("a10 top");
        robot.push(KeyCode.DOWN);
        robot.push(KeyCode.H);
        until(() -> text(robot, "#history-title").startsWith("Rack A10 inlet, top"));
    }

    @Test
    void dragging_moves_the_time_and_the_wheel_zooms_about_the_pointer(FxRobot robot)
            throws TimeoutException {
        show(
                robot,
                Opening.between(
                        "",
                        points(),
                        NOW.minus(Duration.ofDays(5)),
                        NOW.minus(Duration.ofDays(4))));
        ChartView chart = chart(robot);
        long before = chart.projection().stretch().from();
        Point2D middle = chart.localToScreen(400, 200);
        robot.drag(middle, MouseButton.PRIMARY).moveBy(120, 0).dropBy(0, 0);
        WaitForAsyncUtils.waitForFxEvents();
        until(() -> chart.projection().stretch().from() < before);
        long width = chart.projection().stretch().width();
        long under = chart.projection().at(400);
        robot.moveTo(middle).scroll(3, javafx.geometry.VerticalDirection.DOWN);
        until(() -> chart.projection().stretch().width() != width);
        assertThat((double) Math.abs(chart.projection().at(400) - under))
                .isLessThan(chart.projection().perPixel() * 2);
    }

    @Test
    void two_fingers_zoom(FxRobot robot) throws TimeoutException {
        show(
                robot,
                Opening.between(
                        "",
                        points(),
                        NOW.minus(Duration.ofDays(5)),
                        NOW.minus(Duration.ofDays(4))));
        ChartView chart = chart(robot);
        long width = chart.projection().stretch().width();
        robot.interact(() ->
                Event.fireEvent(
                        chart,
                        new ZoomEvent(
                                ZoomEvent.ZOOM,
                                300,
                                100,
                                300,
                                100,
                                false,
                                false,
                                false,
                                false,
                                true,
                                false,
                                2,
                                2,
                                null)));
        until(() -> chart.projection().stretch().width() == width / 2);
    }

    @Test
    void keys_move_zoom_and_choose_a_range(FxRobot robot) throws TimeoutException {
        show(robot, Opening.following("", points(), Duration.ofDays(1)));
        ChartView chart = chart(robot);
        robot.push(KeyCode.DIGIT4);
        until(() -> hours(chart) == 7 * 24);
        assertThat(robot.lookup("#range-7d").queryAs(ToggleButton.class).isSelected()).isTrue();
        robot.push(KeyCode.LEFT);
        until(() -> !robot.lookup("#history-live").queryAs(ToggleButton.class).isSelected());
        robot.push(KeyCode.END);
        until(() -> robot.lookup("#history-live").queryAs(ToggleButton.class).isSelected());
        robot.push(KeyCode.HOME);
        until(() -> hours(chart) == 24);
        robot.push(KeyCode.SHIFT, KeyCode.RIGHT);
        until(() -> chart.crosshair().isPresent());
        assertThat(chart.crosshair().orElseThrow().rows().getFirst().name())
                .isEqualTo("Rack A4 inlet, top");
        until(() -> chart.getAccessibleText().matches(".*Rack A4 inlet, top: \\d.*°C.*"));
    }

    @Test
    void a_range_can_be_typed_and_nonsense_is_marked(FxRobot robot) throws TimeoutException {
        show(robot, Opening.following("", points(), Duration.ofDays(1)));
        ChartView chart = chart(robot);
        robot.interact(() -> robot.lookup("#range-custom").queryAs(ToggleButton.class).fire());
        robot.interact(() -> {
            robot.lookup("#history-from").queryAs(TextField.class).setText("yesterday");
            robot.lookup("#history-typed").queryAs(Button.class).fire();
        });
        assertThat(robot.lookup("#history-from").query().getPseudoClassStates().toString())
                .contains("wrong");
        robot.interact(() -> {
            robot.lookup("#history-from").queryAs(TextField.class).setText("2026-11-18");
            robot.lookup("#history-to").queryAs(TextField.class).setText("2026-11-20");
            robot.lookup("#history-typed").queryAs(Button.class).fire();
        });
        until(() -> hours(chart) == 48);
    }

    @Test
    void a_chart_is_named_pinned_and_opened_again_with_one_click(FxRobot robot)
            throws TimeoutException {
        show(robot, Opening.following("Rack A4", points(), Duration.ofDays(1)));
        robot.push(KeyCode.DIGIT2);
        robot.interact(() -> {
            robot.lookup("#history-save").queryAs(Button.class).fire();
            robot.lookup("#history-name").queryAs(TextField.class).setText("Mine");
            robot.lookup("#history-pin-it").queryAs(Button.class).fire();
        });
        assertThat(Files.exists(charts)).isTrue();
        FlowPane pins = robot.lookup("#history-pins").queryAs(FlowPane.class);
        assertThat(pins.isVisible()).isTrue();
        assertThat(robot.lookup("#history-saved").queryAs(MenuButton.class).getItems()).hasSize(1);
        show(robot, Opening.following("Other", points(), Duration.ofDays(30)));
        robot.interact(() -> ((Button) pins.getChildren().getFirst()).fire());
        until(() -> text(robot, "#history-title").equals("Mine") && hours(chart(robot)) == 6);
    }

    @Test
    void a_failure_is_a_sentence_over_the_old_picture_with_a_button(FxRobot robot)
            throws TimeoutException {
        show(robot, Opening.following("", points(), Duration.ofDays(1)));
        until(() -> lines(robot) == 1);
        past.fail(
                new Fault(
                        Fault.Kind.PASSING,
                        Sentence.of("store.db.timeout", "db:3306", 5),
                        "timeout"));
        robot.push(KeyCode.DIGIT9);
        Node failed = robot.lookup("#history-failed").query();
        until(failed::isVisible);
        assertThat(text(robot, "#history-why")).startsWith("db:3306 does not answer");
        assertThat(lines(robot)).isEqualTo(1);
        past.fail(null);
        robot.interact(() -> robot.lookup("#history-retry").queryAs(Button.class).fire());
        until(() -> !failed.isVisible());
    }

    @Test
    void the_figures_tell_of_the_compared_period_too(FxRobot robot) throws TimeoutException {
        show(robot, Opening.following("", points(), Duration.ofDays(1)));
        robot.interact(() ->
                robot.lookup("#history-compare")
                        .queryAs(ComboBox.class)
                        .getSelectionModel()
                        .select(3));
        until(() -> cells(robot).contains("Mean before"));
    }

    @Test
    void the_chart_is_written_as_picture_and_as_table(FxRobot robot) throws Exception {
        show(robot, Opening.following("Rack A4", points(), Duration.ofDays(1)));
        HistoryView history = historyOf(robot);
        Path picture = folder.resolve("chart.png");
        Path table = folder.resolve("chart.csv");
        robot.interact(() -> history.savePicture(picture));
        until(() -> Files.exists(picture));
        robot.interact(() -> history.export(ChartExport.Form.CSV, table));
        until(() -> Files.exists(table));
        assertThat(Files.readString(table)).contains("sensor.rack_a4_inlet_top");
        until(() -> text(robot, "#history-done").startsWith("Written"));
    }

    @Test
    void everything_that_can_be_used_has_a_name(FxRobot robot) throws TimeoutException {
        show(robot, Opening.following("Rack A4", points(), Duration.ofDays(1)));
        for (String id :
                List.of(
                        "#history-back",
                        "#history-save",
                        "#history-compare",
                        "#range-1h",
                        "#range-2y",
                        "#chart")) {
            Node node = robot.lookup(id).query();
            assertThat(node.isFocusTraversable()).as(id).isTrue();
            assertThat(node.getAccessibleText()).as(id).isNotBlank();
        }
    }

    private HistoryView historyOf(FxRobot robot) {
        return (HistoryView) robot.lookup("#history").query().getUserData();
    }

    private void show(FxRobot robot, Opening opening) throws TimeoutException {
        robot.interact(() -> view.showPast(opening));
        until(() -> lines(robot) > 0);
        robot.interact(() -> chart(robot).requestFocus());
    }

    private static List<PointId> points() {
        return List.of(new PointId("sensor.rack_a4_inlet_top"));
    }

    private static ChartView chart(FxRobot robot) {
        return robot.lookup("#chart").queryAs(ChartView.class);
    }

    private static long hours(ChartView chart) {
        return Math.round(chart.projection().stretch().width() / 3.6e9);
    }

    /** How many curves the table tells of. */
    private static int lines(FxRobot robot) {
        GridPane table = robot.lookup("#history-table").queryAs(GridPane.class);
        return Math.max(0, table.getRowCount() - 1);
    }

    private static List<String> cells(FxRobot robot) {
        return List.copyOf(robot.lookup("#history-table").queryAs(GridPane.class).getChildren())
                .stream()
                .filter(Label.class::isInstance)
                .map(node -> ((Label) node).getText())
                .toList();
    }

    private static String text(FxRobot robot, String id) {
        return robot.lookup(id).queryAs(Label.class).getText();
    }

    private static void until(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, condition);
    }
}
