package vigie.app;

import vigie.console.replay.Mode;
import vigie.console.replay.ReplaySettings;
import vigie.console.replay.Start;
import vigie.history.History;
import vigie.incident.IncidentFile;
import vigie.incident.Manifest;
import vigie.note.NoteBook;
import vigie.text.Fault;
import vigie.timeline.HistoryRecorded;
import vigie.timeline.LateRows;
import vigie.timeline.OccurrenceSource;
import vigie.timeline.Recorded;

import java.time.ZoneId;
import java.util.Optional;

/** Puts together what a window needs to play the past. */
final class Playing {
    private Playing() {}

    /**
     * The past of a database.
     *
     * @param history closed by the caller, after the window
     * @param late notices rows that come long after their time
     * @param notes closed by the caller, after the window
     * @param operator who writes notes; blank: the window asks
     * @param start what the window begins with; empty: the present
     */
    static ReplaySettings of(
            Configuration configuration,
            History history,
            OccurrenceSource occurrences,
            LateRows late,
            NoteBook notes,
            String operator,
            Optional<Start> start)
            throws Fault {
        return new ReplaySettings(
                new HistoryRecorded(history, occurrences, late),
                Optional.of(notes),
                Optional.of(operator).filter(name -> !name.isBlank()),
                start,
                configuration.returnToLive());
    }

    /**
     * The past that an incident file tells. A drill plays from the beginning of the file; else the
     * window stands where the interval begins that was marked, unless the call says otherwise.
     *
     * @param file closed by the caller, after the window
     */
    static ReplaySettings of(IncidentFile file, Mode mode, ChartOption chart, ZoneId zone)
            throws Fault {
        Manifest manifest = file.manifest();
        Recorded.Extent extent = new Recorded.Extent(manifest.begins(), manifest.to());
        boolean drill = mode == Mode.DRILL;
        Start usual =
                new Start(
                        mode,
                        extent.from(),
                        extent.to(),
                        drill ? manifest.begins() : manifest.from(),
                        1,
                        drill);
        return new ReplaySettings(
                file.recorded(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(chart.replay(mode, extent, zone, extent.to()).orElse(usual)),
                Optional.empty());
    }
}
