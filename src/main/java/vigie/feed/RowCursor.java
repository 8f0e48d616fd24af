package vigie.feed;

import vigie.recorder.RowView;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * One row of a row event, laid over the event's bytes: finds where each column stands and decodes
 * what is asked for. Used again for every row.
 */
final class RowCursor implements RowView, RowView.Text {
    private static final int ABSENT = -1;

    private TableMap map = new TableMap(new byte[0], new int[0], new int[0], null);
    private byte[] buffer = new byte[0];
    private int[] at = new int[0];
    private boolean[] included = new boolean[0];
    private int held;
    private int textAt;
    private int textLength;

    /**
     * Gets ready for the rows of an event.
     *
     * @param event at its bitmap of the columns that its rows hold; moved behind it
     */
    void begin(TableMap table, BinlogEvent event) {
        map = table;
        buffer = event.buffer();
        int columns = table.widths().length;
        if (at.length < columns) {
            at = new int[columns];
            included = new boolean[columns];
        }
        held = 0;
        for (int i = 0; i < columns; i++) {
            included[i] = bit(event.position(), i);
            held += included[i] ? 1 : 0;
        }
        event.skip((columns + 7) / 8);
    }

    /** Lays the cursor over the row at the event's position and moves the event behind it. */
    void next(BinlogEvent event) throws IOException {
        int[] widths = map.widths();
        int nulls = event.position();
        int position = nulls + (held + 7) / 8;
        for (int i = 0, bit = 0; i < widths.length; i++) {
            at[i] = ABSENT;
            if (included[i] && !bit(nulls, bit++)) {
                at[i] = position;
                position += bytes(widths[i], position);
            }
        }
        if (position > event.end() || position <= nulls) {
            throw new IOException("a row that is longer than its event");
        }
        event.position(position);
    }

    private int bytes(int width, int position) throws IOException {
        if (width >= 0) {
            return width;
        }
        if (width == ColumnType.UNKNOWN) {
            throw new IOException("a column of an unknown type");
        }
        return (int) LittleEndian.unsigned(buffer, position, -width) - width;
    }

    private boolean bit(int from, int index) {
        return (buffer[from + (index >> 3)] & (1 << (index & 7))) != 0;
    }

    /** Whether this row and another of the same table hold the same bytes in a column. */
    private boolean isSame(int column, RowCursor other) {
        if (at[column] == ABSENT || other.at[column] == ABSENT) {
            return at[column] == other.at[column];
        }
        return Arrays.equals(
                buffer, at[column], end(column), other.buffer, other.at[column], other.end(column));
    }

    private int end(int column) {
        int width = map.widths()[column];
        return at[column]
                + (width >= 0
                        ? width
                        : (int) LittleEndian.unsigned(buffer, at[column], -width) - width);
    }

    @Override
    public boolean isSame(int column, RowView other) {
        return other instanceof RowCursor that && isSame(column, that);
    }

    @Override
    public boolean has(int column) {
        return included[column];
    }

    @Override
    public boolean isNull(int column) {
        return at[column] == ABSENT;
    }

    @Override
    public long integer(int column) {
        int bytes = ColumnType.integerBytes(type(column));
        if (bytes == 0) {
            throw new IllegalStateException(notA(column, "an integer"));
        }
        return LittleEndian.signed(buffer, at[column], bytes);
    }

    @Override
    public double real(int column) {
        return switch (type(column)) {
            case ColumnType.DOUBLE ->
                    Double.longBitsToDouble(LittleEndian.unsigned(buffer, at[column], 8));
            case ColumnType.FLOAT ->
                    Float.intBitsToFloat((int) LittleEndian.unsigned(buffer, at[column], 4));
            default -> throw new IllegalStateException(notA(column, "a double"));
        };
    }

    @Override
    public Text text(int column) {
        int type = type(column);
        int lengthBytes = ColumnType.lengthBytes(type, map.metadata()[column]);
        if (lengthBytes == 0
                || type == ColumnType.BLOB_COMPRESSED
                || type == ColumnType.VARCHAR_COMPRESSED) {
            throw new IllegalStateException(notA(column, "a text"));
        }
        textLength = (int) LittleEndian.unsigned(buffer, at[column], lengthBytes);
        textAt = at[column] + lengthBytes;
        return this;
    }

    @Override
    public Optional<Instant> moment(int column) {
        return type(column) == ColumnType.DATETIME2
                ? ColumnType.datetime(map.metadata()[column], buffer, at[column])
                : Optional.empty();
    }

    private int type(int column) {
        return map.types()[column] & 0xFF;
    }

    private String notA(int column, String wanted) {
        return "column " + column + " of type " + type(column) + " is not " + wanted;
    }

    @Override
    public byte[] array() {
        return buffer;
    }

    @Override
    public int offset() {
        return textAt;
    }

    @Override
    public int length() {
        return textLength;
    }
}
