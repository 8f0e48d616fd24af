/**
 * A chart of the past as numbers and pixels: time axis, lanes of values, curves as columns of
 * pixels, what stands under the crosshair. Most of it needs no toolkit; the painters do.
 *
 * <p>Times are microseconds since 1970-01-01T00:00Z, by the clock of Home Assistant's host.
 */
@NullMarked
package vigie.console.history.chart;

import org.jspecify.annotations.NullMarked;
