package vigie.console.history.chart;

/**
 * From time to pixels and back.
 *
 * @param stretch what is shown
 * @param left where it begins, pixels
 * @param width how wide it is, pixels; above 0
 */
public record Projection(Stretch stretch, double left, double width) {
    /** Where a moment is; may lie outside. */
    public double x(long at) {
        return left + (double) (at - stretch.from()) / stretch.width() * width;
    }

    /** The moment at a place. */
    public long at(double x) {
        return stretch.from() + Math.round((x - left) / width * stretch.width());
    }

    /** How many microseconds a pixel holds. */
    public double perPixel() {
        return stretch.width() / width;
    }
}
