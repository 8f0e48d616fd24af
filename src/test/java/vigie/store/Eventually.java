package vigie.store;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do, with a deadline no healthy machine reaches. */
final class Eventually {
    private Eventually() {}

    static boolean is(BooleanSupplier so) {
        return Processes.waitUntil(so, Duration.ofSeconds(30));
    }
}
