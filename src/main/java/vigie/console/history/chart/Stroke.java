package vigie.console.history.chart;

/**
 * How a curve looks among others of its lane: told by lightness first, then by dashes; colour is
 * kept for what is outside its limits.
 *
 * @param argb of the line
 * @param on pixels drawn of a dash at scale 1; 0: a whole line
 * @param off pixels left out
 * @param thickness pixels at scale 1
 */
record Stroke(int argb, int on, int off, double thickness) {
    /** Whether a column is drawn. */
    boolean draws(long column, double scale) {
        if (on == 0) {
            return true;
        }
        long period = Math.max(2, Math.round((on + off) * scale));
        return Math.floorMod(column, period) < Math.max(1, Math.round(on * scale));
    }

    Stroke faded(double opacity) {
        int alpha = (int) Math.round((argb >>> 24) * opacity);
        return new Stroke((alpha << 24) | (argb & 0xffffff), on, off, thickness);
    }
}
