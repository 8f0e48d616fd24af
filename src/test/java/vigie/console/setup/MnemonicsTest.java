package vigie.console.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vigie.text.Words;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Alt and a letter must lead to one place. */
class MnemonicsTest {
    private static final Pattern LABEL =
            Pattern.compile("words\\['(setup\\.[^']+)'\\]\\}\" mnemonicParsing=\"true");
    private static final List<String> FRAME =
            List.of("setup.cancel", "setup.back", "setup.next", "setup.save");

    @ParameterizedTest
    @CsvSource({"database,en", "plan,en", "language,en", "database,fr", "plan,fr", "language,fr"})
    void no_letter_stands_for_two_things_on_a_page(String page, String language) throws Exception {
        List<String> keys = new ArrayList<>(FRAME);
        if (page.equals("language")) {
            keys.remove("setup.next");
            keys.add("setup.finish");
        }
        Matcher labels = LABEL.matcher(Files.readString(Path.of("fxml/setup-" + page + ".fxml")));
        while (labels.find()) {
            keys.add(labels.group(1));
        }
        Words words = Words.in(Locale.forLanguageTag(language));
        List<String> letters =
                keys.stream()
                        .map(words::say)
                        .map(text -> text.substring(text.indexOf('_') + 1))
                        .map(text -> text.substring(0, 1).toLowerCase(Locale.ROOT))
                        .toList();
        assertThat(keys).hasSizeGreaterThan(7);
        assertThat(letters).as(keys.toString()).doesNotHaveDuplicates();
    }
}
