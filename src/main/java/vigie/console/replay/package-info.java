/**
 * The replay on screen: the timeline under the plan, the list of events beside it, the frame that
 * says that this is the past, and the strip that says what happens live meanwhile.
 */
@NullMarked
package vigie.console.replay;

import org.jspecify.annotations.NullMarked;
