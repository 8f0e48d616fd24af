package vigie.console.history.chart;

import vigie.history.series.Bucket;
import vigie.history.series.Kind;

/**
 * What a point did within a stretch of time; its mean is weighted by how long each value held.
 * Numbers are NaN where nothing is known.
 *
 * @param min least
 * @param max greatest
 * @param mean weighted by time; of angles the circular mean
 * @param last the last trustworthy value
 * @param gap the share without a trustworthy value of what is told of the stretch, 0 to 1; NaN
 *     where nothing is
 * @param growth of a meter: by how much it grew
 */
public record Statistics(
        double min, double max, double mean, double last, double gap, double growth) {
    /**
     * Of what a track tells of a stretch. Of a bucket that an end of it cuts, the mean and the gap
     * count by their share; its least, greatest and last value count whole, for nobody knows when
     * in it they were.
     *
     * @param until the present: what lies after it is no gap
     */
    public static Statistics of(Track track, Kind kind, Stretch stretch, long until) {
        double min = Double.NaN;
        double max = Double.NaN;
        double last = Double.NaN;
        double growth = Double.NaN;
        double area = 0;
        double sine = 0;
        double cosine = 0;
        double trusted = 0;
        double told = 0;
        double instantMean = Double.NaN;
        for (Bucket bucket : track.within(stretch)) {
            long from = Math.max(bucket.from(), stretch.from());
            long to = Math.min(Math.min(bucket.to(), stretch.to()), until);
            if (to <= from && bucket.to() > bucket.from()) {
                continue;
            }
            double share =
                    bucket.to() == bucket.from()
                            ? 1
                            : (double) (to - from) / (bucket.to() - bucket.from());
            told += to - from;
            if (!Double.isNaN(bucket.growth())) {
                double part = bucket.growth() * share;
                growth = Double.isNaN(growth) ? part : growth + part;
            }
            if (bucket.isEmpty()) {
                continue;
            }
            // Of meters the statistics tell no least and greatest; of angles nobody does.
            boolean ranged = !Double.isNaN(bucket.min()) || kind == Kind.ANGLE;
            min = lower(min, ranged ? bucket.min() : bucket.mean());
            max = -lower(-max, ranged ? -bucket.max() : -bucket.mean());
            last = Double.isNaN(bucket.last()) ? bucket.mean() : bucket.last();
            // Of the bucket that holds the present, all that is trusted lies before it.
            double weight =
                    bucket.to() > until
                            ? Math.min(bucket.trusted(), to - from)
                            : bucket.trusted() * share;
            trusted += weight;
            area += bucket.mean() * weight;
            instantMean = bucket.mean();
            double angle = Math.toRadians(bucket.mean());
            sine += Math.sin(angle) * weight * bucket.weight();
            cosine += Math.cos(angle) * weight * bucket.weight();
        }
        double mean = trusted > 0 ? area / trusted : instantMean;
        if (kind == Kind.ANGLE && trusted > 0) {
            double degrees = Math.toDegrees(Math.atan2(sine, cosine));
            mean = degrees < 0 ? degrees + 360 : degrees;
        } else if (min <= max) {
            mean = Math.clamp(mean, min, max);
        }
        double gap = told > 0 ? Math.clamp(1 - trusted / told, 0, 1) : Double.NaN;
        return new Statistics(min, max, mean, last, gap, growth);
    }

    private static double lower(double one, double other) {
        return Double.isNaN(one) ? other : Double.isNaN(other) ? one : Math.min(one, other);
    }
}
