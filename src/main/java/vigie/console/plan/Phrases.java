package vigie.console.plan;

import vigie.picture.ElementPicture;
import vigie.picture.PlacedReading;
import vigie.plan.Deviation;
import vigie.plan.Element;
import vigie.plan.Quantity;
import vigie.point.DisplayUnits;
import vigie.point.Quality;
import vigie.point.Reading;
import vigie.room.PointState;
import vigie.text.Words;

import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Numbers, units, ages and names as the plan writes them, in one language. Immutable. */
final class Phrases {
    /** Between a number and its unit; never a line break. */
    private static final String GAP = "\u00a0";

    private static final double WATTS_IN_A_KILOWATT = 1000;

    private final Words words;
    private final DisplayUnits units;
    private final NumberFormat whole;
    private final NumberFormat tenths;

    Phrases(Words words) {
        this.words = words;
        this.units = DisplayUnits.of(words.locale());
        this.whole = format(words, 0);
        this.tenths = format(words, 1);
    }

    Words words() {
        return words;
    }

    String say(String key, Object... values) {
        return words.say("planview." + key, values);
    }

    String name(Element element) {
        return element.label().in(words.language());
    }

    /**
     * What is shown of a reading.
     *
     * @param now ages are reckoned from it
     * @param connected false: nothing is live any more
     */
    Figure figure(PlacedReading reading, Instant now, boolean connected) {
        Trust trust = Trust.of(reading, connected);
        Quantity quantity = reading.placement().quantity();
        if (!trust.hasValue()) {
            return new Figure(sign(trust), "", trust, Deviation.NONE, 0, false, age(reading, now));
        }
        String unit = units.unit(quantity.unit());
        String number;
        if (reading.value().isPresent()) {
            double value = reading.value().getAsDouble();
            if (quantity == Quantity.POWER) {
                unit = "kW";
                number = tenths.format(value / WATTS_IN_A_KILOWATT);
            } else {
                number = number(quantity, units.value(value, quantity.unit()));
            }
        } else {
            number = text(reading).orElse(sign(Trust.NEVER));
        }
        return new Figure(
                number,
                unit,
                trust,
                reading.deviation(),
                reading.direction(),
                connected && reading.deviation() != Deviation.NONE,
                trust == Trust.LIVE ? Optional.empty() : age(reading, now));
    }

    /** The sign that stands in place of a value. */
    static String sign(Trust trust) {
        return switch (trust) {
            case LOST -> "×";
            case REMOVED -> "∅";
            case ODD -> "?";
            case NEVER, LIVE, AGED -> "–";
        };
    }

    /** The state as recorded, of a reading that is not bad. */
    static Optional<String> text(PlacedReading reading) {
        if (reading.quality().isBad()) {
            return Optional.empty();
        }
        return reading.state()
                .flatMap(PointState::newest)
                .flatMap(newest -> Optional.ofNullable(newest.text()));
    }

    /** Whether an on/off point is on; empty where it cannot be told. */
    static Optional<Boolean> isOn(Optional<PlacedReading> reading) {
        return reading.flatMap(Phrases::text)
                .flatMap(text ->
                        switch (text) {
                            case "on" -> Optional.of(true);
                            case "off" -> Optional.of(false);
                            default -> Optional.empty();
                        });
    }

