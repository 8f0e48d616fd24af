package vigie.console;

import vigie.console.difference.Against;
import vigie.console.history.PastSettings;
import vigie.console.replay.ReplaySettings;

import java.util.Optional;

/**
 * The past that a console can show.
 *
 * @param charts what charts can show; empty: the present only
 * @param replay what can be played; empty: the present only
 * @param against what it is held against at first; empty: nothing
 */
public record Behind(
        Optional<PastSettings> charts, Optional<ReplaySettings> replay, Optional<Against> against) {
    /** The present only. */
    public static final Behind NOTHING =
            new Behind(Optional.empty(), Optional.empty(), Optional.empty());
}
