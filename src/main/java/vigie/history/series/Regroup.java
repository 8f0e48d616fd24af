package vigie.history.series;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts buckets of several tiers on one grid. What belongs to one bucket of the grid and has one
 * unit becomes one; what is wider than the grid stays as it is; what is missing becomes a gap.
 * Takes them in order of time; one thread.
 */
public final class Regroup {
    private final Grid grid;
    private final Kind kind;
    private final List<Segment> segments = new ArrayList<>();
    private List<Bucket> buckets = new ArrayList<>();
    private Optional<String> unit = Optional.empty();
    private @Nullable Tier tier;
    private long done;

    // The bucket in the making.
    private @Nullable Sum sum;
    private Optional<String> sumUnit = Optional.empty();
    private @Nullable Tier sumTier;
    private long sumTierLength;
    private long slot;
    private long sumFrom;
    private long sumTo;

    /**
     * @param from where the answer begins
     */
    public Regroup(Grid grid, Kind kind, long from) {
        this.grid = grid;
        this.kind = kind;
        done = from;
        sumFrom = from;
        sumTo = from;
    }

    /** The next stretch. */
    public void add(Segment segment) {
        for (Bucket bucket : segment.buckets()) {
            add(bucket, segment.unit(), segment.tier());
        }
    }

    /** The next bucket. */
    public void add(Bucket bucket, Optional<String> itsUnit, Tier itsTier) {
        long its = grid.floor(bucket.from());
        boolean wide = bucket.to() > grid.next(its);
        // A gap has no unit of its own.
        Optional<String> counted = bucket.isEmpty() ? sumUnitOr(itsUnit) : itsUnit;
        if (sum != null && (wide || its != slot || !counted.equals(sumUnit))) {
            flush();
        }
        if (wide) {
            gapTo(bucket.from(), itsTier);
            put(bucket, itsUnit, itsTier);
            done = Math.max(done, bucket.to());
            return;
        }
        Sum open = sum;
        if (open == null) {
            gapTo(Math.min(its, bucket.from()), itsTier);
            slot = its;
            sumFrom = Math.max(done, Math.min(bucket.from(), its));
            open = new Sum(kind, sumFrom);
            sum = open;
            sumUnit = counted;
            sumTier = itsTier;
            sumTierLength = bucket.to() - bucket.from();
        } else if (bucket.to() - bucket.from() > sumTierLength) {
            sumTier = itsTier;
            sumTierLength = bucket.to() - bucket.from();
        }
        open.add(bucket);
        sumTo = bucket.to();
    }

    private Optional<String> sumUnitOr(Optional<String> other) {
        return sum == null ? other : sumUnit;
    }

    /**
     * The end.
     *
     * @param to until where gaps are told
     */
    public List<Segment> finish(long to) {
        flush();
        gapTo(to, tier == null ? Tier.STATES : tier);
        seal();
        return List.copyOf(segments);
    }

    private void flush() {
        Sum open = sum;
        Tier its = sumTier;
        if (open == null || its == null) {
            return;
        }
        sum = null;
        put(open.done(sumTo), sumUnit, its);
        done = sumTo;
    }

    private void gapTo(long time, Tier itsTier) {
        while (done < time) {
            long end = Math.min(time, grid.next(grid.floor(done)));
            put(Bucket.empty(done, end), unit, tier == null ? itsTier : tier);
            done = end;
        }
    }

    private void put(Bucket bucket, Optional<String> itsUnit, Tier itsTier) {
        boolean unitChanged = !bucket.isEmpty() && !itsUnit.equals(unit);
        if (unitChanged && allEmpty()) {
            // Gaps before the first number take its unit.
            unit = itsUnit;
            unitChanged = false;
        }
        if (unitChanged || (tier != null && tier != itsTier)) {
            seal();
        }
        if (!bucket.isEmpty()) {
            unit = itsUnit;
        }
        tier = itsTier;
        buckets.add(bucket);
    }

    private boolean allEmpty() {
        return segments.isEmpty() && buckets.stream().allMatch(Bucket::isEmpty);
    }

    private void seal() {
        Tier its = tier;
        if (!buckets.isEmpty() && its != null) {
            segments.add(new Segment(unit, its, buckets));
            buckets = new ArrayList<>();
        }
    }
}
