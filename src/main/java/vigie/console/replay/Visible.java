package vigie.console.replay;

import vigie.console.history.chart.Stretch;

import java.time.Duration;

/**
 * Which stretch of time the lanes show. Follows the playhead like a page that is turned, so that
 * the lanes stand still while it plays; a hand that moves the stretch away is not pulled back
 * before the playhead is moved by hand. One thread.
 */
final class Visible {
    static final long LEAST = micros(Duration.ofMinutes(15));
    static final long MOST = micros(Duration.ofDays(366));

    /** What an operator wants to see first. */
    static final long USUAL = micros(Duration.ofHours(2));

    /** The playhead may come so near to an edge, in widths. */
    private static final double EDGE = 0.04;

    /** Where the playhead is after a page was turned, in widths from the edge it comes from. */
    private static final double AFTER_PAGE = 0.12;

    /** What lies ahead of the present, in widths. */
    private static final double AHEAD = 0.03;

    private Stretch stretch;
    private boolean follows = true;

    /** Where what can be shown ends. */
    private long end = Long.MAX_VALUE;

    Visible(long present) {
        stretch = ending(present, USUAL);
    }

    Stretch stretch() {
        return stretch;
    }

    /** The playhead was moved by hand: from now on it is followed. */
    void follow() {
        follows = true;
    }

    /** The present is shown and went on; whether the stretch changed. */
    boolean present(long now) {
        Stretch next = ending(now, stretch.width());
        // Less than a pixel nobody sees.
        if (!follows || Math.abs(next.to() - stretch.to()) < stretch.width() / 2_000) {
            return false;
        }
        stretch = next;
        return true;
    }

    /** The playhead is somewhere; whether the stretch changed. */
    boolean playhead(long at, boolean backwards) {
        if (!follows) {
            return false;
        }
        long edge = Math.round(stretch.width() * EDGE);
        if (at >= stretch.from() + edge && at <= stretch.to() - edge) {
            return false;
        }
        boolean near = at >= stretch.from() - edge && at <= stretch.to() + edge;
        double share = !near ? 0.5 : backwards ? 1 - AFTER_PAGE : AFTER_PAGE;
        if (near && (at < stretch.from() + edge) != backwards) {
            // It came from the other side, by hand: a page back shows what is before it.
            share = 1 - share;
        }
        long from = at - Math.round(stretch.width() * share);
        if (end < Long.MAX_VALUE) {
            // A page of what has not come yet shows nothing.
            from = Math.min(from, ending(Math.max(at, end), stretch.width()).from());
        }
        Stretch next = new Stretch(from, from + stretch.width());
        boolean changes = !next.equals(stretch);
        stretch = next;
        return changes;
    }

    /** What can be shown ends here. */
    void end(long at) {
        end = at;
    }

    /** Moves by hand, later by so much. */
    void move(long by) {
        follows = false;
        stretch = stretch.moved(by);
    }

    /** Zooms by hand about a moment. */
    void zoom(long about, double factor) {
        double least = (double) LEAST / stretch.width();
        double most = (double) MOST / stretch.width();
        stretch = stretch.zoomed(about, Math.clamp(factor, Math.min(1, least), Math.max(1, most)));
    }

    /** Shows just this. */
    void show(Stretch wanted) {
        stretch = wanted;
        if (wanted.width() < LEAST) {
            stretch =
                    wanted.zoomed(
                            (wanted.from() + wanted.to()) / 2, LEAST / (double) wanted.width());
        }
    }

    private static Stretch ending(long now, long width) {
        long end = now + Math.round(width * AHEAD);
        return new Stretch(end - width, end);
    }

    private static long micros(Duration length) {
        return length.toNanos() / 1_000;
    }
}
