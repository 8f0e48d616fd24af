package vigie.feed;

import vigie.point.Reading;
import vigie.room.Group;

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
     * ends by an exception is handed out once more. Rows that a comparison with the tables found
     * missing come as a group too, with {@link vigie.point.Source#TABLE}.
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
}
