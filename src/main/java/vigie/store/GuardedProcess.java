package vigie.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A server process that ends when this program ends, in whatever way that happens.
 *
 * <p>Between the two stands a guard, a shell that starts the server and then reads from a pipe
 * whose other end only this program holds. The kernel closes that end with the program, kill -9
 * included; the guard then asks the server to end, and after {@link #GRACE} no longer asks. Because
 * the guard is the parent and collects the server only at the end, the process number cannot
 * meanwhile mean another process. Where {@code setpriv} is there (any Debian), the kernel also ends
 * the server when the guard itself is killed; elsewhere this program does, when it sees its guard
 * gone.
 *
 * <p>The server's standard output is the guard's, so the end of that stream says at once that the
 * server is gone; it writes its log to standard error, which goes to a file.
 */
final class GuardedProcess implements AutoCloseable {
    /** How long the server may take to end by itself. */
    static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration LAST_BREATH = Duration.ofMillis(200);
    private static final Duration MARGIN = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(GuardedProcess.class);

    /**
     * Signals of the terminal go to the whole group; the order of stopping is this program's. The
     * limit is taken back by KILL, which it cannot miss while it starts: it would otherwise one day
     * kill a stranger that got the server's number.
     */
    private static final String GUARD =
            """
            trap '' HUP INT QUIT TERM PIPE
            umask 077
            log=$1 pidfile=$2 tenths=$3
            shift 3
            if setpriv --pdeathsig TERM true 2>/dev/null; then
                set -- setpriv --pdeathsig TERM "$@"
            fi
            (trap - TERM PIPE; exec "$@") </dev/null 2>>"$log" &
            server=$!
            echo "$server" >"$pidfile"
            echo "$server"
            exec >/dev/null 2>&1
            while read -r word; do :; done
            kill -TERM "$server"
            (
                while [ "$tenths" -gt 0 ]; do
                    sleep 0.1
                    tenths=$((tenths - 1))
                done
                kill -KILL "$server"
            ) &
            limit=$!
            wait "$server"
            kill -KILL "$limit"
            rm -f "$pidfile"
            """;

    private final Process guard;
    private final long pid;

    /** A word of the command that no other process has. */
    private final String mark;

    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private GuardedProcess(Process guard, long pid, String mark) {
        this.guard = guard;
        this.pid = pid;
        this.mark = mark;
    }

    /**
     * Starts it.
     *
     * @param command the program and its words; no secrets, everybody on the machine can read them
     * @param mark the word among them that tells this server from every other process
     * @param log takes its standard error, appended
     * @param pidFile takes its process id while it runs
     */
    static GuardedProcess start(List<String> command, String mark, Path log, Path pidFile)
            throws IOException {
        List<String> words = new ArrayList<>();
        words.addAll(List.of("/bin/sh", "-c", GUARD, "vigie-guard"));
        words.add(log.toString());
        words.add(pidFile.toString());
        words.add(String.valueOf(GRACE.toMillis() / 100));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // The server reads these and nobody means them for it.
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("MYSQL") || name.startsWith("MARIADB"));
        Process guard = builder.start();
        BufferedReader output = guard.inputReader(StandardCharsets.UTF_8);
        String first = output.readLine();
        if (first == null || !first.matches("[0-9]{1,18}")) {
            guard.destroyForcibly();
            throw new IOException("the guard did not start the server: " + first);
        }
        GuardedProcess process = new GuardedProcess(guard, Long.parseLong(first), mark);
        Thread.ofPlatform().daemon().name("vigie-server-watch").start(() -> process.watch(output));
        return process;
    }

    long pid() {
        return pid;
    }

    /** Completes when the server is gone, whoever ended it. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    private void watch(BufferedReader output) {
        try {
            while (output.readLine() != null) {
                // The server has nothing to say here.
            }
        } catch (IOException closed) {
            LOG.debug("the guard's output was closed", closed);
        }
        // Either the server is gone, or about to be (it closes its files first), or its guard is,
        // and
        // with that the reason to believe the pipe.
        if (!Processes.waitUntil(() -> !isOurs(), LAST_BREATH)) {
            LOG.warn("the guard of server {} is gone, ending the server", pid);
            Processes.stop(pid, GRACE);
        }
        ended.complete(null);
    }

    /** Once the guard is gone the number may have passed to another process. */
    private boolean isOurs() {
        return Processes.alive(pid)
                && (Processes.hasArgument(pid, mark) || Processes.isEnding(pid));
    }

    /** Ends the server and waits until it is gone, at most {@link #GRACE} and a little. */
    @Override
    public void close() {
        try {
            guard.getOutputStream().close();
        } catch (IOException gone) {
            LOG.debug("the guard's input was closed", gone);
        }
        boolean interrupted = false;
        try {
            if (!guard.waitFor(GRACE.plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the guard of server {} does not end", pid);
                guard.destroyForcibly();
            }
        } catch (InterruptedException hurry) {
            interrupted = true;
        }
        if (isOurs()) {
            Processes.stop(pid, interrupted ? Duration.ZERO : GRACE);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
