package vigie.text;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Moments as people type them: {@code 2026-03-29}, {@code 2026-03-29T06:30}, with seconds and
 * fractions, with an offset or {@code Z}; {@code now}, {@code now-36h}, {@code now+10m}. Any
 * thread.
 */
public final class Moments {
    private static final Pattern NOW =
            Pattern.compile("now(?:([+-])(\\d{1,9})([smhdw]))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern TIME =
            Pattern.compile(
                    "(\\d{4}-\\d{2}-\\d{2})[Tt ](\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?)"
                            + "(Z|z|[+-]\\d{2}(?::?\\d{2})?)?");

    private Moments() {}

    /**
     * The moment a text means.
     *
     * @param zone of a time without an offset: of an hour that comes twice the earlier one is
     *     meant, a time in an hour that is left out is later by what is left out; {@link #note}
     *     says so. A date alone is its first moment. A day after {@code now} has 24 hours
     * @param now what {@code now} is
     * @throws Fault of kind {@code USAGE}, where it is none
     */
    public static Instant parse(String text, ZoneId zone, Instant now) throws Fault {
        String stripped = text.strip();
        try {
            Matcher relative = NOW.matcher(stripped);
            if (relative.matches()) {
                return relative.group(1) == null ? now : now.plus(distance(relative));
            }
            if (DATE.matcher(stripped).matches()) {
                return LocalDate.parse(stripped).atStartOfDay(zone).toInstant();
            }
            Matcher time = TIME.matcher(stripped);
            if (time.matches()) {
                LocalDateTime local = local(time);
                String offset = time.group(3);
                return offset == null
                        ? local.atZone(zone).toInstant()
                        : OffsetDateTime.of(local, ZoneOffset.of(offset.toUpperCase(Locale.ROOT)))
                                .toInstant();
            }
        } catch (DateTimeException impossible) {
            throw wrong(text, impossible.toString());
        }
        throw wrong(text, "no form of a moment");
    }

    /** What whoever typed a moment should know: that its hour comes twice, or not at all. */
    public static Optional<Sentence> note(String text, ZoneId zone) {
        Matcher time = TIME.matcher(text.strip());
        if (!time.matches() || time.group(3) != null) {
            return Optional.empty();
        }
        LocalDateTime local;
        try {
            local = local(time);
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        if (change == null) {
            return Optional.empty();
        }
        ZonedDateTime taken = local.atZone(zone);
        String shown = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(taken);
        return Optional.of(
                change.isOverlap()
                        ? Sentence.of(
                                "app.moment.twice",
                                text.strip(),
                                zone.getId(),
                                shown,
                                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                                        taken.withLaterOffsetAtOverlap()))
                        : Sentence.of("app.moment.missing", text.strip(), zone.getId(), shown));
    }

    private static LocalDateTime local(Matcher time) {
        return LocalDateTime.parse(time.group(1) + "T" + time.group(2).replace(',', '.'));
    }

    private static Duration distance(Matcher relative) {
        long amount = Long.parseLong(relative.group(2));
        long signed = relative.group(1).equals("-") ? -amount : amount;
        return switch (relative.group(3).toLowerCase(Locale.ROOT)) {
            case "s" -> Duration.ofSeconds(signed);
            case "m" -> Duration.ofMinutes(signed);
            case "h" -> Duration.ofHours(signed);
            case "d" -> Duration.ofDays(signed);
            default -> Duration.ofDays(7 * signed);
        };
    }

    private static Fault wrong(String text, String why) {
        return new Fault(
                Fault.Kind.USAGE,
                Sentence.of("app.moment.wrong", text),
                "not a moment: " + text + ": " + why);
    }
}
