package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import vigie.console.Shot;
import vigie.console.start.PixelSize;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** {@code --screenshot FILE --after SECONDS --size WxH}. */
final class PictureOption {
    private static final double LONGEST_SECONDS = 86_400;

    @Option(names = "--screenshot", paramLabel = "FILE")
    private @Nullable Path file;

    @Option(names = "--after", paramLabel = "SECONDS")
    private @Nullable Double after;

    @Option(names = "--size", paramLabel = "WxH")
    private @Nullable String size;

    PictureOption() {}

    /**
     * The picture asked for; empty: a window.
     *
     * @throws Fault if the words contradict each other, or the file's folder does not exist: better
     *     said before the wait than after it
     */
    Optional<Shot> shot() throws Fault {
        return shot(false);
    }

    /**
     * The same.
     *
     * @param film whether a film is made, whose size {@code --size} may say
     */
    Optional<Shot> shot(boolean film) throws Fault {
        if (film && file != null) {
            throw usage(Sentence.of("app.picture.film"));
        }
        if (file == null) {
            if (after != null || (size != null && !film)) {
                throw usage(Sentence.of("app.picture.alone"));
            }
            return Optional.empty();
        }
        double seconds = after == null ? 0 : after;
        if (!(seconds >= 0 && seconds <= LONGEST_SECONDS)) {
            throw usage(Sentence.of("app.picture.after", String.valueOf(after)));
        }
        PixelSize pixels = size();
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
            throw new Fault(
                    Fault.Kind.BLOCKED,
                    Sentence.of("app.unwritable", file.toString()),
                    "no folder for the picture");
        }
        return Optional.of(new Shot(file, Duration.ofMillis(Math.round(seconds * 1000)), pixels));
    }

    /** The size asked for, or that of a full HD screen. */
    PixelSize size() throws Fault {
        if (size == null) {
            return PixelSize.FULL_HD;
        }
        String words = size;
        return PixelSize.parse(words)
                .orElseThrow(() ->
                        usage(
                                Sentence.of(
                                        "app.picture.size",
                                        words,
                                        PixelSize.LEAST,
                                        Integer.toString(PixelSize.MOST))));
    }

    private static Fault usage(Sentence sentence) {
        return new Fault(Fault.Kind.USAGE, sentence, sentence.key());
    }
}
