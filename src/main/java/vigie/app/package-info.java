/**
 * The command line, the configuration, and the one place that builds and connects everything. Floor
 * 6: may know every other package.
 */
@NullMarked
package vigie.app;

import org.jspecify.annotations.NullMarked;
