package vigie.console.replay;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.note.Note;
import vigie.note.NoteBook;
import vigie.plan.ElementId;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where notes are written: of which moment, by whom, and what became of the last one. One thread,
 * in the window JavaFX's.
 */
final class NotePad {
    private static final Logger LOG = LoggerFactory.getLogger(NotePad.class);

    private final Optional<NoteBook> book;
    private final Executor elsewhere;
    private final Executor home;
    private final Supplier<Instant> shown;
    private final Consumer<Note> kept;
    private final ReadOnlyObjectWrapper<Optional<Sentence>> remark =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper waits = new ReadOnlyBooleanWrapper(false);
    private Optional<String> author;

    /** What the note is about that somebody is writing; empty: nobody is. */
    private Optional<Instant> begun = Optional.empty();

    /**
     * @param book empty: notes cannot be written
     * @param author who writes; empty: nobody said so yet
     * @param elsewhere runs what blocks
     * @param home runs what it is given on the thread this is used on
     * @param shown the moment that is shown now
     * @param kept told of each note that was written
     */
    NotePad(
            Optional<NoteBook> book,
            Optional<String> author,
            Executor elsewhere,
            Executor home,
            Supplier<Instant> shown,
            Consumer<Note> kept) {
        this.book = book;
        this.author = author;
        this.elsewhere = elsewhere;
        this.home = home;
        this.shown = shown;
        this.kept = kept;
    }

    /** What became of the last note, or where notes stay; may be empty. */
    ReadOnlyObjectProperty<Optional<Sentence>> remarkProperty() {
        return remark.getReadOnlyProperty();
    }

    /** Whether a note is being written down. */
    ReadOnlyBooleanProperty waitsProperty() {
        return waits.getReadOnlyProperty();
    }

    /** Whether notes can be written at all. */
    boolean isThere() {
        return book.isPresent();
    }

    /** Who writes notes; empty: nobody said so yet. */
    Optional<String> author() {
        return author;
    }

    /** Asks where notes stay, which may take a while, to remark it. */
    void askWhereTheyStay() {
        book.ifPresent(notes ->
                elsewhere.execute(() -> {
                    Optional<Sentence> stays = notes.staysHere();
                    home.execute(() -> remark.set(stays));
                }));
    }

    /** Somebody writes a note: it is about what was shown when he began, however long it takes. */
    void begin() {
        if (begun.isEmpty()) {
            begun = Optional.of(shown.get());
        }
    }

    /** The note that was begun is not written, or meant for another moment. */
    void drop() {
        begun = Optional.empty();
    }

    /**
     * Writes a note about the moment that was shown when it was begun, or is shown.
     *
     * @param by who writes; remembered for the next one
     * @param about the element it is about; empty: the room
     * @param done run when it is kept
     */
    void write(String text, String by, Optional<ElementId> about, Runnable done) {
        String said = text.strip();
        String name = by.strip();
        if (book.isEmpty() || said.isEmpty() || waits.get()) {
            return;
        }
        if (name.isEmpty() || name.length() > Note.LONGEST_AUTHOR) {
            remark.set(Optional.of(Sentence.of("replay.note.who", Note.LONGEST_AUTHOR)));
            return;
        }
        if (said.length() > Note.LONGEST_TEXT) {
            remark.set(Optional.of(Sentence.of("replay.note.long", Note.LONGEST_TEXT)));
            return;
        }
        author = Optional.of(name);
        waits.set(true);
        NoteBook notes = book.get();
        Instant at = begun.orElseGet(shown);
        elsewhere.execute(() -> {
            try {
                Note note = notes.add(at, name, said, about.map(ElementId::value));
                Optional<Sentence> stays = notes.staysHere();
                home.execute(() -> {
                    waits.set(false);
                    begun = Optional.empty();
                    remark.set(stays);
                    kept.accept(note);
                    done.run();
                });
            } catch (Fault fault) {
                LOG.warn("a note was not kept: {}", fault.getMessage());
                home.execute(() -> notKept(fault.sentence()));
            } catch (RuntimeException mistake) { // the boundary of the note's thread
                LOG.error("a note was not kept", mistake);
                home.execute(() -> notKept(Sentence.of("replay.note.failed")));
            }
        });
    }

    private void notKept(Sentence why) {
        waits.set(false);
        remark.set(Optional.of(why));
    }
}
