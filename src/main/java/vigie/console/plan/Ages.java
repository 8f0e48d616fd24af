package vigie.console.plan;

import vigie.picture.ElementPicture;
import vigie.plan.ElementId;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The ages that are written on the plan: they turn while nothing else changes. */
final class Ages {
    private final Map<ElementId, String> written = new HashMap<>();

    /** Forgets all: everything will be written anew. */
    void clear() {
        written.clear();
    }

    /** Whether an age written on an element is no longer true; then it counts as rewritten. */
    boolean turned(ElementPicture picture, Instant now, Phrases phrases, boolean connected) {
        if (connected
                && picture.readings().stream().allMatch(reading -> reading.quality().isGood())) {
            written.remove(picture.element());
            return false;
        }
        StringBuilder text = new StringBuilder();
        picture.readings()
                .forEach(reading ->
                        reading.time()
                                .ifPresent(time ->
                                        text.append(phrases.age(Duration.between(time, now)))
                                                .append(' ')));
        String ages = text.toString();
        return !ages.equals(written.put(picture.element(), ages));
    }
}
