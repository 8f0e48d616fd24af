package vigie.history;

import org.jspecify.annotations.Nullable;

import vigie.history.archive.BlockCodec;
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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the archive knows of its points at one moment. Only where there is an archive. */
final class ArchivedPast {
    private static final long HOUR = 3_600_000_000L;
    private static final long DAY = 24 * HOUR;
    private static final long SECOND = 1_000_000;

    /** Readings lie in partitions of days; most points have said something in so many. */
    private static final long USUAL_SILENCE = 2 * DAY;

    private static final int AT_ONCE = 200;

    /**
     * A point of the archive.
     *
     * @param name the one it had at the moment
     * @param keys all it has had
     */
    record Identity(int id, PointId name, TreeSet<PointKey> keys) {}

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

    /**
     * When and where a reading was committed, as far as it is known.
     *
     * @param sequence the third number of the GTID
     */
    record Commit(
            Optional<Instant> second, OptionalLong domain, OptionalLong server, long sequence) {
        Optional<String> position() {
            return domain.isEmpty() || server.isEmpty()
                    ? Optional.empty()
                    : Optional.of(domain.getAsLong() + "-" + server.getAsLong() + "-" + sequence);
        }
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
        link.askOwn(
                "SELECT n.point, n.name FROM "
                        + link.own("point_name")
                        + " n JOIN "
                        + link.own("point")
                        + " p ON p.id = n.point WHERE p.recorder = ? AND n.since_s <= ?"
                        + " ORDER BY n.since_s",
                statement -> {
                    statement.setString(1, link.schema().name());
                    statement.setLong(2, Math.floorDiv(at, SECOND));
                },
                row -> names.put(row.getInt(1), row.getString(2)));
        Map<Integer, Identity> found = new TreeMap<>();
        keys.forEach((id, its) -> {
            if (!its.isEmpty()) {
                PointId name = StateSql.name(its.last(), names.get(id));
                found.put(id, new Identity(id, name, its));
            }
        });
        return found;
    }

    /** How rows of {@code states} were committed. */
    Map<Integer, Commit> commits(Map<Integer, Row> rows) throws SQLException {
        Map<Integer, Commit> found = new HashMap<>();
        String columns =
                "SELECT r.point, r.committed_s, g.domain, g.server, r.seq FROM "
                        + link.own("reading")
                        + " r LEFT JOIN "
                        + link.own("stream")
                        + " g ON g.id = r.stream WHERE ";
        inParts(
                rows.keySet(),
                part ->
                        part.stream()
                                .map(id -> {
                                    Row row = rows.get(id);
                                    return row == null
                                            ? "FALSE"
                                            : "(r.point = "
                                                    + id
                                                    + " AND r.time_us = "
                                                    + row.time()
                                                    + " AND r.id = "
                                                    + row.id()
                                                    + ")";
                                })
                                .collect(Collectors.joining(" OR ", columns, "")),
                row -> found.put(row.getInt(1), commit(row, 2)));
        return found;
    }

    private static Commit commit(ResultSet row, int first) throws SQLException {
        long second = row.getLong(first);
        Optional<Instant> committed =
                row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(second));
        long sequence = row.getLong(first + 3);
        boolean known = !row.wasNull();
        return new Commit(
                committed,
                known ? number(row, first + 1) : OptionalLong.empty(),
                known ? number(row, first + 2) : OptionalLong.empty(),
                sequence);
    }

    private static OptionalLong number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /**
     * The last readings of points.
     *
     * @param everywhere whether all partitions are searched, and not only those of the last days
     */
    Map<Integer, Row> readings(Collection<Integer> ids, boolean everywhere) throws SQLException {
        Map<Integer, Row> found = new HashMap<>();
        String columns =
                "(SELECT r.point, r.time_us, r.id, r.changed_us, r.value, r.text, r.attributes,"
                        + " r.committed_s, g.domain, g.server, r.seq FROM "
                        + link.own("reading")
                        + " r LEFT JOIN "
                        + link.own("stream")
                        + " g ON g.id = r.stream WHERE r.point = ";
        String bounds =
                " AND r.time_us <= "
                        + at
                        + (everywhere ? "" : " AND r.time_us > " + (at - USUAL_SILENCE))
                        + " ORDER BY r.time_us DESC, r.id DESC LIMIT 1)";
        inParts(
                ids,
                part ->
                        part.stream()
                                .map(id -> columns + id + bounds)
                                .collect(Collectors.joining(" UNION ALL ")),
                row -> {
                    long time = row.getLong(2);
                    long changed = row.getLong(4);
                    long changedAt = row.wasNull() ? time : changed;
                    double value = row.getDouble(5);
                    boolean hasValue = !row.wasNull();
                    String text = row.getString(6);
                    long attributesId = row.getLong(7);
                    found.put(
                            row.getInt(1),
                            new Row(
                                    time,
                                    row.getLong(3),
                                    changedAt,
                                    text == null && hasValue ? Double.toString(value) : text,
                                    row.wasNull() ? -1 : attributesId,
                                    commit(row, 8)));
                });
        return found;
    }

    /** The last changes of texts, without attributes and commits. */
    Map<Integer, Row> changes(Collection<Integer> ids) throws SQLException {
        Map<Integer, Row> found = new HashMap<>();
        Commit unknown =
                new Commit(Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), 0);
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
                            new Row(time, row.getLong(3), time, row.getString(4), -1, unknown));
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
                                + part.stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(","))
                                + ") AND start_us BETWEEN "
                                + (newest - width)
                                + " AND "
                                + newest
                                + " ORDER BY point, start_us",
                row ->
                        blocks.computeIfAbsent(row.getInt(1), _ -> new ArrayList<>())
                                .addAll(
                                        BlockCodec.decode(
                                                row.getBytes(3), row.getLong(2), tier.micros())));
        Map<Integer, Told> found = new HashMap<>();
        blocks.forEach((id, buckets) ->
                told(tier, buckets, outage).ifPresent(told -> found.put(id, told)));
        return found;
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
