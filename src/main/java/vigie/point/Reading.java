package vigie.point;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One value of a point, as one row of {@code states} holds it. It is a fact: what depends on the
 * moment of looking (age, freshness) is not in it.
 *
 * @param id Home Assistant's {@code state_id}; empty where unknown
 * @param key the point's identity in its database
 * @param point the name the point had when the row was written
 * @param text the state as recorded, at most 255 characters; null where the database holds NULL
 * @param value the finite number that {@code text} spells, otherwise empty; in {@code attributes}'
 *     unit
 * @param attributes unit, name and class as of this row
 * @param quality what the row alone says about its trustworthiness
 * @param time when it was true at the source ({@code last_updated_ts}, Home Assistant's clock)
 * @param changed when the text became what it is ({@code last_changed_ts}, or {@code time} where
 *     that is NULL); earlier than {@code time} in rows in which only attributes changed
 * @param committed the second in which the database committed it (the database's clock); empty
 *     where unknown
 * @param position the GTID of its group, of a snapshot those of all domains separated by commas;
 *     empty where unknown
 * @param source the way it came
 */
public record Reading(
        OptionalLong id,
        PointKey key,
        PointId point,
        @Nullable String text,
        OptionalDouble value,
        Attributes attributes,
        Quality quality,
        Instant time,
        Instant changed,
        Optional<Instant> committed,
        Optional<String> position,
        Source source) {

    private static final int MOST_EXPONENT_DIGITS = 4;

    /**
     * The reading that a row of {@code states} states: value and quality follow from the text and
     * the attributes.
     */
    public static Reading ofRow(
            OptionalLong id,
            PointKey key,
            PointId point,
            @Nullable String text,
            Attributes attributes,
            Instant time,
            Instant changed,
            Optional<Instant> committed,
            Optional<String> position,
            Source source) {
        OptionalDouble value = number(text);
        return new Reading(
                id,
                key,
                point,
                text,
                value,
                attributes,
                qualityOf(text, value, attributes),
                time,
                changed,
                committed,
                position,
                source);
    }

    /** The finite number that a recorded text spells, or empty. */
    public static OptionalDouble number(@Nullable String text) {
        if (text == null || !isDecimal(text)) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(text);
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /**
     * Whether a text is a decimal number as Home Assistant's sensors write it. Narrower than {@link
     * Double#parseDouble}, which also takes {@code 1f}, {@code 0x1p3}, {@code NaN} and surrounding
     * blanks; {@code 1,5} is not a number in any recorder. Each reading comes by here, so no
     * regular expression.
     */
    private static boolean isDecimal(String text) {
        int whole = afterSign(text, 0);
        int point = afterDigits(text, whole);
        int end = point;
        if (end < text.length() && text.charAt(end) == '.') {
            end = afterDigits(text, point + 1);
            if (point == whole && end == point + 1) {
                return false;
            }
        } else if (point == whole) {
            return false;
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int exponent = afterSign(text, end + 1);
            end = afterDigits(text, exponent);
            if (end == exponent || end > exponent + MOST_EXPONENT_DIGITS) {
                return false;
            }
        }
        return end == text.length();
    }

    private static int afterSign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')
                ? at + 1
                : at;
    }

    private static int afterDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static Quality qualityOf(
            @Nullable String text, OptionalDouble value, Attributes attributes) {
        if (text == null) {
            return Quality.of(Quality.Reason.REMOVED);
        }
        if (value.isPresent() && attributes.known()) {
            return Quality.GOOD;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "unavailable" -> Quality.of(Quality.Reason.UNAVAILABLE);
            case "unknown" -> Quality.of(Quality.Reason.UNKNOWN);
            default -> {
                if (!attributes.known()) {
                    yield Quality.of(Quality.Reason.NO_ATTRIBUTES);
                }
                yield attributes.unit().isPresent() && value.isEmpty()
                        ? Quality.of(Quality.Reason.NOT_A_NUMBER)
                        : Quality.GOOD;
            }
        };
    }
}
