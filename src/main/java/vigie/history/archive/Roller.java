package vigie.history.archive;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.history.series.Bucket;
import vigie.history.series.Fold;
import vigie.history.series.Grid;
import vigie.history.series.Kind;
import vigie.history.series.Segment;
import vigie.history.series.Tier;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Makes the roll-ups of whole hours from the readings and the outages, of nothing else: done twice
 * they are the same. Each piece of work is small enough for one transaction, which the caller
 * gives. One thread.
 */
public final class Roller {
    private static final Logger LOG = LoggerFactory.getLogger(Roller.class);

    private static final long HOUR = Tier.HOURS.micros();
    private static final long DAY = 24 * HOUR;

    /** A meter's last trustworthy value is looked for so far back. */
    private static final int LOOK_BACK = 500;

    /** Nobody waits for buckets of longer ago, and one wrong clock must not cost hours. */
    private static final long LONGEST_PAST = 5 * 366 * DAY;

    private final String recorder;
    private final Marks marks;

    public Roller(String recorder, Marks marks) {
        this.recorder = recorder;
        this.marks = marks;
    }

    /**
     * How far it has come.
     *
     * @param from the first hour that is rolled up
     * @param to every hour before it is
     */
    public record Reach(long from, long to) {}

    /** Empty: it has not begun. */
    public Optional<Reach> reach(Connection connection) throws SQLException {
        Reach[] found = {null};
        Sql.ask(
                connection,
                "SELECT rolled_from_us,rolled_to_us FROM archive WHERE recorder=? AND"
                        + " rolled_from_us IS NOT NULL AND rolled_to_us IS NOT NULL",
                row -> found[0] = new Reach(row.getLong(1), row.getLong(2)),
                recorder);
        if (found[0] != null) {
            marks.rollingTo(found[0].to());
        }
        return Optional.ofNullable(found[0]);
    }

    /**
     * What there is to do.
     *
     * @param reach empty: it has not begun
     * @param again whether hours are to be made anew
     * @param newcomers whether there are points whose past is to be rolled up
     * @param now the database's present
     */
    public record Look(Optional<Reach> reach, boolean again, boolean newcomers, long now) {}

    /** Looks, by one question and without a lock. */
    public Look look(Connection connection) throws SQLException {
        Look[] found = {new Look(Optional.empty(), false, false, 0)};
        Sql.ask(
                connection,
                "SELECT rolled_from_us,rolled_to_us,EXISTS(SELECT 1 FROM reroll),EXISTS(SELECT 1 FROM"
                        + " point WHERE recorder=? AND rolled=2),TIMESTAMPDIFF(MICROSECOND,"
                        + "'1970-01-01',UTC_TIMESTAMP(6)) FROM archive WHERE recorder=?",
                row -> {
                    long from = row.getLong(1);
                    boolean begun = !row.wasNull();
                    found[0] =
                            new Look(
                                    begun
                                            ? Optional.of(new Reach(from, row.getLong(2)))
                                            : Optional.empty(),
                                    row.getBoolean(3),
                                    row.getBoolean(4),
                                    row.getLong(5));
                },
                recorder,
                recorder);
        return found[0];
    }

    /** Begins, at the hour of the oldest reading. */
    public Reach begin(Connection connection, long now) throws SQLException {
        long oldest =
                Sql.number(
                                connection,
                                "SELECT MIN(oldest) FROM (SELECT (SELECT r.time_us FROM reading r"
                                        + " WHERE r.point=p.id AND r.time_us>=? ORDER BY r.time_us"
                                        + " LIMIT 1) AS oldest FROM point p WHERE p.recorder=?) each_point",
                                now - LONGEST_PAST,
                                recorder)
                        .orElse(now);
        long from = hour(Math.min(oldest, now));
        Sql.run(
                connection,
                "UPDATE archive SET rolled_from_us=?,rolled_to_us=? WHERE recorder=?",
                from,
                from,
                recorder);
        marks.rollingTo(from);
        return new Reach(from, from);
    }

