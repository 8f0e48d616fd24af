package vigie.feed;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Integers as MariaDB writes them. */
final class LittleEndian {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    /** An unsigned integer of 1 to 8 bytes; of 8 bytes, the same bits. */
    static long unsigned(byte[] buffer, int at, int bytes) {
        if (bytes == 8) {
            return (long) LONG.get(buffer, at);
        }
        if (bytes == 4) {
            return Integer.toUnsignedLong((int) INT.get(buffer, at));
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (buffer[at + i] & 0xFFL) << (8 * i);
        }
        return value;
    }

    /** A signed integer of 1 to 8 bytes. */
    static long signed(byte[] buffer, int at, int bytes) {
        int shift = 64 - 8 * bytes;
        return (unsigned(buffer, at, bytes) << shift) >> shift;
    }
}
