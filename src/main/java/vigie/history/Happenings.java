package vigie.history;

import org.jspecify.annotations.Nullable;

import vigie.history.series.Bucket;
import vigie.history.series.Tier;
import vigie.point.Units;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Follows one point and says what happens to it. Before the first thing that is known of it nothing
 * happens: whether its first value ended a gap, nobody can tell. Numbers are told and compared in
 * the point's present unit, to which the limits belong too; one that cannot be converted crosses
 * nothing. Calls come in order of time. One thread.
 */
final class Happenings {
    private final HistoryPoint point;
    private final Watched watched;
    private final List<PastEvent> found = new ArrayList<>();

    /** Whether anything is known yet. */
    private boolean begun;

    /** What is held; NaN for a gap, and for texts. */
    private double value = Double.NaN;

    /** Whether what is held is trustworthy. */
    private boolean trusted;

    /** The last trustworthy text, gaps after it or not. */
    private @Nullable String text;

    Happenings(HistoryPoint point, Watched watched) {
        this.point = point;
        this.watched = watched;
    }

    /** What has happened since the beginning. */
    List<PastEvent> found() {
        return found;
    }

    // What is known at the beginning.

    /** A gap. */
    void beginInGap() {
        begun = true;
        trusted = false;
        value = Double.NaN;
    }

    /** A number. */
    void beginWith(double number, Optional<String> itsUnit) {
        begun = true;
        trusted = true;
        value = told(number, itsUnit);
    }

    /**
     * A text.
     *
     * @param last the last trustworthy one; null: not known
     * @param stands whether it stands still
     */
    void beginWith(@Nullable String last, boolean stands) {
        begun = true;
        trusted = stands;
        text = last;
    }

    // What comes.

    /**
     * A reading of a number.
     *
     * @param number NaN where it is not trustworthy
     * @param spelled as it was recorded; null: as Java writes that number
     */
    void number(
            long time,
            double number,
            @Nullable String spelled,
            Optional<String> itsUnit,
            Tier tier) {
        if (Double.isNaN(number)) {
            gap(time, tier);
            return;
        }
        double before = trusted ? value : Double.NaN;
        boolean first = !begun;
        ends(time, tier);
        double said = told(number, itsUnit);
        String text = said != number ? null : spelled == null ? Double.toString(number) : spelled;
        value = said;
        if (first) {
            return;
        }
        for (double limit : watched.highs()) {
            if (said > limit && !(before > limit)) {
                add(PastEvent.Kind.ABOVE, time, 0, said, text, limit, tier);
            }
        }
        for (double limit : watched.lows()) {
            if (said < limit && !(before < limit)) {
                add(PastEvent.Kind.BELOW, time, 0, said, text, limit, tier);
            }
        }
    }

    /**
     * A reading of a text.
     *
     * @param said null where it is not trustworthy
     */
    void text(long time, @Nullable String said, Tier tier) {
        if (said == null) {
            gap(time, tier);
            return;
        }
        ends(time, tier);
        String before = text;
        text = said;
        if (before != null && !before.equals(said) && watched.wants(PastEvent.Kind.CHANGE)) {
            add(PastEvent.Kind.CHANGE, time, 0, Double.NaN, said, Double.NaN, tier);
        }
    }

    /** The recorder stopped: what was held is not known any more, where anything was. */
    void outage(long time, Tier tier) {
        if (begun) {
            gap(time, tier);
        }
    }

    /** A reading that is not trustworthy. */
    private void gap(long time, Tier tier) {
        if (begun && trusted) {
            gapEvent(PastEvent.Kind.GAP_BEGINS, time, 0, tier);
        }
        beginInGap();
    }

    private void ends(long time, Tier tier) {
        if (begun && !trusted) {
            gapEvent(PastEvent.Kind.GAP_ENDS, time, 0, tier);
        }
        begun = true;
        trusted = true;
    }