    /** The points whose roll-ups go as far as {@link #reach} says. */
    public List<Integer> points(Connection connection) throws SQLException {
        List<Integer> points = new ArrayList<>();
        Sql.ask(
                connection,
                "SELECT id FROM point WHERE recorder=? AND rolled=1 ORDER BY id",
                row -> points.add(row.getInt(1)),
                recorder);
        return points;
    }

    /**
     * Has further points rolled up, by the names they have and those they had.
     *
     * @return how many
     */
    public int choose(Connection connection, RolledPoints wanted) throws SQLException {
        List<Integer> chosen = new ArrayList<>();
        Sql.ask(
                connection,
                "SELECT p.id,n.name FROM point p JOIN point_name n ON n.point=p.id WHERE"
                        + " p.recorder=? AND p.rolled=0",
                row -> {
                    if (wanted.has(String.valueOf(row.getString(2)))) {
                        chosen.add(row.getInt(1));
                    }
                },
                recorder);
        for (int point : chosen) {
            Sql.run(connection, "UPDATE point SET rolled=2 WHERE id=?", point);
        }
        return chosen.size();
    }

    /** A point whose past is to be rolled up. */
    public Optional<Integer> newcomer(Connection connection) throws SQLException {
        OptionalLong found =
                Sql.number(
                        connection,
                        "SELECT id FROM point WHERE recorder=? AND rolled=2 ORDER BY id LIMIT 1",
                        recorder);
        return found.isPresent() ? Optional.of((int) found.getAsLong()) : Optional.empty();
    }

    /** When a point's first reading is, if there is one. */
    public OptionalLong first(Connection connection, int point) throws SQLException {
        return Sql.number(
                connection,
                "SELECT time_us FROM reading WHERE point=? ORDER BY time_us LIMIT 1",
                point);
    }

    /** A newcomer's past is rolled up. */
    public void welcome(Connection connection, int point) throws SQLException {
        Sql.run(connection, "UPDATE point SET rolled=1 WHERE id=?", point);
    }

    /**
     * The end of the next stretch to roll up for all points: at most to the end of a day.
     *
     * @param due every hour before it may be rolled up
     */
    public static long next(long from, long due) {
        return Math.min(due, Math.floorDiv(from, DAY) * DAY + DAY);
    }

    /** Readings before it that come from now on have their buckets made anew. */
    public void rolling(long to) {
        marks.rollingTo(to);
    }

    /** All points are rolled up to here. */
    public void rolled(Connection connection, long to) throws SQLException {
        Sql.run(connection, "UPDATE archive SET rolled_to_us=? WHERE recorder=?", to, recorder);
    }

    /** The beginning of a moment's hour. */
    public static long hour(long time) {
        return Math.floorDiv(time, HOUR) * HOUR;
    }

    // ---- late readings

    /** The next reading that may say how much a meter grew. */
    private static final String NEXT_OF_METER =
            "SELECT n.time_us FROM (SELECT time_us,value,attributes FROM reading WHERE point=? AND"
                    + " time_us>? ORDER BY time_us,id LIMIT "
                    + LOOK_BACK
                    + ") n JOIN attributes a ON a.id=n.attributes WHERE n.value IS NOT NULL AND"
                    + " a.state_class LIKE 'total%' ORDER BY n.time_us LIMIT 1";

    /**
     * The last reading whose bucket one of another moment has a say in: the next, and where a meter
     * then said nothing of worth the one in which it speaks again, for it grew from here to there.
     */
    private static long reaches(Connection connection, int point, long time) throws SQLException {
        long next =
                Sql.number(
                                connection,
                                "SELECT time_us FROM reading WHERE point=? AND time_us>? ORDER BY"
                                        + " time_us LIMIT 1",
                                point,
                                time)
                        .orElse(Long.MAX_VALUE - HOUR);
        return Math.max(next, Sql.number(connection, NEXT_OF_METER, point, time).orElse(next));
    }

