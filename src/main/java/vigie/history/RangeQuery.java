package vigie.history;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.history.archive.BlockCodec;
import vigie.history.archive.DamagedBlock;
import vigie.history.archive.Rolled;
import vigie.history.series.Bucket;
import vigie.history.series.Fold;
import vigie.history.series.Grid;
import vigie.history.series.Kind;
import vigie.history.series.Regroup;
import vigie.history.series.Segment;
import vigie.history.series.Tier;
import vigie.recorder.PastSql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One range of some points, read within one link. */
final class RangeQuery {
    private static final Logger LOG = LoggerFactory.getLogger(RangeQuery.class);

    /** So many single readings are read rather than statistics. */
    private static final int FEW = 8_000;

    private static final long DAY = 86_400_000_000L;
    private static final long HOUR = 3_600_000_000L;

    private final Link link;
    private final KnownAttributes attributes;
    private final Grid grid;
    private final long from;
    private final long to;
    private final long known;
    private final Outages outages;

    /**
     * @param from a border of the grid
     * @param to a border of the grid
     * @param known until when something can be known: the database's present
     */
    RangeQuery(
            Link link,
            KnownAttributes attributes,
            Grid grid,
            long from,
            long to,
            long known,
            Outages outages) {
        this.link = link;
        this.attributes = attributes;
        this.grid = grid;
        this.from = from;
        this.to = to;
        this.known = known;
        this.outages = outages;
    }

    PointRange of(HistoryPoint point) throws SQLException {
        if (to <= from) {
            return new PointRange(point, from, from, grid.micros(), List.of(), List.of());
        }
        List<Stretch> reaches = reaches(point);
        if (point.kind() == Kind.TEXT) {
            return new PointRange(
                    point,
                    from,
                    to,
                    grid.micros(),
                    List.of(),
                    new SpanQuery(link, attributes, outages, known)
                            .spans(point, reaches, from, to));
        }
        Regroup regroup = new Regroup(grid, point.kind(), from);
        for (Stretch stretch :
                Stretch.divide(grid, from, to, reaches, (begin, end) -> isFew(point, begin, end))) {
            link.work().check();
            read(point, stretch, regroup);
        }
        return new PointRange(point, from, to, grid.micros(), regroup.finish(to), List.of());
    }

    // ---- how far the tiers go

    private List<Stretch> reaches(HistoryPoint point) throws SQLException {
        List<Stretch> reaches = new ArrayList<>();
        if (point.key().isPresent()) {
            long key = point.key().get().value();
            link.ask(
                    PastSql.first(link.schema()),
                    statement -> statement.setLong(1, key),
                    row -> {
                        double first = row.getDouble(1);
                        if (!row.wasNull()) {
                            reaches.add(
                                    new Stretch(
                                            Tier.STATES, Times.microsBelow(first), Long.MAX_VALUE));
                        }
                    });
        }
        if (point.statisticsId().isPresent() && point.kind() != Kind.TEXT) {
            addStatistics(reaches, point, Tier.STATISTICS_SHORT);
            addStatistics(reaches, point, Tier.STATISTICS);
        }
        if (link.archive().isPresent() && point.archiveId().isPresent()) {
            addArchive(reaches, point, link.archive().get());
        }
        return reaches;
    }

    private void addStatistics(List<Stretch> reaches, HistoryPoint point, Tier tier)
            throws SQLException {
        try {
            link.ask(
                    PastSql.reach(tier == Tier.STATISTICS_SHORT),
                    statement -> statement.setLong(1, point.statisticsId().orElseThrow()),
                    row -> {
                        double first = row.getDouble(1);
                        if (!row.wasNull()) {
                            reaches.add(
                                    new Stretch(
                                            tier,
                                            Times.micros(first),
                                            Times.micros(row.getDouble(2)) + tier.micros()));
                        }
                    });
        } catch (SQLException refused) {
            if (!Link.isMissing(refused)) {
                throw refused;
            }
        }
    }

    private void addArchive(List<Stretch> reaches, HistoryPoint point, ArchiveState archive)
            throws SQLException {
        // Before its first reading the archive knows nothing of a point; where readings expired, it
        // cannot be told from them any more.
        long first = archive.expiredTo().isPresent() ? 0 : firstReading(point);
        long complete =
                Math.max(Math.max(archive.completeFrom(), archive.expiredTo().orElse(0)), first);
        // Younger than the roll-ups Home Assistant's own rows are read, as far back as it has them.
        long states =
                reaches.stream()
                        .filter(reach -> reach.tier() == Tier.STATES)
                        .mapToLong(Stretch::from)
                        .findFirst()
                        .orElse(Long.MAX_VALUE);
        long readings = Math.max(archive.rolledTo().orElse(complete), states);
        if (complete < readings) {
            reaches.add(new Stretch(Tier.READINGS, complete, readings));
        }
        if (archive.rolledTo().isEmpty()) {
            return;
        }
        long rolledTo = archive.rolledTo().getAsLong();
        for (Tier tier : new Tier[] {Tier.MINUTES, Tier.QUARTERS, Tier.HOURS}) {
            link.askOwn(
                    "SELECT MIN(start_us), MAX(start_us) FROM "
                            + link.own(table(tier))
                            + " WHERE point = ?",
                    statement -> statement.setInt(1, point.archiveId().orElseThrow()),
                    row -> {
                        long start = row.getLong(1);
                        if (!row.wasNull()) {
                            // The first block is whole only from where the roll-ups begin.
                            long begin = Math.max(start, archive.rolledFrom().orElse(start));
                            if (first > begin && first - start < block(tier)) {
                                // It was made of readings that begin within it.
                                begin = Math.ceilDiv(first, tier.micros()) * tier.micros();
                            }
                            long end = Math.min(rolledTo, row.getLong(2) + block(tier));
                            if (begin < end) {
                                reaches.add(new Stretch(tier, begin, end));
                            }
                        }
                    });
        }
    }

