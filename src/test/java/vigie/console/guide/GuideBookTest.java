package vigie.console.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

class GuideBookTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    @TempDir private Path folder;
    private Path english;

    @BeforeEach
    void write() throws IOException {
        english = Files.writeString(folder.resolve("en.html"), "<!DOCTYPE html>");
    }

    @Test
    void a_language_that_the_guide_does_not_have_gets_the_english_one() throws IOException {
        GuideBook book = book("true");
        assertThat(book.page(Locale.FRENCH)).contains(english);
        Path french = Files.writeString(folder.resolve("fr.html"), "<!DOCTYPE html>");
        assertThat(List.of(book.page(Locale.FRENCH), book.page(Locale.ENGLISH)))
                .containsExactly(Optional.of(french), Optional.of(english));
    }

    @Test
    void the_desktop_is_asked_to_open_the_page() throws Exception {
        Path seen = folder.resolve("seen");
        Sentence said = book("sh", "-c", "echo \"$1\" > " + seen, "sh").open(Locale.ENGLISH);
        assertThat(Files.readString(seen)).isEqualTo(english + "\n");
        assertThat(said).isEqualTo(Sentence.of("guide.opened", english.toString()));
    }

    @Test
    void a_browser_that_stays_in_front_is_not_waited_for() throws Exception {
        Path seen = folder.resolve("seen");
        GuideBook book =
                new GuideBook(
                        Optional.of(folder),
                        List.of("sh", "-c", "echo $$ > " + seen + "; exec sleep 60", "sh"),
                        Duration.ofSeconds(1));
        assertThat(book.open(Locale.ENGLISH))
                .isEqualTo(Sentence.of("guide.opened", english.toString()));
        long browser = Long.parseLong(Files.readString(seen).strip());
        assertThat(ProcessHandle.of(browser).orElseThrow().destroy()).isTrue();
    }

    @Test
    void where_nothing_opens_it_the_sentence_says_where_it_is() {
        for (GuideBook book : List.of(book("no-such-program-here"), book("false"))) {
            assertThatThrownBy(() -> book.open(Locale.ENGLISH))
                    .asInstanceOf(InstanceOfAssertFactories.type(Fault.class))
                    .extracting(Fault::sentence)
                    .isEqualTo(Sentence.of("guide.not-opened", english.toString()));
        }
    }

    @Test
    void without_a_guide_the_sentence_says_where_there_is_one() {
        assertThatThrownBy(() ->
                        new GuideBook(Optional.empty(), List.of("true"), PATIENCE)
                                .open(Locale.ENGLISH))
                .asInstanceOf(InstanceOfAssertFactories.type(Fault.class))
                .extracting(Fault::sentence)
                .isEqualTo(Sentence.of("guide.missing"));
    }

    private GuideBook book(String... opener) {
        return new GuideBook(Optional.of(folder), List.of(opener), PATIENCE);
    }
}
