package vigie.point;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * In which unit people read temperatures. A reading keeps the unit of its source; only what is
 * shown is converted, and only here. The choice travels with the locale, as the Unicode standard
 * has it for every other habit of writing: extension {@code u-mu}, type {@code celsius} or {@code
 * fahrenhe}.
 */
public enum DisplayUnits {
    /** Nothing was chosen: what the plan speaks of in °C, everything else as it was recorded. */
    AS_RECORDED(""),
    CELSIUS("celsius"),
    FAHRENHEIT("fahrenhe");

    private static final String KEY = "mu";
    private static final String C = "°C";
    private static final String F = "°F";

    private final String type;

    DisplayUnits(String type) {
        this.type = type;
    }

    /** The choice that a locale carries. */
    public static DisplayUnits of(Locale locale) {
        String type = locale.getUnicodeLocaleType(KEY);
        return type == null
                ? AS_RECORDED
                : Arrays.stream(values())
                        .filter(one -> one.type.equals(type))
                        .findFirst()
                        .orElse(AS_RECORDED);
    }

    /** The same locale with this choice. */
    public Locale in(Locale locale) {
        return new Locale.Builder()
                .setLocale(locale)
                .setUnicodeLocaleKeyword(KEY, type.isEmpty() ? null : type)
                .build();
    }

    /** The unit in which a value is shown that was recorded in another. */
    public String unit(String recorded) {
        Optional<String> chosen = temperature();
        return chosen.isPresent() && Units.convertible(recorded, chosen.get())
                ? chosen.get()
                : recorded;
    }

    /** A value as it is shown, in {@link #unit}. */
    public double value(double value, String recorded) {
        return Units.convert(value, recorded, unit(recorded)).orElse(value);
    }

    /** A difference of two values as it is shown: of temperatures without the offset. */
    public double difference(double difference, String recorded) {
        return Units.convertDifference(difference, recorded, unit(recorded)).orElse(difference);
    }

    /**
     * The unit of a difference: kelvins for values in °C, which people read as degrees and nobody
     * as a temperature; that of the values for all others.
     */
    public String differenceUnit(String recorded) {
        String shown = unit(recorded);
        return shown.equals(C) ? "K" : shown;
    }

    private Optional<String> temperature() {
        return switch (this) {
            case AS_RECORDED -> Optional.empty();
            case CELSIUS -> Optional.of(C);
            case FAHRENHEIT -> Optional.of(F);
        };
    }
}
