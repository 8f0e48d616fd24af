/**
 * The history screen: charts of points over time, opened from the plan. The model holds state and
 * decisions and knows no node; the view binds and forwards.
 */
@NullMarked
package vigie.console.history;

import org.jspecify.annotations.NullMarked;
