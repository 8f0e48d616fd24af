package vigie.plan;

/**
 * A place on the floor.
 *
 * @param x metres from the left edge, finite
 * @param y metres from the top edge, finite
 */
public record Spot(double x, double y) {}
