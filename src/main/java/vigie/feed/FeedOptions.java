package vigie.feed;

import java.util.Optional;

/**
 * What a consumer wants of its feed.
 *
 * @param maySkip whether a consumer that falls behind is given the newest state instead of every
 *     step; the steps are then only in {@link FeedListener#recovered}
 * @param wantsState whether it is given the state of the tables before the stream
 * @param from where it stood when it was last running; empty: at the present
 */
public record FeedOptions(boolean maySkip, boolean wantsState, Optional<StoredPlace> from) {
    /** For a live picture, to which the newest state is worth more than every step. */
    public static final FeedOptions LIVE = new FeedOptions(true, true, Optional.empty());

    /** For who wants every row from now on, and waits for it. */
    public static final FeedOptions EVERY_ROW = new FeedOptions(false, true, Optional.empty());

    /** For who stores its place and must miss nothing across its own restarts. */
    public static FeedOptions durable(Optional<StoredPlace> from) {
        return new FeedOptions(false, false, from);
    }
}
