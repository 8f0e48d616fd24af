package vigie.history.archive;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/** Short ways to ask and to write. */
final class Sql {
    /** Rows of one statement: few round trips, and no packet of a megabyte. */
    static final int AT_ONCE = 500;

    private Sql() {}

    /** One row. */
    @FunctionalInterface
    interface Row {
        void read(ResultSet row) throws SQLException;
    }

    /** Writes one row's values, beginning at a place. */
    @FunctionalInterface
    interface Values<T> {
        void bind(PreparedStatement statement, int first, T row) throws SQLException;
    }

    static int run(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    static void ask(Connection connection, String sql, Row reader, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    /** The number that is found; empty for no row and for NULL. */
    static OptionalLong number(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return OptionalLong.empty();
                }
                long value = rows.getLong(1);
                return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
            }
        }
    }

    /** Inserts one row and tells the number that the table gave it. */
    static long insert(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
            bind(statement, values);
            statement.executeUpdate();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                if (!keys.next()) {
                    throw new SQLException("no number was given");
                }
                return keys.getLong(1);
            }
        }
    }

    /** Writes many rows by few statements: what comes before and after the list of values. */
    static <T> void insertAll(
            Connection connection,
            String before,
            int columns,
            String after,
            List<T> rows,
            Values<T> values)
            throws SQLException {
        String one = "(" + String.join(",", Collections.nCopies(columns, "?")) + ")";
        for (int from = 0; from < rows.size(); from += AT_ONCE) {
            List<T> some = rows.subList(from, Math.min(rows.size(), from + AT_ONCE));
            String sql =
                    before
                            + " VALUES "
                            + String.join(",", Collections.nCopies(some.size(), one))
                            + " "
                            + after;
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                int place = 1;
                for (T row : some) {
                    values.bind(statement, place, row);
                    place += columns;
                }
                statement.executeUpdate();
            }
        }
    }

    /** Binds values from a place on. */
    static void bindAt(PreparedStatement statement, int first, @Nullable Object... values)
            throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(first + i, values[i]);
        }
    }

    static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
