package vigie.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.text.Sentence;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps the program whole while it runs. Java opens a library when it first looks for something in
 * it, and with a cache of the start that may be days later; where the package was updated or taken
 * off meanwhile it would find none, or that of another version. Lists of services are not covered:
 * Java reads those anew from the path each time, as the database's driver does for a connection; a
 * window therefore says that it is not the program any more that is installed.
 */
final class ProgramFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ProgramFiles.class);

    /** After it a usual start is over, and few commands are still running. */
    static final Duration START = Duration.ofSeconds(4);

    /** In no library, so that all are looked through. */
    private static final String NOWHERE = "vigie/in-no-library";

    private ProgramFiles() {}

    /** Opens them a moment later, when the start is over; a command that is short never does. */
    static void holdSoon(Duration after) {
        Thread.ofPlatform()
                .daemon()
                .name("vigie-files")
                .start(() -> {
                    try {
                        Thread.sleep(after);
                        hold(ClassLoader.getSystemClassLoader());
                    } catch (InterruptedException ending) {
                        LOG.debug("the files of the program are not held");
                    }
                });
    }

    /** Opens all libraries in which the loader looks; they stay open as long as it lives. */
    static void hold(ClassLoader loader) {
        URL found = loader.getResource(NOWHERE);
        LOG.debug("the files of the program are held: {}", found == null);
    }

    /**
     * What a window should say of its own program: that it was updated, or taken off, since it
     * started. Never says anything in a checkout.
     *
     * @param otherwise what else there is to say
     */
    static Supplier<Optional<Sentence>> noticing(
            Distribution distribution, Supplier<Optional<Sentence>> otherwise) {
        Optional<Path> own = distribution.home().map(home -> home.resolve("lib/app/vigie.jar"));
        Optional<Object> begun = own.flatMap(ProgramFiles::identity);
        return begun.isEmpty()
                ? otherwise
                : () ->
                        identity(own.get()).equals(begun)
                                ? otherwise.get()
                                : Optional.of(
                                        Sentence.of(
                                                Files.exists(own.get())
                                                        ? "app.program.updated"
                                                        : "app.program.gone"));
    }

    /** Another file in its place has another one. */
    private static Optional<Object> identity(Path file) {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
