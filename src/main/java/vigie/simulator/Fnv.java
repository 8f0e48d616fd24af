package vigie.simulator;

import java.nio.charset.StandardCharsets;

/** FNV-1a, 32 bit: Home Assistant's hash of shared attributes (Fowler, Noll, Vo; RFC 9923). */
final class Fnv {
    private Fnv() {}

    /** The unsigned hash of the text's UTF-8 bytes. */
    static long hash(String text) {
        int hash = 0x811c9dc5;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash ^= b & 0xff;
            hash *= 0x01000193;
        }
        return Integer.toUnsignedLong(hash);
    }
}
