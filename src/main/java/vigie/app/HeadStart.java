package vigie.app;

import vigie.console.Console;
import vigie.console.Shot;
import vigie.console.start.Display;
import vigie.console.start.EarlyEnd;
import vigie.text.Fault;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Starts the toolkit of the windows while the words of the call are still read, the configuration
 * and the plan opened, or a server started: these take as long, and neither needs the other. What
 * goes wrong is said by the console, which asks for the same again.
 */
final class HeadStart {
    private HeadStart() {}

    /**
     * Begins, and returns at once.
     *
     * @param shot empty for a window
     */
    static void begin(Optional<Shot> shot) {
        begin(shot, new CountDownLatch(0));
    }

    /**
     * The same before there is a log.
     *
     * @param logging at zero when there is one
     */
    static void begin(Optional<Shot> shot, CountDownLatch logging) {
        EarlyEnd.keepQuiet();
        Thread.ofPlatform().daemon().name("vigie-head-start").start(() -> prepare(shot, logging));
    }

    private static void prepare(Optional<Shot> shot, CountDownLatch logging) {
        try {
            // Opens the system's libraries, and needs nothing of ours.
            Display _ = Display.choose(shot.isPresent());
            logging.await();
            Console.prepare(shot);
            Console.rehearse();
        } catch (Fault saidLater) {
            // The console asks for the same again and says it; perhaps there is no log yet.
            return;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
