package vigie.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * How fast a replay that skips the quiet may go: at the speed that was chosen near whatever
 * happens, and the faster the farther that is away. One thread.
 */
final class Quiet {
    /** So many seconds of the watch before something happens, and after it, nothing is hurried. */
    private static final double BEFORE = 2;

    private static final double AFTER = 4;

    /** Seconds of the watch in which the way to the next would be gone, were the pace kept. */
    private static final double WAY = 1.5;

    private final NavigableSet<Instant> turns = new TreeSet<>();
    private Instant knownFrom = Instant.MAX;
    private Instant knownTo = Instant.MIN;

    /** What happened in a stretch is known now; stretches that touch are joined. */
    void know(Instant from, Instant to, Iterable<Instant> moments) {
        if (from.isAfter(knownTo) || to.isBefore(knownFrom)) {
            turns.clear();
            knownFrom = from;
            knownTo = to;
        }
        knownFrom = from.isBefore(knownFrom) ? from : knownFrom;
        knownTo = to.isAfter(knownTo) ? to : knownTo;
        moments.forEach(turns::add);
    }

    /** Whether what happens is known from a moment on for so long, in the direction of playing. */
    boolean knows(Instant at, Duration ahead, boolean backwards) {
        Instant far = backwards ? at.minus(ahead) : at.plus(ahead);
        return !at.isBefore(knownFrom)
                && !at.isAfter(knownTo)
                && !far.isBefore(knownFrom)
                && !far.isAfter(knownTo);
    }

    /** Nothing is known any more. */
    void forget() {
        turns.clear();
        knownFrom = Instant.MAX;
        knownTo = Instant.MIN;
    }

    /**
     * Seconds of the past in a second.
     *
     * @param speed what was chosen
     */
    double pace(Instant at, double speed, boolean backwards) {
        if (at.isBefore(knownFrom) || at.isAfter(knownTo)) {
            return speed;
        }
        Instant next = backwards ? turns.floor(at) : turns.ceiling(at);
        Instant last = backwards ? turns.ceiling(at) : turns.floor(at);
        // Beyond what is known something may happen, behind what is known nothing is missed.
        Instant far = backwards ? knownFrom : knownTo;
        double ahead = seconds(at, next == null ? far : next) - BEFORE * speed;
        double behind = last == null ? Double.MAX_VALUE : seconds(last, at) - AFTER * speed;
        double pace = Math.min(ahead, behind) / WAY;
        return Math.clamp(pace, speed, Math.max(speed, Playback.FASTEST));
    }

    private static double seconds(Instant one, Instant other) {
        return Math.abs(Duration.between(one, other).toNanos() / 1e9);
    }
}
