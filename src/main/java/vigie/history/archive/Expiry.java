package vigie.history.archive;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Partitions of {@code reading} (a day each) and {@code minutes} (a month each): makes them ahead,
 * and drops those whose time is over. What lies beyond the last stands in {@code p_rest}, which is
 * kept empty by making partitions early; readings of a clock that stands far in the future stay
 * there. Statements that change a table commit by themselves and may be run twice. One thread.
 */
public final class Expiry {
    private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);

    private static final long DAY = 86_400_000_000L;
    private static final int DAYS_AHEAD = 8;
    private static final int MONTHS_AHEAD = 3;
    private static final int ROWS_AT_ONCE = 5_000;

    /** Minutes are kept for a year. */
    private static final long MINUTES_KEPT = 366 * DAY;

    private static final int TABLE_DENIED = 1142;
    private static final int PARTITION_EXISTS = 1517;

    private static final String REST = "p_rest";

    private final String recorder;
    private final Marks marks;
    private final int rawDays;

    /**
     * @param rawDays for how many days readings are kept
     */
    public Expiry(String recorder, Marks marks, int rawDays) {
        this.recorder = recorder;
        this.marks = marks;
        this.rawDays = rawDays;
    }

    private record Partition(String name, long below) {}

    /** What was dropped before this process began. */
    public void load(Connection connection) throws SQLException {
        OptionalLong expired =
                Sql.number(
                        connection, "SELECT expired_to_us FROM archive WHERE recorder=?", recorder);
        if (expired.isPresent()) {
            marks.expiringTo(expired.getAsLong());
        }
    }

    // ---- ahead

    /**
     * Makes the partitions of the next days and months. Not in a transaction.
     *
     * @param oldest the time of the oldest reading to come, for the very first time
     */
    public void ahead(Connection connection, long now, long oldest) throws SQLException {
        long today = Math.floorDiv(now, DAY);
        long first = Math.clamp(Math.floorDiv(oldest, DAY), today - rawDays - 1, today);
        List<Partition> days = partitions(connection, "reading");
        long lastDay = days.isEmpty() ? first : Math.floorDiv(days.getLast().below(), DAY);
        if (days.isEmpty() || lastDay <= today + DAYS_AHEAD / 2) {
            List<Partition> made = new ArrayList<>();
            for (long day = lastDay; day <= today + DAYS_AHEAD; day++) {
                made.add(
                        new Partition(
                                "p"
                                        + LocalDate.ofEpochDay(day)
                                                .format(DateTimeFormatter.BASIC_ISO_DATE),
                                (day + 1) * DAY));
            }
            split(connection, "reading", made);
        }
        List<Partition> months = partitions(connection, "minutes");
        LocalDate month =
                date(months.isEmpty()
                                ? Math.max(oldest, now - MINUTES_KEPT)
                                : months.getLast().below())
                        .withDayOfMonth(1);
        LocalDate wanted = date(now).withDayOfMonth(1).plusMonths(MONTHS_AHEAD);
        if (month.isBefore(wanted.minusMonths(1))) {
            List<Partition> made = new ArrayList<>();
            for (; month.isBefore(wanted); month = month.plusMonths(1)) {
                made.add(
                        new Partition(
                                month.format(
                                        DateTimeFormatter.ofPattern(
                                                "'p'yyyyMM", java.util.Locale.ROOT)),
                                Micros.of(
                                        month.plusMonths(1)
                                                .atStartOfDay()
                                                .toInstant(ZoneOffset.UTC))));
            }
            split(connection, "minutes", made);
        }
    }

    private static LocalDate date(long micros) {
        Instant at = Micros.instant(micros);
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private static void split(Connection connection, String table, List<Partition> made)
            throws SQLException {
        StringBuilder sql =
                new StringBuilder("ALTER TABLE " + table + " REORGANIZE PARTITION p_rest INTO (");
        for (Partition partition : made) {
            sql.append("PARTITION ")
                    .append(partition.name())
                    .append(" VALUES LESS THAN (")
                    .append(partition.below())
                    .append("),");
        }
        sql.append("PARTITION p_rest VALUES LESS THAN MAXVALUE)");
        try {
            alter(connection, sql.toString());
            LOG.info(
                    "{} partitions of {} made, up to {}",
                    made.size(),
                    table,
                    made.getLast().name());
        } catch (SQLException refused) {
            if (refused.getErrorCode() != PARTITION_EXISTS) {
                throw refused;
            }
            LOG.debug("somebody else has made partitions of {}", table, refused);
        }
    }

    private static void alter(Connection connection, String sql) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.commit();
            connection.setAutoCommit(true);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION lock_wait_timeout=2");
            statement.execute(sql);
        }
    }

    private static List<Partition> partitions(Connection connection, String table)
            throws SQLException {
        List<Partition> found = new ArrayList<>();
        Sql.ask(
                connection,
                "SELECT PARTITION_NAME,PARTITION_DESCRIPTION FROM information_schema.PARTITIONS"
                        + " WHERE TABLE_SCHEMA=DATABASE() AND TABLE_NAME=? ORDER BY"
                        + " PARTITION_ORDINAL_POSITION",
                row -> {
                    String name = String.valueOf(row.getString(1));
                    if (!name.equals(REST)) {
                        found.add(
                                new Partition(
                                        name, Long.parseLong(String.valueOf(row.getString(2)))));
                    }
                },
                table);
        return found;
    }

    // ---- what is over

    /** The day before which readings are not kept: not before their roll-ups are made. */
    public long limit(long now) {
        long limit = Math.min(now - rawDays * DAY, marks.rolledTo());
        return limit == Long.MIN_VALUE ? limit : Math.floorDiv(limit, DAY) * DAY;
    }

    /**
     * Says that readings before a day are not kept any more, before the first of them goes. In a
     * transaction.
     */
    public void expire(Connection connection, long limit) throws SQLException {
        marks.expiringTo(limit);
        Sql.run(
                connection,
                "UPDATE archive SET expired_to_us=?,complete_from_us=GREATEST(complete_from_us,?)"
                        + " WHERE recorder=? AND (expired_to_us IS NULL OR expired_to_us<?)",
                limit,
                limit,
                recorder,
                limit);
        long second = Math.floorDiv(limit, 1_000_000);
        Sql.run(
                connection,
                "DELETE late FROM late JOIN point ON point.id=late.point WHERE point.recorder=? AND"
                        + " late.committed_s<?",
                recorder,
                second);
        Sql.run(
                connection,
                "DELETE FROM fact WHERE recorder=? AND committed_s<? AND id>0",
                recorder,
                second);
    }

    /**
     * Drops the partitions whose time is over for all databases that are archived here. Not in a
     * transaction.
     *
     * @return whether that is all: otherwise rows are to be deleted by {@link #delete}
     */
    public boolean drop(Connection connection, long now) throws SQLException {
        long all =
                Sql.number(
                                connection,
                                "SELECT MIN(COALESCE(expired_to_us,-9000000000000000)) FROM archive")
                        .orElse(Long.MIN_VALUE);
        boolean readings = drop(connection, "reading", all);
        boolean minutes = drop(connection, "minutes", now - MINUTES_KEPT);
        return readings && minutes && all >= marks.expiredTo();
    }

    private static boolean drop(Connection connection, String table, long limit)
            throws SQLException {
        List<String> over =
                partitions(connection, table).stream()
                        .filter(partition -> partition.below() <= limit)
                        .map(Partition::name)
                        .toList();
        if (over.isEmpty()) {
            return true;
        }
        try {
            alter(
                    connection,
                    "ALTER TABLE " + table + " DROP PARTITION IF EXISTS " + String.join(",", over));
            LOG.info("partitions of {} dropped: {}", table, over);
            return true;
        } catch (SQLException refused) {
            if (refused.getErrorCode() != TABLE_DENIED) {
                throw refused;
            }
            LOG.debug("no right to drop partitions of {}", table, refused);
            return false;
        }
    }

    /**
     * Deletes some rows whose time is over, for accounts that may not drop. In a transaction.
     *
     * @return whether there may be more
     */
    public boolean delete(Connection connection, long now) throws SQLException {
        int[] left = {ROWS_AT_ONCE};
        List<Integer> points = new ArrayList<>();
        Sql.ask(
                connection,
                "SELECT id FROM point WHERE recorder=?",
                row -> points.add(row.getInt(1)),
                recorder);
        for (int point : points) {
            if (left[0] > 0 && marks.expiredTo() != Long.MIN_VALUE) {
                left[0] -=
                        Sql.run(
                                connection,
                                "DELETE FROM reading WHERE point=? AND time_us<? LIMIT " + left[0],
                                point,
                                marks.expiredTo());
            }
            if (left[0] > 0) {
                left[0] -=
                        Sql.run(
                                connection,
                                "DELETE FROM minutes WHERE point=? AND start_us<? LIMIT " + left[0],
                                point,
                                now - MINUTES_KEPT);
            }
        }
        return left[0] <= 0;
    }
}
