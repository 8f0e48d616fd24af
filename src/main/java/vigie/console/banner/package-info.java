/** What must be known before the picture is believed: connection lost, wrong plan. */
@NullMarked
package vigie.console.banner;

import org.jspecify.annotations.NullMarked;
