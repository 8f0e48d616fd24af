package vigie.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.console.Console;
import vigie.console.Shot;
import vigie.text.Fault;

import java.util.Optional;

/**
 * Starts the toolkit of the windows while the words of the call are still read, the configuration
 * and the plan opened, or a server started: these take as long, and neither needs the other. What
 * goes wrong is said by the console, which asks for the same again.
 */
final class HeadStart {
    private static final Logger LOG = LoggerFactory.getLogger(HeadStart.class);

    private HeadStart() {}

    /**
     * Begins, and returns at once.
     *
     * @param shot empty for a window
     */
    static void begin(Optional<Shot> shot) {
        Thread.ofPlatform().daemon().name("vigie-head-start").start(() -> prepare(shot));
    }

    private static void prepare(Optional<Shot> shot) {
        try {
            Console.prepare(shot);
            Console.rehearse();
        } catch (Fault saidLater) {
            LOG.debug("the console will say it: {}", saidLater.getMessage());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
