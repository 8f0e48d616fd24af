/**
 * The state of the room at T, and what changes next: live and (later) replay behind one face. Floor
 * 4.
 */
@NullMarked
package vigie.timeline;

import org.jspecify.annotations.NullMarked;
