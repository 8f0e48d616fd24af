package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Optional;

/** {@code --config FILE}. */
final class ConfigOption {
    @Option(names = "--config", paramLabel = "FILE")
    private @Nullable Path file;

    ConfigOption() {}

    Optional<Path> file() {
        return Optional.ofNullable(file);
    }
}
