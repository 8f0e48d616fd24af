package vigie.app;

import picocli.CommandLine.Option;

/** {@code --format text|json}. */
final class FormatOption {
    /** The two formats; any other word is refused. */
    enum Choice {
        TEXT,
        JSON
    }

    @Option(names = "--format", paramLabel = "text|json")
    private Choice choice = Choice.TEXT;

    FormatOption() {}

    boolean isJson() {
        return choice == Choice.JSON;
    }
}
