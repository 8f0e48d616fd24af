package vigie.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts of the demo as people start it, by the launcher, in folders of its own: the first unpacks
 * the server, sets it up and writes the past.
 */
final class DemoStart implements AutoCloseable {
    /** What the demo says when the room's first live frame is painted. */
    private static final String LIVE = "The room is live after";

    private static final long PATIENCE_SECONDS = 120;

    private final Path home = BenchDatabase.temporaryFolder();

    /**
     * Starts the demo and waits for its end.
     *
     * @return seconds from the start of the launcher until the room was live and painted; not a
     *     number where it never was
     */
    double seconds() throws InterruptedException {
        long begin = System.nanoTime();
        Process demo = start();
        double seconds = Double.NaN;
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(
                        new java.io.InputStreamReader(
                                demo.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(LIVE)) {
                    seconds = (System.nanoTime() - begin) / 1e9;
                }
                said.append(line).append('\n');
            }
            if (!demo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || demo.exitValue() != 0) {
                throw new IllegalStateException("the demo failed: " + said);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } finally {
            demo.destroy();
        }
        return seconds;
    }

    private Process start() {
        ProcessBuilder builder =
                new ProcessBuilder(
                        List.of(
                                Checkout.folder().resolve("vigie").toString(),
                                "demo",
                                "--screenshot",
                                home.resolve("plan.png").toString(),
                                "--size",
                                "1920x1080"));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("VIGIE_"));
        environment.put("VIGIE_LANG", "en");
        environment.put("XDG_CONFIG_HOME", home.resolve("config").toString());
        environment.put("XDG_DATA_HOME", home.resolve("data").toString());
        environment.put("XDG_STATE_HOME", home.resolve("state").toString());
        environment.put("XDG_CACHE_HOME", home.resolve("cache").toString());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.directory(home.toFile());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        BenchDatabase.delete(home);
    }
}
