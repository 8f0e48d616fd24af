package vigie.console.replay;

import vigie.console.points.SearchText;
import vigie.console.words.Figures;
import vigie.plan.Element;
import vigie.plan.ElementId;
import vigie.plan.Placement;
import vigie.plan.Plan;
import vigie.plan.Quantity;
import vigie.point.Units;
import vigie.timeline.Until;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A condition as people write it: {@code hot aisle > 35 °C}, {@code door = open}. The words before
 * the sign are looked for in places, quantities and points; without any, the selected element is
 * meant.
 */
final class UntilText {
    private static final Pattern FORM =
            Pattern.compile("(?<words>[^<>=]*)(?<sign>[<>=])(?<value>[^<>=]+)");
    private static final Pattern NUMBER =
            Pattern.compile("(?<number>[-+−]?\\d+(?:[.,]\\d+)?)\\s*(?<unit>\\S.*)?");

    private static final int MOST_DECIMALS = 6;

    /**
     * What was understood.
     *
     * @param until empty: nothing was
     * @param words what it is in full, or why nothing was understood; empty for an empty text
     */
    record Meaning(Optional<Until> until, String words) {}

    private record Candidate(Placement placement, String title, String folded) {}

    private final Plan plan;
    private final Figures figures;

    UntilText(Plan plan, Figures figures) {
        this.plan = plan;
        this.figures = figures;
    }

    /**
     * @param selected meant where no place is written; empty: none
     */
    Meaning read(String text, Optional<ElementId> selected) {
        if (text.isBlank()) {
            return new Meaning(Optional.empty(), "");
        }
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return not("until.form");
        }
        Until.Comparison comparison = comparison(form.group("sign"));
        String value = form.group("value").strip();
        Matcher number = NUMBER.matcher(value);
        boolean isNumber = number.matches();
        if (comparison != Until.Comparison.IS && !isNumber) {
            return not("until.number", value);
        }
        List<Candidate> candidates = candidates(form.group("words"), selected, isNumber);
        if (candidates.isEmpty()) {
            return not("until.nothing", form.group("words").strip());
        }
        String unit = isNumber ? unit(number) : "";
        List<Candidate> ofUnit =
                candidates.stream()
                        .filter(one ->
                                unit.isEmpty()
                                        || recordedUnit(unit, one.placement.quantity()).isPresent())
                        .toList();
        if (ofUnit.isEmpty()) {
            Candidate first = candidates.getFirst();
            return not("until.unit", first.title, figures.unit(first.placement.quantity()));
        }
        Candidate chosen = ofUnit.getFirst();
        Quantity quantity = chosen.placement.quantity();
        String compared;
        String shown;
        if (quantity.isNumber() && isNumber) {
            String written = number.group("number").replace(',', '.').replace('−', '-');
            // Without a unit that is meant in which the window speaks.
            String its = recordedUnit(unit, quantity).orElseGet(() -> figures.unit(quantity));
            compared = converted(written, its, quantity.unit());
            shown = figures.withUnit(number.group("number").replace('-', '−'), its);
        } else {
            compared = recorded(quantity, value);
            shown = figures.text(quantity, compared);
        }
        String meaning = "%s %s %s".formatted(chosen.title, comparison.sign(), shown);
        return new Meaning(
                Optional.of(new Until(chosen.placement.point(), comparison, compared)),
                ofUnit.size() == 1 ? meaning : say("until.several", meaning, ofUnit.size() - 1));
    }

    private static String unit(Matcher number) {
        String unit = number.group("unit");
        return unit == null ? "" : unit.strip();
    }

    private Meaning not(String key, Object... values) {
        return new Meaning(Optional.empty(), say(key, values));
    }

    private static Until.Comparison comparison(String sign) {
        return switch (sign) {
            case ">" -> Until.Comparison.ABOVE;
            case "<" -> Until.Comparison.BELOW;
            default -> Until.Comparison.IS;
        };
    }

    /** Which unit was written for a quantity; empty for none, and for one of something else. */
    private Optional<String> recordedUnit(String written, Quantity quantity) {
        return Stream.of(figures.unit(quantity), quantity.unit(), "°F")
                .filter(unit -> Units.convertible(unit, quantity.unit()))
                .filter(unit -> sameUnit(written, unit))
                .findFirst();
    }

    /** As it was written where it needs no conversion. */
    private static String converted(String number, String from, String to) {
        if (from.equals(to)) {
            return number;
        }
        double value = Units.convert(Double.parseDouble(number), from, to).orElseThrow();
        return BigDecimal.valueOf(value)
                .setScale(MOST_DECIMALS, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static boolean sameUnit(String written, String unit) {
        String plain = unit.replace("°", "");
        return written.equalsIgnoreCase(unit) || written.equalsIgnoreCase(plain);
    }

    /** People write what the window says; the point says {@code on} and {@code off}. */
    private String recorded(Quantity quantity, String value) {
        Locale locale = figures.words().locale();
        for (String text : List.of("on", "off")) {
            if (SearchText.fold(figures.text(quantity, text), locale)
                    .equals(SearchText.fold(value, locale))) {
                return text;
            }
        }
        return value;
    }

    private List<Candidate> candidates(
            String words, Optional<ElementId> selected, boolean isNumber) {
        Locale locale = figures.words().locale();
        List<String> wanted = SearchText.words(words, locale);
        List<Candidate> found = new ArrayList<>();
        for (Placement placement : plan.placements()) {
            if (placement.quantity().isNumber() != isNumber
                    && placement.quantity() != Quantity.STATUS) {
                continue;
            }
            Optional<Element.Sensor> sensor = plan.sensor(placement.sensor());
            if (sensor.isEmpty() || (wanted.isEmpty() && !isOf(sensor.get(), selected))) {
                continue;
            }
            String title =
                    sensor.get().label().in(locale) + " · " + figures.name(placement.quantity());
            String folded = SearchText.fold(title + " " + placement.point().name(), locale);
            if (wanted.stream().allMatch(folded::contains)) {
                found.add(new Candidate(placement, title, folded));
            }
        }
        // Of a place, most people mean the temperature; the shortest title has the least that was
        // not asked for.
        found.sort(
                Comparator.comparing(
                                (Candidate one) -> one.placement.quantity() != Quantity.TEMPERATURE)
                        .thenComparingInt(one -> one.title.length())
                        .thenComparing(Candidate::folded));
        return found;
    }

    private static boolean isOf(Element.Sensor sensor, Optional<ElementId> selected) {
        return selected.isPresent()
                && (sensor.id().equals(selected.get()) || sensor.of().equals(selected));
    }

    private String say(String key, Object... values) {
        return figures.words().say("replay." + key, values);
    }
}
