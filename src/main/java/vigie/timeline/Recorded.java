package vigie.timeline;

import vigie.history.Work;
import vigie.recording.Basis;
import vigie.recording.Reel;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A past that can be played: a database's, or an incident file's. Methods block, may be called by
 * any thread and by several at once, and end early when their work is cancelled ({@link
 * java.util.concurrent.CancellationException}).
 */
public interface Recorded {
    /**
     * From when to when there is something to play.
     *
     * @param from not after {@code to}
     * @param to of a database its present, which moves on
     */
    record Extent(Instant from, Instant to) {}

    /** From when to when there is something to play; empty where nothing was ever recorded. */
    Optional<Extent> extent(Work work) throws Fault;

    /**
     * The room at one moment: a reel without steps, as fast as it can be had.
     *
     * @param at the future is answered as the present, the time before all records as an empty room
     */
    Reel at(Instant at, Basis basis, Work work) throws Fault;

    /**
     * A stretch whose beginning is decided by the source, so that whoever asks for moments near
     * each other is given the same one.
     *
     * @param at a moment that the reel holds
     */
    Reel reel(Instant at, Basis basis, Work work) throws Fault;

    /**
     * What happened between two moments, in order of time; told as it is found, on the caller's
     * thread.
     */
    void occurrences(Instant from, Instant to, Work work, Consumer<Occurrence> each) throws Fault;

    /** Why the past cannot be told as it was known then; empty where it can. */
    Optional<Sentence> knownThenMissing(Work work) throws Fault;

    /** Who is told that a time long past is told otherwise now. */
    @FunctionalInterface
    interface Late {
        /**
         * Rows came, or were repaired, of the times between two moments, both included. Any thread;
         * must return at once.
         */
        void came(Instant from, Instant to);
    }

    /**
     * Asks to be told of rows that come long after their time. Of a past that is over none come.
     *
     * @return lets go
     */
    default AutoCloseable onLate(Late late) {
        return () -> {};
    }
}
