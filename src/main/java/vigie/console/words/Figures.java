package vigie.console.words;

import vigie.plan.Quantity;
import vigie.point.DisplayUnits;
import vigie.point.Quality;
import vigie.point.Reading;
import vigie.room.PointState;
import vigie.text.Words;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Numbers, units, times and ages as one language writes them. Immutable; any thread.
 *
 * @param words the language
 * @param zone in which times are told
 */
public record Figures(Words words, ZoneId zone) {
    /** What stands where there is no value to show. */
    public static final String NOTHING = "–";

    private static final char NO_BREAK = '\u00A0';
    private static final int MOST_DECIMALS = 3;

    /** In which unit the reader wants temperatures. */
    public DisplayUnits units() {
        return DisplayUnits.of(words.locale());
    }

    /** The unit in which a quantity is shown; empty for on/off and text. */
    public String unit(Quantity quantity) {
        return units().unit(quantity.unit());
    }

    /**
     * A number with as many decimals as its quantity is worth.
     *
     * @param value in the quantity's own unit; it is written in that of {@link #unit(Quantity)}
     */
    public String number(double value, Quantity quantity) {
        return number(units().value(value, quantity.unit()), decimals(quantity));
    }

    /** A number with a fixed count of decimals; a true minus sign. */
    public String number(double value, int decimals) {
        NumberFormat format = NumberFormat.getNumberInstance(words.locale());
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        format.setRoundingMode(RoundingMode.HALF_UP);
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
        // Otherwise −0.04 would be shown as −0.0.
        return tidy(format.format(rounded.signum() == 0 ? BigDecimal.ZERO : rounded));
    }

    /**
     * A number and the unit in which its quantity is shown, for example {@code 21.4 °C}.
     *
     * @param value in the quantity's own unit
     */
    public String value(double value, Quantity quantity) {
        return withUnit(number(value, quantity), unit(quantity));
    }

    /** A number's text and a unit, joined as the language does; the unit may be empty. */
    public String withUnit(String number, String unit) {
        if (unit.isEmpty()) {
            return number;
        }
        boolean close = unit.equals("%") && words.language().equals(Locale.ENGLISH);
        return close ? number + unit : number + NO_BREAK + unit;
    }

    /**
     * What a point last said, without a placement to tell what it means: the number as recorded, in
     * this language's signs, and its unit, a temperature in the unit that was chosen; else the
     * recorded text; {@link #NOTHING} for bad quality.
     */
    public String recorded(PointState state) {
        return state.newest()
                .filter(reading -> !reading.quality().isBad())
                .map(this::recorded)
                .orElse(NOTHING);
    }

    private String recorded(Reading reading) {
        String text = reading.text() == null ? NOTHING : reading.text();
        String unit = reading.attributes().unit().orElse("");
        if (reading.value().isEmpty() || (unit.isEmpty() && !looksMeasured(reading))) {
            return withUnit(onOff(text), unit);
        }
        double value = reading.value().getAsDouble();
        if (Math.abs(value) >= 1e12 || (value != 0 && Math.abs(value) < 1e-6)) {
            return withUnit(text, unit);
        }
        int point = text.indexOf('.');
        int decimals = point < 0 || text.indexOf('e') >= 0 ? 0 : text.length() - point - 1;
        return withUnit(
                number(units().value(value, unit), Math.min(decimals, MOST_DECIMALS)),
                units().unit(unit));
    }

    private static boolean looksMeasured(Reading reading) {
        return reading.attributes().stateClass().isPresent();
    }

    private String onOff(String text) {
        return switch (text) {
            case "on" -> words.say("console.state.on");
            case "off" -> words.say("console.state.off");
            default -> text;
        };
    }

    /** What an on/off or text point means for its quantity. */
    public String text(Quantity quantity, String text) {
        boolean on = text.equals("on");
        if (!on && !text.equals("off")) {
            return text;
        }
        String key =
                switch (quantity) {
                    case RUNNING -> on ? "running" : "stopped";
                    case ON_BATTERY -> on ? "on-battery" : "on-mains";
                    case MOTION -> on ? "presence" : "no-presence";
                    case OPEN -> on ? "open" : "closed";
                    case LEAK -> on ? "water" : "dry";
                    case TEMPERATURE,
                            HUMIDITY,
                            LOAD,
                            CHARGE,
                            RUNTIME,
                            POWER,
                            VOLTAGE,
                            CURRENT,
                            FREQUENCY,
                            FAN_SPEED,
                            DEW_POINT,
                            STATUS ->
                            on ? "on" : "off";
                };
        return words.say("console.state." + key);
    }

