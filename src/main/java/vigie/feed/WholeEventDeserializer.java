package vigie.feed;

import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventHeader;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.deserialization.ChecksumType;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.zip.CRC32;

/**
 * Reads whole events and leaves their decoding to us. The library's own decoders lose compressed
 * events without a word, decode every row of every table, do not look at checksums, and count GTIDs
 * before their rows have come; a fault in one of them would also leave the stream in the middle of
 * an event.
 *
 * <p>To the library every event looks unknown, so it keeps no positions of its own.
 */
final class WholeEventDeserializer extends EventDeserializer {
    private static final int HEADER = 19;
    private static final int CHECKSUM = 4;
    private static final int MAX_EVENT = 1 << 30;
    private static final int KEPT_BUFFER = 1 << 20;
    private static final int FIRST_BUFFER = 1 << 14;

    /** Two bytes of version and 50 of the server's name. */
    private static final int FORMAT_HEADER_LENGTH_AT = 2 + 50 + 4;

    private static final EventHeader UNKNOWN =
            new EventHeader() {
                private static final long serialVersionUID = 1L;

                @Override
                public long getTimestamp() {
                    return 0;
                }

                @Override
                public EventType getEventType() {
                    return EventType.UNKNOWN;
                }

                @Override
                public long getServerId() {
                    return 0;
                }

                @Override
                public long getHeaderLength() {
                    return HEADER;
                }

                @Override
                public long getDataLength() {
                    return 0;
                }
            };

    private final CompressedEvents compressed = new CompressedEvents();
    private final CRC32 crc = new CRC32();
    private final byte[] header = new byte[HEADER];
    private final BinlogEvent event = new BinlogEvent();
    private final Event shell = new Event(UNKNOWN, event);
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int checksumLength;
    private long bytesRead;

    /** The library's client says what the server was told; a file's first event says it itself. */
    @Override
    @Deprecated
    public void setChecksumType(ChecksumType type) {
        checksumLength = type.getLength();
    }

    /** Bytes read so far. */
    long bytesRead() {
        return bytesRead;
    }

    @Override
    public @Nullable Event nextEvent(ByteArrayInputStream in) throws IOException {
        try {
            if (in.peek() == -1) {
                return null;
            }
            in.fill(header, 0, HEADER);
            long length = LittleEndian.unsigned(header, 9, 4);
            if (length < HEADER || length > MAX_EVENT) {
                // Nothing after it could be read either.
                throw new EOFException("an event of " + length + " bytes");
            }
            int body = (int) length - HEADER;
            if (buffer.length < body || (buffer.length > KEPT_BUFFER && body <= KEPT_BUFFER)) {
                buffer = new byte[Math.max(body, FIRST_BUFFER)];
            }
            in.fill(buffer, 0, body);
            bytesRead += length;
            lay(header[4] & 0xFF, body);
            return shell;
        } catch (InterruptedIOException silent) {
            // The library would go on reading in the middle of an event.
            EOFException end = new EOFException("no byte in time");
            end.initCause(silent);
            throw end;
        }
    }

    private void lay(int type, int body) throws IOException {
        if (type == BinlogEvent.FORMAT_DESCRIPTION) {
            readFormat(body);
        }
        int sum = type == BinlogEvent.FORMAT_DESCRIPTION ? 0 : checksumLength;
        int end = body - sum;
        if (end < 0) {
            throw new EOFException("an event without room for its checksum");
        }
        if (sum == CHECKSUM && isChecked(type)) {
            check(end);
        }
        int flags = (int) LittleEndian.unsigned(header, 17, 2);
        long seconds = LittleEndian.unsigned(header, 0, 4);
        long serverId = LittleEndian.unsigned(header, 5, 4);
        if (CompressedEvents.isCompressed(type)) {
            byte[] plain = compressed.unpack(type, buffer, 0, end);
            event.lay(
                    CompressedEvents.plainType(type),
                    flags,
                    seconds,
                    serverId,
                    plain,
                    0,
                    plain.length);
        } else {
            event.lay(type, flags, seconds, serverId, buffer, 0, end);
        }
    }

    /**
     * The lengths of the server's own headers follow a fixed part; after them one byte names the
     * checksum, then stand four bytes of it in any case (servers from 5.3 on).
     */
    private void readFormat(int body) {
        if (body <= FORMAT_HEADER_LENGTH_AT + 1 + CHECKSUM) {
            checksumLength = 0;
            return;
        }
        checksumLength = buffer[body - CHECKSUM - 1] == 1 ? CHECKSUM : 0;
    }

    /**
     * Events that are sent as they were written; the server changes some of the others on the way.
     */
    private static boolean isChecked(int type) {
        return switch (type) {
            case BinlogEvent.QUERY,
                    BinlogEvent.XID,
                    BinlogEvent.TABLE_MAP,
                    BinlogEvent.WRITE_ROWS_V1,
                    BinlogEvent.UPDATE_ROWS_V1,
                    BinlogEvent.DELETE_ROWS_V1,
                    BinlogEvent.GTID,
                    BinlogEvent.QUERY_COMPRESSED,
                    BinlogEvent.WRITE_ROWS_COMPRESSED,
                    167,
                    BinlogEvent.DELETE_ROWS_COMPRESSED ->
                    true;
            default -> false;
        };
    }

    private void check(int end) throws IOException {
        crc.reset();
        crc.update(header, 0, HEADER);
        crc.update(buffer, 0, end);
        if (crc.getValue() != LittleEndian.unsigned(buffer, end, CHECKSUM)) {
            throw new IOException("an event's checksum is wrong");
        }
    }
}
