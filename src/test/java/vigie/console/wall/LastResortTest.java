package vigie.console.wall;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Processes that end as a wall would: only another process can tell how. */
class LastResortTest {
    private record Ended(int code, String said) {}

    @Test
    void an_error_that_nobody_caught_ends_the_process_with_all_stacks_in_the_log()
            throws Exception {
        Ended ended = run("error");
        assertThat(ended.code()).as(ended.said()).isEqualTo(4);
        assertThat(ended.said())
                .contains(
                        "an error in broken: java.lang.OutOfMemoryError: for the test",
                        "what all threads did",
                        "\"main\"");
    }

    @Test
    void an_exception_that_nobody_caught_ends_its_thread_alone() throws Exception {
        Ended ended = run("exception");
        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(ended.said()).contains("not caught in broken", "for the test");
    }

    @Test
    void a_window_that_hangs_ends_the_process_for_its_service_to_start_it_anew() throws Exception {
        Ended ended = run("hang");
        assertThat(ended.code()).as(ended.said()).isEqualTo(4);
        assertThat(ended.said())
                .contains("the window has not answered", "what all threads did", "vigie-watchdog");
    }

    @Test
    void an_error_while_the_process_ends_changes_nothing_of_that() throws Exception {
        assertThat(run("ending").code()).isEqualTo(7);
    }

    private static Ended run(String how) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Wall.class.getName(),
                                how)
                        .redirectErrorStream(true)
                        .start();
        try {
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), said);
        } finally {
            process.destroyForcibly();
        }
    }

    /** A process with the last resort of a wall, and what goes wrong in it. */
    static final class Wall {
        private Wall() {}

        public static void main(String[] words) throws InterruptedException {
            LastResort.catchErrors();
            if (words[0].equals("hang")) {
                Watchdog dog =
                        new Watchdog(
                                new Watchdog.Patience(
                                        Duration.ofMillis(300), Duration.ofSeconds(30)),
                                Duration.ofMillis(50),
                                System::nanoTime,
                                question -> {},
                                LastResort::end);
                dog.start();
                Thread.sleep(Duration.ofMinutes(1));
            }
            if (words[0].equals("ending")) {
                // As JavaFX's hook does where it has nothing to take apart yet.
                Runtime.getRuntime()
                        .addShutdownHook(
                                Thread.ofPlatform()
                                        .unstarted(() -> {
                                            throw new InternalError("for the test");
                                        }));
                System.exit(7);
            }
            Thread broken =
                    Thread.ofPlatform()
                            .name("broken")
                            .start(() -> {
                                if (words[0].equals("error")) {
                                    throw new OutOfMemoryError("for the test");
                                }
                                throw new IllegalStateException("for the test");
                            });
            broken.join();
        }
    }
}
