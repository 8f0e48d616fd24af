package vigie.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vigie.text.Fault;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;

class OwnerOnlyTest {
    @TempDir Path folder;

    @Test
    void a_file_and_its_new_folders_are_for_the_owner_alone() throws Exception {
        Path file = folder.resolve("a/b/secret");
        OwnerOnly.write(file, "one");
        OwnerOnly.write(file, "zwei …");
        assertThat(OwnerOnly.read(file)).contains("zwei …");
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(mode(folder.resolve("a/b"))).isEqualTo("rwx------");
        assertThat(mode(folder.resolve("a"))).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(folder.resolve("a/b"))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void a_file_that_others_may_open_is_refused() throws Exception {
        Path file = folder.resolve("secret");
        for (String mode : new String[] {"rw-r-----", "rw----r--", "rw--w----", "rwx-----x"}) {
            OwnerOnly.write(file, "x");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            assertThat(key(file)).as(mode).isEqualTo("store.file.tooOpen");
        }
    }

    @Test
    void the_file_behind_a_link_is_what_counts() throws Exception {
        Path file = folder.resolve("secret");
        OwnerOnly.write(file, "x");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThat(OwnerOnly.read(link)).contains("x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(key(link)).isEqualTo("store.file.tooOpen");
    }

    @Test
    void a_missing_file_is_empty_and_a_folder_is_unreadable() throws Exception {
        assertThat(OwnerOnly.read(folder.resolve("none"))).isEqualTo(Optional.empty());
        Path inner = folder.resolve("inner");
        OwnerOnly.folder(inner);
        assertThat(key(inner)).isIn("store.file.unreadable", "store.file.tooOpen");
    }

    @Test
    void a_file_in_the_way_of_a_folder_is_named() throws IOException {
        Path file = Files.createFile(folder.resolve("taken"));
        Fault fault = catchThrowableOfType(Fault.class, () -> OwnerOnly.folder(file));
        assertThat(fault.sentence().key()).isEqualTo("store.file.notFolder");
        assertThat(fault.sentence().values()).containsExactly(file.toString());
    }

    @Test
    void a_full_disk_is_told_from_one_that_may_not_be_written() {
        for (IOException full :
                new IOException[] {
                    new IOException("No space left on device"),
                    new FileSystemException("x", null, "No space left on device"),
                    new IOException("Disk quota exceeded"),
                }) {
            assertThat(OwnerOnly.unwritable(folder, full).sentence().key())
                    .isEqualTo("store.file.noSpace");
        }
        assertThat(OwnerOnly.unwritable(folder, new IOException("no")).sentence().key())
                .isEqualTo("store.file.unwritable");
    }

    private static String key(Path file) {
        return catchThrowableOfType(Fault.class, () -> OwnerOnly.read(file)).sentence().key();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
