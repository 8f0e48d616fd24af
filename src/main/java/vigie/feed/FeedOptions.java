package vigie.feed;

import vigie.room.Fact;
import vigie.store.OwnSchema;

import java.util.List;
import java.util.Optional;

/**
 * What a consumer wants of its feed.
 *
 * @param maySkip whether a consumer that falls behind is given the newest state instead of every
 *     step; the steps are then only in {@link FeedListener#recovered}
 * @param wantsState whether it is given the state of the tables before the stream; otherwise it is
 *     told its place after each group ({@link FeedListener#passed})
 * @param from where it stood when it was last running; empty: at the present
 * @param known what was known there of names and of the recorder itself: the tables tell of a later
 *     moment by now, and what the stream says is told where it differs from this; empty: nothing
 * @param ownSchema Vigie's own schema on the same server: its heartbeat is told, and its rows alone
 *     move no place
 */
public record FeedOptions(
        boolean maySkip,
        boolean wantsState,
        Optional<StoredPlace> from,
        List<Fact> known,
        String ownSchema) {
    public FeedOptions {
        known = List.copyOf(known);
    }

    /** For a live picture, to which the newest state is worth more than every step. */
    public static final FeedOptions LIVE =
            new FeedOptions(true, true, Optional.empty(), List.of(), OwnSchema.DEFAULT_NAME);

    /** For who wants every row from now on, and waits for it. */
    public static final FeedOptions EVERY_ROW =
            new FeedOptions(false, true, Optional.empty(), List.of(), OwnSchema.DEFAULT_NAME);

    /** For who stores its place and must miss nothing across its own restarts. */
    public static FeedOptions durable(Optional<StoredPlace> from) {
        return new FeedOptions(false, false, from, List.of(), OwnSchema.DEFAULT_NAME);
    }

    /** The same, with what was known at the stored place. */
    public FeedOptions withKnown(List<Fact> facts) {
        return new FeedOptions(maySkip, wantsState, from, facts, ownSchema);
    }

    /** The same where Vigie's own schema has another name, which {@code VIGIE_DB_URL} may give. */
    public FeedOptions withOwnSchema(String name) {
        return new FeedOptions(maySkip, wantsState, from, known, name);
    }
}
