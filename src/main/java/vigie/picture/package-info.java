/**
 * What the screen shows, without a screen: for every element of the plan its readings, how far they
 * are from normal, and how far they can be trusted. Floor 2: knows point, text, room and plan; no
 * toolkit, no clock, no I/O.
 */
@NullMarked
package vigie.picture;

import org.jspecify.annotations.NullMarked;
