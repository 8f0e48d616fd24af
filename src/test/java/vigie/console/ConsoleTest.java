package vigie.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.image.Image;
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

import vigie.console.replay.FakePastRoom;
import vigie.console.replay.Mode;
import vigie.console.replay.ReplaySettings;
import vigie.console.start.PixelSize;
import vigie.plan.EmptyRoom;
import vigie.plan.Plan;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.timeline.Moment;
import vigie.timeline.Timeline;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

@ExtendWith(ApplicationExtension.class)
class ConsoleTest {
    private static final PixelSize SIZE = new PixelSize(1280, 720);

    private final FakeRoom room = new FakeRoom().normal();

    @TempDir private Path folder;

    @Start
    void toolkit(Stage stage) {
        stage.setTitle("only starts the toolkit");
    }

    @Test
    void a_picture_of_the_room_has_its_exact_size_and_ends_well() throws Exception {
        Path file = folder.resolve("room.png");
        try (Console console = open(file, Duration.ofMillis(200), room::timeline)) {
            assertThat(console.await()).isZero();
        }
        Image picture = new Image(file.toUri().toString());
        assertThat(picture.getWidth()).isEqualTo(1280);
        assertThat(picture.getHeight()).isEqualTo(720);
        assertThat(room.timeline().isClosed()).isTrue();
    }

