/**
 * What a console must be told before it can work: what is answered, whether it is right, and how it
 * is written. Knows no window and no command; both ask through it.
 */
@NullMarked
package vigie.setup;

import org.jspecify.annotations.NullMarked;
