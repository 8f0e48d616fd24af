package vigie.app;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import vigie.console.replay.Mode;
import vigie.incident.IncidentFile;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.nio.file.Path;
import java.util.Optional;

/** {@code --incident FILE [--drill]}: a window on an incident file, without a database. */
final class IncidentOption {
    @Option(names = "--incident", paramLabel = "FILE", descriptionKey = "incidentFile")
    private @Nullable Path file;

    @Option(names = "--drill", descriptionKey = "drill")
    private boolean drill;

    IncidentOption() {}

    /**
     * The file asked for, open: its plan, and what it tells to be played. Whoever asks closes it,
     * after the window.
     *
     * @return empty: none was asked for
     * @throws Fault it is none, or {@code --drill} stands alone
     */
    Optional<IncidentFile> open() throws Fault {
        Path asked = file;
        if (asked == null) {
            if (drill) {
                throw new Fault(
                        Fault.Kind.USAGE,
                        Sentence.of("incident.drillAlone"),
                        "--drill without --incident");
            }
            return Optional.empty();
        }
        return Optional.of(IncidentFile.open(asked));
    }

    /** Whether a file, or a drill, is asked for. */
    boolean isGiven() {
        return file != null || drill;
    }

    /** How the window shows it. */
    Mode mode() {
        return drill ? Mode.DRILL : Mode.INCIDENT;
    }
}
