package vigie.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One face for live and replay: plan, tiles and lists do not know which they show. */
public interface Timeline extends AutoCloseable {
    /** The newest moment. Any thread; never blocks. */
    Moment moment();

    /**
     * The present moment of what is shown, by the corrected clock of Home Assistant's host; ages
     * are reckoned from it. Any thread; never blocks.
     */
    Instant now();

    /**
     * How long the server has not been heard, were it only to say that there is nothing new; by the
     * monotonic clock, and whatever {@link Moment#feed} says: a thread that hangs says nothing.
     * Empty before it was heard for the first time, and where nobody is to be heard. Any thread;
     * never blocks.
     */
    default Optional<Duration> silence() {
        return Optional.empty();
    }

    /**
     * Asks to be told that {@link #moment} changed. The call comes on a thread of the feed, after
     * every group and status change, and must return at once.
     *
     * @return lets go
     */
    AutoCloseable onChange(Runnable changed);

    /** Ends the feed and its threads; returns when they have ended, at the latest after 5 s. */
    @Override
    void close();
}
