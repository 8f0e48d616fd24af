package vigie.feed;

import vigie.recorder.RowView;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * One row of a row event, laid over the event's bytes: finds where each column stands and decodes
 * what is asked for. Used again for every row.
 */
final class RowCursor implements RowView, RowView.Text {
    private static final int ABSENT = -1;

    private TableMap map = new TableMap(new byte[0], new int[0], null);
    private byte[] buffer = new byte[0];
    private int[] at = new int[0];
    private boolean[] included = new boolean[0];
    private int textAt;
    private int textLength;

    /**
     * Lays the cursor over the row at the event's position and moves the event behind it.
     *
     * @param present the event's bitmap of columns that its rows hold
     */
    void lay(TableMap table, BinlogEvent event, byte[] present) throws IOException {
        map = table;
        buffer = event.buffer();
        int columns = table.types().length;
        if (at.length < columns) {
            at = new int[columns];
            included = new boolean[columns];
        }
        int held = 0;
        for (int i = 0; i < columns; i++) {
            included[i] = bit(present, 0, i);
            held += included[i] ? 1 : 0;
        }
        int nulls = event.position();
        int position = nulls + (held + 7) / 8;
        for (int i = 0, bit = 0; i < columns; i++) {
            at[i] = ABSENT;
            if (included[i] && !bit(buffer, nulls, bit++)) {
                at[i] = position;
                position +=
                        ColumnType.bytes(
                                table.types()[i] & 0xFF, table.metadata()[i], buffer, position);
            }
        }
        if (position > event.end()) {
            throw new IOException("a row that is longer than its event");
        }
        event.position(position);
    }

    private static boolean bit(byte[] bytes, int from, int index) {
        return (bytes[from + (index >> 3)] & (1 << (index & 7))) != 0;
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
