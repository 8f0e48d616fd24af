package vigie.console.replay;

import vigie.timeline.Occurrence;

/**
 * Something that happened, as the list of events writes it.
 *
 * @param event what happened
 * @param when since when, in the room's zone
 * @param what what it was: value and limit, a text, or a note
 * @param where the element's name, else the point's; empty for what has no place
 * @param more how long, how exactly known, who; may be empty
 * @param searched all of it, folded for a search
 */
record EventRow(
        Occurrence event, String when, String what, String where, String more, String searched) {}
