package vigie.note;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;

/**
 * Something an operator wrote down about a moment.
 *
 * @param id told once, when it is written
 * @param at the moment it is about, by the clock of Home Assistant's host; whole microseconds
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
    static final int LONGEST_ELEMENT = 64;

    /** What every place can keep and every command can say. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    /** By the moment, then as they were written. */
    static final Comparator<Note> IN_ORDER =
            Comparator.comparing(Note::at).thenComparing(Note::written).thenComparing(Note::id);

    /**
     * What somebody wants to write down, with a new id: the author without blanks around, the text
     * as it is. Halves of characters, for which UTF-8 has no bytes, become question marks in both.
     *
     * @throws Fault of kind {@code USAGE}, where a limit is not kept
     */
    static Note of(
            Instant at, Instant written, String author, String text, Optional<String> element)
            throws Fault {
        String name = encodable(author.strip());
        String said = encodable(text);
        if (said.isBlank()) {
            throw wrong(Sentence.of("note.empty"));
        }
        int length = said.codePointCount(0, said.length());
        if (length > LONGEST_TEXT) {
            throw wrong(Sentence.of("note.tooLong", length, LONGEST_TEXT));
        }
        int nameLength = name.codePointCount(0, name.length());
        if (nameLength == 0 || nameLength > LONGEST_AUTHOR) {
            throw wrong(Sentence.of("note.author", nameLength, LONGEST_AUTHOR));
        }
        if (element.filter(id -> id.isBlank() || id.length() > LONGEST_ELEMENT).isPresent()) {
            throw wrong(Sentence.of("note.element", element.get()));
        }
        if (at.isBefore(FIRST) || at.isAfter(LAST)) {
            throw wrong(Sentence.of("note.when", at.toString()));
        }
        return new Note(
                UUID.randomUUID(),
                at.truncatedTo(ChronoUnit.MICROS),
                written.truncatedTo(ChronoUnit.MICROS),
                name,
                said,
                element);
    }

    private static String encodable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static Fault wrong(Sentence sentence) {
        return new Fault(Fault.Kind.USAGE, sentence, "a note that cannot be: " + sentence.key());
    }
}
