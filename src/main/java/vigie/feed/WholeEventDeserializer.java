package vigie.feed;

import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventData;
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
 * <p>Of a large event it reads the beginning; the rest stays in the stream until the event is
 * loaded, or passes by: most large events are of tables that nobody follows.
 *
 * <p>To the library every event looks unknown, so it keeps no positions of its own.
 */
final class WholeEventDeserializer extends EventDeserializer {
    private static final int HEADER = 19;
    private static final int CHECKSUM = 4;
    private static final int MAX_EVENT = 1 << 30;
    private static final int FIRST_BUFFER = 1 << 14;

    /** Larger events are not read into memory before somebody wants them. */
    private static final int WHOLE = 1 << 20;

    /** So much of a large event is; more than what stands before its rows or its statement. */
    private static final int HEAD = 1 << 18;

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

    /** Carries an event of ours through the library. */
    private static final class Carrier implements EventData {
        private static final long serialVersionUID = 1L;
        private final transient BinlogEvent event;

        Carrier(BinlogEvent event) {
            this.event = event;
        }
    }

    /** The event that one of the library's carries; null for any other. */
    static @Nullable BinlogEvent carried(Event event) {
        return event.getData() instanceof Carrier carrier ? carrier.event : null;
    }

    private final CompressedEvents compressed = new CompressedEvents();
    private final CRC32 crc = new CRC32();
    private final byte[] header = new byte[HEADER];
    private final BinlogEvent event = new BinlogEvent();
    private final Event shell = new Event(UNKNOWN, new Carrier(event));
    private byte[] buffer = new byte[FIRST_BUFFER];
    private byte[] unpacked = new byte[FIRST_BUFFER];
    private @Nullable EventRest rest;
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
            passRest();
            if (in.peek() == -1) {
                return null;
            }
            in.fill(header, 0, HEADER);
            long length = LittleEndian.unsigned(header, 9, 4);
            if (length < HEADER || length > MAX_EVENT) {
                // Nothing after it could be read either.
                throw new EOFException("an event of " + length + " bytes");
            }
            bytesRead += length;
            read(in, header[4] & 0xFF, (int) length - HEADER);
            return shell;
        } catch (InterruptedIOException silent) {
            throw silence(silent);
        }
    }

    /** The library would go on reading in the middle of an event. */
    private static EOFException silence(InterruptedIOException silent) {
        EOFException end = new EOFException("no byte in time");
        end.initCause(silent);
        return end;
    }

    /** What nobody wanted of the last event. */
    private void passRest() throws IOException {
        EventRest unread = rest;
        rest = null;
        while (unread != null && unread.remaining() > 0) {
            unread.read(buffer, 0, buffer.length);
        }
    }

    private void read(ByteArrayInputStream in, int type, int body) throws IOException {
        boolean whole = body <= WHOLE;
        int held = whole ? body : HEAD;
        if (buffer.length < held) {
            buffer = new byte[Math.max(held, Math.min(2 * buffer.length, WHOLE))];
        }
        in.fill(buffer, 0, held);
        if (type == BinlogEvent.FORMAT_DESCRIPTION) {
            readFormat(held);
        }
        int sum = type == BinlogEvent.FORMAT_DESCRIPTION ? 0 : checksumLength;
        boolean checked = sum == CHECKSUM && isChecked(type);
        int end = whole ? body - sum : held;
        if (end < 0) {
            throw new EOFException("an event without room for its checksum");
        }
        if (checked) {
            crc.reset();
            crc.update(header, 0, HEADER);
            crc.update(buffer, 0, end);
        }
        if (whole && checked) {
            check(buffer, end);
        }
        lay(type, end, whole ? null : new Tail(in, body - held - sum, sum, checked));
    }

    private void lay(int type, int end, @Nullable EventRest tail) throws IOException {
        int flags = (int) LittleEndian.unsigned(header, 17, 2);
        long seconds = LittleEndian.unsigned(header, 0, 4);
        long serverId = LittleEndian.unsigned(header, 5, 4);
        if (!CompressedEvents.isCompressed(type)) {
            rest = tail;
            event.lay(type, flags, seconds, serverId, buffer, 0, end, tail);
            return;
        }
        int held = compressed.begin(type, buffer, end, tail);
        int length = held + compressed.remaining();
        int kept = length <= WHOLE ? length : Math.max(held, HEAD);
        if (unpacked.length < kept) {
            unpacked = new byte[Math.max(kept, Math.min(2 * unpacked.length, WHOLE))];
        }
        System.arraycopy(buffer, 0, unpacked, 0, held);
        while (held < kept) {
            held += compressed.read(unpacked, held, kept - held);
        }
        rest = compressed;
        event.lay(
                CompressedEvents.plainType(type),
                flags,
                seconds,
                serverId,
                unpacked,
                0,
                held,
                compressed.remaining() > 0 ? compressed : null);
    }

    /** The rest of a large event, still in the stream. */
    private final class Tail implements EventRest {
        private final ByteArrayInputStream in;
        private final int sum;
        private final boolean checked;
        private int left;

        Tail(ByteArrayInputStream in, int left, int sum, boolean checked) {
            this.in = in;
            this.left = left;
            this.sum = sum;
            this.checked = checked;
        }

        @Override
        public int remaining() {
            return left;
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            try {
                int got = in.read(into, at, Math.min(length, left));
                if (got <= 0) {
                    throw new EOFException("the stream ends within an event");
                }
                left -= got;
                if (checked) {
                    crc.update(into, at, got);
                }
                if (left == 0 && sum > 0) {
                    byte[] stored = in.read(sum);
                    if (checked) {
                        check(stored, 0);
                    }
                }
                return got;
            } catch (InterruptedIOException silent) {
                throw silence(silent);
            }
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

    private void check(byte[] stored, int at) throws IOException {
        if (crc.getValue() != LittleEndian.unsigned(stored, at, CHECKSUM)) {
            throw new IOException("an event's checksum is wrong");
        }
    }
}
