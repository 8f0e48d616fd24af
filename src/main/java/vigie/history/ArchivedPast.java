package vigie.history;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.history.archive.BlockCodec;
import vigie.history.archive.DamagedBlock;
import vigie.history.archive.Rolled;
import vigie.history.series.Bucket;
import vigie.history.series.Tier;
import vigie.point.PointId;
import vigie.point.PointKey;
import vigie.recorder.StateSql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the archive knows of its points at one moment. Only where there is an archive. */
final class ArchivedPast {
    private static final Logger LOG = LoggerFactory.getLogger(ArchivedPast.class);

    private static final long HOUR = 3_600_000_000L;
    private static final long DAY = 24 * HOUR;
    private static final long SECOND = 1_000_000;

    /** Readings lie in partitions of days; most points have said something in so many. */
    private static final long USUAL_SILENCE = 2 * DAY;

    /** How far back to look at first: most points speak several times a minute. */
    private static final long[] WINDOWS = {120 * SECOND, HOUR};

    private static final int AT_ONCE = 200;

    /**
     * A point of the archive.
     *
     * @param name the one it had at the moment
     * @param keys all it has had
     * @param names all it has had, by the second from when on
     */
    record Identity(
            int id, PointId name, TreeSet<PointKey> keys, NavigableMap<Long, PointId> names) {
        /** The name it had at a moment, microseconds. */
        PointId nameAt(long micros) {
            Map.Entry<Long, PointId> then = names.floorEntry(Math.floorDiv(micros, SECOND));
            return then == null ? name : then.getValue();
        }
    }

    /**
     * A reading as it was archived.
     *
     * @param attributesId negative where unknown
     */
    record Row(
            long time,
            long id,
            long changed,
            @Nullable String text,
            long attributesId,
            Commit commit) {}

    /** When and where a reading was committed, as far as it is known. */
    record Commit(Optional<Instant> second, Optional<String> position) {
        static final Commit UNKNOWN = new Commit(Optional.empty(), Optional.empty());
    }

    /**
     * What a roll-up tells.
     *
     * @param value NaN where nothing was trustworthy
     * @param time the end of the bucket; where nothing was trustworthy, of the last in which
     *     something was
     */
    record Told(double value, Optional<String> unit, long time, Tier tier) {
        boolean isGap() {
            return Double.isNaN(value);
        }
    }

    private final Link link;
    private final long at;

    /** The first two numbers of GTIDs by the number of their stream, once read. */
    private @Nullable Map<Integer, String> streams;

    ArchivedPast(Link link, long at) {
        this.link = link;
        this.at = at;
    }

    /** All points by their number. */
    Map<Integer, Identity> identities() throws SQLException {
        Map<Integer, TreeSet<PointKey>> keys = new TreeMap<>();
        Map<Integer, String> names = new HashMap<>();
        link.askOwn(
                "SELECT p.id, p.name, k.metadata_id FROM "
                        + link.own("point")
                        + " p LEFT JOIN "
                        + link.own("point_key")
                        + " k ON k.point = p.id AND k.recorder = p.recorder WHERE p.recorder = ?",
                statement -> statement.setString(1, link.schema().name()),
                row -> {
                    int id = row.getInt(1);
                    names.put(id, row.getString(2));
                    TreeSet<PointKey> its = keys.computeIfAbsent(id, _ -> new TreeSet<>());
                    long key = row.getLong(3);
                    if (!row.wasNull()) {
                        its.add(new PointKey(key));
                    }
                });
        Map<Integer, TreeMap<Long, String>> history = new HashMap<>();
        link.askOwn(
                "SELECT n.point, n.name, n.since_s FROM "
                        + link.own("point_name")
                        + " n JOIN "
                        + link.own("point")
                        + " p ON p.id = n.point WHERE p.recorder = ?",
                statement -> statement.setString(1, link.schema().name()),
                row ->
                        history.computeIfAbsent(row.getInt(1), _ -> new TreeMap<>())
                                .put(row.getLong(3), row.getString(2)));
        Map<Integer, Identity> found = new TreeMap<>();
        keys.forEach((id, its) -> {
            if (!its.isEmpty()) {
                NavigableMap<Long, PointId> all = new TreeMap<>();
                history.getOrDefault(id, new TreeMap<>())
                        .forEach((since, name) -> all.put(since, StateSql.name(its.last(), name)));
                Map.Entry<Long, PointId> then = all.floorEntry(Math.floorDiv(at, SECOND));
                PointId name =
                        then == null ? StateSql.name(its.last(), names.get(id)) : then.getValue();
                found.put(id, new Identity(id, name, its, all));
            }
        });
        return found;
    }

