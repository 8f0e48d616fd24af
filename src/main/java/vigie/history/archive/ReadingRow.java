package vigie.history.archive;

import org.jspecify.annotations.Nullable;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/**
 * A row of {@code reading}, column by column.
 *
 * @param spelled the state as recorded, also where the column leaves it out
 * @param unit whether its attributes name a unit
 */
record ReadingRow(
        int point,
        long time,
        long id,
        @Nullable Long changed,
        @Nullable Double value,
        @Nullable String spelled,
        boolean unit,
        @Nullable Integer attributes,
        @Nullable Long committed,
        @Nullable Integer stream,
        @Nullable Long seq) {
    /** The column {@code text}: what the value does not say already. */
    @Nullable String text() {
        // Of the two zeros the server knows one.
        boolean told =
                value != null
                        && Double.toString(value).equals(spelled)
                        && Double.doubleToRawLongBits(value) != Double.doubleToRawLongBits(-0.0);
        return told ? null : spelled;
    }

    TextChanges.Said said() {
        return new TextChanges.Said(value != null, spelled, unit);
    }

    void bind(PreparedStatement statement, int first) throws SQLException {
        statement.setInt(first, point);
        statement.setLong(first + 1, time);
        statement.setLong(first + 2, id);
        setLong(statement, first + 3, changed);
        if (value == null) {
            statement.setNull(first + 4, Types.DOUBLE);
        } else {
            statement.setDouble(first + 4, value);
        }
        statement.setString(first + 5, text());
        if (attributes == null) {
            statement.setNull(first + 6, Types.INTEGER);
        } else {
            statement.setInt(first + 6, attributes);
        }
        setLong(statement, first + 7, committed);
        if (stream == null) {
            statement.setNull(first + 8, Types.INTEGER);
        } else {
            statement.setInt(first + 8, stream);
        }
        setLong(statement, first + 9, seq);
    }

    private static void setLong(PreparedStatement statement, int place, @Nullable Long value)
            throws SQLException {
        if (value == null) {
            statement.setNull(place, Types.BIGINT);
        } else {
            statement.setLong(place, value);
        }
    }
}
