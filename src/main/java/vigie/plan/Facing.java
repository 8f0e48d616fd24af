package vigie.plan;

/** A direction on the plan; north is up. */
public enum Facing {
    NORTH,
    EAST,
    SOUTH,
    WEST
}
