package vigie.plan;

import vigie.point.PointId;

/**
 * A point bound to a sensor for a time.
 *
 * @param point the name the entity had when it was bound; the binding follows it through a rename
 * @param sensor the sensor it is bound to
 * @param quantity what the point tells of it
 * @param span when the binding holds
 */
public record Placement(PointId point, ElementId sensor, Quantity quantity, Span span) {}
