package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vigie.store.Folders;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The example that a package brings, and that {@code vigie setup} begins a file with. */
class ExampleConfigurationTest {
    @TempDir private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"vigie.yaml", "vigie_fr.yaml"})
    void as_it_comes_it_sets_nothing(String name) throws Exception {
        assertThat(read(text(name)).settings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vigie.yaml", "vigie_fr.yaml"})
    void uncommented_it_is_right_and_has_every_setting_there_is(String name) throws Exception {
        String settings =
                text(name)
                        .lines()
                        .filter(line -> line.matches("# ([a-z-]+:.*|  - .*)"))
                        .map(line -> line.substring(2))
                        .collect(Collectors.joining("\n", "", "\n"));
        Configuration read = read(settings);
        assertThat(read.settings().keySet())
                .containsExactlyInAnyOrderElementsOf(Configuration.KEYS);
        assertThat(read.archivePoints()).contains("sensor.rack_*");
        assertThat(read.archiveRawDays()).isEqualTo(90);
        assertThat(read.returnToLive()).isEmpty();
    }

    private Configuration read(String text) throws Exception {
        Path file = Files.writeString(home.resolve("vigie.yaml"), text);
        return Configuration.read(Optional.of(file), Folders.of(Map.of("HOME", home.toString())));
    }

    private static String text(String name) throws Exception {
        try (InputStream in = Configuration.class.getResourceAsStream("/vigie/setup/" + name)) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