    /** How rows of {@code states} were committed. */
    Map<Integer, Commit> commits(Map<Integer, Row> rows) throws SQLException {
        Map<Integer, Commit> found = new HashMap<>();
        inParts(
                rows.keySet(),
                part ->
                        part.stream()
                                .map(id -> {
                                    Row row = rows.get(id);
                                    return row == null
                                            ? "FALSE"
                                            : "(point = "
                                                    + id
                                                    + " AND time_us = "
                                                    + row.time()
                                                    + " AND id = "
                                                    + row.id()
                                                    + ")";
                                })
                                .collect(Collectors.joining(" OR ", readings() + " WHERE ", "")),
                row -> found.put(row.getInt(1), row(row).commit()));
        return found;
    }

    private String readings() {
        return "SELECT point, time_us, id, changed_us, value, text, attributes, committed_s,"
                + " stream, seq FROM "
                + link.own("reading");
    }

    /** All readings of points after a moment and up to another. */
    void between(Collection<Integer> ids, long from, long to, BiConsumer<Integer, Row> each)
            throws SQLException {
        streams();
        inParts(
                ids,
                part ->
                        readings()
                                + " WHERE point IN ("
                                + list(part)
                                + ") AND time_us > "
                                + from
                                + " AND time_us <= "
                                + to,
                row -> each.accept(row.getInt(1), row(row)));
    }

    /** The last readings of points that are not after a moment, newest first for each. */
    void latest(Collection<Integer> ids, long to, int most, BiConsumer<Integer, Row> each)
            throws SQLException {
        streams();
        inParts(
                ids,
                part ->
                        part.stream()
                                .map(id ->
                                        "("
                                                + readings()
                                                + " WHERE point = "
                                                + id
                                                + " AND time_us <= "
                                                + to
                                                + " ORDER BY time_us DESC, id DESC LIMIT "
                                                + most
                                                + ")")
                                .collect(Collectors.joining(" UNION ALL ")),
                row -> each.accept(row.getInt(1), row(row)));
    }

    /** The readings that were late, committed from a second to another. */
    void lateBetween(long from, long to, BiConsumer<Integer, Row> each) throws SQLException {
        late(
                "l.committed_s BETWEEN ? AND ?",
                statement -> {
                    statement.setLong(2, from);
                    statement.setLong(3, to);
                },
                each);
    }

