package vigie.console.tiles;

import vigie.console.marks.LimitBar;
import vigie.console.marks.Mark;
import vigie.plan.Deviation;
import vigie.plan.ElementId;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a tile shows, ready to be drawn.
 *
 * @param value the number as text; a dash where there is none to trust
 * @param unit its unit; empty with the dash
 * @param first the line below: where, or why there is no number
 * @param second one more line; may be empty
 * @param mark the sign beside the number
 * @param deviation how far from normal
 * @param range the limits behind the number; empty: no bar
 * @param at where the number stands on the bar
 * @param time when the number was true; empty where there is none
 * @param good whether the number is fresh and as its source stated it
 * @param goTo the sensor it comes from
 */
public record TileContent(
        String value,
        String unit,
        String first,
        String second,
        Mark mark,
        Deviation deviation,
        Optional<LimitBar.Range> range,
        OptionalDouble at,
        Optional<Instant> time,
        boolean good,
        Optional<ElementId> goTo) {
    /** The same number, not of now: said in the second line, and by the sign. */
    TileContent aged(String howOld) {
        return new TileContent(
                value,
                unit,
                first,
                howOld,
                deviation == Deviation.NONE ? Mark.UNCERTAIN : mark,
                deviation,
                range,
                at,
                time,
                false,
                goTo);
    }
}
