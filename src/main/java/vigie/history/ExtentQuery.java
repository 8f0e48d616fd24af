package vigie.history;

import vigie.recorder.StateSql;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** How far back anything is left. */
final class ExtentQuery {
    private ExtentQuery() {}

    /** The moment of the oldest row, roll-up or statistic, microseconds; empty: there is none. */
    static Optional<Long> first(Link link) throws SQLException {
        long[] first = {Long.MAX_VALUE};
        Link.Row seconds =
                row -> {
                    double found = row.getDouble(1);
                    if (!row.wasNull()) {
                        first[0] = Math.min(first[0], Times.microsBelow(found));
                    }
                };
        link.ask(StateSql.first(link.schema()), statement -> {}, seconds);
        for (boolean isShort : List.of(true, false)) {
            try {
                link.ask(StateSql.firstPeriod(isShort), statement -> {}, seconds);
            } catch (SQLException refused) {
                if (!Link.isMissing(refused)) {
                    throw refused;
                }
            }
        }
        if (link.archive().isPresent()) {
            archived(link, "reading", "time_us", first);
            archived(link, "text_change", "time_us", first);
            for (String tier : List.of("minutes", "quarters", "hours")) {
                archived(link, tier, "start_us", first);
            }
        }
        return first[0] == Long.MAX_VALUE ? Optional.empty() : Optional.of(first[0]);
    }

    private static void archived(Link link, String table, String time, long[] first)
            throws SQLException {
        link.askOwn(
                "SELECT MIN(oldest) FROM (SELECT (SELECT t."
                        + time
                        + " FROM "
                        + link.own(table)
                        + " t WHERE t.point = p.id ORDER BY t."
                        + time
                        + " LIMIT 1) AS oldest FROM "
                        + link.own("point")
                        + " p WHERE p.recorder = ?) each_point",
                statement -> statement.setString(1, link.schema().name()),
                row -> {
                    long found = row.getLong(1);
                    if (!row.wasNull()) {
                        first[0] = Math.min(first[0], found);
                    }
                });
    }
}
