package vigie.history;

import org.jspecify.annotations.Nullable;

import vigie.history.archive.Facts;
import vigie.point.Attributes;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.point.Reading;
import vigie.point.Source;
import vigie.recorder.StateSql;
import vigie.recorder.StreamSql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The rows of one short stretch of {@link RowStream}, asked by one connection: those of Home
 * Assistant's table, those that were purged, and of those that were repaired what they said first.
 */
final class RowWindow {
    private static final long SECOND = 1_000_000;

    /** A stretch with more is halved. */
    private static final int MOST = 60_000;

    private static final int AT_ONCE = 200;

    private static final String ORIGINALS = Facts.WAS + "," + Facts.GIVEN;

    /**
     * A row that waits.
     *
     * @param stream which log; -1 where the place in it is not known
     */
    record Waiting(long time, long id, int stream, long sequence, Reading reading) {}

    /** A row's identity: ids alone are given anew when the tables are made anew. */
    private record RowId(long time, long id) {}

    /** When the first and the last row are from; microseconds. */
    record Reach(long first, long last) {}

    private final Link link;
    private final Predicate<PointId> wanted;
    private final KnownAttributes attributes;
    private final Map<PointKey, PointId> names = new HashMap<>();
    private final Map<Integer, PointKey> keys = new HashMap<>();
    private final Map<PointKey, Integer> archived = new HashMap<>();

    /** The archive's points by the second since when they had a name. */
    private final Map<Integer, TreeMap<Long, String>> named = new HashMap<>();

    private final List<PointKey> wantedKeys = new ArrayList<>();
    private final List<Integer> wantedPoints = new ArrayList<>();
    private boolean everything = true;

    /**
     * @param wanted which points, by the name that they had at the time
     * @param attributes those that were asked for already
     */
    RowWindow(Link link, Predicate<PointId> wanted, KnownAttributes attributes)
            throws SQLException {
        this.link = link;
        this.wanted = wanted;
        this.attributes = attributes;
        readNames();
        choose();
    }

    private void readNames() throws SQLException {
        link.ask(
                StateSql.names(),
                statement -> {},
                row -> {
                    PointKey key = new PointKey(row.getLong(1));
                    names.put(key, StateSql.name(key, row.getString(2)));
                });
        if (link.archive().isEmpty()) {
            return;
        }
        link.askOwn(
                "SELECT p.id, p.name, k.metadata_id FROM "
                        + link.own("point")
                        + " p LEFT JOIN "
                        + link.own("point_key")
                        + " k ON k.point = p.id AND k.recorder = p.recorder"
                        + " WHERE p.recorder = ? ORDER BY k.metadata_id",
                statement -> statement.setString(1, link.schema().name()),
                row -> {
                    int id = row.getInt(1);
                    named.computeIfAbsent(id, _ -> new TreeMap<>())
                            .put(Long.MIN_VALUE, row.getString(2));
                    long key = row.getLong(3);
                    if (!row.wasNull()) {
                        keys.put(id, new PointKey(key));
                        archived.put(new PointKey(key), id);
                    }
                });
        link.askOwn(
                "SELECT n.point, n.since_s, n.name FROM "
                        + link.own("point_name")
                        + " n JOIN "
                        + link.own("point")
                        + " p ON p.id = n.point WHERE p.recorder = ?",
                statement -> statement.setString(1, link.schema().name()),
                row -> {
                    TreeMap<Long, String> its = named.get(row.getInt(1));
                    if (its != null) {
                        its.put(row.getLong(2), row.getString(3));
                    }
                });
    }

