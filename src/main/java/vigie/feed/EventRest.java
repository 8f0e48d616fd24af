package vigie.feed;

import java.io.IOException;

/** What of a large event's body is not in memory yet. */
interface EventRest {
    /** How many bytes follow. */
    int remaining();

    /**
     * Reads some of them, at least one; only while some remain.
     *
     * @throws IOException where they cannot be read, or where after the last one the event's
     *     checksum is wrong
     */
    int read(byte[] into, int at, int length) throws IOException;
}
