package vigie.feed;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * One event of the log, undecoded: header and body without the checksum. The object and its buffer
 * are used again for the next event, so it is valid only during the call it is handed to.
 */
final class BinlogEvent {
    static final int QUERY = 2;
    static final int STOP = 3;
    static final int ROTATE = 4;
    static final int INTVAR = 5;
    static final int RAND = 13;
    static final int USER_VAR = 14;
    static final int FORMAT_DESCRIPTION = 15;
    static final int XID = 16;
    static final int BEGIN_LOAD_QUERY = 17;
    static final int EXECUTE_LOAD_QUERY = 18;
    static final int TABLE_MAP = 19;
    static final int WRITE_ROWS_V1 = 23;
    static final int UPDATE_ROWS_V1 = 24;
    static final int DELETE_ROWS_V1 = 25;
    static final int INCIDENT = 26;
    static final int HEARTBEAT = 27;
    static final int WRITE_ROWS_V2 = 30;
    static final int UPDATE_ROWS_V2 = 31;
    static final int DELETE_ROWS_V2 = 32;
    static final int XA_PREPARE = 38;
    static final int ANNOTATE_ROWS = 160;
    static final int BINLOG_CHECKPOINT = 161;
    static final int GTID = 162;
    static final int GTID_LIST = 163;
    static final int QUERY_COMPRESSED = 165;
    static final int WRITE_ROWS_COMPRESSED = 166;
    static final int DELETE_ROWS_COMPRESSED = 168;
    static final int WRITE_ROWS_COMPRESSED_V2 = 169;
    static final int DELETE_ROWS_COMPRESSED_V2 = 171;

    /** Readers that do not know the type may go on. */
    static final int FLAG_IGNORABLE = 0x80;

    /** Made by the server for this connection, not read from its log. */
    static final int FLAG_ARTIFICIAL = 0x20;

    private static final int PIECE = 1 << 16;

    private int type;
    private int flags;
    private long seconds;
    private long serverId;
    private byte[] buffer = new byte[0];
    private int position;
    private int end;
    private @Nullable EventRest rest;

    /** Lays the event over a buffer that holds it whole. */
    void lay(int type, int flags, long seconds, long serverId, byte[] buffer, int from, int to) {
        lay(type, flags, seconds, serverId, buffer, from, to, null);
    }

    /**
     * Lays the event over a buffer that holds its beginning.
     *
     * @param rest what follows; null where nothing does
     */
    void lay(
            int type,
            int flags,
            long seconds,
            long serverId,
            byte[] buffer,
            int from,
            int to,
            @Nullable EventRest rest) {
        this.type = type;
        this.flags = flags;
        this.seconds = seconds;
        this.serverId = serverId;
        this.buffer = buffer;
        this.position = from;
        this.end = to;
        this.rest = rest;
    }

    /** How many bytes of the body are not in memory. */
    int unread() {
        EventRest unread = rest;
        return unread == null ? 0 : unread.remaining();
    }

    /** Brings the rest of the body into memory. */
    void load() throws IOException {
        EventRest unread = rest;
        if (unread == null) {
            return;
        }
        int held = end;
        byte[] whole = Arrays.copyOf(buffer, held + unread.remaining());
        while (held < whole.length) {
            held += unread.read(whole, held, whole.length - held);
        }
        buffer = whole;
        end = held;
        rest = null;
    }

    /**
     * Counts the bytes of the body from a place on into a sum. What is in memory can still be read
     * afterwards; what is not passes by and is gone.
     */
    void sum(CRC32 sum, int from) throws IOException {
        sum.update(buffer, from, end - from);
        EventRest unread = rest;
        if (unread == null || unread.remaining() == 0) {
            return;
        }
        byte[] piece = new byte[PIECE];
        while (unread.remaining() > 0) {
            sum.update(piece, 0, unread.read(piece, 0, piece.length));
        }
    }

    /** The type byte as logged; compressed types only until they are unpacked. */
    int type() {
        return type;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** The second in which its statement began (the database's clock). */
    Instant time() {
        return Instant.ofEpochSecond(seconds);
    }

    long serverId() {
        return serverId;
    }

    byte[] buffer() {
        return buffer;
    }

    /** The index in {@link #buffer()} of the next byte to read. */
    int position() {
        return position;
    }

    void position(int index) {
        position = index;
    }

    /** The index in {@link #buffer()} after the last byte. */
    int end() {
        return end;
    }

    int remaining() {
        return end - position;
    }

    /** An unsigned little-endian integer of 1 to 8 bytes. */
    long unsigned(int bytes) {
        long value = LittleEndian.unsigned(buffer, position, bytes);
        position += bytes;
        return value;
    }

    void skip(int bytes) {
        position += bytes;
    }

    /** A length-encoded integer. */
    int packed() {
        int first = buffer[position++] & 0xFF;
        return switch (first) {
            case 252 -> (int) unsigned(2);
            case 253 -> (int) unsigned(3);
            case 254 -> Math.toIntExact(unsigned(8));
            default -> first;
        };
    }

    String text(int bytes) {
        String text = new String(buffer, position, bytes, StandardCharsets.UTF_8);
        position += bytes;
        return text;
    }

    /** Neither the body nor any value of it: an event may hold what nobody may read. */
    @Override
    public String toString() {
        return "event of type " + type + ", " + remaining() + " bytes left";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
