package vigie.app;

import vigie.console.replay.ReplaySettings;
import vigie.console.replay.Start;
import vigie.history.History;
import vigie.text.Fault;
import vigie.timeline.HistoryRecorded;
import vigie.timeline.OccurrenceSource;

import java.util.Optional;

/** Puts together what a window needs to play the past of a database. */
final class Playing {
    private Playing() {}

    /**
     * @param history closed by the caller, after the window
     * @param start what the window begins with; empty: the present
     */
    static ReplaySettings of(
            Configuration configuration,
            History history,
            OccurrenceSource occurrences,
            Optional<Start> start)
            throws Fault {
        return new ReplaySettings(
                new HistoryRecorded(history, occurrences),
                Optional.empty(),
                Optional.empty(),
                start,
                configuration.returnToLive());
    }
}
