package vigie.feed;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks the events that a server with {@code log_bin_compress=ON} writes; the library knows
 * nothing of them and would lose their rows without a word. Format: MariaDB {@code
 * sql/log_event.cc}, {@code row_log_event_uncompress} and {@code query_event_uncompress}.
 */
final class CompressedEvents implements EventRest {
    private static final int ROWS_FIXED = 8;
    private static final int QUERY_FIXED = 13;
    private static final int QUERY_DATABASE_LENGTH = 8;
    private static final int QUERY_STATUS_LENGTH = 11;
    private static final int MAX_BYTES = 1 << 30;

    private final Inflater inflater = new Inflater();
    private final byte[] piece = new byte[1 << 16];
    private @Nullable EventRest packedRest;
    private int left;

    /** Whether this type is compressed. */
    static boolean isCompressed(int type) {
        return type >= BinlogEvent.QUERY_COMPRESSED
                && type <= BinlogEvent.DELETE_ROWS_COMPRESSED_V2;
    }

    /** The type that an event of a compressed type has when unpacked. */
    static int plainType(int type) {
        return switch (type) {
            case BinlogEvent.QUERY_COMPRESSED -> BinlogEvent.QUERY;
            case BinlogEvent.WRITE_ROWS_COMPRESSED_V2, 170, BinlogEvent.DELETE_ROWS_COMPRESSED_V2 ->
                    type - BinlogEvent.WRITE_ROWS_COMPRESSED_V2 + BinlogEvent.WRITE_ROWS_V2;
            default -> type - BinlogEvent.WRITE_ROWS_COMPRESSED + BinlogEvent.WRITE_ROWS_V1;
        };
    }

    /**
     * Begins to unpack a body.
     *
     * @param buffer holds it from 0 on, or its beginning
     * @param to the index after what the buffer holds of it
     * @param rest what follows; null where nothing does
     * @return how many bytes at the front of the buffer are the unpacked body's own; those that
     *     {@link #read} gives come after them
     */
    int begin(int type, byte[] buffer, int to, @Nullable EventRest rest) throws IOException {
        int packed = prefix(type, buffer);
        if (packed >= to) {
            throw new IOException("compressed event too short");
        }
        int head = buffer[packed] & 0xFF;
        int lengthBytes = head & 0x07;
        int start = packed + 1 + lengthBytes;
        if ((head & 0x80) == 0 || (head & 0x70) != 0 || start > to) {
            throw new IOException("compressed event of an unknown kind: " + head);
        }
        long length = 0;
        for (int i = 0; i < lengthBytes; i++) {
            length = (length << 8) | (buffer[packed + 1 + i] & 0xFF);
        }
        if (length > MAX_BYTES) {
            throw new IOException("compressed event of " + length + " bytes");
        }
        packedRest = rest;
        left = (int) length;
        inflater.reset();
        inflater.setInput(buffer, start, to - start);
        return packed;
    }

    @Override
    public int remaining() {
        return left;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        EventRest more = packedRest;
        int got;
        try {
            while ((got = inflater.inflate(into, at, Math.min(length, left))) == 0) {
                if (!inflater.needsInput() || more == null || more.remaining() == 0) {
                    throw new IOException("compressed event ends early");
                }
                inflater.setInput(piece, 0, more.read(piece, 0, piece.length));
            }
            left -= got;
        } catch (DataFormatException broken) {
            throw new IOException("compressed event does not unpack", broken);
        }
        while (left == 0 && more != null && more.remaining() > 0) {
            // Behind the packed bytes stands nothing that counts but their checksum.
            more.read(piece, 0, piece.length);
        }
        return got;
    }

    /** How many bytes of the body stand uncompressed before the packed block. */
    private static int prefix(int type, byte[] buffer) {
        if (type == BinlogEvent.QUERY_COMPRESSED) {
            int status = (int) LittleEndian.unsigned(buffer, QUERY_STATUS_LENGTH, 2);
            int database = buffer[QUERY_DATABASE_LENGTH] & 0xFF;
            return QUERY_FIXED + status + database + 1;
        }
        int plain = plainType(type);
        int at = ROWS_FIXED;
        if (plain >= BinlogEvent.WRITE_ROWS_V2) {
            at += (int) LittleEndian.unsigned(buffer, at, 2);
        }
        int first = buffer[at] & 0xFF;
        int columns = first < 251 ? first : (int) LittleEndian.unsigned(buffer, at + 1, 2);
        at += first < 251 ? 1 : 3;
        boolean update = plain == BinlogEvent.UPDATE_ROWS_V1 || plain == BinlogEvent.UPDATE_ROWS_V2;
        return at + (columns + 7) / 8 * (update ? 2 : 1);
    }
}
