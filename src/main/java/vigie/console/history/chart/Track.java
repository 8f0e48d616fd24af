package vigie.console.history.chart;

import vigie.history.series.Bucket;
import vigie.history.series.Segment;
import vigie.history.series.Tier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One point's buckets in one unit, in order of time, as arrays: a chart is drawn from it sixty
 * times a second. Immutable.
 */
public final class Track {
    private final String unit;
    private final long[] from;
    private final long[] to;
    private final double[] min;
    private final double[] max;
    private final double[] mean;
    private final double[] trusted;
    private final int[] segment;
    private final List<Bucket> buckets;
    private final List<Tier> tiers;

    private Track(String unit, List<Segment> segments) {
        this.unit = unit;
        int count = segments.stream().mapToInt(one -> one.buckets().size()).sum();
        from = new long[count];
        to = new long[count];
        min = new double[count];
        max = new double[count];
        mean = new double[count];
        trusted = new double[count];
        segment = new int[count];
        List<Bucket> all = new ArrayList<>(count);
        List<Tier> itsTiers = new ArrayList<>();
        int i = 0;
        for (Segment one : segments) {
            for (Bucket bucket : one.buckets()) {
                from[i] = bucket.from();
                to[i] = bucket.to();
                min[i] = bucket.min();
                max[i] = bucket.max();
                mean[i] = bucket.mean();
                trusted[i] = 1 - bucket.gap();
                segment[i] = itsTiers.size();
                i++;
            }
            all.addAll(one.buckets());
            itsTiers.add(one.tier());
        }
        buckets = List.copyOf(all);
        tiers = List.copyOf(itsTiers);
    }

    /** The track of segments of one unit, in order of time. */
    public static Track of(String unit, List<Segment> segments) {
        return new Track(unit, segments);
    }

    /** As recorded; empty for a number without one. */
    public String unit() {
        return unit;
    }

    /** Whether it holds no trustworthy value. */
    public boolean isEmpty() {
        for (double value : mean) {
            if (!Double.isNaN(value)) {
                return false;
            }
        }
        return true;
    }

    public int size() {
        return from.length;
    }

    /** The first microsecond told of; the largest number where there is none. */
    public long begin() {
        return from.length == 0 ? Long.MAX_VALUE : from[0];
    }

    /** The first microsecond not told of any more; the least number where there is none. */
    public long end() {
        return to.length == 0 ? Long.MIN_VALUE : to[to.length - 1];
    }

    /** Of the buckets that touch a stretch, the index of the first, or of what comes after it. */
    int first(long at) {
        int found = Arrays.binarySearch(to, at + 1);
        return found < 0 ? -found - 1 : found;
    }

    /** The buckets that touch a stretch. */
    public List<Bucket> within(Stretch stretch) {
        int begin = first(stretch.from());
        int end = begin;
        while (end < from.length && from[end] < stretch.to()) {
            end++;
        }
        return buckets.subList(begin, end);
    }

    /** The index of the bucket that holds a moment; −1 where none does. */
    public int at(long moment) {
        int index = first(moment);
        return index < from.length && from[index] <= moment ? index : -1;
    }

    public Bucket bucket(int index) {
        return buckets.get(index);
    }

    /** Where a bucket comes from. */
    public Tier tier(int index) {
        return tiers.get(segment[index]);
    }

    /** Least and greatest value of what touches a stretch; NaN where there is none. */
    double[] extremes(Stretch stretch) {
        double low = Double.NaN;
        double high = Double.NaN;
        for (int i = first(stretch.from()); i < from.length && from[i] < stretch.to(); i++) {
            double least = Double.isNaN(min[i]) ? mean[i] : min[i];
            double most = Double.isNaN(max[i]) ? mean[i] : max[i];
            if (!Double.isNaN(least)) {
                low = Double.isNaN(low) ? least : Math.min(low, least);
                high = Double.isNaN(high) ? most : Math.max(high, most);
            }
        }
        return new double[] {low, high};
    }

    /** Reduces what a projection shows to columns of pixels. */
    void reduce(Projection projection, Columns into) {
        int width = (int) Math.ceil(projection.width());
        into.reset(width);
        long start = projection.stretch().from();
        long end = projection.stretch().to();
        double perMicro = projection.width() / projection.stretch().width();
        int before = -1;
        for (int i = first(start); i < from.length && from[i] < end; i++) {
            double left = Math.max(0, (from[i] - start) * perMicro);
            double right = Math.min(width, (to[i] - start) * perMicro);
            int firstColumn = Math.min(width - 1, (int) left);
            int lastColumn = Math.min(width - 1, (int) Math.ceil(right) - 1);
            if (lastColumn <= firstColumn) {
                into.add(
                        firstColumn,
                        min[i],
                        max[i],
                        mean[i],
                        Math.max(right - left, 1e-9),
                        trusted[i]);
            } else {
                wide(into, i, left, right, firstColumn, lastColumn);
            }
            if (before >= 0 && segment[i] != segment[before] && tierOrUnitBreaks(i, before)) {
                into.begins[firstColumn] = true;
            }
            before = i;
        }
        into.done();
    }

    private void wide(
            Columns into, int i, double left, double right, int firstColumn, int lastColumn) {
        for (int column = firstColumn; column <= lastColumn; column++) {
            double share = Math.min(right, column + 1) - Math.max(left, column);
            // A sliver of a bucket says nothing that its other columns do not say better.
            if (share > 0.02 || Double.isNaN(into.min[column])) {
                into.add(column, min[i], max[i], mean[i], Math.max(share, 1e-9), trusted[i]);
            }
        }
    }

    /** Segments that touch belong to one curve, also where they come from different tiers. */
    private boolean tierOrUnitBreaks(int i, int before) {
        return from[i] != to[before];
    }
}
