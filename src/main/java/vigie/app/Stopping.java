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
    private static final Duration LOOK = Duration.ofMillis(500);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile Runnable atOnce = () -> {};
    private volatile int exitCode;
    private final Thread hook = Thread.ofPlatform().name("vigie-stopping").unstarted(this::stopped);

    Stopping() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Asks to stop. Any thread. */
    void ask() {
        asked.countDown();
        atOnce.run();
    }

    /**
     * From now on asks to stop also when nobody reads standard output any more: then nobody waits
     * for the server's answer, or for the time to come, either.
     */
    void whenNobodyReads() {
        Thread.ofVirtual().name("vigie-reader-watch").start(this::watch);
    }

    private void watch() {
        try {
            while (!await(LOOK)) {
                if (StandardOutput.isAbandoned()) {
                    ask();
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** What to do at once when asked to stop, on the thread that asks. */
    void then(Runnable first) {
        atOnce = first;
    }

    /** The code to end with after a signal, where it is not 0. */
    void with(int code) {
        exitCode = code;
    }

    /** Waits; true when it was asked to stop. */
    boolean await(Duration patience) throws InterruptedException {
        return asked.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Runs in the shutdown: lets the command end in order, then ends the process. */
    private void stopped() {
        ask();
        int code = Fault.Kind.FAILED.exitCode();
        try {
            if (done.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                code = exitCode;
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
        // Whoever watches the reader has nothing more to ask for.
        atOnce = () -> {};
        asked.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // The process is ending, and the hook ends it.
        }
    }
}