    /** Few points are asked for by their keys, under any name that they ever had. */
    private void choose() {
        Set<Integer> points = new HashSet<>();
        named.forEach((id, its) -> {
            PointKey key = keys.getOrDefault(id, unknownKey(id));
            if (its.values().stream().anyMatch(name -> wanted.test(StateSql.name(key, name)))) {
                points.add(id);
            }
        });
        names.forEach((key, name) -> {
            Integer id = archived.get(key);
            if (wanted.test(name) || (id != null && points.contains(id))) {
                wantedKeys.add(key);
                if (id != null) {
                    points.add(id);
                }
            }
        });
        wantedPoints.addAll(points);
        everything = wantedKeys.size() == names.size() && points.size() == named.size();
    }

    private Collection<PointKey> inKeys() {
        return everything ? List.of() : wantedKeys;
    }

    private static PointKey unknownKey(int id) {
        return new PointKey(-1L - id);
    }

    /** From when to when there is something, from a moment on. */
    Reach reach(long from) throws SQLException {
        long[] reach = {Long.MAX_VALUE - 1, Long.MIN_VALUE};
        if (everything || !wantedKeys.isEmpty()) {
            link.ask(
                    StreamSql.reach(inKeys()),
                    statement -> statement.setDouble(1, Times.seconds(from)),
                    row -> {
                        double first = row.getDouble(1);
                        if (!row.wasNull()) {
                            reach[0] = Times.micros(first) - 1;
                            reach[1] = Times.micros(row.getDouble(2)) + 1;
                        }
                    });
        }
        for (List<Integer> some : parts(wantedPoints)) {
            link.askOwn(
                    some.stream()
                            .map(id -> reachOf(id, from))
                            .collect(Collectors.joining(" UNION ALL ")),
                    statement -> {},
                    row -> {
                        long first = row.getLong(1);
                        if (!row.wasNull()) {
                            reach[0] = Math.min(reach[0], first);
                            reach[1] = Math.max(reach[1], row.getLong(2));
                        }
                    });
        }
        askFacts(
                "SELECT MIN(time_us), MAX(time_us) FROM "
                        + link.own("fact")
                        + " WHERE recorder = ? AND kind IN ("
                        + ORIGINALS
                        + ") AND time_us >= ?",
                statement -> statement.setLong(2, from),
                row -> {
                    long first = row.getLong(1);
                    if (!row.wasNull()) {
                        reach[0] = Math.min(reach[0], first);
                        reach[1] = Math.max(reach[1], row.getLong(2));
                    }
                });
        return new Reach(reach[0], reach[1]);
    }

    /** Asks the archive what was repaired; its first value is the recorder. */
    private void askFacts(String question, Link.Binding binding, Link.Row each)
            throws SQLException {
        if (link.archive().isEmpty()) {
            return;
        }
        try {
            link.askOwn(
                    question,
                    statement -> {
                        statement.setString(1, link.schema().name());
                        binding.bind(statement);
                    },
                    each);
        } catch (SQLException refused) {
            // An archive of before there was this table.
            if (!Link.isMissing(refused)) {
                throw refused;
            }
        }
    }

    private String reachOf(int id, long from) {
        return "SELECT MIN(time_us), MAX(time_us) FROM "
                + link.own("reading")
                + " WHERE point = "
                + id
                + " AND time_us >= "
                + from;
    }

    private static List<List<Integer>> parts(List<Integer> all) {
        List<List<Integer>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            parts.add(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
        }
        return parts;
    }

    /**
     * All rows of a stretch; empty where they are too many at once.
     *
     * @param lowest the lowest id wanted
     */
    Optional<List<Waiting>> read(long from, long to, long lowest) throws SQLException {
        int most = to - from > 1 ? MOST : Integer.MAX_VALUE - 1;
        // First the table that loses rows: what a purge takes from it is in the archive.
        List<StateRow> states = states(from, to, lowest, most);
        if (states.size() > most) {
            return Optional.empty();
        }
        Map<RowId, Waiting> found = new HashMap<>();
        Map<RowId, Integer> points = new HashMap<>();
        if (!archived(from, to, lowest, most, found, points)) {
            return Optional.empty();
        }
        attributes.learnOfStates(
                link, states.stream().map(StateRow::attributesId).distinct().toList());
        for (StateRow row : states) {
            RowId id = new RowId(row.time(), row.id());
            if (!found.containsKey(id)) {
                found.put(id, waiting(row));
            }
        }
        amended(from, to, found, points);
        originals(from, to, lowest, found);
        List<Waiting> rows = new ArrayList<>(found.size());
        for (Waiting row : found.values()) {
            if (everything || wanted.test(row.reading().point())) {
                rows.add(row);
            }
        }
        return Optional.of(rows);
    }

