package vigie.bench;

import vigie.history.archive.BlockCodec;
import vigie.history.archive.Rolled;
import vigie.history.series.Bucket;
import vigie.history.series.Fold;
import vigie.history.series.Grid;
import vigie.history.series.Kind;
import vigie.history.series.Segment;
import vigie.history.series.Tier;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Fills the tables of the store: what Home Assistant and the archiver would have written in years,
 * in minutes. Readings and roll-ups are folded from the same {@link StoreSignal} by the product's
 * own code, so they agree. Each method works on a connection of its own.
 */
final class StoreFill {
    static final long SECOND = 1_000_000;
    static final long HOUR = 3_600 * SECOND;
    static final long DAY = 24 * HOUR;
    private static final long QUARTER = HOUR / 4;
    private static final long MINUTE = HOUR / 60;
    private static final long SHORT = 300 * SECOND;

    /** Beyond the readings that are kept the signal is looked at less often. */
    private static final int COARSE = 6;

    private static final Optional<String> UNIT = Optional.of("°C");

    private final HistoryStore.Extent extent;

    StoreFill(HistoryStore.Extent extent) {
        this.extent = extent;
    }

    /** In the order of time, as the recorder wrote them. */
    void states(Connection connection) throws SQLException {
        states(connection, extent.points(), extent.rawFrom(), StoreSignal.STEP, extent.rows());
    }

    /** Another room with more points: so many rows over the same days. */
    void manyStates(Connection connection) throws SQLException {
        long each = extent.manyRows() / extent.manyPoints();
        states(
                connection,
                extent.manyPoints(),
                extent.rawFrom(),
                (extent.end() - extent.rawFrom()) / each,
                each * extent.manyPoints());
    }

    /**
     * Rows of a room, in the order of time.
     *
     * @param begin of the first; microseconds
     * @param step between two rows of a point
     */
    static void states(Connection connection, int points, long begin, long step, long rows)
            throws SQLException {
        ByteBuffer context = ByteBuffer.allocate(16);
        StoreRows.Source source =
                new StoreRows.Source() {
                    private long id;

                    @Override
                    public boolean write(StoreRows row) {
                        if (id == rows) {
                            return false;
                        }
                        int point = (int) (id % points);
                        long tick = id / points;
                        long time = time(begin, step, tick, point, points);
                        id++;
                        // As Home Assistant's context ids: milliseconds, then chance.
                        context.putLong(0, ((time / 1_000) << 16) | (id & 0xffff))
                                .putLong(8, StoreSignal.mixed(id));
                        row.number(id).tenths(StoreSignal.tenths(point, begin / step + tick));
                        row.seconds(time).seconds(time);
                        if (tick == 0) {
                            row.text(null);
                        } else {
                            row.number(id - points);
                        }
                        row.number(point + 1).number(0).bytes(context.array()).number(point + 1);
                        return true;
                    }
                };
        StoreRows.load(
                connection,
                "states",
                "state_id, state, last_reported_ts, last_updated_ts, old_state_id, attributes_id,"
                        + " origin_idx, context_id_bin, metadata_id",
                source);
    }

    private static long time(long begin, long step, long tick, int point, int points) {
        return step == StoreSignal.STEP
                ? begin + tick * step + StoreSignal.offset(point)
                : begin + tick * step + point * (step / points);
    }

    /** The archive's readings, in the order of its key. */
    void readings(Connection connection) throws SQLException {
        long ticks = extent.rows() / extent.points();
        long first = extent.rawFrom() / StoreSignal.STEP;
        StoreRows.Source source =
                new StoreRows.Source() {
                    private int point;
                    private long tick;

                    @Override
                    public boolean write(StoreRows row) {
                        if (tick == ticks) {
                            tick = 0;
                            point++;
                        }
                        if (point == extent.points()) {
                            return false;
                        }
                        long time =
                                time(
                                        extent.rawFrom(),
                                        StoreSignal.STEP,
                                        tick,
                                        point,
                                        extent.points());
                        row.number(point + 1).number(time);
                        row.number(tick * extent.points() + point + 1);
                        row.tenths(StoreSignal.tenths(point, first + tick));
                        row.number(point + 1).number(time / SECOND + 1).number(1);
                        row.number(tick + 1);
                        tick++;
                        return true;
                    }
                };
        StoreRows.load(
                connection,
                "reading",
                "point, time_us, id, value, attributes, committed_s, stream, seq",
                source);
    }

