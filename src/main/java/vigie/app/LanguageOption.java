package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.util.Locale;
import java.util.Optional;

/** {@code --lang}; read before the command line is parsed, because its messages need it. */
final class LanguageOption {
    /** The two languages; any other word is refused. */
    enum Choice {
        EN,
        FR
    }

    // Read by Language.of; here so that it is parsed, documented, and refused where it is wrong.
    @Option(names = "--lang", paramLabel = "en|fr")
    private @Nullable Choice choice;

    LanguageOption() {}

    /** What the call says; empty: it says nothing. */
    Optional<Locale> given() {
        return Optional.ofNullable(choice)
                .map(said ->
                        switch (said) {
                            case EN -> Locale.ENGLISH;
                            case FR -> Locale.FRENCH;
                        });
    }
}
