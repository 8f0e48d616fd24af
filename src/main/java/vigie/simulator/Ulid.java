package vigie.simulator;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Home Assistant's context ids: 48 bits of milliseconds, 80 random bits. */
final class Ulid {
    private Ulid() {}

    static byte[] of(double seconds, SplittableRandom random) {
        long millis = (long) (seconds * 1000);
        return ByteBuffer.allocate(16)
                .putLong(millis << 16 | random.nextInt(1 << 16))
                .putLong(random.nextLong())
                .array();
    }
}
