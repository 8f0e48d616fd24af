package vigie.history;

import org.jspecify.annotations.Nullable;

import vigie.history.series.Tier;
import vigie.point.Attributes;
import vigie.point.Reading;
import vigie.recorder.PastSql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Single readings of one point, from Home Assistant's {@code states} or from the archive, in order
 * of time and then of their ids.
 */
abstract sealed class RawRows {
    /** Rows of one question: bounds the memory however much a point has to say. */
    private static final int AT_ONCE = 100_000;

    /** How far to look back for the last trustworthy value of a meter. */
    private static final int LOOK_BACK = 500;

    /**
     * One of them.
     *
     * @param time microseconds
     * @param value the number that the text spells, else NaN
     * @param text as recorded; of numbers from the archive it may be null
     */
    record Row(long time, long id, double value, @Nullable String text, Attributes attributes) {
        /** The value where it is trustworthy, else NaN. */
        double trusted() {
            return attributes.known() ? value : Double.NaN;
        }
    }

    /** Takes rows. */
    @FunctionalInterface
    interface Rows {
        void take(Row row) throws SQLException;
    }

    /** A row whose attributes are not read yet. */
    record Bare(long time, long id, double value, @Nullable String text, long attributesId) {}

    final Link link;
    final KnownAttributes attributes;
    private boolean changesOnly;

    private RawRows(Link link, KnownAttributes attributes) {
        this.link = link;
        this.attributes = attributes;
    }

    /**
     * @param tier {@link Tier#STATES} or {@link Tier#READINGS}
     */
    static RawRows of(Link link, KnownAttributes attributes, HistoryPoint point, Tier tier) {
        return tier == Tier.STATES
                ? new States(link, attributes, point.key().orElseThrow().value())
                : new Readings(link, attributes, point.archiveId().orElseThrow());
    }

    /** Leaves out rows in which only attributes changed, where that saves reading them. */
    RawRows changesOnly() {
        changesOnly = true;
        return this;
    }

    /** The last row before a moment; null: none. */
    @Nullable Row before(long time) throws SQLException {
        List<Bare> rows = before(time, 1);
        return rows.isEmpty() ? null : finished(rows).getFirst();
    }

    /** The last row before a moment that has a trustworthy value, if it is not far back. */
    @Nullable Row trustedBefore(long time) throws SQLException {
        for (Row row : finished(before(time, LOOK_BACK))) {
            if (!Double.isNaN(row.trusted())) {
                return row;
            }
        }
        return null;
    }

    /** All rows from a moment to before another. */
    void between(long from, long to, Rows rows) throws SQLException {
        long time = from;
        long id = -1;
        List<Bare> some;
        do {
            link.work().check();
            some = next(from, to, time, id);
            for (Row row : finished(some)) {
                rows.take(row);
            }
            if (!some.isEmpty()) {
                time = some.getLast().time();
                id = some.getLast().id();
            }
        } while (some.size() == AT_ONCE);
    }

    private List<Row> finished(List<Bare> rows) throws SQLException {
        learn(rows.stream().map(Bare::attributesId).distinct().toList());
        List<Row> finished = new ArrayList<>(rows.size());
        for (Bare row : rows) {
            finished.add(
                    new Row(
                            row.time(),
                            row.id(),
                            row.value(),
                            row.text(),
                            attributes(row.attributesId())));
        }
        return finished;
    }

    abstract List<Bare> before(long time, int most) throws SQLException;

    abstract List<Bare> next(long from, long to, long afterTime, long afterId) throws SQLException;

    abstract void learn(List<Long> ids) throws SQLException;

    abstract Attributes attributes(long id);

    private static final class States extends RawRows {
        private final long key;

        States(Link link, KnownAttributes attributes, long key) {
            super(link, attributes);
            this.key = key;
        }

