package vigie.console.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

class SaveFolderTest {
    private @TempDir Path home;

    @Test
    void files_are_saved_among_the_documents_else_at_home() throws Exception {
        assertThat(SaveFolder.in(home.toFile())).contains(home.toFile());
        Path documents = Files.createDirectory(home.resolve("Documents"));
        assertThat(SaveFolder.in(home.toFile())).contains(documents.toFile());
        assertThat(SaveFolder.in(home.resolve("nowhere").toFile())).isEmpty();
    }
}
