package vigie.feed;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks the events that a server with {@code log_bin_compress=ON} writes; the library knows
 * nothing of them and would lose their rows without a word. Format: MariaDB {@code
 * sql/log_event.cc}, {@code row_log_event_uncompress} and {@code query_event_uncompress}.
 */
final class CompressedEvents {
    private static final int ROWS_FIXED = 8;
    private static final int QUERY_FIXED = 13;
    private static final int QUERY_DATABASE_LENGTH = 8;
    private static final int QUERY_STATUS_LENGTH = 11;
    private static final int MAX_BYTES = 1 << 30;

    private final Inflater inflater = new Inflater();

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

    /** The body of a compressed event, unpacked. */
    byte[] unpack(int type, byte[] buffer, int from, int to) throws IOException {
        int packed = from + prefix(type, buffer, from);
        if (packed >= to) {
            throw new IOException("compressed event too short");
        }
        int head = buffer[packed] & 0xFF;
        int lengthBytes = head & 0x07;
        if ((head & 0x80) == 0 || (head & 0x70) != 0 || packed + 1 + lengthBytes > to) {
            throw new IOException("compressed event of an unknown kind: " + head);
        }
        long length = 0;
        for (int i = 0; i < lengthBytes; i++) {
            length = (length << 8) | (buffer[packed + 1 + i] & 0xFF);
        }
        if (length > MAX_BYTES) {
            throw new IOException("compressed event of " + length + " bytes");
        }
        byte[] plain = Arrays.copyOfRange(buffer, from, packed + (int) length);
        inflater.reset();
        int start = packed + 1 + lengthBytes;
        inflater.setInput(buffer, start, to - start);
        try {
            int filled = packed - from;
            while (filled < plain.length) {
                int got = inflater.inflate(plain, filled, plain.length - filled);
                if (got == 0) {
                    throw new IOException("compressed event ends early");
                }
                filled += got;
            }
        } catch (DataFormatException broken) {
            throw new IOException("compressed event does not unpack", broken);
        }
        return plain;
    }

    /** How many bytes of the body stand uncompressed before the packed block. */
    private static int prefix(int type, byte[] buffer, int from) {
        if (type == BinlogEvent.QUERY_COMPRESSED) {
            int status = (int) LittleEndian.unsigned(buffer, from + QUERY_STATUS_LENGTH, 2);
            int database = buffer[from + QUERY_DATABASE_LENGTH] & 0xFF;
            return QUERY_FIXED + status + database + 1;
        }
        int plain = plainType(type);
        int at = from + ROWS_FIXED;
        if (plain >= BinlogEvent.WRITE_ROWS_V2) {
            at += (int) LittleEndian.unsigned(buffer, at, 2);
        }
        int first = buffer[at] & 0xFF;
        int columns = first < 251 ? first : (int) LittleEndian.unsigned(buffer, at + 1, 2);
        at += first < 251 ? 1 : 3;
        boolean update = plain == BinlogEvent.UPDATE_ROWS_V1 || plain == BinlogEvent.UPDATE_ROWS_V2;
        return at - from + (columns + 7) / 8 * (update ? 2 : 1);
    }
}
