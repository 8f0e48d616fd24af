package vigie.simulator;

/**
 * Something that happens to the room, in simulated time: from {@code from} (inclusive) to {@code
 * to} (exclusive), seconds since the epoch.
 */
sealed interface Incident {
    double from();

    double to();

    default boolean at(double time) {
        return time >= from() && time < to();
    }

    /** A cooling unit stands still. Units count from 1. */
    record CoolingStops(int unit, double from, double to) implements Incident {}

    /** The mains are away: the UPS carries racks and fans, the compressors stop. */
    record MainsLost(double from, double to) implements Incident {}

    /** Somebody is in the room who was not expected: the door at both ends, motion in between. */
    record Intruder(double from, double to) implements Incident {}

    /** Water under one side's floor. */
    record WaterLeak(Side side, double from, double to) implements Incident {}

    /** A unit's filter clogs: its greatest flow falls evenly to 45 % over the time. */
    record FilterClogs(int unit, double from, double to) implements Incident {}

    /** A sensor misbehaves; the room does not. */
    record SensorTrouble(String entityId, Trouble trouble, double from, double to)
            implements Incident {}

    /** How a sensor misbehaves. */
    enum Trouble {
        /** Its integration lost it: the state is {@code unavailable}. */
        UNAVAILABLE,
        /** Reachable, but without a value: the state is {@code unknown}. */
        UNKNOWN,
        /** It says the same value again and again. */
        FROZEN,
        /** It says nothing any more, and nobody notices. */
        SILENT,
        /** The entity is removed from Home Assistant: a row with a NULL state. */
        REMOVED
    }
}
