package vigie.console.history.chart;

/**
 * A line of a time axis.
 *
 * @param at where
 * @param label in the row of the ticks; may be empty
 * @param context in the row below, what the label is part of (the day, the year); empty where it is
 *     that of the tick before
 * @param strong whether something larger begins there
 */
public record Tick(long at, String label, String context, boolean strong) {}
