package vigie.history;

import java.time.Instant;
import java.util.Optional;

/**
 * A time in which Home Assistant did not record.
 *
 * @param from when it stopped; where it died without a word, or only fell silent, its last row
 * @param to when it started again; empty: it has not
 * @param silent whether it has only been silent for long: nobody knows yet whether it runs
 */
public record RecorderOutage(Instant from, Optional<Instant> to, boolean silent) {}
