package vigie.timeline;

import org.jspecify.annotations.Nullable;

import vigie.recording.Basis;
import vigie.recording.Reel;

import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The reels that were read, as many as may be kept; those that were not asked for longest go first.
 * One thread.
 */
final class ReelShelf {
    private final long budget;
    private final Map<Basis, NavigableMap<Instant, Reel>> reels = new EnumMap<>(Basis.class);

    /** By last use. */
    private final LinkedHashMap<Reel, Basis> uses = new LinkedHashMap<>(64, 0.75f, true);

    private long bytes;

    /**
     * @param budget bytes to keep at most; the newest reel is kept whatever it takes
     */
    ReelShelf(long budget) {
        this.budget = budget;
        for (Basis basis : Basis.values()) {
            reels.put(basis, new TreeMap<>());
        }
    }

    /**
     * A reel that holds a moment; where two meet, the one that begins there: what silences are
     * judged by is its own from its first moment on.
     */
    Optional<Reel> holding(Instant at, Basis basis) {
        Map.@Nullable Entry<Instant, Reel> entry = of(basis).floorEntry(at);
        if (entry == null || !entry.getValue().holds(at)) {
            return Optional.empty();
        }
        var _ = uses.get(entry.getValue());
        return Optional.of(entry.getValue());
    }

    /** Takes a reel away, so that it is read anew. */
    void remove(Reel reel) {
        if (of(reel.basis()).remove(reel.from(), reel)) {
            forget(reel);
        }
    }

    /** Takes away all that tells of a moment or later: each begins with what was told before it. */
    void removeFrom(Instant at) {
        for (Reel reel : List.copyOf(uses.keySet())) {
            if (!reel.to().isBefore(at)) {
                remove(reel);
            }
        }
    }

    void put(Reel reel) {
        Reel before = of(reel.basis()).put(reel.from(), reel);
        if (before != null) {
            forget(before);
        }
        uses.put(reel, reel.basis());
        bytes += reel.bytes();
        var eldest = uses.entrySet().iterator();
        while (bytes > budget && uses.size() > 1) {
            Reel old = eldest.next().getKey();
            eldest.remove();
            bytes -= old.bytes();
            of(old.basis()).remove(old.from());
        }
    }

    private void forget(Reel reel) {
        if (uses.remove(reel) != null) {
            bytes -= reel.bytes();
        }
    }

    private NavigableMap<Instant, Reel> of(Basis basis) {
        return reels.computeIfAbsent(basis, _ -> new TreeMap<>());
    }
}
