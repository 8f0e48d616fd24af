package vigie.note;

import vigie.store.DatabaseAddress;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where notes are kept. Methods block and may be called by any thread. */
public interface NoteBook extends AutoCloseable {
    /**
     * The notes about one database. Opens nothing before it is asked. Notes are kept in Vigie's own
     * schema; where that may not be written they stay in a file of this console, and go on to be
     * told by it when the schema may be written later. While the server is away a note is refused,
     * for one that stayed here would be missed elsewhere.
     *
     * @param address Home Assistant's database
     * @param own Vigie's own schema, whether or not it is there
     * @param folder for what stays here; made when the first note does
     */
    static NoteBook open(DatabaseAddress address, DatabaseAddress own, Path folder) {
        return new ChosenNotes(
                own,
                new OwnNotes(own, address.schema()),
                new FolderNotes(FolderNotes.file(folder, address)));
    }

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