    /**
     * Makes anew what a late, changed or undone reading has changed: from its bucket to that of the
     * last one it reaches, at most to the end of a day; the rest is marked.
     *
     * @return whether there was one
     */
    public boolean again(Connection connection) throws SQLException {
        long[] mark = {-1, 0, 0};
        Sql.ask(
                connection,
                "SELECT r.point,r.time_us,p.rolled FROM reroll r JOIN point p ON p.id=r.point WHERE"
                        + " p.recorder=? AND p.rolled<>2 ORDER BY r.point,r.time_us LIMIT 1",
                row -> {
                    mark[0] = row.getLong(1);
                    mark[1] = row.getLong(2);
                    mark[2] = row.getLong(3);
                },
                recorder);
        if (mark[0] < 0) {
            return false;
        }
        int point = (int) mark[0];
        Optional<Reach> reach = reach(connection);
        if (mark[2] == 0 || reach.isEmpty()) {
            Sql.run(connection, "DELETE FROM reroll WHERE point=?", point);
            return true;
        }
        long from = Math.max(hour(mark[1]), reach.get().from());
        long until = reaches(connection, point, mark[1]);
        long end = Math.min(reach.get().to(), hour(until) + HOUR);
        long to = next(from, end);
        long last = from < to ? roll(connection, point, from, to) : mark[1];
        // Marks in the stretch whose next reading is in it too are done with this.
        Sql.run(
                connection,
                "DELETE FROM reroll WHERE point=? AND time_us>=? AND (time_us=? OR time_us<?)",
                point,
                mark[1],
                mark[1],
                last);
        if (from < to && to < end) {
            Sql.run(
                    connection,
                    "INSERT INTO reroll(point,time_us) VALUES(?,?) ON DUPLICATE KEY UPDATE"
                            + " point=VALUES(point)",
                    point,
                    to);
        }
        return true;
    }

    // ---- one stretch of one point

    private record Row(
            long time, double trusted, Optional<String> unit, @Nullable String stateClass) {}

    private static final String ROWS =
            "SELECT r.time_us,r.value,r.attributes,a.unit,a.state_class FROM reading r LEFT JOIN"
                    + " attributes a ON a.id=r.attributes WHERE r.point=? AND ";

    /**
     * Rolls up whole hours of one day of one point.
     *
     * @param from a whole hour
     * @param to a whole hour of the same day, or its end
     * @return the time of the last reading in it that is trusted, so that no earlier one reaches
     *     beyond; {@link Long#MIN_VALUE} where there is none
     */
    public long roll(Connection connection, int point, long from, long to) throws SQLException {
        List<Row> rows = new ArrayList<>();
        Sql.ask(
                connection,
                ROWS + "r.time_us>=? AND r.time_us<? ORDER BY r.time_us,r.id",
                row -> rows.add(row(row)),
                point,
                from,
                to);
        Optional<Row> before = before(connection, point, from);
        List<Long> outages = new ArrayList<>();
        Sql.ask(
                connection,
                "SELECT from_us FROM outage WHERE recorder=? AND from_us>=? AND from_us<? ORDER BY"
                        + " from_us",
                row -> outages.add(row.getLong(1)),
                recorder,
                before.map(Row::time).orElse(from),
                to);
        Kind kind = kind(before, rows);
        Row held = before.orElse(null);
        if (held != null && !outages.isEmpty() && outages.getFirst() < from) {
            held = new Row(held.time(), Double.NaN, held.unit(), held.stateClass());
        }
        Optional<Row> said =
                kind.isMeter()
                                && before.isPresent()
                                && (held == null || Double.isNaN(held.trusted()))
                        ? trustedBefore(connection, point, from)
                        : Optional.empty();
        for (Tier tier : List.of(Tier.MINUTES, Tier.QUARTERS, Tier.HOURS)) {
            Fold fold = new Fold(Grid.of(tier.micros()), kind, tier, from);
            if (held != null && !Double.isNaN(held.trusted())) {
                fold.carry(held.trusted(), held.unit());
            } else {
                said.ifPresent(row -> fold.carryMeter(row.trusted(), row.unit()));
            }
            keep(connection, point, tier, from, to, fold(fold, rows, outages, from, to));
        }
        long trusted = Long.MIN_VALUE;
        for (Row row : rows) {
            if (!Double.isNaN(row.trusted())) {
                trusted = row.time();
            }
        }
        return trusted;
    }

