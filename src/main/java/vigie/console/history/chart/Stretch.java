package vigie.console.history.chart;

import vigie.history.Times;

import java.time.Instant;

/**
 * What a chart shows of time.
 *
 * @param from first microsecond
 * @param to first microsecond after; later than {@code from}
 */
public record Stretch(long from, long to) {
    /** Nearer, there is nothing to see: sources rarely change faster. */
    public static final long LEAST = 1_000_000;

    /** Farther, no database goes back. */
    public static final long MOST = 20L * 366 * 86_400 * 1_000_000;

    public Stretch {
        if (to <= from) {
            throw new IllegalArgumentException("a stretch of time ends after it begins");
        }
    }

    /** The stretch between two moments. */
    public static Stretch between(Instant from, Instant to) {
        return new Stretch(Times.micros(from), Times.micros(to));
    }

    /** How long, microseconds. */
    public long width() {
        return to - from;
    }

    /** As long, but later by so much; earlier where negative. */
    public Stretch moved(long by) {
        return new Stretch(from + by, to + by);
    }

    /** As long, but with another end. */
    public Stretch endingAt(long end) {
        return new Stretch(end - width(), end);
    }

    /**
     * Longer by a factor above 1, shorter by one below, with a moment staying at its share of the
     * width; within {@link #LEAST} and {@link #MOST}.
     */
    public Stretch zoomed(long about, double factor) {
        long next = Math.clamp(Math.round(width() * factor), LEAST, MOST);
        double share = (double) (about - from) / width();
        long start = about - Math.round(share * next);
        return new Stretch(start, start + next);
    }

    /** With so many of its widths more on both sides. */
    public Stretch widened(double widths) {
        long by = Math.round(width() * widths);
        return new Stretch(from - by, to + by);
    }

    public boolean contains(long at) {
        return at >= from && at < to;
    }

    /** Whether the whole of another lies in this one. */
    public boolean covers(Stretch other) {
        return from <= other.from && to >= other.to;
    }

    public boolean overlaps(Stretch other) {
        return from < other.to && other.from < to;
    }
}
