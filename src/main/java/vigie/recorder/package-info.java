/**
 * All knowledge of Home Assistant's tables: which versions we read, where the columns are, how a
 * row becomes a reading, names and attributes. Floor 2: knows {@code vigie.point}, {@code
 * vigie.room}, {@code vigie.text}, JDBC and Jackson; nothing of the binlog library.
 */
@NullMarked
package vigie.recorder;

import org.jspecify.annotations.NullMarked;
