package vigie.console.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the system offers to JavaFX. */
interface Libraries {
    /** Whether the dynamic linker finds a library, for example {@code libfreetype.so.6}. */
    boolean has(String soname);

    /** Whether there is any font. */
    boolean hasFonts();

    /** This system's. */
    static Libraries ofSystem() {
        return new Libraries() {
            @Override
            @SuppressWarnings("restricted") // looking a library up is all that is done with it
            public boolean has(String soname) {
                // The linker's own answer: it alone knows its caches and search paths. What it
                // found stays open: JavaFX needs it next, and GTK takes its time to be opened.
                try {
                    SymbolLookup.libraryLookup(soname, Arena.global());
                    return true;
                } catch (IllegalArgumentException absent) {
                    return false;
                }
            }

            @Override
            public boolean hasFonts() {
                return Stream.of(
                                Path.of("/usr/share/fonts"),
                                Path.of("/usr/local/share/fonts"),
                                Path.of(System.getProperty("user.home", "/"), ".fonts"),
                                Path.of(System.getProperty("user.home", "/"), ".local/share/fonts"))
                        .anyMatch(Libraries::holdsFont);
            }
        };
    }

    private static boolean holdsFont(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(folder, 8)) {
            return files.anyMatch(Libraries::isFont);
        } catch (IOException | UncheckedIOException unreadable) {
            return false;
        }
    }

    private static boolean isFont(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return List.of(".ttf", ".otf", ".ttc", ".pfb").stream().anyMatch(name::endsWith);
    }
}