    /** Roll-ups and statistics of one point. */
    void rolled(Connection own, Connection recorder, int point) throws SQLException {
        List<Bucket> minutes = new ArrayList<>();
        List<Bucket> quarters = new ArrayList<>();
        List<Bucket> hours = new ArrayList<>();
        List<Bucket> shorts = new ArrayList<>();
        for (long day = extent.rolledFrom(); day < extent.end(); day += DAY) {
            boolean fine = day >= extent.minutesFrom();
            quarters.addAll(fold(point, day, QUARTER, fine));
            hours.addAll(fold(point, day, HOUR, fine));
            if (fine) {
                minutes.addAll(fold(point, day, MINUTE, true));
            }
            if (day >= extent.rawFrom()) {
                shorts.addAll(fold(point, day, SHORT, true));
            }
        }
        blocks(own, "minutes", point, minutes, HOUR, MINUTE);
        blocks(own, "quarters", point, quarters, DAY, QUARTER);
        blocks(own, "hours", point, hours, DAY, HOUR);
        statistics(recorder, "statistics", point, hours);
        statistics(recorder, "statistics_short_term", point, shorts);
    }

    private List<Bucket> fold(int point, long day, long width, boolean fine) {
        int every = fine ? 1 : COARSE;
        long first = day / StoreSignal.STEP;
        Fold fold = new Fold(Grid.of(width), Kind.NUMBER, Tier.READINGS, day);
        if (day > extent.rolledFrom()) {
            boolean before = day - DAY >= extent.minutesFrom();
            fold.carry(StoreSignal.tenths(point, first - (before ? 1 : COARSE)) / 10.0, UNIT);
        }
        for (long tick = first; tick < first + DAY / StoreSignal.STEP; tick += every) {
            fold.reading(
                    tick * StoreSignal.STEP + StoreSignal.offset(point),
                    StoreSignal.tenths(point, tick) / 10.0,
                    UNIT);
        }
        return fold.finish(day + DAY, day + DAY).stream()
                .map(Segment::buckets)
                .flatMap(List::stream)
                .toList();
    }

    private static void blocks(
            Connection connection,
            String table,
            int point,
            List<Bucket> buckets,
            long length,
            long width)
            throws SQLException {
        int slots = (int) (length / width);
        Iterator<Integer> starts =
                java.util.stream.IntStream.iterate(0, at -> at < buckets.size(), at -> at + slots)
                        .iterator();
        StoreRows.load(
                connection,
                table,
                "point, start_us, buckets",
                row -> {
                    if (!starts.hasNext()) {
                        return false;
                    }
                    int at = starts.next();
                    List<Rolled> block =
                            buckets.subList(at, at + slots).stream()
                                    .map(bucket -> new Rolled(bucket, UNIT))
                                    .toList();
                    long start = buckets.get(at).from();
                    row.number(point + 1).number(start);
                    row.bytes(BlockCodec.encode(block, start, width));
                    return true;
                });
    }

    private static void statistics(
            Connection connection, String table, int point, List<Bucket> buckets)
            throws SQLException {
        Iterator<Bucket> left = buckets.iterator();
        StoreRows.load(
                connection,
                table,
                "created_ts, metadata_id, start_ts, mean, min, max",
                row -> {
                    if (!left.hasNext()) {
                        return false;
                    }
                    Bucket bucket = left.next();
                    row.seconds(bucket.to() + 10 * SECOND).number(point + 1);
                    row.seconds(bucket.from()).real(bucket.mean());
                    row.real(bucket.min()).real(bucket.max());
                    return true;
                });
    }
}
