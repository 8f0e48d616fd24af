package vigie.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Map;

class FoldersTest {
    @Test
    void a_home_that_is_no_whole_path_does_not_make_folders_wherever_the_program_is_started() {
        for (String home : new String[] {"", "some/where", "."}) {
            assertThat(Folders.of(Map.of("HOME", home), "Linux", "/home/noc").state())
                    .isEqualTo(Path.of("/home/noc/.local/state/vigie"));
        }
    }

    @Test
    void a_home_that_is_given_counts() {
        assertThat(Folders.of(Map.of("HOME", "/elsewhere"), "Linux", "/home/noc").config())
                .isEqualTo(Path.of("/elsewhere/.config/vigie"));
    }
}
