/**
 * Sentences for people, apart from the code: a sentence is a key and its values, the words are in
 * {@code src/main/resources/vigie/text/*.properties}, one file per part of the house and language.
 * Floor 0: knows only the JDK.
 */
@NullMarked
package vigie.text;

import org.jspecify.annotations.NullMarked;
