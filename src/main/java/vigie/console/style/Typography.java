package vigie.console.style;

import javafx.scene.text.Font;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The fonts of the window: IBM Plex Sans, shipped with the program so that every screen shows the
 * same. All its digits have one width, so numbers do not dance when they change. Needs the toolkit.
 */
public final class Typography {
    /** How heavy. */
    public enum Weight {
        REGULAR("IBMPlexSans-Regular.woff"),
        MEDIUM("IBMPlexSans-Medium.woff"),
        STRONG("IBMPlexSans-SemiBold.woff");

        private final String file;

        Weight(String file) {
            this.file = file;
        }

        /** The class in style sheets, for example {@code weight-strong}. */
        public String cssClass() {
            return "weight-" + name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Map<Weight, String> FAMILIES = new EnumMap<>(Weight.class);

    static {
        for (Weight weight : Weight.values()) {
            FAMILIES.put(weight, load(weight).getFamily());
        }
    }

    private Typography() {}

    /** The font of a role, in pixels of a window of this scale. */
    public static Font font(Size size, Weight weight, double scale) {
        return font(weight, size.height() * scale);
    }

    /** The font of a weight at a height in pixels. */
    public static Font font(Weight weight, double height) {
        return Font.font(family(weight), height);
    }

    /** The name by which the toolkit knows a weight. */
    public static String family(Weight weight) {
        return Objects.requireNonNull(FAMILIES.get(weight));
    }

    /**
     * The style sheet of all sizes and weights at a scale, as an address that can be added to a
     * scene. Everything else in {@code styles/} is in em, so this alone scales the window.
     */
    public static String stylesheet(double scale) {
        StringBuilder css = new StringBuilder(512);
        css.append(
                ".root{-fx-font-family:\"%s\";-fx-font-size:%s;}"
                        .formatted(family(Weight.REGULAR), pixels(Size.BODY, scale)));
        for (Size size : Size.values()) {
            css.append(".%s{-fx-font-size:%s;}".formatted(size.cssClass(), pixels(size, scale)));
        }
        for (Weight weight : Weight.values()) {
            css.append(".%s{-fx-font-family:\"%s\";}".formatted(weight.cssClass(), family(weight)));
        }
        // An icon is text in a font of its own size: in em it would grow with every look at it.
        css.append(icon(".ikonli-font-icon", Size.HEADING, scale));
        css.append(icon(".detail-history .ikonli-font-icon", Size.BODY, scale));
        css.append(icon(".ikonli-font-icon.icon-large", Size.TITLE, scale * 1.25));
        return "data:text/css;base64,"
                + Base64.getEncoder()
                        .encodeToString(css.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String icon(String selector, Size size, double scale) {
        return "%s{-fx-icon-size:%s;}".formatted(selector, pixels(size, scale));
    }

    private static String pixels(Size size, double scale) {
        return String.format(Locale.ROOT, "%.2fpx", size.height() * scale);
    }

    /**
     * A package has the fonts unpacked beside the program: from a jar the toolkit unpacks them
     * itself, at each start, into files that it leaves behind.
     */
    private static Font load(Weight weight) {
        String home = System.getProperty("vigie.home");
        if (home != null) {
            Path unpacked = Path.of(home, "share", "fonts", weight.file.replace(".woff", ".ttf"));
            Font font =
                    Files.isReadable(unpacked)
                            ? Font.loadFont(unpacked.toUri().toString(), Size.BODY.height())
                            : null;
            if (font != null) {
                return font;
            }
        }
        try (InputStream in =
                Objects.requireNonNull(
                        Typography.class.getResourceAsStream("/styles/fonts/" + weight.file),
                        weight.file)) {
            return Objects.requireNonNull(Font.loadFont(in, Size.BODY.height()), weight.file);
        } catch (IOException e) {
            throw new UncheckedIOException(weight.file, e);
        }
    }
}
