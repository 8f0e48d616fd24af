package vigie.plan;

import vigie.text.Fault;
import vigie.text.Sentence;
import vigie.text.Words;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
        try (InputStream in =
                Objects.requireNonNull(PlanFile.class.getResourceAsStream(BUILT_IN), BUILT_IN)) {
            return PlanReader.read(in.readAllBytes(), BUILT_IN);
        } catch (IOException e) {
            throw new UncheckedIOException("the built-in plan cannot be read", e);
        } catch (Fault e) {
            throw new IllegalStateException("the built-in plan is wrong", e);
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
