package vigie.console.style;

import java.util.Locale;

/**
 * What a size of text is for. The heights hold for a window of 1920 × 1080; a larger one scales
 * them all. In style sheets a size is the class {@link #cssClass}.
 */
public enum Size {
    /** Units beside large values, ages, foot notes. */
    CAPTION(12.5),
    /** Running text, lists. */
    BODY(14),
    /** Headings of panels, what must be seen first in a list. */
    HEADING(15.5),
    /** The name of the product, the headline of a page. */
    TITLE(20),
    /** The number on a tile. */
    VALUE(34);

    private final double height;

    Size(double height) {
        this.height = height;
    }

    /** The font size in pixels at scale 1. */
    public double height() {
        return height;
    }

    /** The class in style sheets, for example {@code size-body}. */
    public String cssClass() {
        return "size-" + name().toLowerCase(Locale.ROOT);
    }
}
