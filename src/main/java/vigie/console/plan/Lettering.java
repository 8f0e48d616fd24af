package vigie.console.plan;

import javafx.scene.text.Font;
import javafx.scene.text.Text;

import vigie.console.style.Typography;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The one typeface of the plan: the window's, which travels with the program, so that a plan looks
 * and measures the same on every machine, and like the tiles beside it. JavaFX thread only.
 */
final class Lettering {
    /** How heavy the strokes are. */
    enum Weight {
        REGULAR,
        BOLD
    }

    /** The height of a capital in a font of size 1; IBM Plex Sans' own measure. */
    static final double CAPITAL = 0.698;

    /** Advances are measured at this size and scaled: finer than any size that is drawn. */
    private static final double MEASURED = 200;

    private static final Map<Weight, Map<Long, Font>> FONTS = perWeight();
    private static final Map<Weight, Map<Integer, Double>> ADVANCES = perWeight();

    private Lettering() {}

    private static <K, V> Map<Weight, Map<K, V>> perWeight() {
        Map<Weight, Map<K, V>> maps = new EnumMap<>(Weight.class);
        for (Weight weight : Weight.values()) {
            maps.put(weight, new HashMap<>());
        }
        return maps;
    }

    /** The font of a size, rounded to quarters of a pixel. */
    static Font font(Weight weight, double size) {
        long quarters = Math.round(size * 4);
        return Objects.requireNonNull(FONTS.get(weight))
                .computeIfAbsent(quarters, key -> made(weight, key / 4.0));
    }

    /** The width of a text on one line, pixels, without kerning. */
    static double width(String text, Weight weight, double size) {
        double sum = 0;
        for (int i = 0; i < text.length(); ) {
            int letter = text.codePointAt(i);
            sum += advance(letter, weight);
            i += Character.charCount(letter);
        }
        return sum * size;
    }

    /** The part of a text that fits a width, with an ellipsis where something is cut off. */
    static String fitting(String text, Weight weight, double size, double width) {
        if (width(text, weight, size) <= width) {
            return text;
        }
        int end = text.length();
        while (end > 0) {
            end = text.offsetByCodePoints(end, -1);
            String cut = text.substring(0, end).stripTrailing() + "…";
            if (width(cut, weight, size) <= width) {
                return end == 0 ? "" : cut;
            }
        }
        return "";
    }

    private static double advance(int letter, Weight weight) {
        return Objects.requireNonNull(ADVANCES.get(weight))
                .computeIfAbsent(
                        letter,
                        key -> {
                            Text probe = new Text(Character.toString(letter) + "n");
                            probe.setFont(made(weight, MEASURED));
                            Text without = new Text("n");
                            without.setFont(probe.getFont());
                            return (probe.getLayoutBounds().getWidth()
                                            - without.getLayoutBounds().getWidth())
                                    / MEASURED;
                        });
    }

    private static Font made(Weight weight, double size) {
        return switch (weight) {
            case REGULAR -> Typography.font(Typography.Weight.REGULAR, size);
            case BOLD -> Typography.font(Typography.Weight.STRONG, size);
        };
    }
}
