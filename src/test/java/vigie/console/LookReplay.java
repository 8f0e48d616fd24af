package vigie.console;

import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Window;

import vigie.console.plan.PlanView;
import vigie.console.replay.FakePastRoom;
import vigie.console.replay.Mode;
import vigie.console.replay.ReplaySettings;
import vigie.console.replay.Start;
import vigie.console.start.PixelSize;
import vigie.feed.FeedStatus;
import vigie.plan.ElementId;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Takes a picture of the window in the past, to look at: {@code LookReplay SITUATION LANGUAGE WxH
 * FILE}, or with {@code -} in place of a file opens the window for a hand. Not a test.
 */
final class LookReplay {
    private static final Instant AT = FakePastRoom.FAILURE.plus(Duration.ofMinutes(26));

    private LookReplay() {}

    public static void main(String[] words) throws Fault, InterruptedException {
        PixelSize size = PixelSize.parse(words[2]).orElseThrow();
        String situation = words[0];
        FakeRoom room = new FakeRoom().normal();
        FakePastRoom past = new FakePastRoom(room.plan(), FakeRoom.NOW);
        past.staysHere = Optional.of(Sentence.of("replay.note.failed"));
        if (situation.equals("then-missing") || situation.equals("paused")) {
            past.thenMissing = Optional.of(Sentence.of("replay.then-asked"));
        }
        switch (situation) {
            case "outage" -> past.silence = Duration.ofHours(3);
            case "unavailable" -> past.says = Optional.of("unavailable");
            case "unknown" -> past.says = Optional.of("unknown");
            default -> {}
        }
        Mode mode =
                switch (situation) {
                    case "drill" -> Mode.DRILL;
                    case "incident" -> Mode.INCIDENT;
                    default -> Mode.REPLAY;
                };
        boolean live = situation.startsWith("live");
        boolean plays = !List.of("paused", "ended", "typed", "marked").contains(situation);
        Start start =
                new Start(
                        mode,
                        FakeRoom.NOW.minus(Duration.ofHours(24)),
                        FakeRoom.NOW,
                        situation.equals("ended") ? FakeRoom.NOW.minusSeconds(3) : AT,
                        situation.equals("fast") ? 3600 : 60,
                        plays);
        Console console =
                Console.open(
                        new ConsoleSettings(
                                new Drawn(
                                        Locale.forLanguageTag(words[1]),
                                        room.plan(),
                                        Optional.empty(),
                                        "vigie@127.0.0.1:3307/homeassistant"),
                                new Behind(
                                        situation.equals("chart")
                                                ? Optional.of(LookPast.past("history", room))
                                                : Optional.empty(),
                                        Optional.of(
                                                new ReplaySettings(
                                                        past,
                                                        Optional.of(past),
                                                        situation.equals("paused")
                                                                ? Optional.empty()
                                                                : Optional.of("A. Operator"),
                                                        live
                                                                ? Optional.empty()
                                                                : Optional.of(start),
                                                        situation.equals("returns")
                                                                ? Optional.of(
                                                                        Duration.ofSeconds(20))
                                                                : Optional.of(
                                                                        Duration.ofMinutes(10)))),
                                        Optional.empty()),
                                words[3].equals("-")
                                        ? Optional.empty()
                                        : Optional.of(
                                                new Shot(
                                                        Path.of(words[3]),
                                                        Duration.ofSeconds(4),
                                                        size))),
                        room::timeline);
        CompletableFuture.delayedExecutor(1500, TimeUnit.MILLISECONDS)
                .execute(() -> Platform.runLater(() -> touch(situation, room, past)));
        int exitCode = console.await();
        System.exit(exitCode);
    }

    private static void touch(String situation, FakeRoom room, FakePastRoom past) {
        Scene scene = Window.getWindows().getFirst().getScene();
        switch (situation) {
            case "live-open" -> ((ToggleButton) scene.lookup("#replay-lanes")).fire();
            case "live-compared" -> {
                ((ToggleButton) scene.lookup("#replay-lanes")).fire();
                ((MenuButton) scene.lookup("#replay-compare")).getItems().getFirst().fire();
            }
            case "kinds" -> ((MenuButton) scene.lookup("#replay-kinds")).show();
            case "reverse" -> press(scene, KeyCode.J);
            case "ended" -> press(scene, KeyCode.L);
            case "lost" -> {
                room.timeline()
                        .phase(
                                FeedStatus.Phase.BACKOFF,
                                Optional.of(Sentence.of("console.feed.backoff")));
            }
            case "typed" -> {
                TextField until = (TextField) scene.lookup("#replay-until");
                until.setText(scene.lookup("#french").isFocused() ? "" : "aisle > 35");
            }
            case "then" -> ((ToggleButton) scene.lookup("#replay-then")).fire();
            case "waiting" -> {
                past.stuck = true;
                TextField moment = (TextField) scene.lookup("#replay-moment");
                moment.setText("2026-11-21 05:00");
                moment.fireEvent(new javafx.event.ActionEvent());
            }
            case "marked" -> {
                javafx.scene.Node lanes = scene.lookup("#replay-lane-view");
                lanes.requestFocus();
                for (int i = 0; i < 12; i++) {
                    lanes.fireEvent(key(KeyCode.RIGHT, true));
                }
            }
            case "chart" -> {
                PlanView plan = (PlanView) scene.lookup("#plan");
                plan.selectedProperty().set(Optional.of(new ElementId("a4")));
                plan.requestFocus();
                plan.fireEvent(key(KeyCode.H, false));
            }
            default -> {}
        }
    }

    private static void press(Scene scene, KeyCode code) {
        scene.getRoot().fireEvent(key(code, false));
    }

    private static KeyEvent key(KeyCode code, boolean shift) {
        return new KeyEvent(
                KeyEvent.KEY_PRESSED, "", code.getName(), code, shift, false, false, false);
    }
}
