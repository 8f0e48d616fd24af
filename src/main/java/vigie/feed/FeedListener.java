package vigie.feed;

import vigie.room.Group;

/**
 * Takes what the feed hands out. All calls come one after another on one thread of the feed, and
 * must return soon: while they run, nothing is read.
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
}
