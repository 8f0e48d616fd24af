package vigie.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * How far the archive of one database goes.
 *
 * @param completeFrom from here on it holds every reading; microseconds
 * @param rolledFrom from here on the roll-ups are made; empty: none yet
 * @param rolledTo up to here, a whole hour; every reading before it is archived too
 * @param expiredTo readings before it were dropped; empty: none
 * @param filling whether rows from before its beginning are still being copied
 */
record ArchiveState(
        long completeFrom,
        OptionalLong rolledFrom,
        OptionalLong rolledTo,
        OptionalLong expiredTo,
        boolean filling) {
    static ArchiveState of(ResultSet row) throws SQLException {
        long fillNext = row.getLong(5);
        boolean begun = !row.wasNull();
        return new ArchiveState(
                row.getLong(1),
                number(row, 2),
                number(row, 3),
                number(row, 4),
                begun && fillNext > 0);
    }

    private static OptionalLong number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