    /** Of each point the last ones that were late and committed before a second. */
    void lateBefore(long second, BiConsumer<Integer, Row> each) throws SQLException {
        Map<Integer, Long> last = new HashMap<>();
        link.askOwn(
                "SELECT point, MAX(committed_s) FROM "
                        + link.own("late")
                        + " WHERE committed_s < ? GROUP BY point",
                statement -> statement.setLong(1, second),
                row -> last.put(row.getInt(1), row.getLong(2)));
        List<Map.Entry<Integer, Long>> all = List.copyOf(last.entrySet());
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            late(
                    all.subList(from, Math.min(all.size(), from + AT_ONCE)).stream()
                            .map(one ->
                                    "(l.point = "
                                            + one.getKey()
                                            + " AND l.committed_s = "
                                            + one.getValue()
                                            + ")")
                            .collect(Collectors.joining(" OR ", "(", ")")),
                    statement -> {},
                    each);
        }
    }

    private void late(String which, Link.Binding binding, BiConsumer<Integer, Row> each)
            throws SQLException {
        streams();
        link.askOwn(
                "SELECT r.point, r.time_us, r.id, r.changed_us, r.value, r.text, r.attributes,"
                        + " r.committed_s, r.stream, r.seq FROM "
                        + link.own("late")
                        + " l JOIN "
                        + link.own("point")
                        + " p ON p.id = l.point AND p.recorder = ? JOIN "
                        + link.own("reading")
                        + " r ON r.point = l.point AND r.time_us = l.time_us AND r.id = l.id WHERE "
                        + which,
                statement -> {
                    statement.setString(1, link.schema().name());
                    binding.bind(statement);
                },
                row -> each.accept(row.getInt(1), row(row)));
    }

    /** The same of the changes of texts, without attributes and commits. */
    void changesBetween(Collection<Integer> ids, long from, long to, BiConsumer<Integer, Row> each)
            throws SQLException {
        inParts(
                ids,
                part ->
                        "SELECT point, time_us, id, text FROM "
                                + link.own("text_change")
                                + " WHERE point IN ("
                                + list(part)
                                + ") AND time_us > "
                                + from
                                + " AND time_us <= "
                                + to,
                row -> {
                    long time = row.getLong(2);
                    each.accept(
                            row.getInt(1),
                            new Row(
                                    time,
                                    row.getLong(3),
                                    time,
                                    row.getString(4),
                                    -1,
                                    Commit.UNKNOWN));
                });
    }

    /** How many readings of points there are between two moments, counted up to a number. */
    int count(Collection<Integer> ids, long from, long to, int most) throws SQLException {
        int[] count = {0};
        List<Integer> all = List.copyOf(ids);
        for (int i = 0; i < all.size() && count[0] < most; i += AT_ONCE) {
            link.askOwn(
                    "SELECT COUNT(*) FROM (SELECT 1 FROM "
                            + link.own("reading")
                            + " WHERE point IN ("
                            + list(all.subList(i, Math.min(all.size(), i + AT_ONCE)))
                            + ") AND time_us > "
                            + from
                            + " AND time_us <= "
                            + to
                            + " LIMIT "
                            + most
                            + ") counted",
                    statement -> {},
                    row -> count[0] += row.getInt(1));
        }
        return count[0];
    }

    private Row row(ResultSet row) throws SQLException {
        long time = row.getLong(2);
        long changed = row.getLong(4);
        long changedAt = row.wasNull() ? time : changed;
        double value = row.getDouble(5);
        boolean hasValue = !row.wasNull();
        String text = row.getString(6);
        long attributesId = row.getLong(7);
        return new Row(
                time,
                row.getLong(3),
                changedAt,
                text == null && hasValue ? Double.toString(value) : text,
                row.wasNull() ? -1 : attributesId,
                commit(row));
    }

    private Commit commit(ResultSet row) throws SQLException {
        long second = row.getLong(8);
        Optional<Instant> committed =
                row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(second));
        String stream = streams().get(row.getInt(9));
        long sequence = row.getLong(10);
        return new Commit(
                committed,
                row.wasNull() || stream == null
                        ? Optional.empty()
                        : Optional.of(stream + sequence));
    }

    /** The first two numbers of GTIDs, by the number of their stream. */
    Map<Integer, String> streams() throws SQLException {
        Map<Integer, String> known = streams;
        if (known == null) {
            Map<Integer, String> read = new HashMap<>();
            link.askOwn(
                    "SELECT id, domain, server FROM " + link.own("stream"),
                    statement -> {},
                    row -> read.put(row.getInt(1), row.getLong(2) + "-" + row.getLong(3) + "-"));
            known = read;
            streams = read;
        }
        return known;
    }

    /** The readings of points that spoke in the last two days. */
    Map<Integer, Row> lately(Collection<Integer> ids) throws SQLException {
        streams();
        Map<Integer, Row> found = new HashMap<>();
        // One range for each point costs a fraction of a question for each, while rows are few.
        for (long window : WINDOWS) {
            inParts(
                    left(ids, found),
                    part ->
                            readings()
                                    + " WHERE point IN ("
                                    + list(part)
                                    + ") AND time_us > "
                                    + (at - window)
                                    + " AND time_us <= "
                                    + at,
                    row -> found.merge(row.getInt(1), row(row), ArchivedPast::newer));
        }
        found.putAll(newest(left(ids, found), " AND time_us > " + (at - USUAL_SILENCE)));
        return found;
    }

    /** The last readings of points, however old. */
    Map<Integer, Row> ever(Collection<Integer> ids) throws SQLException {
        streams();
        return newest(ids, "");
    }

    private Map<Integer, Row> newest(Collection<Integer> ids, String bound) throws SQLException {
        Map<Integer, Row> found = new HashMap<>();
        inParts(
                ids,
                part ->
                        part.stream()
                                .map(id ->
                                        "("
                                                + readings()
                                                + " WHERE point = "
                                                + id
                                                + " AND time_us <= "
                                                + at
                                                + bound
                                                + " ORDER BY time_us DESC, id DESC LIMIT 1)")
                                .collect(Collectors.joining(" UNION ALL ")),
                row -> found.put(row.getInt(1), row(row)));
        return found;
    }

    private static Row newer(Row one, Row other) {
        boolean later =
                one.time() == other.time() ? other.id() > one.id() : other.time() > one.time();
        return later ? other : one;
    }

    private static List<Integer> left(Collection<Integer> ids, Map<Integer, Row> found) {
        return ids.stream().filter(id -> !found.containsKey(id)).toList();
    }

    private static String list(List<Integer> ids) {
        return ids.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** The last changes of texts, without attributes and commits. */
    Map<Integer, Row> changes(Collection<Integer> ids) throws SQLException {
        Map<Integer, Row> found = new HashMap<>();
        inParts(
                ids,
                part ->
                        part.stream()
                                .map(id ->
                                        "(SELECT point, time_us, id, text FROM "
                                                + link.own("text_change")
                                                + " WHERE point = "
                                                + id
                                                + " AND time_us <= "
                                                + at
                                                + " ORDER BY time_us DESC, id DESC LIMIT 1)")
                                .collect(Collectors.joining(" UNION ALL ")),
                row -> {
                    long time = row.getLong(2);
                    found.put(
                            row.getInt(1),
                            new Row(
                                    time,
                                    row.getLong(3),
                                    time,
                                    row.getString(4),
                                    -1,
                                    Commit.UNKNOWN));
                });
        return found;
    }

    /**
     * What a tier of roll-ups tells of points; those of which it has no block then are not in the
     * answer.
     *
     * @param outage since when Home Assistant had not recorded at the moment: what was true before
     *     it is told; {@link Long#MAX_VALUE}: it recorded
     */
    Map<Integer, Told> rolled(Tier tier, Collection<Integer> ids, long outage) throws SQLException {
        long width = tier == Tier.MINUTES ? HOUR : DAY;
        long newest = Math.floorDiv(at, width) * width;
        String table =
                switch (tier) {
                    case MINUTES -> "minutes";
                    case QUARTERS -> "quarters";
                    default -> "hours";
                };
        Map<Integer, List<Rolled>> blocks = new HashMap<>();
        inParts(
                ids,
                part ->
                        "SELECT point, start_us, buckets FROM "
                                + link.own(table)
                                + " WHERE point IN ("
                                + list(part)
                                + ") AND start_us BETWEEN "
                                + (newest - width)
                                + " AND "
                                + newest
                                + " ORDER BY point, start_us",
                row ->
                        blocks.computeIfAbsent(row.getInt(1), _ -> new ArrayList<>())
                                .addAll(decoded(row.getBytes(3), row.getLong(2), tier)));
        Map<Integer, Told> found = new HashMap<>();
        blocks.forEach((id, buckets) ->
                told(tier, buckets, outage).ifPresent(told -> found.put(id, told)));
        return found;
    }

    /** A block that cannot be read tells nothing, and somebody should know. */
    static List<Rolled> decoded(byte[] block, long start, Tier tier) {
        try {
            return BlockCodec.decode(block, start, tier.micros());
        } catch (DamagedBlock damaged) {
            LOG.warn("block {} of {} is damaged: {}", start, tier.word(), damaged.getMessage());
            return List.of();
        }
    }

    private Optional<Told> told(Tier tier, List<Rolled> buckets, long outage) {
        Rolled last = null;
        boolean adjacent = false;
        boolean lost = false;
        for (Rolled rolled : buckets) {
            Bucket bucket = rolled.bucket();
            if (bucket.to() <= at) {
                adjacent = !bucket.isEmpty();
                if (adjacent) {
                    last = rolled;
                }
            } else if (bucket.from() <= at) {
                lost = bucket.isEmpty();
            }
        }
        if (last == null) {
            return Optional.empty();
        }
        Bucket bucket = last.bucket();
        // While Home Assistant stood still its last word stands; else a gap is one.
        boolean stands = bucket.to() >= outage || (adjacent && !lost);
        return Optional.of(
                new Told(stands ? bucket.last() : Double.NaN, last.unit(), bucket.to(), tier));
    }

    private void inParts(Collection<Integer> ids, Function<List<Integer>, String> sql, Link.Row row)
            throws SQLException {
        List<Integer> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            link.askOwn(
                    sql.apply(all.subList(from, Math.min(all.size(), from + AT_ONCE))),
                    statement -> {},
                    row);
        }
    }
}