    @Test
    void a_picture_of_what_stands_in_the_way_ends_with_3() throws Exception {
        Path file = folder.resolve("fault.png");
        TimelineSource refused =
                () -> {
                    throw fault();
                };
        try (Console console = open(file, Duration.ZERO, refused)) {
            assertThat(console.await()).isEqualTo(3);
        }
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void a_picture_that_cannot_be_written_is_a_fault() throws Exception {
        Path nowhere = folder.resolve("missing").resolve("room.png");
        try (Console console = open(nowhere, Duration.ZERO, room::timeline)) {
            assertThatExceptionOfType(Fault.class)
                    .isThrownBy(console::await)
                    .satisfies(fault ->
                            assertThat(fault.sentence().key())
                                    .isEqualTo("console.shot.unwritable"));
        }
    }

    @Test
    void what_was_mended_is_shown_after_trying_again(FxRobot robot) throws Exception {
        AtomicBoolean mended = new AtomicBoolean();
        TimelineSource source =
                () -> {
                    if (!mended.get()) {
                        throw fault();
                    }
                    return room.timeline();
                };
        try (Console console = open(folder.resolve("never.png"), Duration.ofHours(1), source)) {
            assertThat(console).isNotNull();
            until(() -> isShown("#fault"));
            Button retry = (Button) find("#fault-retry");
            // Fired, not clicked: a console that tries by itself takes the button out of the scene.
            robot.interact(() -> {
                mended.set(true);
                retry.fire();
            });
            until(() -> isShown("#feed"));
            assertThat(isShown("#fault")).isFalse();
        }
    }

    @Test
    void a_picture_of_the_past_waits_for_what_happened(FxRobot robot) throws Exception {
        Path file = folder.resolve("past.png");
        FakePastRoom past = new FakePastRoom(room.plan(), FakeRoom.NOW);
        past.answersLate = true;
        try (Console console = openPast(file, past)) {
            until(() -> isShown("#mode"));
            pulses(40);
            assertThat(file).as("taken before it was told what happened").doesNotExist();
            robot.interact(() -> assertThat(events(robot)).isEmpty());
            past.answersLate = false;
            assertThat(console.await()).isZero();
            robot.interact(() -> assertThat(events(robot)).isNotEmpty());
            assertThat(console.missing()).isEmpty();
        }
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void a_picture_says_where_what_happened_could_not_be_read() throws Exception {
        Path file = folder.resolve("untold.png");
        FakePastRoom past = new FakePastRoom(room.plan(), FakeRoom.NOW);
        past.untold = Optional.of(fault());
        try (Console console = openPast(file, past)) {
            assertThat(console.await()).isZero();
            assertThat(console.missing())
                    .extracting(Sentence::key)
                    .containsExactly("console.shot.no-events");
        }
        assertThat(file).isNotEmptyFile();
    }

    private Console openPast(Path file, FakePastRoom past) throws Fault, InterruptedException {
        return Console.open(
                new ConsoleSettings(
                        new Drawn(
                                Locale.UK, room.plan(), Optional.empty(), "vigie@db/homeassistant"),
                        new Behind(
                                Optional.empty(),
                                Optional.of(
                                        new ReplaySettings(
                                                past,
                                                Optional.of(past),
                                                Optional.empty(),
                                                Optional.of(
                                                        new vigie.console.replay.Start(
                                                                Mode.REPLAY,
                                                                FakeRoom.NOW.minus(
                                                                        Duration.ofHours(24)),
                                                                FakeRoom.NOW,
                                                                FakePastRoom.FAILURE.plusSeconds(
                                                                        1_200),
                                                                1,
                                                                false)),
                                                Optional.empty())),
                                Optional.empty()),
                        Optional.of(new Shot(file, Duration.ZERO, SIZE))),
                room::timeline);
    }

    private static List<?> events(FxRobot robot) {
        return robot.lookup("#replay-list").queryListView().getItems();
    }

    /** Waits for so many frames of the window. */
    private static void pulses(int count) throws TimeoutException {
        AtomicInteger seen = new AtomicInteger();
        AnimationTimer timer =
                new AnimationTimer() {
                    @Override
                    public void handle(long now) {
                        seen.incrementAndGet();
                    }
                };
        timer.start();
        until(() -> seen.get() >= count);
        timer.stop();
    }

    @Test
    void another_plan_is_drawn_in_the_same_window_and_the_timeline_goes_on(FxRobot robot)
            throws Exception {
        try (Console console =
                open(folder.resolve("never.png"), Duration.ofHours(1), room::timeline)) {
            until(() -> isShown("#feed"));
            Window window = find("#plan").getScene().getWindow();
            Plan other = EmptyRoom.of(9, 7, ZoneId.of("Europe/Brussels"));
            Sentence notice = Sentence.of("console.fault.unknown");
            console.draw(
                    new Drawn(Locale.UK, other, Optional.of(notice), "vigie@db/homeassistant"),
                    Behind.NOTHING);
            until(() -> isShown("#plan-banner"));
            until(() -> text("#overall").equals("No point is bound to the plan"));
            assertThat(find("#plan").getScene().getWindow()).isSameAs(window);
            assertThat(room.timeline().isClosed()).isFalse();
            console.draw(
                    new Drawn(Locale.FRANCE, room.plan(), Optional.empty(), ""), Behind.NOTHING);
            until(() -> text("#room").equals(room.plan().label().in(Locale.FRANCE)));
            until(() -> text("#overall").equals("Tout est normal"));
            assertThat(isShown("#plan-banner")).isFalse();
        }
    }

    @Test
    void who_searches_goes_on_typing_where_another_plan_is_drawn(FxRobot robot) throws Exception {
        try (Console console = Console.open(window(Behind.NOTHING), room::timeline)) {
            until(() -> isShown("#feed"));
            robot.push(KeyCode.CONTROL, KeyCode.F);
            robot.write("ra");
            Node before = find("#search");
            console.draw(emptyRoom(), Behind.NOTHING);
            until(() -> lookup("#search").filter(now -> !now.equals(before)).isPresent());
            WaitForAsyncUtils.waitForFxEvents();
            robot.write("ck");
            assertThat(robot.lookup("#search").queryTextInputControl().getText()).isEqualTo("rack");
        }
    }

    @Test
    void the_past_that_is_opened_while_another_plan_waits_is_shown(FxRobot robot) throws Exception {
        FakePastRoom past = new FakePastRoom(room.plan(), FakeRoom.NOW);
        Behind behind = behind(past, Optional.empty());
        HeldTimeline held = new HeldTimeline(room.timeline());
        try (Console console = Console.open(window(behind), () -> held)) {
            until(() -> isShown("#feed"));
            held.pictures.acquire(); // no frame of the new plan can be made meanwhile
            try {
                console.draw(emptyRoom(), behind);
                WaitForAsyncUtils.waitForFxEvents();
                robot.push(KeyCode.R);
                until(() -> isShown("#mode"));
            } finally {
                held.pictures.release();
            }
        }
    }

    @Test
    void who_looks_at_the_past_is_told_that_another_plan_waits(FxRobot robot) throws Exception {
        FakePastRoom past = new FakePastRoom(room.plan(), FakeRoom.NOW);
        Behind behind = behind(past, Optional.empty());
        try (Console console = Console.open(window(behind), room::timeline)) {
            until(() -> isShown("#feed"));
            robot.push(KeyCode.R);
            until(() -> isShown("#mode"));
            console.draw(emptyRoom(), behind);
            until(() -> isShown("#settings-banner"));
            robot.push(KeyCode.ESCAPE);
            until(() -> text("#overall").equals("No point is bound to the plan"));
            until(() -> !isShown("#settings-banner"));
        }
    }

    @Test
    void what_is_listed_at_present_stays_where_another_plan_is_drawn(FxRobot robot)
            throws Exception {
        FakePastRoom past = new FakePastRoom(room.plan(), FakeRoom.NOW);
        Behind behind = behind(past, Optional.empty());
        try (Console console = Console.open(window(behind), room::timeline)) {
            until(() -> isShown("#feed"));
            robot.push(KeyCode.T);
            until(() -> isShown("#replay-list"));
            Node before = find("#replay-list");
            console.draw(new Drawn(Locale.FRANCE, room.plan(), Optional.empty(), ""), behind);
            until(() -> lookup("#replay-list").filter(list -> !list.equals(before)).isPresent());
            until(() -> isShown("#replay-list"));
        }
    }

    /** Lets no picture be made while somebody holds it. */
    private record HeldTimeline(Timeline timeline, Semaphore pictures) implements Timeline {
        HeldTimeline(Timeline timeline) {
            this(timeline, new Semaphore(1));
        }

        @Override
        public Moment moment() {
            if (Platform.isFxApplicationThread()) {
                return timeline.moment();
            }
            pictures.acquireUninterruptibly();
            try {
                return timeline.moment();
            } finally {
                pictures.release();
            }
        }

        @Override
        public Instant now() {
            return timeline.now();
        }

        @Override
        public AutoCloseable onChange(Runnable listener) {
            return timeline.onChange(listener);
        }

        @Override
        public void close() {
            timeline.close();
        }
    }

    /** Another plan than the room's. */
    private static Drawn emptyRoom() {
        return new Drawn(
                Locale.UK, EmptyRoom.of(9, 7, ZoneId.of("Europe/Brussels")), Optional.empty(), "");
    }

    private ConsoleSettings window(Behind behind) {
        return new ConsoleSettings(
                new Drawn(Locale.UK, room.plan(), Optional.empty(), ""), behind, Optional.empty());
    }

    private static Behind behind(FakePastRoom past, Optional<vigie.console.replay.Start> start) {
        return new Behind(
                Optional.empty(),
                Optional.of(
                        new ReplaySettings(
                                past,
                                Optional.of(past),
                                Optional.empty(),
                                start,
                                Optional.empty())),
                Optional.empty());
    }

    @Test
    void wrong_settings_are_told_over_the_room_until_they_are_mended() throws Exception {
        try (Console console =
                open(folder.resolve("never.png"), Duration.ofHours(1), room::timeline)) {
            until(() -> isShown("#feed"));
            console.notice(Optional.of(Sentence.of("console.fault.unknown")));
            until(() -> isShown("#settings-banner"));
            console.notice(Optional.empty());
            until(() -> !isShown("#settings-banner"));
        }
    }

    @Test
    void a_key_ends_it(FxRobot robot) throws Exception {
        ConsoleSettings settings =
                new ConsoleSettings(Locale.UK, room.plan(), Optional.empty(), "", Optional.empty());
        try (Console console = Console.open(settings, room::timeline)) {
            until(() -> isShown("#feed"));
            robot.push(KeyCode.CONTROL, KeyCode.Q);
            assertThat(console.await()).isZero();
        }
    }

    private static String text(String id) {
        return find(id) instanceof Labeled label ? label.getText() : "";
    }

    private Console open(Path file, Duration after, TimelineSource source)
            throws Fault, InterruptedException {
        return Console.open(
                new ConsoleSettings(
                        Locale.UK,
                        room.plan(),
                        Optional.empty(),
                        "vigie@db/homeassistant",
                        Optional.of(new Shot(file, after, SIZE))),
                source);
    }

    private static Fault fault() {
        return new Fault(Fault.Kind.BLOCKED, Sentence.of("console.fault.unknown"), "for the test");
    }

    private static Node find(String id) {
        return lookup(id).orElseThrow();
    }

    private static boolean isShown(String id) {
        return lookup(id).filter(Node::isVisible).isPresent();
    }

    private static Optional<Node> lookup(String id) {
        return Window.getWindows().stream()
                .flatMap(window -> Optional.ofNullable(window.getScene().lookup(id)).stream())
                .findFirst();
    }

    private static void until(java.util.concurrent.Callable<Boolean> condition)
            throws TimeoutException {
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, condition);
    }
}
