package vigie.feed;

import vigie.text.Sentence;

import java.time.Instant;
import java.util.Optional;

/**
 * How the feed stands.
 *
 * @param phase what it is doing
 * @param since when it began to (this console's clock)
 * @param reason why, for the operator; present in {@link Phase#BACKOFF}, {@link Phase#RESYNC} and
 *     {@link Phase#BLOCKED}
 */
public record FeedStatus(Phase phase, Instant since, Optional<Sentence> reason) {
    /** The feed's states. */
    public enum Phase {
        /** Not started, or closed. */
        IDLE,
        /** Asking the server whether it can serve us. */
        CHECK,
        /** Reading the state of the tables. */
        SNAPSHOT,
        /** Streaming, not yet at the server's present. */
        CATCHUP,
        /** Streaming at the server's present. */
        LIVE,
        /** Cut off; trying again by itself. */
        BACKOFF,
        /** The position is lost; a new snapshot follows. */
        RESYNC,
        /** Needs a person: the reason says what to do. */
        BLOCKED
    }

    /** Whether the picture follows the database. */
    public boolean isLive() {
        return phase == Phase.LIVE;
    }
}
