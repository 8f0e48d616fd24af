package vigie.console.history;

import vigie.history.Times;
import vigie.text.Fault;
import vigie.text.Moments;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Moments as people type them into the fields of a range: those of the commands, less strictly. */
public final class TypedMoment {
    private TypedMoment() {}

    /**
     * A date, a date with a time ({@code 2026-11-20 08:15}, also with {@code T}, seconds, {@code Z}
     * or an offset), {@code now}, or a distance from it ({@code now-36h}). Without an offset it is
     * the zone's time: in the doubled hour the earlier one.
     *
     * @return empty where it is none of these
     */
    public static Optional<Instant> parse(String words, ZoneId zone, Instant now) {
        String text = words.strip().replace('−', '-');
        // A hand puts blanks about a sign, and several between date and time.
        String usual =
                text.regionMatches(true, 0, "now", 0, 3)
                        ? text.replaceAll("\\s+", "")
                        : text.replaceAll("\\s+", " ");
        try {
            return Optional.of(Moments.parse(usual, zone, now));
        } catch (Fault notAMoment) {
            return Optional.empty();
        }
    }

    /** As {@link #parse} reads it. */
    public static String write(long micros, ZoneId zone) {
        return Times.instant(micros)
                .atZone(zone)
                .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"));
    }
}
