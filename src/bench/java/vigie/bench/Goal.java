package vigie.bench;

import vigie.app.Bench.Figure;

import java.util.Locale;

/**
 * What a figure is to reach, as the issue that asks for it states it.
 *
 * @param unit empty for a ratio or a count
 */
record Goal(Figure.Comparison comparison, double goal, String unit) {
    static Goal atMost(double goal, String unit) {
        return new Goal(Figure.Comparison.AT_MOST, goal, unit);
    }

    static Goal atLeast(double goal, String unit) {
        return new Goal(Figure.Comparison.AT_LEAST, goal, unit);
    }

    /**
     * The figure; a value that is not a number says that it could not be measured.
     *
     * @param figure its name in small letters is the figure's
     */
    Figure measured(Enum<?> figure, double value) {
        return new Figure(figure.name().toLowerCase(Locale.ROOT), value, unit, comparison, goal);
    }
}
