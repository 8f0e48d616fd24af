package vigie.history.series;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Folds a point's readings into buckets: each holds until the next, until the recorder stops, or
 * until the end. Where the unit changes the bucket is cut, and a new segment begins.
 *
 * <p>Calls come in order of time: {@link #carry} at most once and first, then {@link #reading} and
 * {@link #outage}, then {@link #finish}. One thread.
 */
public final class Fold {
    /** A fall of a meter to less than this share is a reset, as Home Assistant takes it. */
    private static final double RESET = 0.9;

    private final Grid grid;
    private final Kind kind;
    private final Tier tier;
    private final long from;
    private final List<Segment> segments = new ArrayList<>();
    private List<Bucket> buckets = new ArrayList<>();
    private @Nullable Optional<String> unit;

    private long at;
    private long bucketEnd;
    private Sum sum;
    private double value = Double.NaN;
    private double meter = Double.NaN;

    /**
     * @param from where the first bucket begins; a border of the grid
     */
    public Fold(Grid grid, Kind kind, Tier tier, long from) {
        this.grid = grid;
        this.kind = kind;
        this.tier = tier;
        this.from = from;
        at = from;
        bucketEnd = grid.next(from);
        sum = new Sum(kind, from);
    }

    /**
     * The reading that holds at the beginning.
     *
     * @param trusted NaN where its value is not trustworthy
     */
    public void carry(double trusted, Optional<String> itsUnit) {
        value = trusted;
        meter = trusted;
        if (!Double.isNaN(trusted)) {
            unit = itsUnit;
        }
    }

    /**
     * A reading.
     *
     * @param time not before the one before
     * @param trusted NaN where its value is not trustworthy
     * @param itsUnit of the value; of no matter where there is none
     */
    public void reading(long time, double trusted, Optional<String> itsUnit) {
        advance(time);
        if (Double.isNaN(trusted)) {
            value = Double.NaN;
            return;
        }
        if (unit != null && !unit.equals(itsUnit)) {
            cut(time);
            meter = Double.NaN;
        }
        unit = itsUnit;
        if (kind == Kind.METER) {
            if (!Double.isNaN(meter)) {
                sum.grew(trusted < RESET * meter ? trusted : trusted - meter);
            }
            meter = trusted;
        }
        value = trusted;
        sum.reading();
        sum.held(trusted, 0);
    }

    /** The recorder stopped: what was held is not known any more, until the next reading. */
    public void outage(long time) {
        advance(time);
        value = Double.NaN;
    }

    /**
     * The end.
     *
     * @param known until when something can be known; later, whole buckets are left out, and the
     *     rest of the last is a gap
     * @param to the end of the last bucket: a border of the grid
     * @return together they cover from the first bucket to the last; empty where nothing can be
     *     known
     */
    public List<Segment> finish(long known, long to) {
        advance(Math.min(known, to));
        value = Double.NaN;
        if (at > from && at < to) {
            long end = Math.min(to, grid.ceiling(at));
            advance(end);
        }
        seal();
        return List.copyOf(segments);
    }

    private void advance(long time) {
        while (time >= bucketEnd) {
            hold(bucketEnd);
            buckets.add(sum.done(bucketEnd));
            sum = new Sum(kind, bucketEnd);
            bucketEnd = grid.next(bucketEnd);
        }
        hold(time);
    }

    private void hold(long until) {
        if (until > at) {
            if (!Double.isNaN(value)) {
                sum.held(value, until - at);
            }
            at = until;
        }
    }

    private void cut(long time) {
        if (time > from && !sum.isEmpty()) {
            buckets.add(sum.done(time));
            sum = new Sum(kind, time);
        }
        seal();
    }

    private void seal() {
        if (!buckets.isEmpty()) {
            segments.add(new Segment(unit == null ? Optional.empty() : unit, tier, buckets));
            buckets = new ArrayList<>();
        }
    }
}
