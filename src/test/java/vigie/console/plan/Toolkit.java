package vigie.console.plan;

import org.testfx.api.FxToolkit;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Runs something on the JavaFX thread. The toolkit is started by TestFX, as in the tests with a
 * window: a toolkit started another way gives its robot no events.
 */
final class Toolkit {
    private Toolkit() {}

    static <T> T call(Callable<T> task) throws Exception {
        FxToolkit.registerPrimaryStage();
        try {
            return org.testfx.util.WaitForAsyncUtils.waitFor(
                    60, TimeUnit.SECONDS, org.testfx.util.WaitForAsyncUtils.asyncFx(task));
        } catch (RuntimeException e) {
            if (e.getCause() instanceof ExecutionException failed
                    && failed.getCause() instanceof Error error) {
                throw error;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }
}
