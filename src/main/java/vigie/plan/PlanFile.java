package vigie.plan;

import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.text.Words;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/** Plans from files and from the program itself. */
public final class PlanFile {
    /** Bytes; a plan of 20,000 placements has 3 MB. */
    private static final int LARGEST = 8 * 1024 * 1024;

    private static final String BUILT_IN = "server-room.json";

    private PlanFile() {}

    /**
     * Reads a plan from a file.
     *
     * @throws Fault ({@link Fault.Kind#BLOCKED}) if there is no such file, it is not readable, too
     *     large (found out before reading it), or not a plan
     */
    public static Plan read(Path file) throws Fault {
        return PlanReader.read(bytes(file), file.toString());
    }

    /** The plan that comes with Vigie: the reference room. */
    public static Plan builtIn() {
        try {
            return PlanReader.read(builtInFile(), BUILT_IN);
        } catch (Fault e) {
            throw new IllegalStateException("the built-in plan is wrong", e);
        }
    }

    /**
     * Everything that is wrong with a file.
     *
     * @throws Fault as {@link #read}, but not where it is no plan: that is what is looked for
     */
    public static PlanCheck check(Path file) throws Fault {
        return PlanReader.check(bytes(file));
    }

    /** The file of the plan that comes with Vigie, as bytes: for a copy that somebody changes. */
    public static byte[] builtInFile() {
        try (InputStream in =
                Objects.requireNonNull(PlanFile.class.getResourceAsStream(BUILT_IN), BUILT_IN)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the built-in plan cannot be read", e);
        }
    }

    /**
     * Writes a plan into a file that is not there yet.
     *
     * @param json the plan as its file
     * @throws Fault ({@link Fault.Kind#BLOCKED}) if there is such a file or it cannot be written
     */
    public static void create(Path file, byte[] json) throws Fault {
        try {
            // Made first: two who write the same file at once are two too many.
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            throw fault("plan.exists", file);
        } catch (IOException e) {
            throw fault("plan.write-failed", file, String.valueOf(e.getMessage()));
        }
        write(file, json);
    }

    /**
     * Changes a plan file: what it was stays beside it as {@code FILE~}, and whoever reads
     * meanwhile has the one or the other whole.
     *
     * @param change makes the new file from the old one
     * @throws Fault as {@link #read}; what the change throws; if it cannot be written, or somebody
     *     else changed it meanwhile
     */
    public static PlanEdit.Edited edit(Path file, Change change) throws Fault {
        byte[] before = bytes(file);
        PlanEdit.Edited edited = change.of(before);
        byte[] after = edited.text().getBytes(StandardCharsets.UTF_8);
        if (Arrays.equals(before, after)) {
            return edited;
        }
        // Who takes the file's place may not be asked whether it is protected; its owner meant it.
        if (!Files.isWritable(file)) {
            throw fault("plan.write-protected", file);
        }
        try (FileChannel held = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock _ = held.lock()) {
            // Another one who waited for the same lock finds another file in its place.
            if (!Arrays.equals(before, bytes(file))) {
                throw fault("plan.changed-meanwhile", file);
            }
            write(file.resolveSibling(file.getFileName() + "~"), before);
            write(file, after);
        } catch (OverlappingFileLockException here) {
            throw fault("plan.changed-meanwhile", file);
        } catch (IOException e) {
            throw fault("plan.write-failed", file, String.valueOf(e.getMessage()));
        }
        return edited;
    }

    /** A change of a plan file. */
    @FunctionalInterface
    public interface Change {
        PlanEdit.Edited of(byte[] json) throws Fault;
    }

    /** At once or not at all, on the disk when it returns; a link goes on being one. */
    private static void write(Path file, byte[] bytes) throws Fault {
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            Path whole = Files.createTempFile(target.getParent(), ".vigie-plan-", ".tmp");
            try {
                try (FileChannel out = FileChannel.open(whole, StandardOpenOption.WRITE)) {
                    ByteBuffer rest = ByteBuffer.wrap(bytes);
                    while (rest.hasRemaining()) {
                        out.write(rest);
                    }
                    out.force(true);
                }
                permit(whole, target);
                Files.move(
                        whole,
                        target,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(whole);
            }
        } catch (IOException e) {
            throw fault("plan.write-failed", file, String.valueOf(e.getMessage()));
        }
    }

    /** A temporary file is its owner's alone; a plan may be read as before, or by everybody. */
    private static void permit(Path whole, Path target) throws IOException {
        if (Files.getFileStore(whole).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.setPosixFilePermissions(
                    whole,
                    Files.exists(target)
                            ? Files.getPosixFilePermissions(target)
                            : PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    private static byte[] bytes(Path file) throws Fault {
        try {
            if (Files.isDirectory(file)) {
                throw fault("plan.is-a-folder", file);
            }
            if (Files.size(file) > LARGEST) {
                throw fault("plan.too-large", file, LARGEST / 1024 / 1024);
            }
            try (InputStream in = Files.newInputStream(file)) {
                // One byte more than allowed tells a device, or a file that grows meanwhile.
                byte[] bytes = in.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw fault("plan.too-large", file, LARGEST / 1024 / 1024);
                }
                return bytes;
            }
        } catch (NoSuchFileException e) {
            throw fault("plan.no-file", file);
        } catch (AccessDeniedException e) {
            throw fault("plan.not-readable", file);
        } catch (IOException e) {
            throw fault("plan.read-failed", file, String.valueOf(e.getMessage()));
        }
    }

    static Fault fault(String key, Path file, Object... more) {
        Object[] values = new Object[more.length + 1];
        values[0] = file.toString();
        System.arraycopy(more, 0, values, 1, more.length);
        Sentence sentence = Sentence.of(key, values);
        return new Fault(Fault.Kind.BLOCKED, sentence, Words.in(Locale.ENGLISH).say(sentence));
    }
}
