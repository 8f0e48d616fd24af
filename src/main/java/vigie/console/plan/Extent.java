package vigie.console.plan;

import vigie.plan.Area;
import vigie.plan.Spot;

/**
 * An upright rectangle; in metres on the plan or in pixels of the view, as the user says.
 *
 * @param left least x
 * @param top least y
 * @param right greatest x
 * @param bottom greatest y
 */
record Extent(double left, double top, double right, double bottom) {
    /** Contains nothing; the start of a union. */
    static final Extent EMPTY =
            new Extent(
                    Double.POSITIVE_INFINITY,
                    Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY,
                    Double.NEGATIVE_INFINITY);

    static Extent of(Area area) {
        return new Extent(area.x(), area.y(), area.x() + area.width(), area.y() + area.depth());
    }

    static Extent around(Spot spot, double reach) {
        return around(spot.x(), spot.y(), reach);
    }

    static Extent around(double x, double y, double reach) {
        return new Extent(x - reach, y - reach, x + reach, y + reach);
    }

    static Extent sized(double left, double top, double width, double height) {
        return new Extent(left, top, left + width, top + height);
    }

    double width() {
        return right - left;
    }

    double height() {
        return bottom - top;
    }

    double centreX() {
        return (left + right) / 2;
    }

    double centreY() {
        return (top + bottom) / 2;
    }

    boolean isEmpty() {
        return right < left || bottom < top;
    }

    Extent union(Extent other) {
        return new Extent(
                Math.min(left, other.left),
                Math.min(top, other.top),
                Math.max(right, other.right),
                Math.max(bottom, other.bottom));
    }

    /** What both share; empty where they are apart. */
    Extent shared(Extent other) {
        return new Extent(
                Math.max(left, other.left),
                Math.max(top, other.top),
                Math.min(right, other.right),
                Math.min(bottom, other.bottom));
    }

    Extent grown(double by) {
        return new Extent(left - by, top - by, right + by, bottom + by);
    }

    /** Every side multiplied: from metres to pixels. */
    Extent times(double factor) {
        return new Extent(left * factor, top * factor, right * factor, bottom * factor);
    }

    boolean contains(double x, double y) {
        return x >= left && x <= right && y >= top && y <= bottom;
    }

    boolean contains(Extent other) {
        return other.left >= left
                && other.right <= right
                && other.top >= top
                && other.bottom <= bottom;
    }

    /** Whether they share more than an edge. */
    boolean overlaps(Extent other) {
        return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }

    /** The shared surface, zero where they are apart. */
    double overlap(Extent other) {
        double width = Math.min(right, other.right) - Math.max(left, other.left);
        double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        return width > 0 && height > 0 ? width * height : 0;
    }

    /** The distance from a point to the nearest point of this rectangle; zero inside. */
    double distance(double x, double y) {
        double dx = Math.max(0, Math.max(left - x, x - right));
        double dy = Math.max(0, Math.max(top - y, y - bottom));
        return Math.hypot(dx, dy);
    }
}
