package vigie.store;

import vigie.store.testing.EmbeddedMariaDb;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A {@link DemoProcess} that runs.
 *
 * @param process the program
 * @param server the process id of its server
 * @param port where that listens
 */
record Child(Process process, long server, int port) {
    /** Starts one on {@code home/db} and waits until its server is up. */
    static Child start(Path home) throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                DemoProcess.class.getName(),
                                home.resolve("db").toString(),
                                EmbeddedMariaDb.cache().toString(),
                                home.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        if (line == null || !line.startsWith("ready ")) {
            process.destroyForcibly();
            throw new IOException("the demo process said: " + line);
        }
        String[] words = line.split(" ");
        return new Child(process, Long.parseLong(words[1]), Integer.parseInt(words[2]));
    }
}
