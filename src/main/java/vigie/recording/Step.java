package vigie.recording;

import vigie.room.Group;

import java.time.Instant;

/**
 * What happened at one moment of the past.
 *
 * @param at from when on it counts, by the clock of Home Assistant's host: see {@link Basis}
 * @param group known then: one transaction; known now: the readings of one time at the source
 */
public record Step(Instant at, Group group) {}
