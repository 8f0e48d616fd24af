package vigie.console.history;

import vigie.history.Times;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moments as people type them into the fields of a range. */
final class TypedMoment {
    private static final Pattern RELATIVE =
            Pattern.compile("now(?:\\s*(?<sign>[+-])\\s*(?<count>\\d{1,6})\\s*(?<unit>[smhdw]))?");

    private TypedMoment() {}

    /**
     * A date, a date with a time ({@code 2026-11-20 08:15}, also with {@code T}, seconds, {@code Z}
     * or an offset), {@code now}, or a distance from it ({@code now-36h}). Without an offset it is
     * the zone's time: in the doubled hour the earlier one.
     *
     * @return empty where it is none of these
     */
    static Optional<Instant> parse(String words, ZoneId zone, Instant now) {
        String text = words.strip().replace('−', '-');
        Matcher relative = RELATIVE.matcher(text.toLowerCase(Locale.ROOT));
        if (relative.matches()) {
            String count = relative.group("count");
            if (count == null) {
                return Optional.of(now);
            }
            Duration distance =
                    unit(relative.group("unit").charAt(0)).multipliedBy(Long.parseLong(count));
            return Optional.of(
                    "-".equals(relative.group("sign")) ? now.minus(distance) : now.plus(distance));
        }
        String iso = text.replaceFirst("(\\d)\\s+(\\d)", "$1T$2");
        try {
            if (iso.length() <= 10) {
                return Optional.of(LocalDate.parse(iso).atStartOfDay(zone).toInstant());
            }
            return Optional.of(
                    iso.matches(".*T.*[Z+-].*")
                            ? OffsetDateTime.parse(iso).toInstant()
                            : LocalDateTime.parse(iso).atZone(zone).toInstant());
        } catch (DateTimeException notAMoment) {
            return Optional.empty();
        }
    }

    /** As {@link #parse} reads it. */
    static String write(long micros, ZoneId zone) {
        return Times.instant(micros)
                .atZone(zone)
                .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"));
    }

    private static Duration unit(char unit) {
        return switch (unit) {
            case 's' -> Duration.ofSeconds(1);
            case 'm' -> Duration.ofMinutes(1);
            case 'h' -> Duration.ofHours(1);
            case 'd' -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
    }
}
