/**
 * What operators write down about a moment of the room. Kept in Vigie's own schema, so that every
 * console reads it; without one, in this console's folder. Knows the store and the vocabulary.
 */
@NullMarked
package vigie.note;

import org.jspecify.annotations.NullMarked;
