package vigie.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import vigie.history.Work;
import vigie.incident.IncidentFile;
import vigie.incident.IncidentStory;
import vigie.incident.Story;
import vigie.incident.StoryJson;
import vigie.incident.StoryText;
import vigie.text.Fault;

import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/** {@code vigie incident show FILE}: what happened in an incident. */
@Command(name = "show")
final class IncidentShowCommand extends Subcommand {
    private static final int BROKEN_OFF = 1;

    @SuppressWarnings("NullAway.Init") // picocli fills it before run
    @Parameters(paramLabel = "FILE", descriptionKey = "FILE")
    private Path file;

    @Mixin private FormatOption format;

    IncidentShowCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    int run() throws Fault {
        Work work = new Work();
        try (Stopping stopping = new Stopping();
                IncidentFile incident = IncidentFile.open(file)) {
            stopping.then(work::cancel);
            stopping.with(BROKEN_OFF);
            Story story =
                    IncidentStory.of(
                            incident,
                            IncidentVerifyCommand.progress(
                                    invocation(), incident, "incident.reading"),
                            work);
            if (format.isJson()) {
                invocation().out().println(StoryJson.of(story, incident.manifest()));
            } else {
                StoryText.lines(story, incident.plan(), incident.manifest(), invocation().words())
                        .forEach(line -> invocation().out().println(StateCommand.printable(line)));
            }
            return 0;
        } catch (CancellationException cancelled) {
            return BROKEN_OFF;
        }
    }
}
