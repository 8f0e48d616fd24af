package vigie.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URL;
import java.time.Duration;

/**
 * Keeps the program whole while it runs. Java opens a library when it first looks for something in
 * it, and with a cache of the start that may be days later; where the package was updated or taken
 * off meanwhile it would find none, or that of another version. Lists of services are not covered:
 * Java reads those anew from the path each time, as the database's driver does for a connection.
 */
final class ProgramFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ProgramFiles.class);

    /** After it a usual start is over, and few commands are still running. */
    static final Duration START = Duration.ofSeconds(4);

    /** In no library, so that all are looked through. */
    private static final String NOWHERE = "vigie/in-no-library";

    private ProgramFiles() {}

    /** Opens them a moment later, when the start is over; a command that is short never does. */
    static void holdSoon(Duration after) {
        Thread.ofPlatform()
                .daemon()
                .name("vigie-files")
                .start(() -> {
                    try {
                        Thread.sleep(after);
                        hold(ClassLoader.getSystemClassLoader());
                    } catch (InterruptedException ending) {
                        LOG.debug("the files of the program are not held");
                    }
                });
    }

    /** Opens all libraries in which the loader looks; they stay open as long as it lives. */
    static void hold(ClassLoader loader) {
        URL found = loader.getResource(NOWHERE);
        LOG.debug("the files of the program are held: {}", found == null);
    }
}
