package vigie.console.replay;

import vigie.note.NoteBook;
import vigie.timeline.Recorded;

import java.time.Duration;
import java.util.Optional;

/**
 * The past that a window can play.
 *
 * @param recorded what there is to play; whoever made it closes it, after the window
 * @param notes where notes are written; empty: they cannot be (an incident file)
 * @param operator who writes them; empty: the window asks
 * @param start what the window begins with; empty: the present
 * @param returnAfter after how long without a hand on it the window goes back to the present by
 *     itself; empty: never
 */
public record ReplaySettings(
        Recorded recorded,
        Optional<NoteBook> notes,
        Optional<String> operator,
        Optional<Start> start,
        Optional<Duration> returnAfter) {}
