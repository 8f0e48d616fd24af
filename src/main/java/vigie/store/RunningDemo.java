package vigie.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.text.Fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Where a demo runs, told to the commands beside it through {@code demo.json} in the state folder,
 * which only its owner may read: it holds the accounts' passwords.
 *
 * @param address the reading account at the demo's server
 * @param writer the account that writes the demo's room; empty where an older demo does not tell it
 * @param pid the demo's server
 * @param since when the demo started, by this machine's clock
 */
public record RunningDemo(
        DatabaseAddress address, Optional<DatabaseAddress> writer, long pid, Instant since) {
    private static final Logger LOG = LoggerFactory.getLogger(RunningDemo.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Takes the notice back. */
    public interface Notice extends AutoCloseable {
        /** Removes the file, unless another demo has written its own over it. */
        @Override
        void close();
    }

    private static Path file(Folders folders) {
        return folders.state().resolve("demo.json");
    }

    /** Tells other commands of this demo until the notice is closed. */
    public static Notice announce(Folders folders, RunningDemo demo) throws Fault {
        Path file = file(folders);
        ObjectNode told =
                JSON.createObjectNode()
                        .put("url", demo.address.url())
                        .put("pid", demo.pid)
                        .put("since", demo.since.toString());
        demo.writer.ifPresent(writer -> told.put("writer", writer.url()));
        String text = told.toPrettyString() + "\n";
        OwnerOnly.write(file, text);
        return () -> {
            try {
                if (Files.exists(file) && Files.readString(file).equals(text)) {
                    Files.delete(file);
                }
            } catch (IOException failed) {
                // Whoever reads it will find that the demo is gone.
                LOG.info("{} not removed", file, failed);
            }
        };
    }

    /**
     * The demo that runs now: its server's process is there and lets us in. Empty when none runs,
     * also when a file tells of one that is gone.
     *
     * @throws Fault when the file may be read by others or belongs to somebody else: then nothing
     *     in it is believed
     */
    public static Optional<RunningDemo> find(Folders folders) throws Fault {
        Optional<RunningDemo> told =
                OwnerOnly.read(file(folders)).flatMap(text -> read(text, file(folders)));
        if (told.isEmpty() || !Processes.alive(told.get().pid)) {
            return Optional.empty();
        }
        try (Connection connection = new Connector(told.get().address).connect()) {
            return connection.isValid(1) ? told : Optional.empty();
        } catch (SQLException gone) {
            LOG.info("{} tells of a demo that does not answer", file(folders), gone);
            return Optional.empty();
        }
    }

    private static Optional<RunningDemo> read(String text, Path file) {
        try {
            JsonNode json = JSON.readTree(text);
            return Optional.of(
                    new RunningDemo(
                            DatabaseAddress.parse(json.path("url").asText()),
                            json.has("writer")
                                    ? Optional.of(
                                            DatabaseAddress.parse(json.path("writer").asText()))
                                    : Optional.empty(),
                            json.path("pid").asLong(-1),
                            Instant.parse(json.path("since").asText())));
        } catch (JsonProcessingException | Fault | DateTimeParseException notOurs) {
            // The parser's text would quote the file, password included.
            LOG.info("{} is not understood ({})", file, notOurs.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "demo " + pid + " at " + address.shown();
    }
}
