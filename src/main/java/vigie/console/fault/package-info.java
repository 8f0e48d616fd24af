/** The page that stands where the plan would, when a person must do something first. */
@NullMarked
package vigie.console.fault;

import org.jspecify.annotations.NullMarked;
