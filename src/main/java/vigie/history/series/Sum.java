package vigie.history.series;

/**
 * A bucket in the making: takes stretches of held values, or smaller buckets, in order of time. One
 * thread.
 */
final class Sum {
    private final Kind kind;
    private final long from;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double area;
    private double sine;
    private double cosine;
    private double first = Double.NaN;
    private double last = Double.NaN;
    private double least = Double.NaN;
    private double growth = Double.NaN;
    private long trusted;
    private int count;
    private boolean any;
    private boolean begun;
    private boolean countKnown = true;

    Sum(Kind kind, long from) {
        this.kind = kind;
        this.from = from;
    }

    boolean isEmpty() {
        return !any;
    }

    /** A value held for a while, 0 for one that was replaced at once. */
    void held(double value, long micros) {
        any = true;
        min = Math.min(min, value);
        max = Math.max(max, value);
        if (!begun) {
            begun = true;
            first = value;
        }
        last = value;
        area += value * micros;
        if (kind == Kind.ANGLE) {
            double angle = Math.toRadians(value);
            sine += Math.sin(angle) * micros;
            cosine += Math.cos(angle) * micros;
        }
        trusted += micros;
    }

    /** One trustworthy reading; {@link #held} tells its value. */
    void reading() {
        count++;
    }

    void grew(double by) {
        growth = Double.isNaN(growth) ? by : growth + by;
    }

    void add(Bucket bucket) {
        if (bucket.count() == Bucket.UNKNOWN_COUNT) {
            countKnown = false;
        } else {
            count += bucket.count();
        }
        if (!Double.isNaN(bucket.growth())) {
            grew(bucket.growth());
        }
        if (bucket.isEmpty()) {
            return;
        }
        any = true;
        if (!Double.isNaN(bucket.min())) {
            min = Math.min(min, bucket.min());
            max = Math.max(max, bucket.max());
        }
        if (!begun) {
            begun = true;
            // Where the first part does not tell it, no later one does.
            first = bucket.first();
        }
        last = bucket.last();
        least = bucket.mean();
        area += bucket.mean() * bucket.trusted();
        if (kind == Kind.ANGLE) {
            double angle = Math.toRadians(bucket.mean());
            double length = bucket.weight() * bucket.trusted();
            sine += Math.sin(angle) * length;
            cosine += Math.cos(angle) * length;
        }
        trusted += bucket.trusted();
    }

    Bucket done(long to) {
        if (!any) {
            Bucket empty = Bucket.empty(from, to);
            return new Bucket(
                    from,
                    to,
                    empty.min(),
                    empty.max(),
                    empty.mean(),
                    empty.first(),
                    empty.last(),
                    countKnown ? count : Bucket.UNKNOWN_COUNT,
                    0,
                    growth,
                    1);
        }
        boolean ranged = kind != Kind.ANGLE && min <= max;
        return new Bucket(
                from,
                to,
                ranged ? min : Double.NaN,
                ranged ? max : Double.NaN,
                mean(),
                first,
                last,
                countKnown ? count : Bucket.UNKNOWN_COUNT,
                Math.min(trusted, to - from),
                growth,
                kind == Kind.ANGLE && trusted > 0
                        ? Math.min(1, Math.hypot(sine, cosine) / trusted)
                        : 1);
    }

    private double mean() {
        if (trusted == 0) {
            return Double.isNaN(last) ? least : last;
        }
        if (kind != Kind.ANGLE) {
            double mean = area / trusted;
            // Rounding must not carry a mean past what was measured.
            return min <= max ? Math.clamp(mean, min, max) : mean;
        }
        double degrees = Math.toDegrees(Math.atan2(sine, cosine));
        return degrees < 0 ? degrees + 360 : degrees;
    }
}
