package vigie.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The real series among the resources, as the files they came as. */
final class MeasuredRooms {
    private MeasuredRooms() {}

    /** Unpacks one into a folder. */
    static Path file(String name, Path folder) {
        Path file = folder.resolve(name);
        try (InputStream packed =
                new GZIPInputStream(
                        Objects.requireNonNull(
                                MeasuredRooms.class.getResourceAsStream(
                                        "/climate/" + name + ".gz")))) {
            Files.copy(packed, file);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
        return file;
    }
}
