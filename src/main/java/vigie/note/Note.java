package vigie.note;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something an operator wrote down about a moment.
 *
 * @param id told once, when it is written
 * @param at the moment it is about, by the clock of Home Assistant's host
 * @param written when it was written, by the database's clock, or this console's where it is kept
 *     here
 * @param author the operator's name, 1 to 64 characters
 * @param text 1 to 2,000 characters; may have lines
 * @param element the plan's element it is about, by its id; empty: the room
 */
public record Note(
        UUID id,
        Instant at,
        Instant written,
        String author,
        String text,
        Optional<String> element) {
    public static final int LONGEST_TEXT = 2_000;
    public static final int LONGEST_AUTHOR = 64;
}