    /**
     * A bucket of a roll-up. What certainly happened in it is told once for each kind.
     *
     * @param next whether the bucket after it has a trustworthy value
     */
    void bucket(Bucket bucket, Optional<String> itsUnit, boolean next, Tier tier) {
        long time = bucket.from();
        long width = bucket.to() - bucket.from();
        if (bucket.isEmpty()) {
            if (begun && trusted) {
                gapEvent(PastEvent.Kind.GAP_BEGINS, time, width, tier);
            }
            beginInGap();
            return;
        }
        boolean known = begun;
        boolean held = begun && trusted;
        double before = held ? value : Double.NaN;
        if (known && !held) {
            gapEvent(PastEvent.Kind.GAP_ENDS, time, width, tier);
        }
        double after = crossings(told(bucket, itsUnit), known, held, before, tier);
        boolean partial = bucket.trusted() < width;
        begun = true;
        trusted = true;
        value = after;
        if (partial && held) {
            gapEvent(PastEvent.Kind.GAP_BEGINS, time, width, tier);
            if (next) {
                gapEvent(PastEvent.Kind.GAP_ENDS, time, width, tier);
            } else {
                beginInGap();
            }
        }
    }

    /**
     * Tells of limits that were certainly crossed. After a gap a value beyond the limit counts,
     * whether it came first or later.
     *
     * @param before what was held; NaN where that cannot be compared
     * @return what was held at the end; where the bucket does not tell, on the side that it crossed
     *     to, so that it is not told again
     */
    private double crossings(Bucket bucket, boolean known, boolean held, double before, Tier tier) {
        double last = bucket.last();
        double min = or(bucket.min(), bucket.mean());
        double max = or(bucket.max(), bucket.mean());
        double start = Double.isNaN(before) ? bucket.first() : before;
        boolean afterGap = known && !held;
        boolean up = false;
        boolean down = false;
        List<PastEvent.Kind> order =
                last > start
                        ? List.of(PastEvent.Kind.BELOW, PastEvent.Kind.ABOVE)
                        : List.of(PastEvent.Kind.ABOVE, PastEvent.Kind.BELOW);
        long width = bucket.to() - bucket.from();
        for (PastEvent.Kind kind : order) {
            boolean above = kind == PastEvent.Kind.ABOVE;
            for (double limit : above ? watched.highs() : watched.lows()) {
                // Comparisons with NaN are false: what is not known makes nothing certain.
                boolean crossed =
                        above
                                ? max > limit
                                        && (afterGap
                                                || start <= limit
                                                || (min <= limit && last > limit))
                                : min < limit
                                        && (afterGap
                                                || start >= limit
                                                || (max >= limit && last < limit));
                if (crossed) {
                    add(kind, bucket.from(), width, above ? max : min, null, limit, tier);
                    up |= above;
                    down |= !above;
                }
            }
        }
        if (!Double.isNaN(last) || up == down) {
            return last(bucket);
        }
        return up ? max : min;
    }

    /** A number in the point's present unit; NaN where it cannot be told in it. */
    private double told(double number, Optional<String> itsUnit) {
        Optional<String> present = point.attributes().unit();
        if (itsUnit.equals(present) || Double.isNaN(number)) {
            return number;
        }
        return itsUnit.isPresent() && present.isPresent()
                ? Units.convert(number, itsUnit.get(), present.get()).orElse(Double.NaN)
                : Double.NaN;
    }

    private Bucket told(Bucket bucket, Optional<String> itsUnit) {
        return new Bucket(
                bucket.from(),
                bucket.to(),
                told(bucket.min(), itsUnit),
                told(bucket.max(), itsUnit),
                told(bucket.mean(), itsUnit),
                told(bucket.first(), itsUnit),
                told(bucket.last(), itsUnit),
                bucket.count(),
                bucket.trusted(),
                bucket.growth(),
                bucket.weight());
    }

    static double last(Bucket bucket) {
        return or(bucket.last(), bucket.mean());
    }

    private static double or(double number, double otherwise) {
        return Double.isNaN(number) ? otherwise : number;
    }

    private void gapEvent(PastEvent.Kind kind, long time, long width, Tier tier) {
        if (watched.wants(kind)) {
            add(kind, time, width, Double.NaN, null, Double.NaN, tier);
        }
    }

    private void add(
            PastEvent.Kind kind,
            long time,
            long width,
            double number,
            @Nullable String said,
            double limit,
            Tier tier) {
        Instant at = Times.instant(time);
        found.add(
                new PastEvent(
                        point,
                        kind,
                        at,
                        Duration.between(at, Times.instant(time + width)),
                        optional(number),
                        said,
                        optional(limit),
                        tier));
    }

    private static OptionalDouble optional(double number) {
        return Double.isNaN(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
    }
}
