package vigie.feed;

import java.time.Instant;

/** Takes what a {@link GroupAssembler} makes of the log, on its caller's thread. */
@FunctionalInterface
interface GroupSink {
    /**
     * A group was committed. The position moves when this returns; an exception leaves it where it
     * was, and ends the stream.
     */
    void committed(WholeGroup group);

    /**
     * A group wrote a heartbeat of Vigie's own; called after {@link #committed} with that group.
     *
     * @param written what its row says, by the clock of its writer
     */
    default void heartbeat(Instant written) {}
}
