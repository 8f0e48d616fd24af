/**
 * Incident files: a stretch of the past with its plan, limits, notes and all that happened in it,
 * as one file that another Vigie opens without a database. Writes them, reads them, and tells what
 * happened in one. What comes out of a file was written by a stranger until it is checked. Floor 5.
 */
@NullMarked
package vigie.incident;

import org.jspecify.annotations.NullMarked;
