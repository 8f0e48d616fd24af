package vigie.note;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where notes are kept. Methods block and may be called by any thread. */
public interface NoteBook extends AutoCloseable {
    /**
     * Writes one down.
     *
     * @param at the moment it is about
     * @throws Fault it was not kept; the sentence says why. Never queued for later
     */
    Note add(Instant at, String author, String text, Optional<String> element) throws Fault;

    /** Those about moments between two, both included, in order of time. */
    List<Note> between(Instant from, Instant to) throws Fault;

    /** Said where notes do not reach other consoles: where they stay and what would help. */
    Optional<Sentence> staysHere();

    @Override
    void close();
}
