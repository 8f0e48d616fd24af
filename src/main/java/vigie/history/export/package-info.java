/**
 * Stretches of history as files for others: CSV for spreadsheets, JSON lines for programs. Knows
 * the history's answers, asks nothing itself.
 */
@NullMarked
package vigie.history.export;

import org.jspecify.annotations.NullMarked;
