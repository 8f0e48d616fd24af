package vigie.console.setup;

import java.time.Duration;

/** Runs work that waits or asks somebody, apart from the JavaFX thread. */
@FunctionalInterface
public interface Later {
    /** On a virtual thread for each work. */
    Later THREADS =
            (after, work) -> {
                Thread thread =
                        Thread.ofVirtual()
                                .name("vigie-setup")
                                .start(() -> {
                                    try {
                                        Thread.sleep(after);
                                    } catch (InterruptedException unwanted) {
                                        return;
                                    }
                                    work.run();
                                });
                return thread::interrupt;
            };

    /**
     * Begins.
     *
     * @param after waits so long first
     * @return ends it, where it waits or asks, as soon as it can
     */
    Runnable begin(Duration after, Runnable work);
}
