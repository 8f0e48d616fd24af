package vigie.console.history;

import vigie.history.Times;
import vigie.text.Fault;
import vigie.text.Moments;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moments as people type them into the fields of a range: those of the commands, less strictly. */
public final class TypedMoment {
    private static final Pattern OFFSET =
            Pattern.compile("(.*\\d) ?[Uu][Tt][Cc](?:([+-]\\d{1,2})(?::(\\d{2}))?)?");

    private TypedMoment() {}

    /**
     * A date, a date with a time ({@code 2026-11-20 08:15}, also with {@code T}, seconds, {@code Z}
     * or an offset, that also as the window writes it: {@code UTC+1}), {@code now}, or a distance
     * from it ({@code now-36h}). Without an offset it is the zone's time: in the doubled hour the
     * earlier one.
     *
     * @return empty where it is none of these
     */
    public static Optional<Instant> parse(String words, ZoneId zone, Instant now) {
        String text = words.strip().replace('−', '-');
        // A hand puts blanks about a sign, and several between date and time.
        String usual =
                text.regionMatches(true, 0, "now", 0, 3)
                        ? text.replaceAll("\\s+", "")
                        : offset(text.replaceAll("\\s+", " "));
        try {
            return Optional.of(Moments.parse(usual, zone, now));
        } catch (Fault notAMoment) {
            return Optional.empty();
        }
    }

    /** {@code UTC+1} as ISO writes it. */
    private static String offset(String text) {
        Matcher told = OFFSET.matcher(text);
        if (!told.matches()) {
            return text;
        }
        String hours = told.group(2);
        return told.group(1)
                + (hours == null
                        ? "Z"
                        : "%s%02d:%s"
                                .formatted(
                                        hours.charAt(0),
                                        Integer.parseInt(hours.substring(1)),
                                        told.group(3) == null ? "00" : told.group(3)));
    }

    /** As {@link #parse} reads it: in an hour that comes twice with its offset. */
    public static String write(long micros, ZoneId zone) {
        ZonedDateTime local = Times.instant(micros).atZone(zone);
        boolean comesTwice = zone.getRules().getValidOffsets(local.toLocalDateTime()).size() > 1;
        return local.format(
                DateTimeFormatter.ofPattern(
                        comesTwice ? "yyyy-MM-dd HH:mm:ssxxx" : "yyyy-MM-dd HH:mm:ss"));
    }
}
