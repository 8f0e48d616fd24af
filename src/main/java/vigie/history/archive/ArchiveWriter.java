package vigie.history.archive;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.room.Fact;
import vigie.room.Group;
import vigie.room.RecorderState;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes what the recorder says into the archive's tables. Each method works on the connection of
 * an open transaction under the duty, commits nothing, and may be called again with the same
 * readings after a rollback. One thread.
 */
public final class ArchiveWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveWriter.class);

    /** Nobody recorded before; a clock stood wrong. */
    private static final long EARLIEST = Micros.of(Instant.parse("2013-01-01T00:00:00Z"));

    private static final Pattern GTID = Pattern.compile("(\\d{1,10})-(\\d{1,10})-(\\d{1,18})");

    private static final String INSERT =
            "INSERT INTO reading(point,time_us,id,changed_us,value,text,attributes,committed_s,stream,seq)";
    private static final int COLUMNS = 10;

    private static final long DAY = 86_400_000_000L;

    /** What came through the log outweighs what was copied from the table. */
    private static final String STREAMED =
            "ON DUPLICATE KEY UPDATE changed_us=VALUES(changed_us),value=VALUES(value),"
                    + "text=VALUES(text),attributes=VALUES(attributes),"
                    + "committed_s=VALUES(committed_s),stream=VALUES(stream),seq=VALUES(seq)";

    private static final String COPIED = "ON DUPLICATE KEY UPDATE id=VALUES(id)";

    private final String recorder;
    private final Marks marks;
    private final Dictionary dictionary;
    private final TextChanges texts;
    private final Facts facts;

    /**
     * @param recorder the schema of Home Assistant's database
     * @param marks shared with the roller
     */
    public ArchiveWriter(String recorder, Marks marks) {
        this.recorder = recorder;
        this.marks = marks;
        dictionary = new Dictionary(recorder, marks);
        texts = new TextChanges(recorder, marks);
        facts = new Facts(recorder);
    }

    /** What a group from the log says. */
    public void apply(Connection connection, Group group) throws SQLException {
        dictionary.begin();
        OptionalLong committed =
                group.committed().isPresent()
                        ? OptionalLong.of(group.committed().get().getEpochSecond())
                        : OptionalLong.empty();
        Facts.Transaction of = transaction(connection, group, second(committed));
        List<ReadingRow> rows = new ArrayList<>();
        List<Amendment> amended = new ArrayList<>();
        int n = 0;
        for (Fact fact : group.facts()) {
            switch (fact) {
                case Fact.Observed(Reading reading) ->
                        row(connection, reading, committed).ifPresent(rows::add);
                case Fact.Amended(Reading reading, Optional<Fact.Place> former) -> {
                    int place = n;
                    row(connection, reading, committed)
                            .ifPresent(row ->
                                    amended.add(new Amendment(place, reading.key(), row, former)));
                }
                case Fact.Named(PointKey key, PointId name) -> {
                    dictionary.named(connection, key, name.name(), second(committed));
                    facts.named(connection, of, n, key, name);
                }
                // The point stays; under its name it may come back with another key.
                case Fact.Forgotten(PointKey key) -> facts.forgotten(connection, of, n, key);
                case Fact.RecorderSaid(RecorderState state) -> {
                    said(connection, state);
                    facts.said(connection, of, n, state);
                }
            }
            n++;
        }
        insert(connection, rows, STREAMED);
        facts.late(connection, rows);
        for (Amendment one : amended) {
            amend(connection, one, of);
        }
    }

    /** A row with its new values, and where it stood before. */
    private record Amendment(int n, PointKey key, ReadingRow row, Optional<Fact.Place> former) {}

    /** Of more than one domain the position of a group does not tell its own number. */
    private Facts.Transaction transaction(Connection connection, Group group, long second)
            throws SQLException {
        String position = group.position();
        for (Fact fact : group.facts()) {
            switch (fact) {
                case Fact.Observed(Reading reading) ->
                        position = reading.position().orElse(position);
                case Fact.Amended(Reading reading, _) ->
                        position = reading.position().orElse(position);
                case Fact.Named _, Fact.Forgotten _, Fact.RecorderSaid _ -> {
                    // They bear none.
                }
            }
        }
        Matcher gtid = GTID.matcher(position);
        return gtid.matches()
                ? new Facts.Transaction(
                        second,
                        dictionary.stream(
                                connection,
                                Long.parseLong(gtid.group(1)),
                                Long.parseLong(gtid.group(2))),
                        Long.parseLong(gtid.group(3)))
                : new Facts.Transaction(second, 0, 0);
    }

    /**
     * The names that the recorder's table holds and what it says of itself, where the stream did
     * not tell them: from here on it is known what was known at each moment.
     *
     * @param second the database's clock when the tables were read, not later
     */
    public void snapshot(Connection connection, Group snapshot, long second) throws SQLException {
        facts.snapshot(connection, new Facts.Transaction(second, 0, 0), snapshot);
    }

    /** Whether {@link #snapshot} was called before, be it by another process. */
    public boolean hasSnapshot(Connection connection) throws SQLException {
        return facts.isBegun(connection);
    }

    private static long second(OptionalLong committed) {
        return committed.orElseGet(() -> System.currentTimeMillis() / 1_000);
    }

    /** Rows that were copied from the table; those that are there already stay as they are. */
    public void copied(Connection connection, List<Reading> readings) throws SQLException {
        dictionary.begin();
        List<ReadingRow> rows = new ArrayList<>(readings.size());
        for (Reading reading : readings) {
            row(connection, reading, OptionalLong.empty()).ifPresent(rows::add);
        }
        insert(connection, rows, COPIED);
    }

    /** Empty where it is too old to be kept, or cannot be told from others. */
    private Optional<ReadingRow> row(
            Connection connection, Reading reading, OptionalLong committedGroup)
            throws SQLException {
        long time = Micros.of(reading.time());
        if (reading.id().isEmpty() || time < EARLIEST || time < marks.expiredTo()) {
            marks.leftOut();
            LOG.debug("left out: row {} of {}", reading.id(), reading.time());
            return Optional.empty();
        }
        long changed = Micros.of(reading.changed());
        Attributes attributes = reading.attributes();
        OptionalDouble value = reading.value();
        Integer stream = null;
        Long seq = null;
        Matcher gtid = GTID.matcher(reading.position().orElse(""));
        if (gtid.matches()) {
            stream =
                    dictionary.stream(
                            connection,
                            Long.parseLong(gtid.group(1)),
                            Long.parseLong(gtid.group(2)));
            seq = Long.valueOf(gtid.group(3));
        }
        OptionalLong committed =
                reading.committed().isPresent()
                        ? OptionalLong.of(reading.committed().get().getEpochSecond())
                        : committedGroup;
        return Optional.of(
                new ReadingRow(
                        dictionary.point(connection, reading.key(), reading.point()),
                        time,
                        reading.id().getAsLong(),
                        changed == time ? null : changed,
                        value.isPresent() ? value.getAsDouble() : null,
                        reading.text(),
                        attributes.unit().isPresent(),
                        dictionary.attributes(connection, attributes),
                        committed.isPresent() ? committed.getAsLong() : null,
                        stream,
                        seq));
    }

    private void insert(Connection connection, List<ReadingRow> rows, String where)
            throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        Map<Integer, TextChanges.Place> late = texts.take(connection, rows);
        Sql.insertAll(
                connection,
                INSERT,
                COLUMNS,
                where,
                rows,
                (statement, first, row) -> row.bind(statement, first));
        for (Map.Entry<Integer, TextChanges.Place> point : late.entrySet()) {
            TextChanges.Place last = point.getValue();
            for (ReadingRow row : rows) {
                TextChanges.Place at = new TextChanges.Place(row.time(), row.id());
                if (row.point() == point.getKey() && at.compareTo(last) > 0) {
                    last = at;
                }
            }
            texts.remake(connection, point.getKey(), point.getValue(), last);
        }
        List<ReadingRow> behind = new ArrayList<>();
        for (ReadingRow row : rows) {
            if (row.time() < marks.rolledTo()) {
                behind.add(row);
            }
        }
        reroll(connection, behind);
    }

    private static void reroll(Connection connection, List<ReadingRow> rows) throws SQLException {
        Sql.insertAll(
                connection,
                "INSERT INTO reroll(point,time_us)",
                2,
                "ON DUPLICATE KEY UPDATE point=VALUES(point)",
                rows,
                (statement, first, row) -> {
                    statement.setInt(first, row.point());
                    statement.setLong(first + 1, row.time());
                });
    }

    private void reroll(Connection connection, int point, long time) throws SQLException {
        if (time < marks.rolledTo()) {
            Sql.run(
                    connection,
                    "INSERT INTO reroll(point,time_us) VALUES(?,?)"
                            + " ON DUPLICATE KEY UPDATE point=VALUES(point)",
                    point,
                    time);
        }
    }

    // ---- what was changed or never was

    private record Kept(
            int point,
            long time,
            @Nullable Double value,
            @Nullable String text,
            long attributes,
            boolean copied) {}

    private void amend(Connection connection, Amendment amendment, Facts.Transaction of)
            throws SQLException {
        ReadingRow row = amendment.row();
        long until = of.second();
        Optional<Kept> kept = kept(connection, row, amendment.former());
        if (kept.isPresent()) {
            Kept before = kept.get();
            boolean moved = before.point() != row.point() || before.time() != row.time();
            if (before.point() == row.point() && !(moved && before.copied())) {
                facts.was(connection, amendment.key(), row.point(), before.time(), row.id());
            } else {
                facts.given(
                        connection,
                        before.point() == row.point()
                                ? amendment.key()
                                : dictionary.lastKey(connection, before.point()),
                        before.point(),
                        before.time(),
                        row.id());
            }
            facts.amended(connection, of, amendment.n(), amendment.key(), row);
            long attributes = row.attributes() == null ? -1 : row.attributes();
            if (!moved
                    && Objects.equals(before.value(), row.value())
                    && Objects.equals(before.text(), row.text())
                    && before.attributes() == attributes) {
                return;
            }
            Sql.run(
                    connection,
                    "INSERT INTO amended(point,time_us,id,until_s,value,text,attributes) SELECT"
                            + " point,time_us,id,?,value,text,attributes FROM reading WHERE point=?"
                            + " AND time_us=? AND id=? ON DUPLICATE KEY UPDATE"
                            + " until_s=VALUES(until_s)",
                    until,
                    before.point(),
                    before.time(),
                    row.id());
            if (moved) {
                Sql.run(
                        connection,
                        "UPDATE reading SET point=?,time_us=? WHERE point=? AND time_us=? AND id=?",
                        row.point(),
                        row.time(),
                        before.point(),
                        before.time(),
                        row.id());
            }
            Sql.run(
                    connection,
                    "UPDATE reading SET changed_us=?,value=?,text=?,attributes=? WHERE point=? AND"
                            + " time_us=? AND id=?",
                    row.changed(),
                    row.value(),
                    row.text(),
                    row.attributes(),
                    row.point(),
                    row.time(),
                    row.id());
            if (moved) {
                facts.moved(
                        connection,
                        before.point(),
                        before.time(),
                        row.point(),
                        row.time(),
                        row.id());
            }
            if (before.point() != row.point()) {
                reroll(connection, before.point(), before.time());
                remakeTexts(connection, before.point(), before.time(), before.time(), false);
            }
        } else {
            // It was recorded before the archive began and is not copied yet.
            Sql.insertAll(
                    connection,
                    INSERT,
                    COLUMNS,
                    COPIED,
                    List.of(withoutCommit(row)),
                    (statement, first, one) -> one.bind(statement, first));
        }
        long earliest = Math.min(row.time(), kept.map(Kept::time).orElse(row.time()));
        long latest = Math.max(row.time(), kept.map(Kept::time).orElse(row.time()));
        reroll(connection, row.point(), earliest);
        reroll(connection, row.point(), latest);
        remakeTexts(connection, row.point(), earliest, latest, row.said().isText());
    }

    private static ReadingRow withoutCommit(ReadingRow row) {
        return new ReadingRow(
                row.point(),
                row.time(),
                row.id(),
                row.changed(),
                row.value(),
                row.spelled(),
                row.unit(),
                row.attributes(),
                null,
                null,
                null);
    }

    /**
     * The row as it is archived: its point, its time or both may be what was amended. Where the log
     * does not tell where it stood, it is looked for where it is likely to.
     */
    private Optional<Kept> kept(Connection connection, ReadingRow row, Optional<Fact.Place> former)
            throws SQLException {
        String columns = "SELECT r.point,r.time_us,r.value,r.text,r.attributes,r.committed_s FROM ";
        if (former.isPresent()) {
            Optional<Kept> there =
                    kept(
                            connection,
                            columns
                                    + "point_key k JOIN reading r ON r.point=k.point AND"
                                    + " r.time_us=? AND r.id=? WHERE k.recorder=? AND"
                                    + " k.metadata_id=?",
                            Micros.of(former.get().time()),
                            row.id(),
                            recorder,
                            former.get().key().value());
            if (there.isPresent()) {
                return there;
            }
        }
        Optional<Kept> same =
                kept(
                        connection,
                        columns + "reading r WHERE r.point=? AND r.time_us=? AND r.id=?",
                        row.point(),
                        row.time(),
                        row.id());
        if (same.isPresent()) {
            return same;
        }
        Optional<Kept> others =
                kept(
                        connection,
                        columns
                                + "point p JOIN reading r ON r.point=p.id AND r.time_us=? AND r.id=?"
                                + " WHERE p.recorder=?",
                        row.time(),
                        row.id(),
                        recorder);
        if (others.isPresent()) {
            return others;
        }
        Optional<Kept> near =
                kept(
                        connection,
                        columns
                                + "reading r WHERE r.point=? AND r.time_us>=? AND r.time_us<=? AND"
                                + " r.id=?",
                        row.point(),
                        row.time() - DAY,
                        row.time() + DAY,
                        row.id());
        if (near.isPresent() || former.isPresent()) {
            return near;
        }
        return kept(
                connection,
                columns
                        + "point p JOIN reading r ON r.point=p.id AND r.time_us>=? AND r.time_us<=?"
                        + " AND r.id=? WHERE p.recorder=?",
                row.time() - DAY,
                row.time() + DAY,
                row.id(),
                recorder);
    }

    private static Optional<Kept> kept(Connection connection, String question, Object... values)
            throws SQLException {
        Kept[] found = {null};
        Sql.ask(
                connection,
                question,
                kept -> {
                    double value = kept.getDouble(3);
                    boolean number = !kept.wasNull();
                    long attributes = kept.getLong(5);
                    found[0] =
                            new Kept(
                                    kept.getInt(1),
                                    kept.getLong(2),
                                    number ? value : null,
                                    kept.getString(4),
                                    kept.wasNull() ? -1 : attributes,
                                    kept.getString(6) == null);
                },
                values);
        return Optional.ofNullable(found[0]);
    }

    private void remakeTexts(Connection connection, int point, long from, long to, boolean isText)
            throws SQLException {
        boolean texts =
                isText
                        || marks.saysTexts(point)
                        || Sql.number(
                                        connection,
                                        "SELECT 1 FROM text_change WHERE point=? LIMIT 1",
                                        point)
                                .isPresent();
        if (texts) {
            this.texts.remake(
                    connection,
                    point,
                    new TextChanges.Place(from, Long.MIN_VALUE),
                    new TextChanges.Place(to, Long.MAX_VALUE));
        }
    }

    /**
     * Rows that never happened.
     *
     * @param now the database's clock; such rows are young, and found the sooner the younger
     */
    public void undone(Connection connection, List<Long> ids, Instant now) throws SQLException {
        dictionary.begin();
        texts.forget();
        if (ids.isEmpty()) {
            return;
        }
        record Found(int point, long time, long id, long committed) {}
        String wanted = ids.toString().replace("[", "(").replace("]", ")");
        List<Found> found = new ArrayList<>();
        for (long hours : new long[] {1, 24, 24 * 10, 24 * 365 * 100L}) {
            found.clear();
            Sql.ask(
                    connection,
                    "SELECT r.point,r.time_us,r.id,COALESCE(r.committed_s,0) FROM point p JOIN"
                            + " reading r ON r.point=p.id AND"
                            + " r.time_us>=? WHERE p.recorder=? AND r.id IN "
                            + wanted,
                    row ->
                            found.add(
                                    new Found(
                                            row.getInt(1),
                                            row.getLong(2),
                                            row.getLong(3),
                                            row.getLong(4))),
                    Micros.of(now) - hours * 3_600_000_000L,
                    recorder);
            if (found.size() >= ids.size()) {
                break;
            }
        }
        for (Found row : found) {
            Sql.run(
                    connection,
                    "DELETE FROM reading WHERE point=? AND time_us=? AND id=?",
                    row.point(),
                    row.time(),
                    row.id());
            facts.undone(connection, row.point(), row.time(), row.id(), row.committed());
            reroll(connection, row.point(), row.time());
            remakeTexts(connection, row.point(), row.time(), row.time(), false);
        }
        LOG.info("{} of {} undone rows taken out of the archive", found.size(), ids.size());
    }

    /**
     * The names that the recorder's table holds, where the log did not tell of all renames.
     *
     * @param names by key
     * @param since when that was asked, seconds of the database's clock
     * @param anew whether the recorder's tables were made anew: a key that is not there under the
     *     same name is then given to another entity, now or later, and no rename
     */
    public void names(Connection connection, Map<Long, String> names, long since, boolean anew)
            throws SQLException {
        Map<Long, String> known = new HashMap<>();
        Sql.ask(
                connection,
                "SELECT k.metadata_id,p.name FROM point_key k JOIN point p ON p.id=k.point WHERE"
                        + " k.recorder=?",
                row -> known.put(row.getLong(1), String.valueOf(row.getString(2))),
                recorder);
        for (Map.Entry<Long, String> entry : known.entrySet()) {
            String name = names.get(entry.getKey());
            if (anew && !entry.getValue().equals(name)) {
                dictionary.forget(connection, entry.getKey());
            } else if (name != null && !name.equals(entry.getValue())) {
                dictionary.named(connection, new PointKey(entry.getKey()), name, since);
            }
        }
    }

    // ---- outages

    private void said(Connection connection, RecorderState state) throws SQLException {
        if (state.since().isEmpty()) {
            return;
        }
        long since = Micros.of(state.since().get());
        switch (state.phase()) {
            case STOPPED -> outage(connection, since, OptionalLong.empty());
            case RUNNING ->
                    Sql.run(
                            connection,
                            "UPDATE outage SET to_us=? WHERE recorder=? AND to_us IS NULL AND"
                                    + " from_us<=?",
                            since,
                            recorder,
                            since);
            case UNKNOWN, MIGRATING -> {
                // Says nothing of what was recorded.
            }
        }
    }

    /**
     * A time in which nothing was recorded. One that ends when a known one ends, or begins when it
     * begins, is that one.
     *
     * @param to empty: not over
     */
    public void outage(Connection connection, long from, OptionalLong to) throws SQLException {
        if (to.isPresent()) {
            if (to.getAsLong() <= from) {
                return;
            }
            Sql.run(
                    connection,
                    "UPDATE outage SET to_us=? WHERE recorder=? AND to_us IS NULL AND from_us<=?",
                    to.getAsLong(),
                    recorder,
                    to.getAsLong());
        }
        boolean known =
                Sql.number(
                                connection,
                                "SELECT 1 FROM outage WHERE recorder=? AND (from_us=? OR "
                                        + (to.isPresent() ? "to_us=?" : "to_us IS NULL OR ?=-1")
                                        + ") LIMIT 1",
                                recorder,
                                from,
                                to.orElse(0))
                        .isPresent();
        if (known) {
            return;
        }
        Sql.run(
                connection,
                "INSERT INTO outage(recorder,from_us,to_us) VALUES(?,?,?)",
                recorder,
                from,
                to.isPresent() ? to.getAsLong() : null);
        texts.forgetOutages();
        if (from < marks.rolledTo()) {
            Sql.run(
                    connection,
                    "INSERT INTO reroll(point,time_us) SELECT id,? FROM point WHERE recorder=? AND"
                            + " rolled>0 ON DUPLICATE KEY UPDATE point=VALUES(point)",
                    from,
                    recorder);
        }
    }

    /** When the newest archived reading before a moment was; empty where there is none. */
    public OptionalLong newestBefore(Connection connection, long time) throws SQLException {
        return Sql.number(
                connection,
                "SELECT MAX(newest) FROM (SELECT (SELECT r.time_us FROM reading r WHERE r.point=p.id"
                        + " AND r.time_us<? ORDER BY r.time_us DESC LIMIT 1) AS newest FROM point p"
                        + " WHERE p.recorder=?) each_point",
                time,
                recorder);
    }
}
