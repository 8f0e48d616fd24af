package vigie.app;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is there when it is whole: written beside its place under another name, moved at the
 * end, removed if the end is not reached.
 */
final class OutputFile implements AutoCloseable {
    private final Path place;
    private final Path unfinished;
    private final OutputStream stream;
    private boolean kept;

    private OutputFile(Path place, Path unfinished, OutputStream stream) {
        this.place = place;
        this.unfinished = unfinished;
        this.stream = stream;
    }

    /**
     * Begins the file.
     *
     * @throws Fault if it cannot be written there
     */
    static OutputFile begin(Path asked) throws Fault {
        Path place = place(asked);
        Path name = place.getFileName();
        Path unfinished =
                place.resolveSibling(
                        "." + name + "." + ProcessHandle.current().pid() + ".unfinished");
        try {
            return new OutputFile(
                    place,
                    unfinished,
                    Files.newOutputStream(
                            unfinished,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE));
        } catch (IOException failed) {
            throw unwritable(place, failed);
        }
    }

    /**
     * Where the file will be, which is where a link leads; what is there now may be replaced.
     *
     * @throws Fault if there is something that is no file
     */
    static Path place(Path asked) throws Fault {
        Path place = target(asked);
        if (place.getFileName() == null || Files.isDirectory(place)) {
            throw unwritable(asked, new IOException("a folder"));
        }
        if (Files.exists(place) && !Files.isRegularFile(place)) {
            throw new Fault(
                    Fault.Kind.BLOCKED,
                    Sentence.of("app.notAFile", asked.toString()),
                    asked + " is a device or a pipe");
        }
        return place;
    }

    /** Where a link leads; the link itself stays. */
    private static Path target(Path asked) throws Fault {
        try {
            return Files.exists(asked) ? asked.toRealPath() : asked;
        } catch (IOException failed) {
            throw unwritable(asked, failed);
        }
    }

    OutputStream stream() {
        return stream;
    }

    /** It is whole: puts it in its place. */
    void keep() throws Fault {
        try {
            stream.close();
            try {
                Files.move(
                        unfinished,
                        place,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException here) {
                Files.move(unfinished, place, StandardCopyOption.REPLACE_EXISTING);
            }
            kept = true;
        } catch (IOException failed) {
            throw unwritable(place, failed);
        }
    }

    static Fault unwritable(Path place, IOException failed) {
        return new Fault(
                Fault.Kind.BLOCKED,
                Sentence.of("app.unwritable", place.toString()),
                "writing " + place + ": " + failed,
                failed);
    }

    /** Removes what was not kept. */
    @Override
    public void close() {
        if (kept) {
            return;
        }
        try {
            stream.close();
            Files.deleteIfExists(unfinished);
        } catch (IOException left) {
            org.slf4j.LoggerFactory.getLogger(OutputFile.class)
                    .warn("left behind: {}", unfinished, left);
        }
    }
}
