package vigie.app;

import picocli.CommandLine.Option;

/** {@code --lang}; read before the command line is parsed, because its messages need it. */
final class LanguageOption {
    /** The two languages; any other word is refused. */
    enum Choice {
        EN,
        FR
    }

    // Read by Language.of; here so that it is parsed, documented, and refused where it is wrong.
    @SuppressWarnings("UnusedVariable")
    @Option(names = "--lang", paramLabel = "en|fr")
    private Choice choice = Choice.EN;

    LanguageOption() {}
}
