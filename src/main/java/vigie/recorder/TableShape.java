package vigie.recorder;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The columns of a table in their order. A server with the default {@code
 * binlog_row_metadata=NO_LOG} sends rows without names; they are then read by a shape from {@code
 * information_schema}, and only as long as it {@link #fits}.
 *
 * @param columns in the table's order
 */
public record TableShape(List<Column> columns) {
    /**
     * A column.
     *
     * @param name in lower case
     * @param dataType {@code information_schema.columns.data_type} in lower case, for example
     *     {@code bigint}
     */
    public record Column(String name, String dataType) {
        public Column {
            name = name.toLowerCase(Locale.ROOT);
            dataType = dataType.toLowerCase(Locale.ROOT);
        }
    }

    private static final int STRING = 254;
    private static final int BLOB = 252;

    /**
     * The type byte that a table map carries for each SQL type (MariaDB, {@code enum_field_types}).
     */
    private static final Map<String, Integer> CODES =
            Map.ofEntries(
                    Map.entry("tinyint", 1),
                    Map.entry("smallint", 2),
                    Map.entry("int", 3),
                    Map.entry("float", 4),
                    Map.entry("double", 5),
                    Map.entry("timestamp", 17),
                    Map.entry("bigint", 8),
                    Map.entry("mediumint", 9),
                    Map.entry("date", 10),
                    Map.entry("time", 19),
                    Map.entry("datetime", 18),
                    Map.entry("year", 13),
                    Map.entry("varchar", 15),
                    Map.entry("varbinary", 15),
                    Map.entry("bit", 16),
                    Map.entry("decimal", 246),
                    Map.entry("enum", STRING),
                    Map.entry("set", STRING),
                    Map.entry("char", STRING),
                    Map.entry("binary", STRING),
                    Map.entry("uuid", STRING),
                    Map.entry("inet6", STRING),
                    Map.entry("inet4", STRING),
                    Map.entry("tinytext", BLOB),
                    Map.entry("text", BLOB),
                    Map.entry("mediumtext", BLOB),
                    Map.entry("longtext", BLOB),
                    Map.entry("tinyblob", BLOB),
                    Map.entry("blob", BLOB),
                    Map.entry("mediumblob", BLOB),
                    Map.entry("longblob", BLOB),
                    Map.entry("json", BLOB));

    public TableShape {
        columns = List.copyOf(columns);
    }

    /** The columns' names in their order, in lower case. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /**
     * Whether rows with these column types can be rows of this table: as many columns, each of the
     * type that its SQL type has in the log. Necessary, not sufficient: a swap of two columns of
     * one type shows only in the statement that made it.
     *
     * @param types the type bytes of a table map
     */
    public boolean fits(byte[] types) {
        if (types.length != columns.size()) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            Integer code = CODES.get(columns.get(i).dataType());
            if (code != null && code != canonical(types[i] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    /** Times are logged in an older or a newer format, at the server's choice. */
    private static int canonical(int code) {
        return switch (code) {
            case 7 -> 17;
            case 11 -> 19;
            case 12 -> 18;
            case 14 -> 10;
            default -> code;
        };
    }
}
