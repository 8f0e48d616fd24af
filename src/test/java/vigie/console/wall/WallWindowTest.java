package vigie.console.wall;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import vigie.console.Console;
import vigie.console.ConsoleSettings;
import vigie.console.FakeRoom;
import vigie.console.TimelineSource;
import vigie.console.plan.PlanLook;
import vigie.console.plan.PlanView;
import vigie.plan.ElementId;
import vigie.plan.Spot;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

@ExtendWith(ApplicationExtension.class)
class WallWindowTest {
    private static final ElementId B4 = new ElementId("b4");

    private final FakeRoom room = new FakeRoom().normal();

    @TempDir private Path folder;

    @Start
    void toolkit(Stage stage) {
        stage.setTitle("only starts the toolkit");
    }

    @Test
    void it_fills_the_screen_and_escape_does_not_end_it(FxRobot robot) throws Exception {
        try (Console console = open(room::timeline)) {
            CompletableFuture<Integer> end = ending(console);
            Window window = find("#wall").getScene().getWindow();
            assertThat(window.getWidth()).isEqualTo(1920);
            assertThat(window.getHeight()).isEqualTo(1080);
            assertThat(((Stage) window).isFullScreen()).isTrue();
            robot.push(KeyCode.ESCAPE);
            robot.push(KeyCode.ESCAPE);
            WaitForAsyncUtils.waitForFxEvents();
            assertThat(((Stage) window).isFullScreen()).isTrue();
            assertThat(window.isShowing()).isTrue();
            assertThat(end).isNotDone();
            robot.push(KeyCode.CONTROL, KeyCode.Q);
            assertThat(end.get(10, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void clock_and_mark_can_be_read_from_afar() throws Exception {
        try (Console console = open(room::timeline)) {
            assertThat(console.live().toCompletableFuture().get(20, TimeUnit.SECONDS)).isNull();
            Label clock = (Label) find("#wall-clock");
            double digits = clock.getFont().getSize() * 0.69;
            assertThat(digits).isGreaterThanOrEqualTo(1080 / 25.0);
            assertThat(find("#beat").getLayoutBounds().getHeight())
                    .isGreaterThanOrEqualTo(1080 / 25.0);
            // The room's clock is the fake's; the mark goes on by frames alone. Before the first
            // frame of the room the wall tells the time of this machine.
            BeatMark beat = (BeatMark) find("#beat");
            until(() -> clock.getText().equals("12:23:12"));
            awaitBeat(beat);
            assertThat(clock.getText()).isEqualTo("12:23:12");
        }
    }

    private static void awaitBeat(BeatMark beat) throws Exception {
        var shown = beat.getChildrenUnmodifiable().stream().toList();
        until(() -> !beat.getChildrenUnmodifiable().equals(shown));
    }

    @Test
    void the_pointer_is_hidden_until_somebody_moves_it(FxRobot robot) throws Exception {
        try (Console console = open(room::timeline)) {
            assertThat(console).isNotNull();
            assertThat(find("#wall").getScene().getCursor()).isEqualTo(Cursor.NONE);
            robot.moveTo(700, 500);
            robot.moveTo(760, 540);
            WaitForAsyncUtils.waitForFxEvents();
            assertThat(find("#wall").getScene().getCursor()).isEqualTo(Cursor.DEFAULT);
            until(() -> Cursor.NONE.equals(find("#wall").getScene().getCursor()));
        }
    }

    @Test
    void it_begins_where_the_one_before_was_left() throws Exception {
        PlanLook part = new PlanLook(new Spot(4, 3), 2);
        try (Console console = open(room::timeline)) {
            assertThat(console.live().toCompletableFuture().get(20, TimeUnit.SECONDS)).isNull();
            onFx(() -> {
                plan().look(Optional.of(part));
                plan().selectedProperty().set(Optional.of(B4));
            });
            // Not at the end: a process that is killed has none.
            until(() -> Files.exists(file()) && Files.readString(file()).contains("b4"));
        }
        try (Console console = open(room::timeline)) {
            assertThat(console.live().toCompletableFuture().get(20, TimeUnit.SECONDS)).isNull();
            assertThat(plan().looked()).contains(part);
            assertThat(plan().pointOf(part.middle()).getX())
                    .isCloseTo(plan().getWidth() / 2, org.assertj.core.data.Offset.offset(1.0));
            assertThat(plan().selectedProperty().get()).contains(B4);
        }
    }

    @Test
    void tiles_and_lists_come_when_they_are_asked_for(FxRobot robot) throws Exception {
        try (Console console = open(room::timeline)) {
            assertThat(console.live().toCompletableFuture().get(20, TimeUnit.SECONDS)).isNull();
            Node points = find("#points");
            double alone = plan().getWidth();
            assertThat(isShown(points)).isFalse();
            robot.push(KeyCode.CONTROL, KeyCode.B);
            until(() -> isShown(points) && plan().getWidth() < alone);
            robot.push(KeyCode.CONTROL, KeyCode.B);
            until(() -> !isShown(points) && plan().getWidth() == alone);
        }
    }

    private static boolean isShown(Node node) {
        return node.isVisible() && (node.getParent() == null || isShown(node.getParent()));
    }

    @Test
    void what_is_in_the_way_goes_by_itself(FxRobot robot) throws Exception {
        AtomicBoolean mended = new AtomicBoolean();
        TimelineSource source =
                () -> {
                    if (!mended.get()) {
                        throw new Fault(
                                Fault.Kind.BLOCKED,
                                Sentence.of("console.fault.unknown"),
                                "for the test");
                    }
                    return room.timeline();
                };
        try (Console console = open(source)) {
            CompletableFuture<Integer> end = ending(console);
            until(() -> isShown("#fault"));
            assertThat(text("#wall-word")).isEqualTo("No data yet");
            mended.set(true);
            until(() -> !isShown("#fault"));
            until(() -> text("#wall-word").equals("Live"));
            assertThat(end).isNotDone();
        }
    }

    private Path file() {
        return folder.resolve("wall.json");
    }

    private Console open(TimelineSource source) throws Fault, InterruptedException {
        return Console.open(
                new ConsoleSettings(Locale.UK, room.plan(), Optional.empty(), "", Optional.empty())
                        .onWall()
                        .keeping(file()),
                source);
    }

    private static CompletableFuture<Integer> ending(Console console) {
        CompletableFuture<Integer> end = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        end.complete(console.await());
                    } catch (Fault | InterruptedException unexpected) {
                        end.completeExceptionally(unexpected);
                    }
                });
        return end;
    }

    private static PlanView plan() {
        return (PlanView) find("#plan");
    }

    private static String text(String id) {
        return ((Label) find(id)).getText();
    }

    private static Node find(String id) {
        return lookup(id).orElseThrow();
    }

    private static boolean isShown(String id) {
        return lookup(id).filter(Node::isVisible).isPresent();
    }

    private static Optional<Node> lookup(String id) {
        return Window.getWindows().stream()
                .filter(window -> window.getScene() != null)
                .flatMap(window -> Optional.ofNullable(window.getScene().lookup(id)).stream())
                .findFirst();
    }

    private static void onFx(Runnable work) {
        WaitForAsyncUtils.waitForAsyncFx(10_000, work);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static void until(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, condition);
    }
}