    // Home Assistant's table.

    private record StateRow(
            long id,
            PointKey key,
            @Nullable String text,
            long time,
            long changed,
            long attributesId) {}

    private List<StateRow> states(long from, long to, long lowest, int most) throws SQLException {
        List<StateRow> rows = new ArrayList<>();
        if (!everything && wantedKeys.isEmpty()) {
            return rows;
        }
        link.ask(
                StreamSql.rows(link.schema(), inKeys(), lowest, most + 1),
                statement -> {
                    // A microsecond more on both sides: what is rounded decides.
                    statement.setDouble(1, Times.seconds(from - 1));
                    statement.setDouble(2, Times.seconds(to));
                },
                row -> {
                    long time = Times.micros(row.getDouble(4));
                    if (time >= from && time < to) {
                        double seconds = row.getDouble(5);
                        long changed = row.wasNull() ? time : Times.micros(seconds);
                        long attributesId = row.getLong(6);
                        rows.add(
                                new StateRow(
                                        row.getLong(1),
                                        new PointKey(row.getLong(2)),
                                        row.getString(3),
                                        time,
                                        changed,
                                        row.wasNull() ? -1 : attributesId));
                    }
                });
        return rows;
    }

    private Waiting waiting(StateRow row) {
        Integer point = archived.get(row.key());
        PointId name =
                point == null
                        ? names.getOrDefault(row.key(), StateSql.name(row.key(), null))
                        : name(point, row.key(), Math.floorDiv(row.time(), SECOND));
        return new Waiting(
                row.time(),
                row.id(),
                -1,
                -1,
                Reading.ofRow(
                        OptionalLong.of(row.id()),
                        row.key(),
                        name,
                        row.text(),
                        attributes.ofStates(row.attributesId()),
                        Times.instant(row.time()),
                        Times.instant(row.changed()),
                        Optional.empty(),
                        Optional.empty(),
                        Source.HISTORY));
    }

    private PointId name(int point, PointKey key, long second) {
        NavigableMap<Long, String> its = named.getOrDefault(point, new TreeMap<>());
        Map.Entry<Long, String> then = its.floorEntry(second);
        return StateSql.name(key, then == null ? null : then.getValue());
    }

    // The archive.

    private record ArchivedRow(
            int point,
            long time,
            long id,
            long changed,
            @Nullable String text,
            long attributesId,
            long committed,
            int stream,
            long sequence) {}

    /** False where they are too many. */
    private boolean archived(
            long from,
            long to,
            long lowest,
            int most,
            Map<RowId, Waiting> found,
            Map<RowId, Integer> points)
            throws SQLException {
        if (link.archive().isEmpty()) {
            return true;
        }
        List<ArchivedRow> rows = new ArrayList<>();
        for (List<Integer> some : parts(wantedPoints)) {
            link.askOwn(
                    "SELECT point, time_us, id, changed_us, value, text, attributes,"
                            + " committed_s, stream, seq FROM "
                            + link.own("reading")
                            + " WHERE point IN ("
                            + list(some)
                            + ") AND time_us >= "
                            + from
                            + " AND time_us < "
                            + to
                            + " AND id >= "
                            + lowest
                            + " LIMIT "
                            + (most + 1),
                    statement -> {},
                    row -> rows.add(archivedRow(row)));
            if (rows.size() > most) {
                return false;
            }
        }
        if (rows.isEmpty()) {
            return true;
        }
        attributes.learnOfReadings(
                link, rows.stream().map(ArchivedRow::attributesId).distinct().toList());
        Map<Integer, String> streams = streams();
        for (ArchivedRow row : rows) {
            RowId id = new RowId(row.time(), row.id());
            found.put(id, waiting(row, streams));
            points.put(id, row.point());
        }
        return true;
    }