    /** The name of a quantity. */
    public String name(Quantity quantity) {
        return words.say("console.quantity." + quantity.word());
    }

    /** A quality in words, the reason included. */
    public String quality(Quality quality) {
        return quality.reason()
                .map(reason -> words.say("console.reason." + reason.word()))
                .orElseGet(() -> words.say("console.quality.good"));
    }

    /**
     * How long ago, in at most two units: {@code 4 s}, {@code 12 min}, {@code 3 h 05 min}, {@code
     * 29 h}, {@code 2 d}.
     */
    public String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds >= 3600 && seconds < 86_400) {
            return "%d%s%c%02d%s"
                    .formatted(
                            seconds / 3600,
                            unit("hour"),
                            NO_BREAK,
                            seconds % 3600 / 60,
                            unit("minute"));
        }
        return roughAge(age);
    }

    /** How long ago in one unit, as the plan writes it; hours up to two days. */
    public String roughAge(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 60) {
            return seconds + unit("second");
        }
        if (seconds < 3600) {
            return seconds / 60 + unit("minute");
        }
        return seconds < 2 * 86_400
                ? seconds / 3600 + unit("hour")
                : seconds / 86_400 + unit("day");
    }

    private String unit(String name) {
        return NO_BREAK + words.say("console.unit." + name);
    }

    /** A time of the day, 24 hours, with seconds. */
    public String clock(Instant at) {
        return DateTimeFormatter.ofPattern("HH:mm:ss", words.locale()).format(at.atZone(zone));
    }

    /** A time, with the day where it is not today's. */
    public String time(Instant at, Instant now) {
        ZonedDateTime local = at.atZone(zone);
        LocalDate today = now.atZone(zone).toLocalDate();
        if (local.toLocalDate().equals(today)) {
            return clock(at);
        }
        String pattern = local.getYear() == today.getYear() ? "d MMM, HH:mm" : "d MMM yyyy, HH:mm";
        return DateTimeFormatter.ofPattern(pattern, words.locale()).format(local);
    }

    /** The day of a moment, in full. */
    public String day(Instant at) {
        return DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", words.locale())
                .format(at.atZone(zone));
    }

    /**
     * The zone and its distance from UTC at a moment, for example {@code Europe/Brussels, UTC+1}.
     */
    public String zoneName(Instant at) {
        // Etc/UTC and its like name nothing but the distance.
        return zone.normalized() instanceof ZoneOffset
                ? offset(at)
                : zone.getId() + ", " + offset(at);
    }

    /** The zone's distance from UTC at a moment, for example {@code UTC+1}. */
    public String offset(Instant at) {
        int minutes = zone.getRules().getOffset(at).getTotalSeconds() / 60;
        return minutes == 0
                ? "UTC"
                : "UTC%s%d%s"
                        .formatted(
                                minutes < 0 ? "−" : "+",
                                Math.abs(minutes) / 60,
                                minutes % 60 == 0 ? "" : ":%02d".formatted(Math.abs(minutes) % 60));
    }

    /** How many decimals a quantity is worth. */
    public static int decimals(Quantity quantity) {
        return switch (quantity) {
            case TEMPERATURE, DEW_POINT, CURRENT, FREQUENCY -> 1;
            case HUMIDITY,
                    LOAD,
                    CHARGE,
                    RUNTIME,
                    POWER,
                    VOLTAGE,
                    FAN_SPEED,
                    RUNNING,
                    ON_BATTERY,
                    MOTION,
                    OPEN,
                    LEAK,
                    STATUS ->
                    0;
        };
    }

    /** The number as the language writes it, with one kind of minus and of space. */
    private static String tidy(String number) {
        return number.replace('-', '−').replace('\u202F', NO_BREAK);
    }
}
