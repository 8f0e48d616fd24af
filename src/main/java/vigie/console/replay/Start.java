package vigie.console.replay;

import java.time.Instant;

/**
 * How a replay begins.
 *
 * @param mode not {@link Mode#LIVE}
 * @param from the first moment it may show
 * @param to the last; one that has not come yet moves on with the present
 * @param at the moment it begins at
 * @param speed seconds of the past in a second
 * @param playing whether it plays at once
 */
public record Start(
        Mode mode, Instant from, Instant to, Instant at, double speed, boolean playing) {}
