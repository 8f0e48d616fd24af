package vigie.timeline;

import java.time.Duration;

/**
 * How far behind the database's commits this console is.
 *
 * @param length never negative
 * @param exact true where a heartbeat told it; otherwise it was told by a commit, whose clock has
 *     whole seconds, and is the least that it can be
 */
public record Delay(Duration length, boolean exact) {
    public Delay {
        if (length.isNegative()) {
            length = Duration.ZERO;
        }
    }
}
