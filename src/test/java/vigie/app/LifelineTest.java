package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

class LifelineTest {
    @TempDir Path folder;

    @Test
    void it_tells_three_times_in_the_patience_of_systemd() {
        assertThat(Lifeline.every(Map.of("NOTIFY_SOCKET", "/s", "WATCHDOG_USEC", "15000000"), 7))
                .contains(Duration.ofSeconds(5));
    }

    @Test
    void it_tells_nobody_where_systemd_does_not_wait_for_this_process() {
        assertThat(Lifeline.every(Map.of("NOTIFY_SOCKET", "/s"), 7)).isEmpty();
        assertThat(Lifeline.every(Map.of("WATCHDOG_USEC", "15000000"), 7)).isEmpty();
        assertThat(
                        Lifeline.every(
                                Map.of(
                                        "NOTIFY_SOCKET",
                                        "/s",
                                        "WATCHDOG_USEC",
                                        "15000000",
                                        "WATCHDOG_PID",
                                        "8"),
                                7))
                .isEmpty();
        assertThat(Lifeline.every(Map.of("NOTIFY_SOCKET", "/s", "WATCHDOG_USEC", "soon"), 7))
                .isEmpty();
    }

    @Test
    void nonsense_from_outside_neither_fails_nor_makes_it_tell_without_rest() {
        assertThat(
                        Lifeline.every(
                                Map.of(
                                        "NOTIFY_SOCKET",
                                        "/" + "s".repeat(107),
                                        "WATCHDOG_USEC",
                                        "15000000"),
                                7))
                .isEmpty();
        assertThat(
                        Lifeline.every(
                                Map.of(
                                        "NOTIFY_SOCKET",
                                        "/s",
                                        "WATCHDOG_USEC",
                                        Long.toString(Long.MAX_VALUE)),
                                7))
                .hasValueSatisfying(pause -> assertThat(pause).isPositive());
    }

    @Test
    void a_name_apart_from_any_file_begins_with_nothing_and_has_no_end_mark() {
        assertThat(Lifeline.Said.address("@a")).endsWith(0, 'a').hasSize(4);
        assertThat(Lifeline.Said.address("/a")).endsWith('/', 'a', 0).hasSize(5);
    }

    @Test
    void what_it_says_is_heard_at_the_socket() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "nobody here can listen");
        Path socket = folder.resolve("notify");
        Process listener =
                new ProcessBuilder(
                                "/usr/bin/python3",
                                "-c",
                                "import socket, sys; s = socket.socket(socket.AF_UNIX,"
                                        + " socket.SOCK_DGRAM); s.settimeout(20);"
                                        + " s.bind(sys.argv[1]); print('ready', flush=True);"
                                        + " print(s.recv(99).decode())",
                                socket.toString())
                        .start();
        try (BufferedReader heard =
                        new BufferedReader(
                                new InputStreamReader(
                                        listener.getInputStream(), StandardCharsets.UTF_8));
                Arena arena = Arena.ofConfined()) {
            assertThat(heard.readLine()).isEqualTo("ready");
            assertThat(new Lifeline.Said(arena, socket.toString()).send("WATCHDOG=1")).isTrue();
            assertThat(heard.readLine()).isEqualTo("WATCHDOG=1");
        } finally {
            listener.destroy();
        }
    }

    @Test
    void a_socket_that_is_gone_is_no_error() {
        try (Arena arena = Arena.ofConfined()) {
            assertThat(new Lifeline.Said(arena, folder.resolve("none").toString()).send("X"))
                    .isFalse();
        }
    }
}
