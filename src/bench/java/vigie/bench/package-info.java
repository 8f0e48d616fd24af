/**
 * Benches: figures of the product measured on the machine they run on. They may know everything,
 * JavaFX's inside too; nothing knows them.
 */
@NullMarked
package vigie.bench;

import org.jspecify.annotations.NullMarked;
