package vigie.feed;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a TABLE_MAP event says of a table: the types of its columns, and with {@code
 * binlog_row_metadata=FULL} their names. Format: MariaDB {@code sql/log_event.h}, {@code
 * Table_map_log_event}.
 *
 * @param types a byte for each column, as logged
 * @param metadata for each column, what its type needs beside the byte
 * @param widths for each column, as {@link ColumnType#width} tells it
 * @param names for each column, or null where the log carries none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TableMap(byte[] types, int[] metadata, int[] widths, @Nullable List<String> names) {
    private static final int COLUMN_NAMES = 4;

    /**
     * Decodes the columns.
     *
     * @param event at the count of columns, after the table's name
     */
    static TableMap read(BinlogEvent event) throws IOException {
        int columns = event.packed();
        byte[] types =
                Arrays.copyOfRange(event.buffer(), event.position(), event.position() + columns);
        event.skip(columns);
        int afterMetadata = event.packed() + event.position();
        int[] metadata = new int[columns];
        int[] widths = new int[columns];
        for (int i = 0; i < columns; i++) {
            metadata[i] =
                    switch (ColumnType.metadataBytes(types[i] & 0xFF)) {
                        case 1 -> (int) event.unsigned(1);
                        case 2 ->
                                ColumnType.isString(types[i] & 0xFF)
                                        ? (int) ((event.unsigned(1) << 8) | event.unsigned(1))
                                        : (int) event.unsigned(2);
                        default -> 0;
                    };
            widths[i] = ColumnType.width(types[i] & 0xFF, metadata[i]);
        }
        if (event.position() > afterMetadata) {
            throw new IOException("a table map with too little metadata");
        }
        event.position(afterMetadata);
        event.skip((columns + 7) / 8);
        return new TableMap(types, metadata, widths, names(event, columns));
    }

    private static @Nullable List<String> names(BinlogEvent event, int columns) {
        while (event.remaining() > 1) {
            int field = (int) event.unsigned(1);
            int end = event.packed() + event.position();
            if (field == COLUMN_NAMES) {
                List<String> names = new ArrayList<>(columns);
                while (event.position() < end) {
                    int length = event.packed();
                    names.add(
                            new String(
                                    event.buffer(),
                                    event.position(),
                                    length,
                                    StandardCharsets.UTF_8));
                    event.skip(length);
                }
                return names.size() == columns ? names : null;
            }
            event.position(end);
        }
        return null;
    }

    /** The number of a column; of the last one where the log carries no names. */
    int column(String name) {
        List<String> known = names;
        return known == null ? types.length - 1 : known.indexOf(name);
    }
}
