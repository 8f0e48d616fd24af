/**
 * The room: a pure fold of groups of facts into the state of every point, and what follows from it
 * (age, dew point, margins). Floor 1: knows {@code vigie.point} and the JDK; the time comes in as a
 * parameter.
 */
@NullMarked
package vigie.room;

import org.jspecify.annotations.NullMarked;
