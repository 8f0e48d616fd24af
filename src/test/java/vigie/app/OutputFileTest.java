package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vigie.text.Fault;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

class OutputFileTest {
    @TempDir private Path folder;

    @Test
    void a_device_is_not_replaced_by_a_file() {
        assertThatThrownBy(() -> OutputFile.begin(Path.of("/dev/null")))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.sentence().key()).isEqualTo("app.notAFile"));
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    @Test
    void a_link_stays_and_what_it_leads_to_is_written() throws Exception {
        Path target = Files.writeString(folder.resolve("target.csv"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), target);
        try (OutputFile file = OutputFile.begin(link)) {
            file.stream().write("new".getBytes(StandardCharsets.UTF_8));
            file.keep();
        }
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(target).hasContent("new");
    }

    @Test
    void what_was_not_finished_leaves_nothing_behind() throws Exception {
        Path place = folder.resolve("half.csv");
        try (OutputFile file = OutputFile.begin(place)) {
            file.stream().write(1);
        }
        assertThat(folder).isEmptyDirectory();
    }
}
