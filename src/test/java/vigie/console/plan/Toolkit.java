package vigie.console.plan;

import javafx.application.Platform;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs something on the JavaFX thread, starting the toolkit where that has not happened yet. */
final class Toolkit {
    private Toolkit() {}

    static <T> T call(Callable<T> task) throws Exception {
        FutureTask<T> future = new FutureTask<>(task);
        try {
            Platform.startup(future);
        } catch (IllegalStateException running) {
            Platform.runLater(future);
        }
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        } catch (TimeoutException e) {
            throw new AssertionError("the JavaFX thread did not answer", e);
        }
    }
}
