package vigie.plan;

/**
 * A rectangle on the floor, in metres.
 *
 * @param x left edge
 * @param y top edge
 * @param width along x, positive
 * @param depth along y, positive
 */
public record Area(double x, double y, double width, double depth) {
    public Spot centre() {
        return new Spot(x + width / 2, y + depth / 2);
    }

    public boolean contains(Spot spot) {
        return spot.x() >= x && spot.x() <= x + width && spot.y() >= y && spot.y() <= y + depth;
    }
}
