package vigie.timeline;

import vigie.history.Work;
import vigie.text.Fault;

import java.time.Instant;
import java.util.function.Consumer;

/** Tells what happened between two moments: see {@link Recorded#occurrences}. */
@FunctionalInterface
public interface OccurrenceSource {
    /** As {@link Recorded#occurrences}. */
    void occurrences(Instant from, Instant to, Work work, Consumer<Occurrence> each) throws Fault;
}
