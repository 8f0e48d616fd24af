/**
 * Work that takes a while and whose end somebody waits for: saving an incident, making a film. One
 * at a time, with progress and cancel, beside everything else the window does.
 */
@NullMarked
package vigie.console.job;

import org.jspecify.annotations.NullMarked;