        @Override
        List<Bare> before(long time, int most) throws SQLException {
            List<Bare> rows = new ArrayList<>();
            link.ask(
                    PastSql.before(link.schema(), most),
                    statement -> {
                        statement.setLong(1, key);
                        statement.setDouble(2, Times.seconds(time));
                    },
                    row -> rows.add(bare(row)));
            return rows;
        }

        @Override
        List<Bare> next(long from, long to, long afterTime, long afterId) throws SQLException {
            List<Bare> rows = new ArrayList<>();
            link.ask(
                    PastSql.rows(link.schema(), super.changesOnly, AT_ONCE),
                    statement -> {
                        statement.setLong(1, key);
                        statement.setDouble(2, Times.seconds(afterTime));
                        statement.setDouble(3, Times.seconds(to));
                        statement.setDouble(4, Times.seconds(afterTime));
                        statement.setLong(5, afterId);
                    },
                    row -> rows.add(bare(row)));
            return rows;
        }

        private static Bare bare(java.sql.ResultSet row) throws SQLException {
            String text = row.getString(3);
            long attributesId = row.getLong(4);
            return new Bare(
                    Times.micros(row.getDouble(1)),
                    row.getLong(2),
                    Reading.number(text).orElse(Double.NaN),
                    text,
                    row.wasNull() ? -1 : attributesId);
        }

        @Override
        void learn(List<Long> ids) throws SQLException {
            attributes.learnOfStates(link, ids);
        }

        @Override
        Attributes attributes(long id) {
            return attributes.ofStates(id);
        }
    }

    private static final class Readings extends RawRows {
        private static final long NEAR = 3_600_000_000L;
        private static final String COLUMNS = "SELECT time_us, id, value, text, attributes FROM ";

        private final int point;

        Readings(Link link, KnownAttributes attributes, int point) {
            super(link, attributes);
            this.point = point;
        }

        @Override
        List<Bare> before(long time, int most) throws SQLException {
            // A bound below spares looking into the partition of every day there is.
            List<Bare> near = before(time - NEAR, time, most);
            return near.size() == most ? near : before(Long.MIN_VALUE, time, most);
        }

        private List<Bare> before(long from, long time, int most) throws SQLException {
            List<Bare> rows = new ArrayList<>();
            link.askOwn(
                    COLUMNS
                            + link.own("reading")
                            + " WHERE point = ? AND time_us >= ? AND time_us < ?"
                            + " ORDER BY time_us DESC, id DESC LIMIT "
                            + most,
                    statement -> {
                        statement.setInt(1, point);
                        statement.setLong(2, from);
                        statement.setLong(3, time);
                    },
                    row -> rows.add(bare(row)));
            return rows;
        }

        @Override
        List<Bare> next(long from, long to, long afterTime, long afterId) throws SQLException {
            List<Bare> rows = new ArrayList<>();
            link.askOwn(
                    COLUMNS
                            + link.own("reading")
                            + " WHERE point = ? AND time_us >= ? AND time_us < ?"
                            + " AND (time_us > ? OR id > ?) ORDER BY time_us, id LIMIT "
                            + AT_ONCE,
                    statement -> {
                        statement.setInt(1, point);
                        statement.setLong(2, afterTime);
                        statement.setLong(3, to);
                        statement.setLong(4, afterTime);
                        statement.setLong(5, afterId);
                    },
                    row -> rows.add(bare(row)));
            return rows;
        }

        private static Bare bare(java.sql.ResultSet row) throws SQLException {
            double value = row.getDouble(3);
            boolean number = !row.wasNull();
            String text = row.getString(4);
            long attributesId = row.getLong(5);
            return new Bare(
                    row.getLong(1),
                    row.getLong(2),
                    number ? value : Double.NaN,
                    text == null && number ? Double.toString(value) : text,
                    row.wasNull() ? -1 : attributesId);
        }

        @Override
        void learn(List<Long> ids) throws SQLException {
            attributes.learnOfReadings(link, ids);
        }

        @Override
        Attributes attributes(long id) {
            return attributes.ofReadings(id);
        }
    }
}
