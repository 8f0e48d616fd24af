package vigie.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Other processes of this machine. */
final class Processes {
    private static final Path PROC = Path.of("/proc");
    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(10).toNanos();

    private Processes() {}

    /**
     * Whether it runs; one that has ended and only waits to be collected by its parent does not.
     */
    static boolean alive(long pid) {
        if (ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
            return !ended(pid);
        }
        return false;
    }

    /** A zombie has a place in the table, and to {@link ProcessHandle} it is alive. */
    private static boolean ended(long pid) {
        try {
            String stat =
                    Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            // pid (name) state …, and the name may hold anything.
            int close = stat.lastIndexOf(')');
            char state = close >= 0 && close + 2 < stat.length() ? stat.charAt(close + 2) : '?';
            return state == 'Z' || state == 'X';
        } catch (IOException noProc) {
            return false;
        }
    }

    /** Whether it was started with this word among its own. */
    static boolean hasArgument(long pid, String argument) {
        return commandLine(pid)
                .map(line -> List.of(line.split("\0")).contains(argument))
                .orElseGet(() ->
                        ProcessHandle.of(pid)
                                .flatMap(process -> process.info().commandLine())
                                .map(line -> line.contains(argument))
                                .orElse(false));
    }

    /** Whether it is just ending: its memory, where its words stood, is gone, and it is not yet. */
    static boolean isEnding(long pid) {
        return commandLine(pid).map(String::isEmpty).orElse(false) && alive(pid);
    }

    /** The words with a zero behind each; empty where the system does not tell. */
    private static Optional<String> commandLine(long pid) {
        try {
            return Optional.of(
                    new String(
                            Files.readAllBytes(PROC.resolve(pid + "/cmdline")),
                            StandardCharsets.UTF_8));
        } catch (IOException noProc) {
            return Optional.empty();
        }
    }

    /**
     * Asks it to end, and after the patience given no longer asks.
     *
     * @return whether it is gone
     */
    static boolean stop(long pid, Duration patience) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        if (waitUntil(() -> !alive(pid), patience)) {
            return true;
        }
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        return waitUntil(() -> !alive(pid), Duration.ofSeconds(5));
    }

    /**
     * Waits until it is so, looking a hundred times a second; false when the time is over first.
     */
    static boolean waitUntil(BooleanSupplier so, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        return true;
    }
}