    private long firstReading(HistoryPoint point) throws SQLException {
        long[] first = {0};
        link.askOwn(
                "SELECT MIN(time_us) FROM " + link.own("reading") + " WHERE point = ?",
                statement -> statement.setInt(1, point.archiveId().orElseThrow()),
                row -> first[0] = row.getLong(1));
        return first[0];
    }

    private static String table(Tier tier) {
        return switch (tier) {
            case MINUTES -> "minutes";
            case QUARTERS -> "quarters";
            case HOURS -> "hours";
            case STATES, READINGS, STATISTICS, STATISTICS_SHORT ->
                    throw new IllegalArgumentException("not in blocks: " + tier);
        };
    }

    private static long block(Tier tier) {
        return tier == Tier.MINUTES ? HOUR : DAY;
    }

    private boolean isFew(HistoryPoint point, long begin, long end) throws SQLException {
        if (point.key().isEmpty()) {
            return false;
        }
        long[] count = {0};
        link.ask(
                PastSql.count(link.schema(), FEW + 1),
                statement -> {
                    statement.setLong(1, point.key().get().value());
                    statement.setDouble(2, Times.seconds(begin));
                    statement.setDouble(3, Times.seconds(end));
                },
                row -> count[0] = row.getLong(1));
        return count[0] <= FEW;
    }

    // ---- reading

    private void read(HistoryPoint point, Stretch stretch, Regroup regroup) throws SQLException {
        switch (stretch.tier()) {
            case STATES, READINGS -> raw(point, stretch).forEach(regroup::add);
            case MINUTES, QUARTERS, HOURS -> blocks(point, stretch, regroup);
            case STATISTICS, STATISTICS_SHORT -> statistics(point, stretch, regroup);
        }
    }

    private List<Segment> raw(HistoryPoint point, Stretch stretch) throws SQLException {
        Fold fold = new Fold(grid, point.kind(), stretch.tier(), stretch.from());
        RawRows rows = RawRows.of(link, attributes, point, stretch.tier());
        RawRows.@Nullable Row before = before(point, stretch, rows);
        if (before == null) {
            carryRolled(point, stretch.from(), fold);
        } else {
            if (outages.between(before.time(), stretch.from())) {
                fold.outage(stretch.from());
            } else {
                fold.carry(before.trusted(), before.attributes().unit());
            }
            if (point.kind().isMeter() && Double.isNaN(before.trusted())) {
                carryMeter(rows, stretch.from(), fold);
            }
        }
        int[] next = {outages.indexFrom(stretch.from())};
        rows.between(
                stretch.from(),
                Math.min(stretch.to(), known + 1),
                row -> {
                    next[0] = outagesUntil(row.time(), next[0], fold);
                    fold.reading(row.time(), row.trusted(), row.attributes().unit());
                });
        outagesUntil(Math.min(stretch.to(), known), next[0], fold);
        return fold.finish(known, stretch.to());
    }

    /** What Home Assistant has purged the archive may still have. */
    private RawRows.@Nullable Row before(HistoryPoint point, Stretch stretch, RawRows rows)
            throws SQLException {
        RawRows.@Nullable Row before = rows.before(stretch.from());
        boolean archived = link.archive().isPresent() && point.archiveId().isPresent();
        return before == null && stretch.tier() == Tier.STATES && archived
                ? RawRows.of(link, attributes, point, Tier.READINGS).before(stretch.from())
                : before;
    }

    /**
     * Where the readings before were dropped, the last minute of them tells what was held, if it
     * has no gap: one with a gap does not tell whether the gap was at its end.
     */
    private void carryRolled(HistoryPoint point, long time, Fold fold) throws SQLException {
        if (link.archive().isEmpty()
                || point.archiveId().isEmpty()
                || link.archive().get().expiredTo().isEmpty()) {
            return;
        }
        long minute = Tier.MINUTES.micros();
        long begin = link.archive().get().expiredTo().getAsLong() - minute;
        long block = Math.floorDiv(begin, HOUR) * HOUR;
        link.askOwn(
                "SELECT buckets FROM " + link.own("minutes") + " WHERE point = ? AND start_us = ?",
                statement -> {
                    statement.setInt(1, point.archiveId().orElseThrow());
                    statement.setLong(2, block);
                },
                row -> {
                    for (Rolled rolled : decoded(row.getBytes(1), block, Tier.MINUTES, point)) {
                        Bucket bucket = rolled.bucket();
                        if (bucket.to() == begin + minute
                                && begin + minute <= time
                                && bucket.gap() == 0
                                && !outages.between(begin, time)) {
                            fold.carry(bucket.last(), rolled.unit());
                        }
                    }
                });
    }

