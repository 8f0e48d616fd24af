package vigie.feed;

import vigie.point.Reading;
import vigie.room.Group;

import java.time.Instant;
import java.util.List;

/**
 * Takes what the feed hands out. All calls come one after another on one thread of the feed, and
 * must return soon: while they run, nothing is read.
 *
 * <p>Whoever wants every row exactly once takes the readings of {@link #group} and of {@link
 * #recovered}, and strikes those that {@link #resync} names as undone. Whoever wants the state
 * takes {@link #snapshot} and {@link #group}.
 */
public interface FeedListener {
    /** The state of the tables; everything known before is void. */
    void snapshot(Group snapshot);

    /**
     * One committed group, in commit order, each exactly once after its snapshot. Groups that say
     * nothing of the room (those of other tables, purges) are not handed out. A group whose call
     * ends by an exception is handed out once more.
     */
    void group(Group group);

    /** The feed's state changed. */
    void status(FeedStatus status);

    /** The position was lost; comes before the snapshot that replaces the state. */
    default void resync(Resync resync) {}

    /**
     * Rows that were inserted since the feed was started and were not streamed, read from {@code
     * states} in the transaction of the snapshot that follows; each exactly once, ascending by id,
     * in several calls where there are many. The state has no need of them.
     */
    default void recovered(List<Reading> rows) {}

    /**
     * A whole group was passed, whether or not it said something of the room; after {@link #group}
     * where it did. Only a feed with {@link FeedOptions#durable} tells it. Whoever stores the place
     * does it together with what it made of the group. A call that ends by an exception counts as
     * the group's. Not called for groups that hold only rows of Vigie's own schema: storing a place
     * makes such a group, and would otherwise make the next.
     */
    default void passed(StoredPlace place) {}

    /**
     * A heartbeat row of Vigie's own came through the log.
     *
     * @param written when it was written (the database's clock)
     */
    default void heartbeat(Instant written) {}

    /**
     * The server was heard while the feed is live: it said something, or that there is nothing new.
     * Comes at least once in some two seconds; called very often, it must cost nothing.
     */
    default void heard() {}
}
