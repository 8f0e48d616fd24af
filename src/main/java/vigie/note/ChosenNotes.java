package vigie.note;

import org.jspecify.annotations.Nullable;

import vigie.store.DatabaseAddress;
import vigie.store.OwnSchema;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes notes into Vigie's own schema where that may be written, else into this console's folder,
 * and reads both. Any thread.
 */
final class ChosenNotes implements NoteBook {
    /** A right that was given meanwhile, or a newer Vigie's tables, are found after so long. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final DatabaseAddress address;
    private final OwnNotes own;
    private final FolderNotes folder;

    // Guarded by this.
    private OwnSchema.@Nullable Access access;
    private long lookedAt;

    ChosenNotes(DatabaseAddress address, OwnNotes own, FolderNotes folder) {
        this.address = address;
        this.own = own;
        this.folder = folder;
    }

    @Override
    public Note add(Instant at, String author, String text, Optional<String> element) throws Fault {
        // Limits first: they need no server.
        Note note = Note.of(at, Instant.now(), author, text, element);
        Optional<Sentence> obstacle = obstacle(access());
        if (obstacle.isPresent()) {
            folder.keep(note);
            return note;
        }
        try {
            return own.keep(note);
        } catch (Fault failed) {
            forget();
            throw failed;
        }
    }

    @Override
    public List<Note> between(Instant from, Instant to) throws Fault {
        List<Note> found = new ArrayList<>(own.between(from, to));
        found.addAll(folder.between(from, to));
        found.sort(Note.IN_ORDER);
        return List.copyOf(found);
    }

    @Override
    public Optional<Sentence> staysHere() {
        try {
            return obstacle(access())
                    .map(why -> Sentence.of("note.staysHere", folder.file().toString(), why));
        } catch (Fault away) {
            // Then nothing is written down at all, and whoever tries is told.
            return Optional.empty();
        }
    }

    /**
     * Why notes stay here; empty where they do not.
     *
     * @throws Fault where that cannot be told: a later try may reach everybody
     */
    private static Optional<Sentence> obstacle(OwnSchema.Access access) throws Fault {
        return switch (access) {
            case OwnSchema.Usable _ -> Optional.empty();
            case OwnSchema.NotPermitted refused -> refused.obstacle();
            case OwnSchema.Newer newer -> newer.obstacle();
            case OwnSchema.Unavailable(DatabaseAddress _, Fault fault) -> {
                if (fault.kind() != Fault.Kind.BLOCKED) {
                    throw fault;
                }
                yield Optional.of(fault.sentence());
            }
        };
    }

    private synchronized OwnSchema.Access access() {
        OwnSchema.Access known = access;
        boolean old = System.nanoTime() - lookedAt > LOOK_AGAIN.toNanos();
        if (known == null || known instanceof OwnSchema.Unavailable || old) {
            known = OwnSchema.open(address);
            access = known;
            lookedAt = System.nanoTime();
        }
        return known;
    }

    private synchronized void forget() {
        access = null;
    }

    @Override
    public void close() {
        own.close();
    }
}
