package vigie.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.console.Console;
import vigie.console.Shot;
import vigie.text.Fault;

import java.util.Optional;

/** Starts what every window needs while what it will show is fetched: neither needs the other. */
final class Preparation {
    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

    private Preparation() {}

    /** Begins; whoever opens the window waits for it, and says what is in the way. */
    static void begin(Optional<Shot> shot) {
        Thread.ofPlatform().daemon().name("vigie-prepare").start(() -> prepare(shot));
    }

    private static void prepare(Optional<Shot> shot) {
        try {
            Console.prepare(shot);
        } catch (Fault saidLater) {
            LOG.debug("the console will say it: {}", saidLater.getMessage());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
