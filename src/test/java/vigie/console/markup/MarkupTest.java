package vigie.console.markup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vigie.console.words.Speech;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

class MarkupTest {
    private static final Path MARKUP = Path.of("fxml");
    private static final Path CODE = Path.of("src/main/java/vigie/console");
    private static final Pattern LABEL = Pattern.compile("words\\['([^']+)'\\]");
    private static final Pattern SAID =
            Pattern.compile("(?<!words\\(\\)\\.)say\\(\\s*\"([^\"]+)\"");

    /** Texts that are names, not words. */
    private static final Pattern NAME =
            Pattern.compile("text=\"(?!\\$\\{|Vigie\"|EN\"|FR\")[^\"]+\"");

    private final Speech english = new Speech(Locale.ENGLISH);
    private final Speech french = new Speech(Locale.FRENCH);

    @Test
    void every_label_used_in_markup_exists_in_both_languages() throws IOException {
        TreeSet<String> missing = new TreeSet<>();
        for (Path file : files(MARKUP, ".fxml")) {
            Matcher matcher = LABEL.matcher(Files.readString(file));
            while (matcher.find()) {
                if (!english.labels().containsKey(matcher.group(1))
                        || !french.labels().containsKey(matcher.group(1))) {
                    missing.add(file + ": " + matcher.group(1));
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void markup_holds_no_words_of_its_own() throws IOException {
        TreeSet<String> found = new TreeSet<>();
        for (Path file : files(MARKUP, ".fxml")) {
            Matcher matcher = NAME.matcher(Files.readString(file));
            while (matcher.find()) {
                found.add(file + ": " + matcher.group());
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void every_key_said_by_the_window_exists() throws IOException {
        String window = text("console");
        String chart = text("chart");
        String replay = text("replay");
        TreeSet<String> missing = new TreeSet<>();
        for (Path file : files(CODE, ".java")) {
            String code = Files.readString(file);
            String words =
                    file.startsWith(CODE.resolve("history"))
                            ? chart
                            : file.startsWith(CODE.resolve("replay")) ? replay : window;
            Matcher matcher = SAID.matcher(code);
            while (code.contains("Speech") && matcher.find()) {
                String key = matcher.group(1);
                // One that ends in a dot is completed in the code.
                if (!words.contains("\n" + key + (key.endsWith(".") ? "" : "="))) {
                    missing.add(file.getFileName() + ": " + key);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void labels_change_with_the_language_and_come_back() {
        Speech speech = new Speech(Locale.UK);
        assertThat(speech.labels().get("points.title")).isEqualTo("All points");
        speech.speak(Locale.FRENCH);
        assertThat(speech.labels().get("points.title")).isEqualTo("Tous les points");
        speech.speak(Locale.ENGLISH);
        assertThat(speech.labels().get("points.title")).isEqualTo("All points");
        assertThat(speech.words().locale()).isEqualTo(Locale.UK);
    }

    private static String text(String bundle) throws IOException {
        return "\n"
                + Files.readString(
                        Path.of("src/main/resources/vigie/text/" + bundle + ".properties"));
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }
}
