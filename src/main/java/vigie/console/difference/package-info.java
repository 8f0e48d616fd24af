/**
 * The room against another moment: what is held against what, and the asking for it. Part of the
 * console: knows the recorded past and pictures; draws nothing.
 */
@NullMarked
package vigie.console.difference;

import org.jspecify.annotations.NullMarked;
