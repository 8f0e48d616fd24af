package vigie.console.start;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of a window or picture in pixels.
 *
 * @param width {@value #LEAST} to {@value #MOST}
 * @param height {@value #LEAST} to {@value #MOST}
 */
public record PixelSize(int width, int height) {
    /** Smaller, nothing can be read. */
    public static final int LEAST = 320;

    /** Larger, software rendering has no memory for it. */
    public static final int MOST = 16_384;

    /** A common wall screen. */
    public static final PixelSize FULL_HD = new PixelSize(1920, 1080);

    private static final Pattern WORDS = Pattern.compile("(\\d{1,5})[xX×](\\d{1,5})");

    public PixelSize {
        if (outside(width) || outside(height)) {
            throw new IllegalArgumentException("a side has " + LEAST + " to " + MOST + " pixels");
        }
    }

    /** The size that {@code 1920x1080} spells; empty for other words or sizes out of range. */
    public static Optional<PixelSize> parse(String words) {
        Matcher matcher = WORDS.matcher(words.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int width = Integer.parseInt(matcher.group(1));
        int height = Integer.parseInt(matcher.group(2));
        return outside(width) || outside(height)
                ? Optional.empty()
                : Optional.of(new PixelSize(width, height));
    }

    /**
     * How much larger than designed everything is drawn in a window of this size: a wall screen of
     * four times the pixels shows the same at twice the size, not four times as much.
     */
    public static double scale(double width, double height) {
        double ratio = Math.min(width / FULL_HD.width, height / FULL_HD.height);
        return Math.clamp(Math.round(ratio * 8) / 8.0, 0.75, 8);
    }

    private static boolean outside(int side) {
        return side < LEAST || side > MOST;
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
