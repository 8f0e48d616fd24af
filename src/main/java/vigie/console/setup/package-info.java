/**
 * Saying which database, plan and language to work with: the assistant of the first start and the
 * page of later changes, which are the same three pages.
 */
@NullMarked
package vigie.console.setup;

import org.jspecify.annotations.NullMarked;
