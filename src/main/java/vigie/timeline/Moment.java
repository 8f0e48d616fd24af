package vigie.timeline;

import vigie.feed.FeedStatus;
import vigie.room.RoomState;

import java.time.Duration;
import java.util.Optional;

/**
 * The newest that is known.
 *
 * @param state the room
 * @param feed how the feed stands
 * @param readingsPerSecond readings folded, over the last ten seconds
 * @param delay from the commit of the newest group to its fold, as far as the commit's one-second
 *     clock tells; empty before the first group
 */
public record Moment(
        RoomState state, FeedStatus feed, double readingsPerSecond, Optional<Duration> delay) {}
