package vigie.duty;

import org.jspecify.annotations.Nullable;

import vigie.feed.StoredPlace;

import java.util.Optional;
import java.util.regex.Pattern;

/** Which stored places are believed: what was damaged must not lead a stream astray. */
final class Places {
    /** The form in which places are stored now. */
    static final int FORMAT = 1;

    private static final int LONGEST = 60_000;
    private static final Pattern POSITION =
            Pattern.compile(
                    "(?:\\d{1,10}-\\d{1,10}-\\d{1,20}(?:,\\d{1,10}-\\d{1,10}-\\d{1,20})*)?");

    private Places() {}

    /** The place; empty where something is missing or is not what Vigie writes. */
    static Optional<StoredPlace> of(
            @Nullable Integer format,
            @Nullable String position,
            @Nullable String previous,
            @Nullable Long fingerprint,
            @Nullable Long newestId) {
        if (format == null
                || format != FORMAT
                || position == null
                || previous == null
                || fingerprint == null
                || newestId == null
                || fingerprint != fingerprint.intValue()
                || newestId < 0
                || !isPosition(position)
                || !isPosition(previous)) {
            return Optional.empty();
        }
        return Optional.of(new StoredPlace(position, previous, fingerprint.intValue(), newestId));
    }

    private static boolean isPosition(String text) {
        return text.length() <= LONGEST && POSITION.matcher(text).matches();
    }
}
