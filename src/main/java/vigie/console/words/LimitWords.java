package vigie.console.words;

import vigie.plan.Limits;
import vigie.plan.Quantity;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Says limits. */
public final class LimitWords {
    private LimitWords() {}

    /** For example {@code normal 18 to 27 °C · allowed 15 to 32 °C}; empty where none. */
    public static String of(Limits limits, Quantity quantity, Figures figures) {
        List<String> parts = new ArrayList<>();
        if (!quantity.isNumber()) {
            limits.normal()
                    .ifPresent(normal ->
                            parts.add(
                                    figures.words()
                                            .say(
                                                    "console.limits.normal-text",
                                                    figures.text(quantity, normal))));
            return String.join("", parts);
        }
        range(
                "console.limits.normal.",
                limits.lowWarning(),
                limits.highWarning(),
                limits,
                figures,
                parts);
        range(
                "console.limits.allowed.",
                limits.lowAlarm(),
                limits.highAlarm(),
                limits,
                figures,
                parts);
        return parts.stream().collect(Collectors.joining(" · "));
    }

    private static void range(
            String key,
            OptionalDouble low,
            OptionalDouble high,
            Limits limits,
            Figures figures,
            List<String> parts) {
        if (low.isPresent() && high.isPresent()) {
            parts.add(
                    figures.words()
                            .say(
                                    key + "between",
                                    plain(low, limits, figures),
                                    figures.withUnit(
                                            plain(high, limits, figures),
                                            figures.units().unit(limits.unit()))));
        } else if (low.isPresent()) {
            parts.add(
                    figures.words()
                            .say(
                                    key + "above",
                                    figures.withUnit(
                                            plain(low, limits, figures),
                                            figures.units().unit(limits.unit()))));
        } else if (high.isPresent()) {
            parts.add(
                    figures.words()
                            .say(
                                    key + "below",
                                    figures.withUnit(
                                            plain(high, limits, figures),
                                            figures.units().unit(limits.unit()))));
        }
    }

    private static String plain(OptionalDouble number, Limits limits, Figures figures) {
        double value = figures.units().value(number.orElseThrow(), limits.unit());
        return figures.number(value, value == Math.rint(value) ? 0 : 1);
    }
}
