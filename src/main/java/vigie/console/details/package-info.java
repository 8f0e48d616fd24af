/** What is known of the element the operator points at or has selected. */
@NullMarked
package vigie.console.details;

import org.jspecify.annotations.NullMarked;
