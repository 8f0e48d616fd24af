package vigie.incident;

import vigie.history.Work;
import vigie.recording.Basis;
import vigie.recording.Excerpt;
import vigie.recording.Reel;
import vigie.recording.Step;
import vigie.room.Cadences;
import vigie.room.RoomState;
import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.timeline.Occurrence;
import vigie.timeline.Recorded;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The past that an incident file holds. A reel is read from the file, checked and unpacked when
 * somebody asks for a moment in it; the last few stay. Ends with its file.
 */
public final class IncidentRecorded implements Recorded {
    private static final int KEPT = 4;

    private record Key(Basis basis, int number) {}

    private final IncidentFile file;

    /** The newest last; guarded by itself. */
    private final Map<Key, Reel> kept = new LinkedHashMap<>(8, 0.75f, true);

    IncidentRecorded(IncidentFile file) {
        this.file = file;
    }

    /** What the file tells, its lead-in included. */
    public Extent extent() {
        return new Extent(file.manifest().begins(), file.manifest().to());
    }

    @Override
    public Optional<Extent> extent(Work work) {
        return Optional.of(extent());
    }

    @Override
    public Reel at(Instant at, Basis basis, Work work) throws Fault {
        Instant moment = at.isAfter(extent().to()) ? extent().to() : at;
        if (moment.isBefore(extent().from())) {
            Reel first = reel(extent().from(), basis, work);
            Step nothing = new Step(at, Excerpt.room(RoomState.EMPTY));
            return Reel.of(first.basis(), at, at, nothing, List.of(), Cadences.NONE, Map.of());
        }
        return Excerpt.of(reel(moment, basis, work), moment, moment);
    }

    /**
     * As {@link Recorded#reel}; of a moment outside of the file the reel at its nearer end.
     *
     * @param basis where the file does not tell from it, known now is told
     */
    @Override
    public Reel reel(Instant at, Basis basis, Work work) throws Fault {
        work.check();
        Basis told = file.reels(basis) > 0 ? basis : Basis.KNOWN_NOW;
        Key key = new Key(told, file.reelAt(told, at));
        synchronized (kept) {
            Reel known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        Reel reel = file.reel(told, key.number());
        synchronized (kept) {
            kept.put(key, reel);
            if (kept.size() > KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return reel;
    }

    @Override
    public void occurrences(Instant from, Instant to, Work work, Consumer<Occurrence> each) {
        for (Occurrence one : file.occurrences()) {
            work.check();
            boolean lasts =
                    one.to().map(end -> !end.isBefore(from)).orElse(!one.at().isBefore(from))
                            || (one.to().isEmpty() && one.kind() != Occurrence.Kind.NOTE);
            if (lasts && !one.at().isAfter(to)) {
                each.accept(one);
            }
        }
    }

    @Override
    public Optional<Sentence> knownThenMissing(Work work) {
        return file.reels(Basis.KNOWN_THEN) > 0
                ? Optional.empty()
                : Optional.of(Sentence.of("incident.knownThenMissing"));
    }
}
