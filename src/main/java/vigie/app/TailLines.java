package vigie.app;

import org.jspecify.annotations.Nullable;

import vigie.feed.Resync;
import vigie.point.Reading;

import java.time.Instant;
import java.util.List;

/** How {@code tail} writes; lines are gathered and leave together, whole, with {@link #flush}. */
interface TailLines {
    /** One reading. */
    void reading(Reading reading);

    /**
     * The present is reached.
     *
     * @param position empty where unknown
     * @param reason what must be known all the same, for people; null: nothing
     */
    void live(String position, Instant time, @Nullable String reason);

    /**
     * The feed's state changed.
     *
     * @param reason for people; null where there is none
     */
    void feed(String state, @Nullable String reason);

    /**
     * The stream was left and taken up elsewhere: what lies between was not streamed.
     *
     * @param reason for people
     */
    void resync(Resync resync, String reason);

    /** Rows that were written here before and never happened: the latest line of each is void. */
    void undone(List<Long> ids);

    /**
     * Home Assistant stopped recording, or began again, as the past tells it.
     *
     * @param state {@code stopped} or {@code started}
     * @param time by the clock of Home Assistant's host
     */
    void recorder(String state, Instant time);

    /**
     * Sends what was gathered.
     *
     * @return false when nobody reads it any more
     */
    boolean flush();
}
