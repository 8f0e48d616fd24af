package vigie.console.guide;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The user guide: pages of HTML on this machine, which the desktop's browser shows.
 *
 * @param folder where its pages are; empty: they did not come with this program
 * @param opener the words of the program that opens a file as the desktop would
 * @param patience a program that has not ended after so long shows the page by itself
 */
public record GuideBook(Optional<Path> folder, List<String> opener, Duration patience) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Names the folder where the launcher of a checkout has made the guide. */
    private static final String FOLDER = "vigie.guide";

    /** Names the folder that a package was installed into. */
    private static final String HOME = "vigie.home";

    public GuideBook {
        opener = List.copyOf(opener);
    }

    /** The guide that came with this program, opened as this system opens things. */
    public static GuideBook here() {
        Optional<Path> folder =
                Optional.ofNullable(System.getProperty(FOLDER))
                        .map(Path::of)
                        .or(() ->
                                Optional.ofNullable(System.getProperty(HOME))
                                        .map(home -> Path.of(home, "share", "guide")));
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        List<String> opener =
                system.startsWith("windows")
                        ? List.of("rundll32", "url.dll,FileProtocolHandler")
                        : List.of(system.startsWith("mac") ? "open" : "xdg-open");
        return new GuideBook(folder, opener, PATIENCE);
    }

    /** The guide in a language, in English where it was not translated; empty: there is none. */
    public Optional<Path> page(Locale language) {
        return folder.flatMap(its ->
                Stream.of(language.getLanguage() + ".html", "en.html")
                        .map(its::resolve)
                        .filter(Files::isReadable)
                        .findFirst());
    }

    /**
     * Opens the guide; waits a few seconds for what opens it.
     *
     * @return that it was opened, and where it is
     * @throws Fault there is no guide, or nothing here that shows a page; the sentence then names
     *     the file
     */
    public Sentence open(Locale language) throws Fault, InterruptedException {
        Path page =
                page(language)
                        .orElseThrow(() ->
                                new Fault(
                                        Fault.Kind.BLOCKED,
                                        Sentence.of("guide.missing"),
                                        "no guide in " + folder));
        List<String> words = new ArrayList<>(opener);
        words.add(page.toString());
        ProcessBuilder builder = new ProcessBuilder(words);
        // A browser has no business with the database's password.
        builder.environment().keySet().removeAll(List.of("MARIADB_URL", "VIGIE_DB_URL"));
        builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
                    && process.exitValue() != 0) {
                throw notOpened(page, words.getFirst() + " ended with " + process.exitValue());
            }
        } catch (IOException none) {
            throw notOpened(page, none.toString());
        }
        return Sentence.of("guide.opened", page.toString());
    }

    private static Fault notOpened(Path page, String why) {
        return new Fault(
                Fault.Kind.BLOCKED,
                Sentence.of("guide.not-opened", page.toString()),
                "the guide was not opened: " + why);
    }
}
