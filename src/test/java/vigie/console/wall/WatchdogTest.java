package vigie.console.wall;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import vigie.console.bridge.FxBridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

@ExtendWith(ApplicationExtension.class)
class WatchdogTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<String> told = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private long nanos = 77;
    private final Watchdog dog =
            new Watchdog(Watchdog.Patience.USUAL, SECOND, () -> nanos, waiting::add, told::add);

    @Start
    void toolkit(Stage stage) {
        stage.setTitle("only starts the toolkit");
    }

    @Test
    void a_window_that_answers_is_left_alone() {
        for (int i = 0; i < 120; i++) {
            pass(SECOND);
            answer();
        }
        assertThat(told).isEmpty();
    }

    @Test
    void a_window_that_does_not_answer_for_ten_seconds_is_told_of_once() {
        for (int i = 0; i <= 9; i++) {
            pass(SECOND);
        }
        assertThat(told).isEmpty();
        pass(SECOND);
        assertThat(told).containsExactly("the window has not answered for 10 s");
        pass(SECOND);
        assertThat(told).hasSize(1);
    }

    @Test
    void a_window_that_answers_late_has_its_whole_patience_again() {
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 9; i++) {
                pass(SECOND);
            }
            answer();
        }
        assertThat(told).isEmpty();
    }

    @Test
    void a_machine_that_slept_was_not_stuck() {
        pass(SECOND);
        for (int night = 0; night < 4; night++) {
            pass(Duration.ofHours(9));
        }
        assertThat(told).isEmpty();
    }

    @Test
    void only_one_question_waits_however_long_the_window_is_stuck() {
        for (int i = 0; i < 30; i++) {
            pass(SECOND);
        }
        assertThat(waiting).hasSize(1);
    }

    @Test
    void a_followed_room_without_frames_is_told_of() {
        dog.follows(true);
        for (int i = 0; i < 40; i++) {
            dog.shown();
            pass(SECOND);
            answer();
        }
        assertThat(told).isEmpty();
        for (int i = 0; i < 30; i++) {
            pass(SECOND);
            answer();
        }
        assertThat(told).containsExactly("no frame was shown for 30 s");
    }

    @Test
    void without_a_room_to_follow_no_frame_is_missed() {
        for (int i = 0; i < 100; i++) {
            pass(SECOND);
            answer();
        }
        dog.follows(true);
        for (int i = 0; i < 29; i++) {
            pass(SECOND);
            answer();
        }
        dog.follows(false);
        for (int i = 0; i < 100; i++) {
            pass(SECOND);
            answer();
        }
        assertThat(told).isEmpty();
    }

    @Test
    void a_javafx_thread_that_hangs_is_found_and_its_stack_is_told() throws Exception {
        CompletableFuture<String> why = new CompletableFuture<>();
        CountDownLatch free = new CountDownLatch(1);
        FxBridge.onFx(() -> hangUntil(free));
        try (Watchdog watching =
                new Watchdog(
                        new Watchdog.Patience(Duration.ofMillis(300), Duration.ofSeconds(30)),
                        Duration.ofMillis(50),
                        System::nanoTime,
                        FxBridge::onFx,
                        said -> why.complete(said + "\n" + Watchdog.stacks()))) {
            watching.start();
            assertThat(why.get(20, TimeUnit.SECONDS))
                    .startsWith("the window has not answered")
                    .contains("\"JavaFX Application Thread\"", "hangUntil", "\"vigie-watchdog\"");
        } finally {
            free.countDown();
        }
    }

    @Test
    void frames_that_come_while_it_looks_are_never_missed() throws Exception {
        dog.follows(true);
        AtomicBoolean ended = new AtomicBoolean();
        Thread frames =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!ended.get()) {
                                dog.shown();
                            }
                        });
        dog.shown();
        for (int i = 0; i < 200_000; i++) {
            dog.shown();
            pass(SECOND);
            answer();
        }
        ended.set(true);
        frames.join();
        assertThat(told).isEmpty();
    }

    private static void hangUntil(CountDownLatch free) {
        try {
            free.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        dog.look();
    }

    private void answer() {
        waiting.forEach(Runnable::run);
        waiting.clear();
    }
}
