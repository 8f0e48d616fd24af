package vigie.store;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Folders with all that is in them. */
final class Trees {
    private Trees() {}

    /** Deletes the folder, following no links; what is not there is no error. */
    static void delete(Path folder) throws IOException {
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes about)
                                throws IOException {
                            Files.deleteIfExists(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException failed)
                                throws IOException {
                            if (failed instanceof NoSuchFileException) {
                                return FileVisitResult.CONTINUE;
                            }
                            throw failed;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(
                                Path done, @Nullable IOException failed) throws IOException {
                            if (failed != null) {
                                throw failed;
                            }
                            Files.deleteIfExists(done);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (NoSuchFileException absent) {
            // Already gone: that was wanted.
        }
    }
}