    /** How long ago, in the largest unit that fits. */
    String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 60) {
            return say("age-seconds", seconds);
        }
        if (seconds < 3600) {
            return say("age-minutes", seconds / 60);
        }
        return seconds < 48 * 3600
                ? say("age-hours", seconds / 3600)
                : say("age-days", seconds / 86_400);
    }

    /**
     * Since when a reading's text is what it is: the time of day, with the day if it was another.
     */
    Optional<String> since(PlacedReading reading, Instant now, ZoneId zone) {
        return reading.state()
                .flatMap(PointState::newest)
                .map(Reading::changed)
                .map(changed -> {
                    boolean today =
                            changed.atZone(zone)
                                    .toLocalDate()
                                    .equals(now.atZone(zone).toLocalDate());
                    DateTimeFormatter format =
                            DateTimeFormatter.ofPattern(
                                    today ? "HH:mm" : "d MMM HH:mm", words.locale());
                    return say("since", format.format(changed.atZone(zone)));
                });
    }

    /** One sentence about a piece, for those who hear the screen. */
    String describe(Piece piece, Optional<ElementPicture> picture, Instant now, boolean connected) {
        String name = name(piece.element());
        if (picture.isEmpty() || picture.get().readings().isEmpty()) {
            return say("spoken-plain", name);
        }
        ElementPicture shown = picture.get();
        PlacedReading first = shown.worst().orElse(shown.readings().getFirst());
        Figure figure = figure(first, now, connected);
        String value =
                figure.trust().hasValue() ? figure.whole() : say("spoken-" + figure.trust().word());
        String state =
                switch (shown.deviation()) {
                    case NONE -> say("spoken-normal");
                    case WARNING -> say("spoken-warning");
                    case ALARM -> say("spoken-alarm");
                };
        String text = say("spoken", name, value, state);
        return figure.age().map(age -> say("spoken-aged", text, age)).orElse(text);
    }

    private Optional<String> age(PlacedReading reading, Instant now) {
        return reading.time()
                .map(time -> {
                    Duration age = Duration.between(time, now);
                    return age(age.isNegative() ? Duration.ZERO : age);
                });
    }

    private String number(Quantity quantity, double value) {
        String text =
                switch (quantity) {
                    case TEMPERATURE, DEW_POINT, POWER, CURRENT, FREQUENCY -> tenths.format(value);
                    case HUMIDITY, LOAD, CHARGE, RUNTIME, VOLTAGE, FAN_SPEED -> whole.format(value);
                    case RUNNING, ON_BATTERY, MOTION, OPEN, LEAK, STATUS -> tenths.format(value);
                };
        // A minus before nothing but zeros says something that is not so.
        return text.matches("-0([.,]0)?") ? text.substring(1) : text;
    }

    private static NumberFormat format(Words words, int digits) {
        NumberFormat format = NumberFormat.getNumberInstance(words.locale());
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        format.setRoundingMode(java.math.RoundingMode.HALF_UP);
        return format;
    }

    /**
     * A value as it is drawn.
     *
     * @param number the number or text, or the sign in its place
     * @param unit empty where there is none
     * @param trust how far it can be trusted
     * @param deviation how far it is from normal
     * @param direction −1 too low, +1 too high
     * @param loud whether its deviation is drawn in its colour
     * @param age how old it is, where it is not live and the time is known
     */
    record Figure(
            String number,
            String unit,
            Trust trust,
            Deviation deviation,
            int direction,
            boolean loud,
            Optional<String> age) {
        /** Number and unit. */
        String whole() {
            return unit.isEmpty() ? number : number + GAP + unit;
        }
    }

    /** How a value looks, by its quality. */
    enum Trust {
        /** Plain. */
        LIVE("live"),
        /** Grey, dashed, with its age. */
        AGED("aged"),
        /** No number: the link is lost. */
        LOST("lost"),
        /** No number: there never was one. */
        NEVER("never"),
        /** No number: the text is none; hatched. */
        ODD("odd"),
        /** No number: the entity was removed. */
        REMOVED("removed");

        private final String word;

        Trust(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        boolean hasValue() {
            return this == LIVE || this == AGED;
        }

        static Trust of(PlacedReading reading, boolean connected) {
            Quality quality = reading.quality();
            if (quality.isGood()) {
                return connected ? LIVE : AGED;
            }
            return quality.reason()
                    .map(reason ->
                            switch (reason) {
                                case UNAVAILABLE -> LOST;
                                case UNKNOWN -> NEVER;
                                case REMOVED -> REMOVED;
                                case NOT_A_NUMBER, MISMATCH -> ODD;
                                default -> quality.isBad() ? LOST : AGED;
                            })
                    .orElse(AGED);
        }
    }
}
