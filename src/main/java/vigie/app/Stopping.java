package vigie.app;

import vigie.text.Fault;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The end of a command that runs until it is asked to stop: by SIGINT or SIGTERM, after which the
 * process ends with 0, or by itself.
 */
final class Stopping implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("vigie-stopping").unstarted(this::stopped);

    Stopping() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Asks to stop. Any thread. */
    void ask() {
        asked.countDown();
    }

    /** Waits; true when it was asked to stop. */
    boolean await(Duration patience) throws InterruptedException {
        return asked.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Runs in the shutdown: lets the command end in order, then ends the process. */
    private void stopped() {
        asked.countDown();
        int code = 0;
        try {
            if (!done.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                code = Fault.Kind.FAILED.exitCode();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        // The signal would otherwise be the exit code.
        Runtime.getRuntime().halt(code);
    }

    /** The command has ended in order. */
    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // The process is ending, and the hook ends it.
            asked.countDown();
        }
    }
}
