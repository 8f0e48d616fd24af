package vigie.timeline;

import vigie.history.History;
import vigie.history.Work;
import vigie.recording.Basis;
import vigie.recording.Reel;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The past of a database. It owns neither of its sources. */
public final class HistoryRecorded implements Recorded {
    private final History history;
    private final OccurrenceSource occurrences;
    private final LateRows late;

    /** Of a database that nobody follows: rows that come late are found when it is asked anew. */
    public HistoryRecorded(History history, OccurrenceSource occurrences) {
        this(history, occurrences, new LateRows());
    }

    /**
     * @param late who notices rows that come late
     */
    public HistoryRecorded(History history, OccurrenceSource occurrences, LateRows late) {
        this.history = history;
        this.occurrences = occurrences;
        this.late = late;
    }

    @Override
    public AutoCloseable onLate(Late told) {
        return late.onLate(told);
    }

    @Override
    public Optional<Extent> extent(Work work) throws Fault {
        return history.extent(work).map(extent -> new Extent(extent.from(), extent.to()));
    }

    @Override
    public Reel at(Instant at, Basis basis, Work work) throws Fault {
        return history.at(at, basis, work);
    }

    @Override
    public Reel reel(Instant at, Basis basis, Work work) throws Fault {
        return history.reel(at, basis, work);
    }

    @Override
    public void occurrences(Instant from, Instant to, Work work, Consumer<Occurrence> each)
            throws Fault {
        occurrences.occurrences(from, to, work, each);
    }

    @Override
    public Optional<Sentence> knownThenMissing(Work work) throws Fault {
        return history.knownThenMissing(work);
    }
}
