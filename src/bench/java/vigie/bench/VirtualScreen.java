package vigie.bench;

import org.jspecify.annotations.Nullable;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A screen of 1920×1080 for a real window: X's server without a device, so that the same window is
 * measured on every machine.
 */
final class VirtualScreen implements AutoCloseable {
    private final Process server;
    private final String display;

    private VirtualScreen(Process server, String display) {
        this.server = server;
        this.display = display;
    }

    /**
     * Starts one.
     *
     * @throws Fault X's virtual server is not installed
     */
    static VirtualScreen fullHd() throws Fault {
        // It chooses a free number, and writes it when it can be used.
        ProcessBuilder builder =
                new ProcessBuilder(
                        List.of(
                                "Xvfb",
                                "-displayfd",
                                "1",
                                "-screen",
                                "0",
                                "1920x1080x24",
                                "-nolisten",
                                "tcp",
                                // Else it begins anew when a window closes, and the next finds
                                // none.
                                "-noreset"));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process server = builder.start();
            BufferedReader said =
                    new BufferedReader(
                            new java.io.InputStreamReader(
                                    server.getInputStream(), StandardCharsets.UTF_8));
            @Nullable String number = said.readLine();
            if (number != null) {
                return new VirtualScreen(server, ":" + number.strip());
            }
            throw missing(null);
        } catch (IOException none) {
            throw missing(none);
        }
    }

    private static Fault missing(@Nullable IOException cause) {
        return new Fault(
                Fault.Kind.BLOCKED,
                Sentence.of("app.bench.screen"),
                "no virtual screen: Xvfb does not start",
                cause);
    }

    /** Its name for {@code DISPLAY}. */
    String display() {
        return display;
    }

    @Override
    public void close() {
        server.destroy();
    }
}
