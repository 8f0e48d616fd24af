package vigie.console.plan;

/**
 * How large things are drawn: text grows with the window, and with the zoom, but slower than the
 * plan does, so that zooming in makes room for more.
 *
 * @param pixelsPerMetre of the plan
 * @param unit 1 for the reference room filling a window of 1380×930 pixels
 */
record Scale(double pixelsPerMetre, double unit) {
    private static final double REFERENCE_WIDTH = 1380;
    private static final double REFERENCE_HEIGHT = 930;

    /** Pixels for a metre when the reference room fills the reference window. */
    private static final double REFERENCE_SCALE = 94;

    /** Values are never smaller than this; a label that has no room is left out instead. */
    static final double SMALLEST_VALUE = 12;

    private static final double SMALLEST_NAME = 10.5;

    static Scale of(double pixelsPerMetre, double width, double height) {
        double window = windowUnit(width, height);
        double zoom = pixelsPerMetre / (REFERENCE_SCALE * window);
        double growth = zoom <= 1 ? Math.max(0.8, zoom) : Math.pow(zoom, 0.5);
        return new Scale(pixelsPerMetre, window * growth);
    }

    /** How much larger than the reference window a view is; at least 0.75, at most 4. */
    static double windowUnit(double width, double height) {
        return Math.clamp(Math.min(width / REFERENCE_WIDTH, height / REFERENCE_HEIGHT), 0.75, 4);
    }

    /** The scale at which text has its plain size in a view. */
    static double referenceScale(double width, double height) {
        return REFERENCE_SCALE * windowUnit(width, height);
    }

    double metres(double metres) {
        return metres * pixelsPerMetre;
    }

    /** A length of the drawing's furniture: line ends, paddings, symbols. */
    double units(double units) {
        return units * unit;
    }

    /** Font size of the values that matter most. */
    double value() {
        return Math.max(SMALLEST_VALUE, 16 * unit);
    }

    /** Font size of names. */
    double name() {
        return Math.max(SMALLEST_NAME, 12 * unit);
    }

    /** Font size of what is read last. */
    double small() {
        return Math.max(SMALLEST_NAME, 11.5 * unit);
    }

    /** A hair line. */
    double thin() {
        return Math.max(1, Math.round(unit));
    }

    /** A line that must be seen from afar. */
    double thick() {
        return Math.max(2, Math.round(2 * unit));
    }
}
