package vigie.feed;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestWatcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The faults that a feed must survive, and a report of what their tests said: {@code
 * target/fault-table.txt}, one line for each fault and test. A test belongs to a fault by its name,
 * {@code row_NN_…}.
 */
public final class FaultTable implements TestWatcher {
    /** What happens, by the number of its row, from 1 on. */
    static final List<String> FAULTS =
            List.of(
                    "the server is not there at the start",
                    "clean shutdown of the server",
                    "crash of the server",
                    "dump thread killed",
                    "server frozen, cable pulled",
                    "connection reset within an event",
                    "log purged while away",
                    "RESET MASTER while live",
                    "tail of the log lost in a crash, GTIDs used again",
                    "reader ahead of a promoted replica",
                    "clean failover",
                    "a new domain appears",
                    "the position lacks a domain, logs purged",
                    "a second console with our server id",
                    "compression switched on",
                    "event of an unknown type",
                    "encrypted log",
                    "a session writes statements",
                    "row image MINIMAL",
                    "sql_log_bin=0, restored dump",
                    "column added or moved",
                    "TRUNCATE, DROP",
                    "foreign-key cascade",
                    "Home Assistant migrates its schema",
                    "purge of 80,000 rows in one group",
                    "the listener throws",
                    "a table that cannot be decoded",
                    "the listener is slow",
                    "a row of 40 MB",
                    "transaction rolled back, savepoint",
                    "XA",
                    "console killed between applying and storing",
                    "password changed, privilege revoked",
                    "account that logs in by ed25519",
                    "certificate not trusted",
                    "clock jumps",
                    "umlauts under another charset",
                    "reading a lagging replica",
                    "stored position damaged or of an older format",
                    "entity renamed, removed",
                    "attributes row not in the cache");

    private static final Pattern NAME = Pattern.compile("row_(\\d\\d)_.*");
    private static final Path REPORT = Path.of("target", "fault-table.txt");

    /** The row that a test is about. */
    static Optional<Integer> row(String method) {
        Matcher name = NAME.matcher(method);
        return name.matches() ? Optional.of(Integer.parseInt(name.group(1))) : Optional.empty();
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        note(context, "passed");
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        note(context, "FAILED");
    }

    @Override
    public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
        note(context, "not run: " + (cause == null ? "" : cause.getMessage()));
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        note(context, "NOT RUN: " + reason.orElse("disabled"));
    }

    private static void note(ExtensionContext context, String result) {
        String method = context.getRequiredTestMethod().getName();
        row(method)
                .ifPresent(row ->
                        context.getRoot()
                                .getStore(Namespace.create(FaultTable.class))
                                .computeIfAbsent("report", key -> new Report(), Report.class)
                                .add(
                                        row,
                                        method.substring("row_NN_".length()) + where(context),
                                        result));
    }

    /** The invocation's name, which tells the server's version. */
    private static String where(ExtensionContext context) {
        StringBuilder where = new StringBuilder();
        for (ExtensionContext at = context; at.getParent().isPresent(); at = at.getParent().get()) {
            if (at.getDisplayName().contains("MariaDB")) {
                where.append(", ").append(at.getDisplayName());
            }
        }
        return where.toString();
    }

    /** Written by JUnit's end of the last test. */
    private static final class Report implements AutoCloseable {
        private final Map<Integer, List<String>> lines = new TreeMap<>();

        synchronized void add(int row, String test, String result) {
            lines.computeIfAbsent(row, key -> new ArrayList<>())
                    .add(
                            String.format(
                                    Locale.ROOT, "      %-8s %s", result, test.replace('_', ' ')));
        }

        @Override
        public synchronized void close() {
            StringBuilder text = new StringBuilder("The faults that the feed survives\n");
            for (int row = 1; row <= FAULTS.size(); row++) {
                text.append(String.format(Locale.ROOT, "%2d  %s%n", row, FAULTS.get(row - 1)));
                lines.getOrDefault(row, List.of("      no test of it ran"))
                        .forEach(line -> text.append(line).append('\n'));
            }
            try {
                Files.createDirectories(Path.of("target"));
                Files.writeString(REPORT, text);
            } catch (IOException unwritten) {
                throw new UncheckedIOException(unwritten);
            }
        }
    }
}
