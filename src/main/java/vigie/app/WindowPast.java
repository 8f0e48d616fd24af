package vigie.app;

import vigie.console.Behind;
import vigie.console.difference.Against;
import vigie.console.history.Opening;
import vigie.console.history.PastSettings;
import vigie.console.history.PastSource;
import vigie.console.replay.Start;
import vigie.history.History;
import vigie.note.NoteBook;
import vigie.plan.Plan;
import vigie.text.Fault;
import vigie.timeline.LateRows;
import vigie.timeline.OccurrenceFinder;

import java.util.Optional;

/**
 * The past of a database, as a window shows it by settings and plan.
 *
 * @param history closed by whoever made it, after the window
 * @param late what the feed of the present brings about the past
 * @param notes as the history
 * @param operator who writes notes, where the call says it
 */
record WindowPast(
        Invocation invocation,
        History history,
        LateRows late,
        NoteBook notes,
        OperatorOption operator) {
    /** The past with what the window begins with. */
    Behind of(
            Configuration configuration,
            Plan plan,
            Optional<Opening> chart,
            Optional<Start> start,
            Optional<Against> against)
            throws Fault {
        return new Behind(
                Optional.of(
                        new PastSettings(
                                PastSource.of(history), invocation.folders().charts(), chart)),
                Optional.of(
                        Playing.of(
                                configuration,
                                history,
                                new OccurrenceFinder(history, plan, notes),
                                late,
                                notes,
                                operator.name(invocation, configuration),
                                start)),
                against);
    }

    /** The same later on. */
    Behind of(Configuration configuration, Plan plan) throws Fault {
        return of(configuration, plan, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
