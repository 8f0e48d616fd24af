package vigie.console.details;

import vigie.console.marks.LimitBar;
import vigie.console.marks.Mark;
import vigie.plan.Deviation;
import vigie.plan.ElementId;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One reading of an element, ready to be shown.
 *
 * @param name what is measured and where
 * @param value with its unit; a dash where there is none to trust
 * @param mark its sign
 * @param deviation how far from normal
 * @param quality in words
 * @param when time and age; empty where it was never seen
 * @param limits in words; empty where none are in force
 * @param range for the bar; empty: none
 * @param at where the value stands on the bar
 * @param against what it was at the moment it is compared with, and what differs; empty: nothing is
 *     compared
 * @param source the entity it comes from
 * @param sensor where it is
 */
public record Detail(
        String name,
        String value,
        Mark mark,
        Deviation deviation,
        String quality,
        String when,
        String limits,
        Optional<LimitBar.Range> range,
        OptionalDouble at,
        String against,
        String source,
        ElementId sensor) {}
