package vigie.timeline;

import vigie.feed.FeedStatus;
import vigie.point.PointKey;
import vigie.room.Cadences;
import vigie.room.Freshness;
import vigie.room.RoomState;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The newest that is known.
 *
 * @param state the room
 * @param feed how the feed stands
 * @param cadences how often its points have something to say: the newest version that was learned
 * @param commitEvery how often the recorder commits, as far as it shows
 * @param followedUntil since when the feed is not live, by Home Assistant's clock; empty while it
 *     is
 * @param clocks how far the clocks are from each other
 * @param readingsPerSecond readings folded, over the last ten seconds
 * @param delay how far the fold is behind the commits; empty before the first group
 * @param widths in the past the points of which only roll-ups are left, with the widths of their
 *     buckets; empty at present
 * @param at the moment the state is of, by Home Assistant's clock; empty: the present
 */
public record Moment(
        RoomState state,
        FeedStatus feed,
        Cadences cadences,
        Duration commitEvery,
        Optional<Instant> followedUntil,
        Clocks clocks,
        double readingsPerSecond,
        Optional<Delay> delay,
        Map<PointKey, Duration> widths,
        Optional<Instant> at) {
    public Moment {
        widths = Map.copyOf(widths);
    }

    /** A moment of a feed whose readings nothing but themselves is known of. */
    public Moment(
            RoomState state, FeedStatus feed, double readingsPerSecond, Optional<Delay> delay) {
        this(
                state,
                feed,
                Cadences.NONE,
                Freshness.USUAL_COMMIT,
                Optional.empty(),
                Clocks.EQUAL,
                readingsPerSecond,
                delay,
                Map.of(),
                Optional.empty());
    }

    /**
     * Before anything is known: an empty room, and a feed that has not begun.
     *
     * @param now by the clock of who will follow it
     */
    static Moment unknown(Instant now) {
        FeedStatus idle = new FeedStatus(FeedStatus.Phase.IDLE, now, Optional.empty());
        return new Moment(RoomState.EMPTY, idle, 0, Optional.empty()).with(idle, Optional.of(now));
    }

    /**
     * A moment of the past.
     *
     * @param cadences as {@link vigie.recording.Reel#cadences}
     * @param widths see the record
     * @param at by Home Assistant's clock
     * @param readingsPerSecond of the watch of whoever looks
     */
    public static Moment past(
            RoomState state,
            Cadences cadences,
            Map<PointKey, Duration> widths,
            Instant at,
            double readingsPerSecond) {
        return new Moment(
                state,
                new FeedStatus(FeedStatus.Phase.LIVE, at, Optional.empty()),
                cadences,
                Freshness.USUAL_COMMIT,
                Optional.empty(),
                Clocks.EQUAL,
                readingsPerSecond,
                Optional.empty(),
                widths,
                Optional.of(at));
    }

    /**
     * By what silences are judged.
     *
     * @param at by Home Assistant's clock
     */
    public Freshness freshness(Instant at) {
        return Freshness.of(state, cadences, commitEvery, followedUntil, at);
    }

    Moment with(RoomState newState) {
        return new Moment(
                newState,
                feed,
                cadences,
                commitEvery,
                followedUntil,
                clocks,
                readingsPerSecond,
                delay,
                widths,
                at);
    }

    Moment with(FeedStatus newFeed, Optional<Instant> newFollowedUntil) {
        return new Moment(
                state,
                newFeed,
                cadences,
                commitEvery,
                newFollowedUntil,
                clocks,
                readingsPerSecond,
                delay,
                widths,
                at);
    }

    Moment with(Cadences newCadences) {
        return new Moment(
                state,
                feed,
                newCadences,
                commitEvery,
                followedUntil,
                clocks,
                readingsPerSecond,
                delay,
                widths,
                at);
    }

    Moment with(Duration newCommitEvery) {
        return new Moment(
                state,
                feed,
                cadences,
                newCommitEvery,
                followedUntil,
                clocks,
                readingsPerSecond,
                delay,
                widths,
                at);
    }

    Moment with(Clocks newClocks) {
        return new Moment(
                state,
                feed,
                cadences,
                commitEvery,
                followedUntil,
                newClocks,
                readingsPerSecond,
                delay,
                widths,
                at);
    }

    Moment with(double newReadingsPerSecond, Optional<Delay> newDelay) {
        return new Moment(
                state,
                feed,
                cadences,
                commitEvery,
                followedUntil,
                clocks,
                newReadingsPerSecond,
                newDelay,
                widths,
                at);
    }
}
