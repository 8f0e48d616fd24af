package vigie.console.words;

import vigie.picture.Change;
import vigie.picture.PlacedReading;
import vigie.plan.Quantity;
import vigie.text.Words;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Says how something differs from what it was at another moment.
 *
 * @param figures the language and the zone
 */
public record ChangeWords(Figures figures) {

    /**
     * How much, short: {@code +2.6 K}, {@code −3 pts}, {@code ±0.0 K}; of an on/off point or a text
     * what it is now, after an arrow where it was another; {@link Figures#NOTHING} where nothing
     * can be said.
     */
    public String amount(Change change) {
        return switch (change.outcome()) {
            case Change.Outcome.Unknown _ -> Figures.NOTHING;
            case Change.Outcome.Amount amount -> amount(change.quantity(), amount.amount());
            case Change.Outcome.State state ->
                    (state.differs() ? "→ " : "") + figures.text(change.quantity(), state.to());
        };
    }

    /**
     * A signed number with the unit in which differences of a quantity are told.
     *
     * @param amount in the quantity's own unit
     */
    public String amount(Quantity quantity, double amount) {
        return figures.withUnit(number(quantity, amount), unit(quantity));
    }

    /** The same without its unit. */
    public String number(Quantity quantity, double amount) {
        return signed(shown(quantity, amount), Figures.decimals(quantity));
    }

    /** A difference in the unit in which it is told. */
    public double shown(Quantity quantity, double amount) {
        return figures.units().difference(amount, quantity.unit());
    }

    /** A number with its sign; ± before what rounds to nothing. */
    public String signed(double amount, int decimals) {
        String size = figures.number(Math.abs(amount), decimals);
        boolean nothing = size.chars().noneMatch(letter -> letter > '0' && letter <= '9');
        return (nothing ? "±" : amount < 0 ? "−" : "+") + size;
    }

    /** The unit of a difference: kelvins or °F, points of a percentage, else that of the values. */
    public String unit(Quantity quantity) {
        return switch (quantity) {
            case TEMPERATURE, DEW_POINT -> figures.units().differenceUnit(quantity.unit());
            case HUMIDITY, LOAD, CHARGE, FAN_SPEED -> say("points");
            case RUNTIME,
                    POWER,
                    VOLTAGE,
                    CURRENT,
                    FREQUENCY,
                    RUNNING,
                    ON_BATTERY,
                    MOTION,
                    OPEN,
                    LEAK,
                    STATUS ->
                    quantity.unit();
        };
    }

    /** What it was; {@link Figures#NOTHING} where that is not known. */
    public String before(Change change) {
        return value(change.then());
    }

    /**
     * One line on a change: both values, each with its quality and its age at its own moment, and
     * what differs.
     */
    public String line(Change change, Instant now, Instant then) {
        String was = side(change.then(), then);
        String known =
                switch (change.outcome()) {
                    case Change.Outcome.Unknown _ -> say("none");
                    case Change.Outcome.Amount _ -> amount(change);
                    case Change.Outcome.State state ->
                            state.differs() ? say("other") : say("equal");
                };
        return say("line", known, side(change.now(), now), was);
    }

    /** What it was then, with quality and age, and what differs: beside the value of now. */
    public String against(Change change, Instant then) {
        return change.isKnown()
                ? say("against", side(change.then(), then), amount(change))
                : say("against-none", side(change.then(), then));
    }

    /** A moment in full: the day with its name, the time with seconds. */
    public String moment(Instant at) {
        return DateTimeFormatter.ofPattern("EEEE d MMMM yyyy HH:mm:ss", words().locale())
                .format(at.atZone(figures.zone()));
    }

    /** The first line of a legend: against what. */
    public String title(Instant then) {
        return say("title", moment(then));
    }

    /** The second line of a legend: what is shown, and how far both moments are apart. */
    public String shown(Instant now, Instant then) {
        Duration between = Duration.between(then, now);
        String distance = figures.age(between.abs());
        return say(between.isNegative() ? "shown-before" : "shown", moment(now), distance);
    }

    private String side(Optional<PlacedReading> reading, Instant at) {
        if (reading.isEmpty()) {
            return say("no-sensor");
        }
        PlacedReading its = reading.get();
        String quality = figures.quality(its.quality());
        return its.time()
                .map(time -> {
                    Duration age = Duration.between(time, at);
                    return say(
                            "side",
                            value(reading),
                            quality,
                            figures.age(age.isNegative() ? Duration.ZERO : age));
                })
                .orElseGet(() -> say("side-never", value(reading), quality));
    }

    private String value(Optional<PlacedReading> reading) {
        return reading.map(its -> ReadingWords.value(its, figures)).orElse(Figures.NOTHING);
    }

    private Words words() {
        return figures.words();
    }

    private String say(String key, Object... values) {
        return words().say("difference." + key, values);
    }
}
