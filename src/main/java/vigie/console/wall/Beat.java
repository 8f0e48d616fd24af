package vigie.console.wall;

/**
 * The heartbeat at a moment.
 *
 * @param kind what it tells
 * @param step goes on by one in every second in which a frame of the room was shown; while nothing
 *     is followed, with every second, for then there are no frames
 */
public record Beat(Kind kind, int step) {
    /** What a heartbeat tells. Each has a shape of its own. */
    public enum Kind {
        /** The database is heard, and the picture follows. */
        BEATS,
        /** Nothing was heard for some seconds, or Home Assistant itself is silent. */
        LATE,
        /** Nothing is followed: what the plan shows is old. */
        GONE,
        /** The database is heard, but no new picture comes of it. */
        STANDS
    }

    /** Whether the room on the screen is not the room of now. */
    public boolean isLost() {
        return kind == Kind.GONE || kind == Kind.STANDS;
    }
}
