/** The head of the window: which room, how it is, language and tools. */
@NullMarked
package vigie.console.header;

import org.jspecify.annotations.NullMarked;
