package vigie.console.history.chart;

import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

import java.util.HashMap;
import java.util.Map;

/** Writes on a canvas, and knows how wide words are. JavaFX thread only. */
final class Lettering {
    private static final int MOST_KNOWN = 2_000;

    private record Measured(String words, Font font) {}

    private final Text probe = new Text();
    private final Map<Measured, Double> widths = new HashMap<>();

    double width(String words, Font font) {
        if (widths.size() > MOST_KNOWN) {
            widths.clear();
        }
        return widths.computeIfAbsent(
                new Measured(words, font),
                wanted -> {
                    probe.setFont(font);
                    probe.setText(words);
                    return probe.getLayoutBounds().getWidth();
                });
    }

    /** The words, or their beginning and an ellipsis where they find no room. */
    String fitted(String words, Font font, double room) {
        if (width(words, font) <= room) {
            return words;
        }
        int length = words.length();
        while (length > 1 && width(words.substring(0, length).strip() + "…", font) > room) {
            length--;
        }
        return length <= 1 ? "" : words.substring(0, length).strip() + "…";
    }

    static void write(
            GraphicsContext pen,
            String words,
            double x,
            double y,
            TextAlignment alignment,
            Font font,
            Color colour) {
        pen.setFont(font);
        pen.setFill(colour);
        pen.setTextAlign(alignment);
        pen.setTextBaseline(VPos.CENTER);
        pen.fillText(words, x, y);
    }
}
