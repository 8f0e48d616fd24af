package vigie.timeline;

import vigie.history.Work;
import vigie.text.Fault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks for the next occurrence farther and farther, so that what is near is found at once. */
final class NearestOccurrence {
    /** How far is looked at first, and at most in one question. */
    private static final Duration NEAR = Duration.ofHours(1);

    private static final Duration FAR = Duration.ofDays(60);

    private static final Duration LEAST = Duration.ofNanos(1_000);

    private NearestOccurrence() {}

    /**
     * The nearest one after a moment, or before it.
     *
     * @param kinds which ones
     * @param here what happens at exactly this moment does not count
     * @param end how far to look, in the direction of looking
     * @return empty where there is none
     */
    static Optional<Instant> find(
            Recorded recorded,
            Set<Occurrence.Kind> kinds,
            Instant here,
            Instant end,
            boolean back,
            Work work)
            throws Fault {
        Duration length = NEAR;
        Instant near = here;
        while (back ? near.isAfter(end) : near.isBefore(end)) {
            Instant far = back ? near.minus(length) : near.plus(length);
            Instant begin = back ? (far.isBefore(end) ? end : far) : near.minus(LEAST);
            Instant finish = (back ? near : far.isAfter(end) ? end : far).plus(LEAST);
            List<Instant> found = new ArrayList<>();
            recorded.occurrences(
                    begin,
                    finish,
                    work,
                    one -> {
                        // What held already when the search began did not happen here.
                        if (kinds.contains(one.kind())
                                && one.at().isAfter(begin)
                                && (back ? one.at().isBefore(here) : one.at().isAfter(here))) {
                            found.add(one.at());
                        }
                    });
            Optional<Instant> nearest =
                    found.stream().reduce((a, b) -> a.isBefore(b) == back ? b : a);
            if (nearest.isPresent()) {
                return nearest;
            }
            near = back ? begin : finish.minus(LEAST);
            Duration longer = length.multipliedBy(4);
            length = longer.compareTo(FAR) > 0 ? FAR : longer;
        }
        return Optional.empty();
    }
}
