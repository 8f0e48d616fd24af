package vigie.console.start;

import javafx.application.Platform;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.text.Fault;

import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;

/** Starts JavaFX once per process. */
public final class ToolkitStart {
    private static final Logger LOG = LoggerFactory.getLogger(ToolkitStart.class);

    /**
     * JavaFX's own remarks on how it was packaged; kept strongly, because its level would be lost
     * with it.
     */
    private static final java.util.logging.Logger JAVAFX_LOG =
            java.util.logging.Logger.getLogger("javafx");

    /** It could not open the screen; JavaFX itself, asked again, would say that it runs. */
    private static boolean refused;

    private ToolkitStart() {}

    /**
     * Starts the toolkit and returns when it runs. Where it already runs, nothing happens; who
     * comes while another thread starts it waits for that.
     *
     * @param display where to
     * @param size of the screen in memory
     * @throws Fault the screen cannot be opened
     */
    public static synchronized void start(Display display, PixelSize size)
            throws Fault, InterruptedException {
        if (refused) {
            throw Display.noScreen();
        }
        JAVAFX_LOG.setLevel(Level.SEVERE);
        if (display.inMemory()) {
            System.setProperty("glass.platform", "Monocle");
            System.setProperty("monocle.platform", "Headless");
            System.setProperty("headless.geometry", size + "-32");
        }
        // Measured: every pipeline but software is slower on the machines consoles run on, and the
        // choice must not depend on a driver.
        if (System.getProperty("prism.order") == null) {
            System.setProperty("prism.order", "sw");
        }
        Thread early = EarlyEnd.expect();
        CountDownLatch running = new CountDownLatch(1);
        try {
            Platform.startup(running::countDown);
        } catch (IllegalStateException alreadyRunning) {
            running.countDown();
        } catch (UnsupportedOperationException | LinkageError noScreen) {
            LOG.debug("the toolkit cannot open the screen", noScreen);
            refused = true;
            EarlyEnd.forget(early);
            throw Display.noScreen();
        }
        running.await();
        EarlyEnd.forget(early);
        Platform.setImplicitExit(false);
    }
}