    private static Row row(java.sql.ResultSet row) throws SQLException {
        double value = row.getDouble(2);
        boolean number = !row.wasNull();
        row.getInt(3);
        boolean known = !row.wasNull();
        return new Row(
                row.getLong(1),
                number && known ? value : Double.NaN,
                Optional.ofNullable(row.getString(4)),
                known ? row.getString(5) : null);
    }

    private static Optional<Row> before(Connection connection, int point, long time)
            throws SQLException {
        Row[] found = {null};
        // First where it nearly always is: a question without a lower limit opens all partitions.
        for (long since : new long[] {time - DAY, Long.MIN_VALUE}) {
            Sql.ask(
                    connection,
                    ROWS + "r.time_us>=? AND r.time_us<? ORDER BY r.time_us DESC,r.id DESC LIMIT 1",
                    row -> found[0] = row(row),
                    point,
                    since,
                    time);
            if (found[0] != null) {
                break;
            }
        }
        return Optional.ofNullable(found[0]);
    }

    private static Optional<Row> trustedBefore(Connection connection, int point, long time)
            throws SQLException {
        Row[] found = {null};
        Sql.ask(
                connection,
                ROWS + "r.time_us<? ORDER BY r.time_us DESC,r.id DESC LIMIT " + LOOK_BACK,
                row -> {
                    Row read = row(row);
                    if (found[0] == null && !Double.isNaN(read.trusted())) {
                        found[0] = read;
                    }
                },
                point,
                time);
        return Optional.ofNullable(found[0]);
    }

    /** What the newest row says that says something. */
    private static Kind kind(Optional<Row> before, List<Row> rows) {
        String stateClass = before.map(Row::stateClass).orElse(null);
        for (Row row : rows) {
            if (!Double.isNaN(row.trusted()) || row.stateClass() != null) {
                stateClass = row.stateClass();
            }
        }
        return switch (stateClass) {
            case null -> Kind.NUMBER;
            case "total_increasing" -> Kind.METER;
            case "total" -> Kind.NET;
            case "measurement_angle" -> Kind.ANGLE;
            default -> Kind.NUMBER;
        };
    }

    private static List<Rolled> fold(
            Fold fold, List<Row> rows, List<Long> outages, long from, long to) {
        int next = 0;
        while (next < outages.size() && outages.get(next) < from) {
            next++;
        }
        for (Row row : rows) {
            while (next < outages.size() && outages.get(next) < row.time()) {
                fold.outage(outages.get(next++));
            }
            fold.reading(row.time(), row.trusted(), row.unit());
        }
        while (next < outages.size()) {
            fold.outage(outages.get(next++));
        }
        List<Rolled> rolled = new ArrayList<>();
        for (Segment segment : fold.finish(to, to)) {
            for (Bucket bucket : segment.buckets()) {
                rolled.add(new Rolled(bucket, segment.unit()));
            }
        }
        return rolled;
    }

    // ---- blocks

    private static String table(Tier tier) {
        return switch (tier) {
            case MINUTES -> "minutes";
            case QUARTERS -> "quarters";
            case HOURS -> "hours";
            case STATES, READINGS, STATISTICS_SHORT, STATISTICS ->
                    throw new IllegalArgumentException("no roll-ups: " + tier);
        };
    }