    private int outagesUntil(long time, int next, Fold fold) {
        int i = next;
        while (i < outages.spans().size() && outages.spans().get(i).from() < time) {
            fold.outage(outages.spans().get(i).from());
            i++;
        }
        return i;
    }

    private static void carryMeter(RawRows rows, long time, Fold fold) throws SQLException {
        RawRows.@Nullable Row said = rows.trustedBefore(time);
        if (said != null) {
            fold.carryMeter(said.trusted(), said.attributes().unit());
        }
    }

    private void blocks(HistoryPoint point, Stretch stretch, Regroup regroup) throws SQLException {
        Tier tier = stretch.tier();
        long block = block(tier);
        link.askOwn(
                "SELECT start_us, buckets FROM "
                        + link.own(table(tier))
                        + " WHERE point = ? AND start_us >= ? AND start_us < ? ORDER BY start_us",
                statement -> {
                    statement.setInt(1, point.archiveId().orElseThrow());
                    statement.setLong(2, Math.floorDiv(stretch.from(), block) * block);
                    statement.setLong(3, stretch.to());
                },
                row -> {
                    for (Rolled rolled : decoded(row.getBytes(2), row.getLong(1), tier, point)) {
                        Bucket bucket = rolled.bucket();
                        if (bucket.from() >= stretch.from() && bucket.to() <= stretch.to()) {
                            regroup.add(bucket, rolled.unit(), tier);
                        }
                    }
                });
    }

    /** What cannot be read is a gap, and somebody should know. */
    private static List<Rolled> decoded(byte[] block, long start, Tier tier, HistoryPoint point) {
        try {
            return BlockCodec.decode(block, start, tier.micros());
        } catch (DamagedBlock damaged) {
            LOG.warn(
                    "block {} of point {} in {} is damaged: {}",
                    start,
                    point.name(),
                    table(tier),
                    damaged.getMessage());
            return List.of();
        }
    }

    private void statistics(HistoryPoint point, Stretch stretch, Regroup regroup)
            throws SQLException {
        Tier tier = stretch.tier();
        boolean angle = point.kind() == Kind.ANGLE;
        Optional<String> unit = statisticsUnit(point);
        double[] sum = {Double.NaN};
        link.ask(
                PastSql.statistics(tier == Tier.STATISTICS_SHORT, angle),
                statement -> {
                    statement.setLong(1, point.statisticsId().orElseThrow());
                    // The row before tells where the sum began.
                    statement.setDouble(2, Times.seconds(stretch.from() - tier.micros()));
                    statement.setDouble(3, Times.seconds(stretch.to()));
                },
                row -> {
                    long start = Times.micros(row.getDouble(1));
                    double mean = number(row, 2);
                    double state = number(row, 5);
                    double total = number(row, 6);
                    double growth = total - sum[0];
                    sum[0] = total;
                    if (start >= stretch.from()) {
                        regroup.add(
                                bucket(
                                        start,
                                        tier,
                                        Double.isNaN(mean) ? state : mean,
                                        number(row, 3),
                                        number(row, 4),
                                        state,
                                        point.kind().isMeter() ? growth : Double.NaN,
                                        angle ? number(row, 7) : 1),
                                unit,
                                tier);
                    }
                });
    }

    private static double number(java.sql.ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Double.NaN : value;
    }

    /**
     * Home Assistant's periods hold a value through gaps and have no row where there was none at
     * all; how many readings there were they do not tell. A meter has only its state at the end.
     */
    private static Bucket bucket(
            long start,
            Tier tier,
            double mean,
            double min,
            double max,
            double state,
            double growth,
            double weight) {
        boolean empty = Double.isNaN(mean);
        return new Bucket(
                start,
                start + tier.micros(),
                min,
                max,
                mean,
                Double.NaN,
                state,
                Bucket.UNKNOWN_COUNT,
                empty ? 0 : tier.micros(),
                growth,
                Double.isNaN(weight) ? 1 : Math.clamp(weight, 0, 1));
    }

    /** Statistics have one unit; Home Assistant converts what it can and drops the rest. */
    private Optional<String> statisticsUnit(HistoryPoint point) throws SQLException {
        String[] unit = {null};
        link.ask(
                "SELECT unit_of_measurement FROM statistics_meta WHERE id = ?",
                statement -> statement.setLong(1, point.statisticsId().orElseThrow()),
                row -> unit[0] = row.getString(1));
        return Optional.ofNullable(unit[0]);
    }
}
