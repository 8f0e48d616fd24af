/**
 * What was recorded, as data that can be played: stretches of the past, each with the room at its
 * beginning and all that happened in it. Knows the room and its points; no database, no clock, no
 * screen.
 */
@NullMarked
package vigie.recording;

import org.jspecify.annotations.NullMarked;