    /** What is written of one block; null: nothing is known, so there is none. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Block(long start, byte @Nullable [] buckets) {}

    private void keep(
            Connection connection, int point, Tier tier, long from, long to, List<Rolled> made)
            throws SQLException {
        long length = tier == Tier.MINUTES ? HOUR : DAY;
        TreeMap<Long, List<Rolled>> blocks = new TreeMap<>();
        for (long start = Math.floorDiv(from, length) * length; start < to; start += length) {
            blocks.put(start, new ArrayList<>());
        }
        for (Rolled rolled : made) {
            List<Rolled> block = blocks.get(Math.floorDiv(rolled.bucket().from(), length) * length);
            if (block != null) {
                block.add(rolled);
            }
        }
        List<Block> written = new ArrayList<>();
        for (Map.Entry<Long, List<Rolled>> entry : blocks.entrySet()) {
            long start = entry.getKey();
            List<Rolled> block = entry.getValue();
            if (start < from || start + length > to) {
                addOthers(connection, point, tier, start, from, to, block);
            }
            boolean nothing = block.stream().allMatch(rolled -> rolled.bucket().isEmpty());
            written.add(
                    new Block(
                            start,
                            nothing ? null : BlockCodec.encode(block, start, tier.micros())));
        }
        String table = table(tier);
        for (Block block : written) {
            if (block.buckets() == null) {
                Sql.run(
                        connection,
                        "DELETE FROM " + table + " WHERE point=? AND start_us=?",
                        point,
                        block.start());
            }
        }
        Sql.insertAll(
                connection,
                "INSERT INTO " + table + "(point,start_us,buckets)",
                3,
                "ON DUPLICATE KEY UPDATE buckets=VALUES(buckets)",
                written.stream().filter(block -> block.buckets() != null).toList(),
                (statement, first, block) -> {
                    statement.setInt(first, point);
                    statement.setLong(first + 1, block.start());
                    statement.setBytes(first + 2, block.buckets());
                });
    }

    /** What the block holds of other hours. */
    private void addOthers(
            Connection connection,
            int point,
            Tier tier,
            long start,
            long from,
            long to,
            List<Rolled> block)
            throws SQLException {
        byte[][] kept = {null};
        Sql.ask(
                connection,
                "SELECT buckets FROM " + table(tier) + " WHERE point=? AND start_us=?",
                row -> kept[0] = row.getBytes(1),
                point,
                start);
        if (kept[0] == null) {
            return;
        }
        try {
            for (Rolled rolled : BlockCodec.decode(kept[0], start, tier.micros())) {
                Bucket bucket = rolled.bucket();
                if (bucket.from() < from || bucket.from() >= to) {
                    block.add(rolled);
                }
            }
            block.sort(Comparator.comparingLong(rolled -> rolled.bucket().from()));
        } catch (DamagedBlock damaged) {
            LOG.warn(
                    "block of {} at {} of point {} is made anew: {}",
                    tier,
                    start,
                    point,
                    damaged.getMessage());
            Sql.run(
                    connection,
                    "DELETE FROM " + table(tier) + " WHERE point=? AND start_us=?",
                    point,
                    start);
            roll(connection, point, start, Math.clamp(marks.rolledTo(), to, start + DAY));
            addOthers(connection, point, tier, start, from, to, block);
        }
    }

    /** For the log and the tests: how many marks wait. */
    public Map<Integer, Long> waiting(Connection connection) throws SQLException {
        Map<Integer, Long> waiting = new HashMap<>();
        Sql.ask(
                connection,
                "SELECT r.point,COUNT(*) FROM reroll r JOIN point p ON p.id=r.point WHERE"
                        + " p.recorder=? GROUP BY r.point",
                row -> waiting.put(row.getInt(1), row.getLong(2)),
                recorder);
        return waiting;
    }
}
