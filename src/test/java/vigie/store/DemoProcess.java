package vigie.store;

import vigie.text.Fault;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program with an embedded server, for tests that kill it. Says {@code ready PID PORT} and goes
 * on until its input ends, or says the key of the fault and exits as a command would.
 */
final class DemoProcess {
    private DemoProcess() {}

    /**
     * @param words the server's folder, the cache, the home folder for the notice
     */
    public static void main(String[] words) throws IOException {
        int code = 0;
        try (EmbeddedServer server =
                        EmbeddedServer.start(
                                new EmbeddedServer.Options(
                                        Path.of(words[0]), Path.of(words[1]), false, List.of()),
                                step -> {});
                RunningDemo.Notice _ = announce(server, words[2])) {
            System.out.println("ready " + server.pid() + " " + server.at().port());
            while (System.in.read() >= 0) {
                // Runs until the parent has had enough.
            }
        } catch (Fault fault) {
            System.out.println(fault.sentence().key() + " " + fault.sentence().values());
            code = fault.kind().exitCode();
        }
        System.exit(code);
    }

    private static RunningDemo.Notice announce(EmbeddedServer server, String home) throws Fault {
        server.createSchema("homeassistant");
        return RunningDemo.announce(
                Folders.of(Map.of("HOME", home)),
                new RunningDemo(
                        server.createReader("vigie", "homeassistant"),
                        Optional.empty(),
                        server.pid(),
                        Instant.now()));
    }
}