    private static ArchivedRow archivedRow(ResultSet row) throws SQLException {
        long time = row.getLong(2);
        long changed = row.getLong(4);
        long changedAt = row.wasNull() ? time : changed;
        String text = text(row, 5);
        long attributesId = row.getLong(7);
        long knownId = row.wasNull() ? -1 : attributesId;
        long committed = row.getLong(8);
        long second = row.wasNull() ? Long.MIN_VALUE : committed;
        int stream = row.getInt(9);
        int log = row.wasNull() ? -1 : stream;
        return new ArchivedRow(
                row.getInt(1),
                time,
                row.getLong(3),
                changedAt,
                text,
                knownId,
                second,
                log,
                row.getLong(10));
    }

    /** Of a value and the text after it. */
    private static @Nullable String text(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        boolean number = !row.wasNull();
        String text = row.getString(column + 1);
        return text == null && number ? Double.toString(value) : text;
    }

    private Waiting waiting(ArchivedRow row, Map<Integer, String> streams) {
        PointKey key = keys.getOrDefault(row.point(), unknownKey(row.point()));
        boolean known = row.committed() != Long.MIN_VALUE;
        String stream = streams.get(row.stream());
        return new Waiting(
                row.time(),
                row.id(),
                stream == null ? -1 : row.stream(),
                row.sequence(),
                Reading.ofRow(
                        OptionalLong.of(row.id()),
                        key,
                        name(
                                row.point(),
                                key,
                                known ? row.committed() : Math.floorDiv(row.time(), SECOND)),
                        row.text(),
                        attributes.ofReadings(row.attributesId()),
                        Times.instant(row.time()),
                        Times.instant(row.changed()),
                        known
                                ? Optional.of(Instant.ofEpochSecond(row.committed()))
                                : Optional.empty(),
                        stream == null ? Optional.empty() : Optional.of(stream + row.sequence()),
                        Source.HISTORY));
    }

    private Map<Integer, String> streams() throws SQLException {
        Map<Integer, String> streams = new HashMap<>();
        link.askOwn(
                "SELECT id, domain, server FROM " + link.own("stream"),
                statement -> {},
                row -> streams.put(row.getInt(1), row.getLong(2) + "-" + row.getLong(3) + "-"));
        return streams;
    }

    /** What a row said when it was written is told, as it was then. */
    private void amended(long from, long to, Map<RowId, Waiting> found, Map<RowId, Integer> points)
            throws SQLException {
        if (points.isEmpty()) {
            return;
        }
        record Before(RowId id, @Nullable String text, long attributesId) {}
        List<Before> all = new ArrayList<>();
        link.askOwn(
                "SELECT point, time_us, id, value, text, attributes FROM "
                        + link.own("amended")
                        + " WHERE time_us >= "
                        + from
                        + " AND time_us < "
                        + to
                        + " ORDER BY until_s DESC",
                statement -> {},
                row -> {
                    RowId id = new RowId(row.getLong(2), row.getLong(3));
                    Integer point = points.get(id);
                    if (point != null && point == row.getInt(1)) {
                        String text = text(row, 4);
                        long attributesId = row.getLong(6);
                        all.add(new Before(id, text, row.wasNull() ? -1 : attributesId));
                    }
                });
        if (all.isEmpty()) {
            return;
        }
        attributes.learnOfReadings(
                link, all.stream().map(Before::attributesId).distinct().toList());
        // The newest first: what it said before all amendments stays.
        for (Before before : all) {
            Waiting now = found.get(before.id());
            if (now != null) {
                found.put(
                        before.id(),
                        said(now, before.text(), attributes.ofReadings(before.attributesId())));
            }
        }
    }

