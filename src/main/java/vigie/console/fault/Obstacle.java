package vigie.console.fault;

import vigie.text.Sentence;

/**
 * What keeps the room from being shown.
 *
 * @param kind whether a person must act
 * @param sentence what, where, and the remedy
 */
public record Obstacle(Kind kind, Sentence sentence) {
    /** Who can remove it. */
    public enum Kind {
        /** The database was not reached yet; it may go by itself, and is tried all the time. */
        UNREACHED,
        /** A person must act; it is tried again now and then. */
        BLOCKED
    }
}
