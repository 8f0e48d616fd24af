package vigie.history.archive;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Keeps {@code text_change}: since when a text stood, of points that say more than numbers. A point
 * is one of them from its first reading that is neither a number nor the recorder's word for
 * nothing; from then on each reading that says something else than the one before is a change, and
 * so is the first after an outage, for it says that the text stands again. A number that follows a
 * text is one too, and numbers that follow a number are not.
 *
 * <p>Readings come mostly in order, and then the last one's text tells; what comes late has its
 * surroundings made anew from the readings. One thread.
 */
final class TextChanges {
    /** Where a reading stands among its point's. */
    record Place(long time, long id) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return time != other.time ? Long.compare(time, other.time) : Long.compare(id, other.id);
        }
    }

    /**
     * What a reading says.
     *
     * @param number whether it is a number
     * @param text as recorded
     * @param unit whether it has one, so that it should be a number
     */
    record Said(boolean number, @Nullable String text, boolean unit) {
        boolean sameAs(Said other) {
            return number ? other.number : !other.number && Objects.equals(text, other.text);
        }

        /** Whether it makes its point one that says texts. */
        boolean isText() {
            return !number && text != null && !unit && !isNothing(text);
        }

        private static boolean isNothing(String text) {
            String lower = text.toLowerCase(Locale.ROOT);
            return lower.equals("unavailable") || lower.equals("unknown");
        }
    }

    private record Change(int point, Place at, @Nullable String text) {}

    private static final class Known {
        private @Nullable Place last;
        private @Nullable Said said;
        private boolean texts;
    }

    private static final String COLUMNS =
            "SELECT r.time_us,r.id,r.value,r.text,a.unit FROM reading r"
                    + " LEFT JOIN attributes a ON a.id=r.attributes WHERE r.point=?";

    private final Map<Integer, Known> points = new HashMap<>();
    private final String recorder;
    private final Marks marks;

    /** When outages began, ascending; null: not read yet. */
    private @Nullable List<Long> outages;

    /**
     * @param recorder the schema of Home Assistant's database
     * @param marks shared with the other writer: what it finds a text in, says texts
     */
    TextChanges(String recorder, Marks marks) {
        this.recorder = recorder;
        this.marks = marks;
    }

    /** Nothing is known of what stands in the tables. */
    void forget() {
        points.clear();
        outages = null;
    }

    /** An outage was written. */
    void forgetOutages() {
        outages = null;
    }

    /** Whether an outage that began between two readings cut off what the first said. */
    private boolean isCut(Connection connection, long said, long time) throws SQLException {
        List<Long> known = outages;
        if (known == null) {
            List<Long> read = new ArrayList<>();
            Sql.ask(
                    connection,
                    "SELECT from_us FROM outage WHERE recorder=? ORDER BY from_us",
                    row -> read.add(row.getLong(1)),
                    recorder);
            known = read;
            outages = known;
        }
        int at = Collections.binarySearch(known, said);
        int next = at >= 0 ? at : -at - 1;
        return next < known.size() && known.get(next) <= time;
    }

    /**
     * Takes readings that are about to be written.
     *
     * @return those whose surroundings are to be made anew once they are, by point
     */
    Map<Integer, Place> take(Connection connection, List<ReadingRow> rows) throws SQLException {
        List<Change> changes = new ArrayList<>();
        Map<Integer, Place> late = new HashMap<>();
        for (ReadingRow row : rows) {
            Known known = points.get(row.point());
            if (known == null) {
                known = read(connection, row.point());
                points.put(row.point(), known);
            }
            Said said = row.said();
            if (said.isText()) {
                marks.texts(row.point());
            }
            known.texts |= marks.saysTexts(row.point());
            Place at = new Place(row.time(), row.id());
            if (known.last != null && at.compareTo(known.last) <= 0) {
                if (known.texts) {
                    late.merge(
                            row.point(),
                            at,
                            (one, other) -> one.compareTo(other) < 0 ? one : other);
                }
                continue;
            }
            if (isChange(connection, known, said, at)) {
                known.texts = true;
                changes.add(new Change(row.point(), at, row.spelled()));
            }
            known.last = at;
            known.said = said;
        }
        write(connection, changes);
        return late;
    }

    private boolean isChange(Connection connection, Known known, Said said, Place at)
            throws SQLException {
        Said before = known.said;
        Place last = known.last;
        return known.texts
                ? before == null
                        || !said.sameAs(before)
                        || (last != null && isCut(connection, last.time(), at.time()))
                : said.isText();
    }

    private static Known read(Connection connection, int point) throws SQLException {
        Known known = new Known();
        Sql.ask(
                connection,
                COLUMNS + " ORDER BY r.time_us DESC,r.id DESC LIMIT 1",
                row -> {
                    known.last = new Place(row.getLong(1), row.getLong(2));
                    known.said = said(row);
                },
                point);
        Sql.ask(
                connection,
                "SELECT time_us,id,text FROM text_change WHERE point=?"
                        + " ORDER BY time_us DESC,id DESC LIMIT 1",
                row -> {
                    known.texts = true;
                    Place at = new Place(row.getLong(1), row.getLong(2));
                    if (known.last == null) {
                        known.last = at;
                        known.said = ofChange(row.getString(3));
                    }
                },
                point);
        return known;
    }

    private static Said said(ResultSet row) throws SQLException {
        row.getDouble(3);
        boolean number = !row.wasNull();
        return new Said(number, row.getString(4), row.getString(5) != null);
    }

    private static Said ofChange(@Nullable String text) {
        return new Said(vigie.point.Reading.number(text).isPresent(), text, false);
    }

    /**
     * Makes the changes of a stretch anew: from a place on to the first reading after another whose
     * change does not depend on the stretch.
     */
    void remake(Connection connection, int point, Place from, Place to) throws SQLException {
        points.remove(point);
        boolean texts =
                Sql.number(
                                connection,
                                "SELECT 1 FROM text_change WHERE point=? AND (time_us<? OR time_us=?"
                                        + " AND id<?) LIMIT 1",
                                point,
                                from.time(),
                                from.time(),
                                from.id())
                        .isPresent();
        Place end = end(connection, point, to, texts);
        List<Change> changes = new ArrayList<>();
        Known known = new Known();
        known.texts = texts;
        before(connection, point, from, known);
        Sql.ask(
                connection,
                COLUMNS
                        + " AND r.time_us>=? AND r.time_us<=? AND (r.time_us>? OR r.id>=?)"
                        + " AND (r.time_us<? OR r.id<=?) ORDER BY r.time_us,r.id",
                row -> {
                    Said said = said(row);
                    Place at = new Place(row.getLong(1), row.getLong(2));
                    if (isChange(connection, known, said, at)) {
                        known.texts = true;
                        double value = row.getDouble(3);
                        String text = row.getString(4);
                        changes.add(
                                new Change(
                                        point,
                                        at,
                                        said.number() && text == null
                                                ? Double.toString(value)
                                                : text));
                    }
                    known.said = said;
                    known.last = at;
                },
                point,
                from.time(),
                end.time(),
                from.time(),
                from.id(),
                end.time(),
                end.id());
        Sql.run(
                connection,
                "DELETE FROM text_change WHERE point=? AND time_us>=? AND time_us<=?"
                        + " AND (time_us>? OR id>=?) AND (time_us<? OR id<=?)",
                point,
                from.time(),
                end.time(),
                from.time(),
                from.id(),
                end.time(),
                end.id());
        write(connection, changes);
    }

    /** What was said last before a place, and where. */
    private static void before(Connection connection, int point, Place from, Known known)
            throws SQLException {
        Sql.ask(
                connection,
                COLUMNS
                        + " AND (r.time_us<? OR r.time_us=? AND r.id<?)"
                        + " ORDER BY r.time_us DESC,r.id DESC LIMIT 1",
                row -> {
                    known.said = said(row);
                    known.last = new Place(row.getLong(1), row.getLong(2));
                },
                point,
                from.time(),
                from.time(),
                from.id());
        if (known.said == null) {
            Sql.ask(
                    connection,
                    "SELECT time_us,id,text FROM text_change WHERE point=? AND (time_us<? OR"
                            + " time_us=? AND id<?) ORDER BY time_us DESC,id DESC LIMIT 1",
                    row -> {
                        known.said = ofChange(row.getString(3));
                        known.last = new Place(row.getLong(1), row.getLong(2));
                    },
                    point,
                    from.time(),
                    from.time(),
                    from.id());
        }
    }

    /** The next reading that makes its point one that says texts: see {@link Said#isText}. */
    private static final String NEXT_TEXT =
            "SELECT r.time_us,r.id FROM reading r LEFT JOIN attributes a ON a.id=r.attributes WHERE"
                    + " r.point=? AND (r.time_us>? OR r.time_us=? AND r.id>?) AND r.value IS NULL AND"
                    + " LOWER(r.text) NOT IN ('unavailable','unknown') AND a.unit IS NULL"
                    + " ORDER BY r.time_us,r.id LIMIT 1";

    private static final String NEXT =
            "SELECT time_us,id FROM reading WHERE point=? AND (time_us>? OR time_us=? AND id>?)"
                    + " ORDER BY time_us,id LIMIT 1";

    /**
     * The last reading that may become a change or be none any more. Where texts were known before,
     * the one after the stretch; else the first text after it, for what comes between them is a
     * change only behind a text.
     */
    private static Place end(Connection connection, int point, Place to, boolean texts)
            throws SQLException {
        Place[] end = {texts ? to : new Place(Long.MAX_VALUE, Long.MAX_VALUE)};
        Sql.ask(
                connection,
                texts ? NEXT : NEXT_TEXT,
                row -> end[0] = new Place(row.getLong(1), row.getLong(2)),
                point,
                to.time(),
                to.time(),
                to.id());
        return end[0];
    }

    private static void write(Connection connection, List<Change> changes) throws SQLException {
        Sql.insertAll(
                connection,
                "INSERT INTO text_change(point,time_us,id,text)",
                4,
                "ON DUPLICATE KEY UPDATE text=VALUES(text)",
                changes,
                (statement, first, change) -> {
                    statement.setInt(first, change.point());
                    statement.setLong(first + 1, change.at().time());
                    statement.setLong(first + 2, change.at().id());
                    statement.setString(first + 3, change.text());
                });
    }
}
