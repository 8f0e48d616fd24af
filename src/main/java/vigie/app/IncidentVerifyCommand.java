package vigie.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import vigie.history.Work;
import vigie.incident.IncidentFile;
import vigie.text.Fault;

import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleConsumer;

/**
 * {@code vigie incident verify FILE}: whether an incident file is whole, unchanged, and what it
 * says it is.
 */
@Command(name = "verify")
final class IncidentVerifyCommand extends Subcommand {
    private static final int BROKEN_OFF = 1;

    /** Fewer readings are read before anybody wonders. */
    private static final long QUICK = 300_000;

    @SuppressWarnings("NullAway.Init") // picocli fills it before run
    @Parameters(paramLabel = "FILE", descriptionKey = "FILE")
    private Path file;

    IncidentVerifyCommand(Invocation invocation) {
        super(invocation);
    }

    /** Tells how far the reading of a file is, where it takes time. */
    static DoubleConsumer progress(Invocation invocation, IncidentFile incident, String key) {
        return incident.manifest().readings() < QUICK
                ? _ -> {}
                : new Progress(invocation).share(key);
    }

    @Override
    int run() throws Fault {
        Work work = new Work();
        try (Stopping stopping = new Stopping();
                IncidentFile incident = IncidentFile.open(file)) {
            stopping.then(work::cancel);
            stopping.with(BROKEN_OFF);
            incident.verify(progress(invocation(), incident, "incident.reading"), work);
            invocation()
                    .out()
                    .println(
                            StateCommand.printable(
                                    invocation()
                                            .words()
                                            .say(
                                                    "incident.good",
                                                    file.toString(),
                                                    incident.manifest().readings(),
                                                    incident.manifest().program())));
            return 0;
        } catch (CancellationException cancelled) {
            return BROKEN_OFF;
        }
    }
}
