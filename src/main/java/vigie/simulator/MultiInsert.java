package vigie.simulator;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * One statement with many rows, as SQLAlchemy writes them: {@code INSERT … VALUES (…), (…)
 * RETURNING id}, at most 1,000 rows each. On the wire that is one TABLE_MAP and one or a few row
 * events.
 */
final class MultiInsert {
    private static final int ROWS = 1_000;

    private final Connection connection;
    private final String head;
    private final String tuple;
    private final int columns;

    MultiInsert(Connection connection, String table, String... columns) {
        this.connection = connection;
        this.columns = columns.length;
        this.head = "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ";
        this.tuple = "(" + "?, ".repeat(columns.length - 1) + "?)";
    }

    /** Writes the rows; answers their ids in the same order. */
    long[] returning(String id, List<@Nullable Object[]> rows) throws SQLException {
        long[] ids = new long[rows.size()];
        for (int from = 0; from < rows.size(); from += ROWS) {
            List<@Nullable Object[]> chunk = rows.subList(from, Math.min(rows.size(), from + ROWS));
            try (PreparedStatement statement =
                    connection.prepareStatement(sql(chunk.size()) + " RETURNING " + id)) {
                fill(statement, chunk);
                try (ResultSet result = statement.executeQuery()) {
                    int at = from;
                    while (result.next()) {
                        ids[at++] = result.getLong(1);
                    }
                }
            }
        }
        return ids;
    }

    /** Writes the rows. */
    void write(List<@Nullable Object[]> rows) throws SQLException {
        for (int from = 0; from < rows.size(); from += ROWS) {
            List<@Nullable Object[]> chunk = rows.subList(from, Math.min(rows.size(), from + ROWS));
            try (PreparedStatement statement = connection.prepareStatement(sql(chunk.size()))) {
                fill(statement, chunk);
                statement.executeUpdate();
            }
        }
    }

    private void fill(PreparedStatement statement, List<@Nullable Object[]> rows)
            throws SQLException {
        int place = 1;
        for (@Nullable Object[] row : rows) {
            for (int i = 0; i < columns; i++) {
                statement.setObject(place++, row[i]);
            }
        }
    }

    private String sql(int rows) {
        StringBuilder text = new StringBuilder(head.length() + rows * (tuple.length() + 2));
        text.append(head).append(tuple);
        for (int i = 1; i < rows; i++) {
            text.append(", ").append(tuple);
        }
        return text.toString();
    }
}
