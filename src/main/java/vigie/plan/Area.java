package vigie.plan;

import java.util.Collection;

/**
 * A rectangle on the floor, in metres.
 *
 * @param x left edge
 * @param y top edge
 * @param width along x; positive, zero only for what has no size
 * @param depth along y; positive, zero only for what has no size
 */
public record Area(double x, double y, double width, double depth) {
    /**
     * The smallest rectangle that holds all spots.
     *
     * @param spots at least one
     */
    public static Area around(Collection<Spot> spots) {
        double left = spots.stream().mapToDouble(Spot::x).min().orElseThrow();
        double top = spots.stream().mapToDouble(Spot::y).min().orElseThrow();
        double right = spots.stream().mapToDouble(Spot::x).max().orElseThrow();
        double bottom = spots.stream().mapToDouble(Spot::y).max().orElseThrow();
        return new Area(left, top, right - left, bottom - top);
    }

    /** The smallest rectangle that holds both. */
    public Area with(Area other) {
        double left = Math.min(x, other.x);
        double top = Math.min(y, other.y);
        return new Area(
                left,
                top,
                Math.max(right(), other.right()) - left,
                Math.max(bottom(), other.bottom()) - top);
    }

    /** The right edge. */
    public double right() {
        return x + width;
    }

    /** The bottom edge. */
    public double bottom() {
        return y + depth;
    }

    public Spot centre() {
        return new Spot(x + width / 2, y + depth / 2);
    }

    /** Whether a place is inside or on the edge. */
    public boolean contains(Spot spot) {
        return spot.x() >= x && spot.x() <= right() && spot.y() >= y && spot.y() <= bottom();
    }
}
