package vigie.history;

import vigie.history.archive.Facts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the repairs of readings. An id may have been given again, where the tables were
 * made anew: which of its readings a repair belongs to, the order of commits tells.
 */
final class Repairs {
    private final Map<Long, List<KeptFact>> byId = new HashMap<>();

    void clear() {
        byId.clear();
    }

    void add(KeptFact fact) {
        byId.computeIfAbsent(fact.id(), _ -> new ArrayList<>()).add(fact);
    }

    Iterable<KeptFact> all() {
        return byId.values().stream().flatMap(List::stream).toList();
    }

    /**
     * What a reading said when it was written, where it was repaired later.
     *
     * @param place of the reading's own transaction
     */
    Optional<KeptFact> original(long id, CommitPlace place) {
        Optional<KeptFact> found = Optional.empty();
        for (KeptFact fact : byId.getOrDefault(id, List.of())) {
            if (fact.isOriginal()) {
                if (fact.place().equals(place.inFacts())) {
                    return Optional.of(fact);
                }
                // Copied, and its time, by which it has its place, is what was repaired.
                if (place.isCopied() && fact.place().seq() == 0) {
                    found = Optional.of(fact);
                }
            }
        }
        return found;
    }

    /** What a reading said since, in the order of commits. */
    List<KeptFact> amended(long id, CommitPlace place) {
        List<KeptFact> all = byId.get(id);
        if (all == null) {
            return List.of();
        }
        Optional<KeptFact> its = original(id, place);
        CommitPlace begin = its.map(KeptFact::place).orElse(place);
        Optional<CommitPlace> next =
                all.stream()
                        .filter(KeptFact::isOriginal)
                        .map(KeptFact::place)
                        .filter(other -> other.compareTo(begin) > 0)
                        .min(Comparator.naturalOrder());
        return all.stream()
                .filter(fact ->
                        fact.kind() == Facts.AMENDED
                                && fact.place().compareTo(begin) >= 0
                                && next.filter(end -> fact.place().compareTo(end) >= 0).isEmpty())
                .sorted(Comparator.comparing(KeptFact::place).thenComparingInt(KeptFact::n))
                .toList();
    }
}
