package vigie.timeline;

import vigie.recording.Basis;
import vigie.text.Sentence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a replay stands. Immutable.
 *
 * @param at the moment it shows, by the clock of Home Assistant's host
 * @param from the first moment it may show
 * @param to the last; of a database's past its present when that was asked last
 * @param basis which knowledge it tells from
 * @param playing whether time goes on; also while it {@code waits}
 * @param backwards whether it goes back
 * @param speed seconds of the past in a second: what was chosen, {@link #SLOWEST} to {@link
 *     #FASTEST}
 * @param pace seconds of the past in a second, now: differs from {@code speed} while the quiet is
 *     skipped
 * @param skipsQuiet whether it hurries where nothing happens
 * @param waits whether it stands still because what comes next is still being read
 * @param ended whether it came to the end of what there is, in its direction, and stopped there
 * @param until what it stops at; empty: at the end only
 * @param stoppedAt what it stopped at last, for the operator; empty once it moved on
 * @param fault what is in the way of reading on; empty: nothing
 */
public record Playback(
        Instant at,
        Instant from,
        Instant to,
        Basis basis,
        boolean playing,
        boolean backwards,
        double speed,
        double pace,
        boolean skipsQuiet,
        boolean waits,
        boolean ended,
        Optional<Until> until,
        Optional<Sentence> stoppedAt,
        Optional<Sentence> fault) {
    public static final double SLOWEST = 0.25;
    public static final double FASTEST = 3600;

    /** The speeds that a screen offers. */
    public static final List<Double> SPEEDS =
            List.of(
                    0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0,
                    3600.0);
}
