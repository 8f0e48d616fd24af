/** A real MariaDB for tests of every part. */
@NullMarked
package vigie.store.testing;

import org.jspecify.annotations.NullMarked;
