package vigie.history.series;

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
    private final List<Segment> segments = new ArrayList<>();
    private List<Bucket> buckets = new ArrayList<>();
    private Optional<String> unit = Optional.empty();
    private boolean hasUnit;

    private long at;
    private long start;
    private long end;
    private Sum sum;
    private double value = Double.NaN;
    private double meter = Double.NaN;

    /**
     * @param from where the first bucket begins; between two borders of the grid that bucket is cut
     */
    public Fold(Grid grid, Kind kind, Tier tier, long from) {
        this.grid = grid;
        this.kind = kind;
        this.tier = tier;
        at = from;
        start = from;
        end = grid.next(grid.floor(from));
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
            hasUnit = true;
        }
    }

    /**
     * What a meter last said before its value, which is not known at the beginning, was lost: the
     * growth since then belongs to the next reading.
     */
    public void carryMeter(double said, Optional<String> itsUnit) {
        meter = said;
        unit = itsUnit;
        hasUnit = true;
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
        if (hasUnit && !unit.equals(itsUnit)) {
            cut(time);
            meter = Double.NaN;
        }
        unit = itsUnit;
        hasUnit = true;
        if (kind.isMeter()) {
            if (!Double.isNaN(meter)) {
                boolean reset = kind == Kind.METER && trusted < RESET * meter;
                sum.grew(reset ? trusted : trusted - meter);
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
     * @param known until when something can be known; the last bucket is cut there
     * @param to the end of the last bucket, if it is known so far
     * @return together they cover from the first bucket to the last; empty where nothing can be
     *     known
     */
    public List<Segment> finish(long known, long to) {
        advance(Math.min(known, to));
        if (at > start) {
            buckets.add(sum.done(at));
        }
        seal();
        return List.copyOf(segments);
    }

    private void advance(long time) {
        while (time >= end) {
            hold(end);
            buckets.add(sum.done(end));
            start = end;
            sum = new Sum(kind, start);
            end = grid.next(start);
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
        if (time > start && !sum.isEmpty()) {
            buckets.add(sum.done(time));
            start = time;
            sum = new Sum(kind, time);
        }
        seal();
    }

    private void seal() {
        if (!buckets.isEmpty()) {
            segments.add(new Segment(unit, tier, buckets));
            buckets = new ArrayList<>();
        }
    }
}
