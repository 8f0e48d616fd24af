/**
 * MariaDB and the disk: addresses, connections, the embedded server, the folders of the user. Floor
 * 2: knows point and text; the only place that opens JDBC connections and pools.
 */
@NullMarked
package vigie.store;

import org.jspecify.annotations.NullMarked;
