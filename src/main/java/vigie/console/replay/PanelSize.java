package vigie.console.replay;

/**
 * How much of the window lanes and list have.
 *
 * @param ems their height, in heights of the text, so that it suits every size of the window; from
 *     {@link #LEAST} to {@link #MOST}
 * @param folded whether they are put away, and only what plays the past is left
 */
public record PanelSize(double ems, boolean folded) {
    /** Lower, the lanes could not be read. */
    public static final double LEAST = 11.5;

    public static final double MOST = 32;

    /** Five lanes that can be read and three events; the plan has most of the window. */
    public static final PanelSize USUAL = new PanelSize(13, false);

    /** Drawn so far below the least, they fold. */
    private static final double FOLDS_BELOW = LEAST - 3;

    public PanelSize {
        if (!(ems >= LEAST && ems <= MOST)) {
            throw new IllegalArgumentException("no height for lanes: " + ems);
        }
    }

    /** Drawn to a height by a hand, which may be any: too low folds. */
    public PanelSize drawnTo(double wanted) {
        return wanted < FOLDS_BELOW
                ? new PanelSize(ems, true)
                : new PanelSize(Math.clamp(wanted, LEAST, MOST), false);
    }

    /** Put away, or back to the height it had. */
    public PanelSize turned() {
        return new PanelSize(ems, !folded);
    }
}
