package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vigie.text.Sentence;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

class ProgramFilesTest {
    @TempDir Path folder;

    @Test
    void a_program_goes_on_with_its_own_files_when_others_have_taken_their_place()
            throws Exception {
        Path jar = folder.resolve("library.jar");
        Path fresh = folder.resolve("new.jar");
        write(jar, "old");
        write(fresh, "new");
        try (URLClassLoader held = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
                URLClassLoader late = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            ProgramFiles.hold(held);
            Files.delete(jar);
            Files.move(fresh, jar);
            assertThat(said(late)).isEqualTo("new");
            assertThat(said(held)).isEqualTo("old");
        }
    }

    @Test
    void a_window_says_that_its_program_was_updated_or_taken_off() throws Exception {
        Path jar = Files.createDirectories(folder.resolve("lib/app")).resolve("vigie.jar");
        Path fresh = folder.resolve("new.jar");
        write(jar, "old");
        write(fresh, "new");
        Optional<Sentence> otherwise = Optional.of(Sentence.of("app.duty.held"));
        Supplier<Optional<Sentence>> said =
                ProgramFiles.noticing(
                        new Distribution(Distribution.Kind.PLAIN, Optional.of(folder)),
                        () -> otherwise);
        assertThat(said.get()).isEqualTo(otherwise);
        Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
        assertThat(said.get()).contains(Sentence.of("app.program.updated"));
        Files.delete(jar);
        assertThat(said.get()).contains(Sentence.of("app.program.gone"));
    }

    @Test
    void a_checkout_says_nothing_of_itself() {
        assertThat(
                        ProgramFiles.noticing(
                                        new Distribution(
                                                Distribution.Kind.CHECKOUT, Optional.empty()),
                                        Optional::empty)
                                .get())
                .isEmpty();
    }

    private static void write(Path jar, String text) throws Exception {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry(text + ".txt"));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Looked up in what the loader has open, as classes are. */
    private static String said(URLClassLoader loader) {
        return loader.findResource("old.txt") != null ? "old" : "new";
    }
}