    /**
     * Rows are told as they were written: under the time and the name that they had, whatever a
     * repair made of them.
     */
    private void originals(long from, long to, long lowest, Map<RowId, Waiting> found)
            throws SQLException {
        List<KeptFact> all = new ArrayList<>();
        askFacts(
                "SELECT "
                        + KeptFact.COLUMNS
                        + " FROM "
                        + link.own("fact")
                        + " w WHERE recorder = ? AND kind IN ("
                        + ORIGINALS
                        + ") AND id >= ? AND (time_us >= ? AND time_us < ? OR id IN (SELECT"
                        + " a.id FROM "
                        + link.own("fact")
                        + " a WHERE a.recorder = w.recorder AND a.kind = "
                        + Facts.AMENDED
                        + " AND a.time_us >= ? AND a.time_us < ?))",
                statement -> {
                    statement.setLong(2, Math.max(1, lowest));
                    statement.setLong(3, from);
                    statement.setLong(4, to);
                    statement.setLong(5, from);
                    statement.setLong(6, to);
                },
                row -> all.add(KeptFact.of(row)));
        if (all.isEmpty()) {
            return;
        }
        attributes.learnOfReadings(
                link, all.stream().map(KeptFact::attributes).distinct().toList());
        Map<Integer, String> streams = streams();
        Map<Long, List<RowId>> byId = new HashMap<>();
        found.keySet()
                .forEach(row -> byId.computeIfAbsent(row.id(), _ -> new ArrayList<>()).add(row));
        for (KeptFact original : all) {
            for (RowId row : byId.getOrDefault(original.id(), List.of())) {
                Waiting now = found.get(row);
                if (now != null && isOf(now, original)) {
                    found.remove(row);
                }
            }
            if (original.at() >= from && original.at() < to) {
                found.put(new RowId(original.at(), original.id()), waiting(original, streams));
            }
        }
    }

    /** Whether a row is the one that was repaired, and not one that was given its id anew. */
    private static boolean isOf(Waiting row, KeptFact original) {
        Optional<Instant> committed = row.reading().committed();
        return committed.isPresent()
                ? committed.get().getEpochSecond() == original.place().second()
                        && Math.max(0, row.sequence()) == original.place().seq()
                : original.place().seq() == 0;
    }

    private Waiting waiting(KeptFact original, Map<Integer, String> streams) {
        String stream = streams.get(original.stream());
        boolean isKnown = stream != null && original.place().seq() > 0;
        long second = original.place().second();
        Integer point = archived.get(original.key());
        PointId name =
                point == null
                        ? names.getOrDefault(original.key(), StateSql.name(original.key(), null))
                        : name(point, original.key(), second);
        return new Waiting(
                original.at(),
                original.id(),
                isKnown ? original.stream() : -1,
                original.place().seq(),
                Reading.ofRow(
                        OptionalLong.of(original.id()),
                        original.key(),
                        name,
                        original.said(),
                        attributes.ofReadings(original.attributes()),
                        Times.instant(original.at()),
                        Times.instant(original.changedAt()),
                        isKnown ? Optional.of(Instant.ofEpochSecond(second)) : Optional.empty(),
                        isKnown ? Optional.of(stream + original.place().seq()) : Optional.empty(),
                        Source.HISTORY));
    }

    private static Waiting said(Waiting row, @Nullable String text, Attributes attributes) {
        Reading now = row.reading();
        return new Waiting(
                row.time(),
                row.id(),
                row.stream(),
                row.sequence(),
                Reading.ofRow(
                        now.id(),
                        now.key(),
                        now.point(),
                        text,
                        attributes,
                        now.time(),
                        now.changed(),
                        now.committed(),
                        now.position(),
                        now.source()));
    }

    private static String list(Collection<Integer> ids) {
        return ids.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
