package vigie.console.wall;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.console.start.EarlyEnd;
import vigie.text.Fault;

import java.time.Duration;

/**
 * Ends the process at once, for whoever started it to start it anew: the only remedy where the
 * program itself is no longer to be trusted and nobody sits in front of it.
 */
public final class LastResort {
    private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

    /** A log on a disk that hangs must not keep the process. */
    private static final Duration WRITING = Duration.ofSeconds(3);

    private LastResort() {}

    /**
     * From now on an error that no thread caught ends the process: after {@link OutOfMemoryError}
     * and its kin nobody knows what else is missing. Not where it ends anyway. An exception is only
     * logged; it ends its thread's work, and the watchdog sees what comes of that.
     */
    public static void catchErrors() {
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            if (EarlyEnd.isUnderWay()) {
                LOG.info(
                        "{} failed while the process ends: {}",
                        thread.getName(),
                        thrown.toString());
            } else if (thrown instanceof Error error) {
                end("an error in " + thread.getName() + ": " + error, error);
            } else {
                LOG.error("not caught in {}", thread.getName(), thrown);
            }
        });
    }

    /** Ends because of a window that stands. */
    public static void end(String why) {
        end(why, null);
    }

    private static void end(String why, @Nullable Throwable thrown) {
        try {
            Thread writer =
                    Thread.ofPlatform()
                            .daemon()
                            .name("vigie-last-words")
                            .start(() -> {
                                LOG.error("the process ends: {}", why, thrown);
                                LOG.error("what all threads did:\n{}", Watchdog.stacks());
                            });
            writer.join(WRITING);
        } catch (InterruptedException | Error noLastWords) {
            // There is nothing left to do with it.
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(Fault.Kind.FAILED.exitCode());
        }
    }
}
