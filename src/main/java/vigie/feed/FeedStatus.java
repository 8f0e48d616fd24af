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
 *     {@link Phase#BLOCKED}, and with {@link Way#POLL} in every phase; in {@link Phase#LIVE} it
 *     says what must be known although the feed is live: that a replica is read, and how late that
 *     is
 * @param way how changes come
 * @param host the server that it follows or tries, as people write it; empty before the first try
 * @param tally what it had to mend since it was started
 */
public record FeedStatus(
        Phase phase,
        Instant since,
        Optional<Sentence> reason,
        Way way,
        Optional<String> host,
        Tally tally) {
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
        /** At the server's present. */
        LIVE,
        /** Cut off; trying again by itself. */
        BACKOFF,
        /** The position is lost; a new snapshot follows. */
        RESYNC,
        /** Needs a person: the reason says what to do. */
        BLOCKED
    }

    /** How changes come. */
    public enum Way {
        /** Each commit, from the binlog. */
        BINLOG,
        /**
         * Once a second by a query, because the server writes no binlog: what came and went within
         * a second is one step late, and an undone or changed row is noticed late or not at all.
         */
        POLL
    }

    /** A status in which nothing was mended, before any host was tried. */
    public FeedStatus(Phase phase, Instant since, Optional<Sentence> reason) {
        this(phase, since, reason, Way.BINLOG, Optional.empty(), Tally.NONE);
    }

    /** Whether the picture follows the database. */
    public boolean isLive() {
        return phase == Phase.LIVE;
    }
}
