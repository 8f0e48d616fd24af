package vigie.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Format;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

class WordsTest {
    private static final Path FOLDER = Path.of("src/main/resources/vigie/text");
    private static final Pattern KEY = Pattern.compile("\"([a-z]+)\\.([A-Za-z0-9._-]+)\"");

    @ParameterizedTest
    @MethodSource("bundles")
    void a_bundle_says_the_same_in_both_languages(String bundle) throws IOException {
        Properties english = load(bundle + ".properties");
        Properties french = load(bundle + "_fr.properties");
        assertThat(french.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        if (bundle.equals("help")) {
            return; // printed by picocli, which knows other places
        }
        for (String key : english.stringPropertyNames()) {
            assertThat(places(french.getProperty(key, "")))
                    .as("places of " + key)
                    .isEqualTo(places(english.getProperty(key, "")));
        }
    }

    @Test
    void every_key_named_in_the_code_has_words() throws IOException {
        TreeMap<String, Properties> words = new TreeMap<>();
        for (String bundle : bundles()) {
            words.put(bundle, load(bundle + ".properties"));
        }
        TreeSet<String> missing = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String code = Files.readString(file);
                if (!code.contains("Sentence")
                        && !code.contains("Words")
                        && !code.contains("notice(")) {
                    continue;
                }
                Matcher matcher = KEY.matcher(code);
                while (matcher.find()) {
                    Properties bundle = words.get(matcher.group(1));
                    // A key that ends in a dot is completed in the code.
                    if (bundle != null
                            && !matcher.group(2).endsWith(".")
                            && !bundle.containsKey(matcher.group(2))
                            && !ENTITY.matcher(matcher.group()).matches()) {
                        missing.add(file.getFileName() + ": " + matcher.group());
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    /** File names are not keys. */
    private static final Pattern ENTITY =
            Pattern.compile("\".*\\.(json|yaml|css|fxml|png|properties|log|sql|jar|txt)\"");

    @Test
    void a_sentence_is_said_in_the_language_asked_for() {
        Sentence sentence = Sentence.of("app.usage.unknownWord", "x", "vigie");
        assertThat(
                        List.of(
                                Words.in(Locale.UK).say(sentence),
                                Words.in(Locale.CANADA_FRENCH).say(sentence),
                                Words.in(Locale.GERMANY).say(sentence)))
                .containsExactly(
                        "\"x\" is not understood here (see: vigie --help)",
                        "« x » n'est pas compris ici (voir : vigie --help)",
                        "\"x\" is not understood here (see: vigie --help)");
    }

    private static List<String> bundles() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name ->
                            name.endsWith(".properties") && !name.endsWith("_fr.properties"))
                    .map(name -> name.substring(0, name.indexOf('.')))
                    .sorted()
                    .toList();
        }
    }

    private static Properties load(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader reader =
                Files.newBufferedReader(FOLDER.resolve(name), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }

    /** Which places a text fills; a text that MessageFormat refuses fails here. */
    private static Set<Integer> places(String text) {
        Format[] formats = new MessageFormat(text, Locale.ROOT).getFormatsByArgumentIndex();
        Set<Integer> places = new TreeSet<>();
        for (int i = 0; i < formats.length; i++) {
            if (text.contains("{" + i)) {
                places.add(i);
            }
        }
        return places;
    }
}
